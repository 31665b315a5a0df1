"""Copies in the user's folders: what happens while a folder is away, and when it is back."""

from __future__ import annotations

import asyncio
from pathlib import Path

from seedream_desktop.domain.events import StorageRecovered, StorageTroubled
from seedream_desktop.domain.picture import PictureState
from seedream_desktop.domain.request import GenerationRequest
from seedream_desktop.domain.task import TaskState
from tests.engine.bench import Bench
from tests.fakes import content_of

S, P = TaskState, PictureState
ONE, TWO = (f"https://r2.example/service-1/{number}" for number in (1, 2))
HOUR_S = 3600


async def test_a_missing_library_keeps_the_pictures_and_the_next_start_makes_the_copies(tmp_path: Path) -> None:
    bench = Bench(tmp_path)
    bench.library.is_missing = True
    async with bench:
        task = await bench.run_one(count=2)
    assert (task.state, [picture.state for picture in task.pictures]) == (S.DONE, [P.STORED] * 2)
    assert [picture.saved_path for picture in task.pictures] == [None, None]
    assert bench.told(StorageTroubled)
    bench.library.is_missing = False
    async with Bench(tmp_path, before=bench) as later:
        await later.run()
        await asyncio.sleep(1)

    copies = [picture.saved_path for picture in later.task(task.id).pictures]
    assert [Path(copy).read_bytes() for copy in copies if copy] == [content_of(ONE), content_of(TWO)]


async def test_a_project_whose_folder_is_away_holds_up_no_other_and_its_copies_are_made_when_it_is_back(
    bench: Bench,
) -> None:
    bench.library.missing.add("harbour")
    async with bench:
        harbour = await bench.engine.submit(GenerationRequest("a quay", count=2), project="harbour")
        winter = await bench.engine.submit(GenerationRequest("snow"), project="winter")
        plain = await bench.submit("a fox")
        await bench.run()
        tasks = [bench.task(task_id) for task_id in (harbour.id, winter.id, plain)]
        assert [task.state for task in tasks] == [S.DONE] * 3
        assert [picture.saved_path is None for task in tasks for picture in task.pictures] == [True, True, False, False]
        assert [event.failure.message for event in bench.told(StorageTroubled)] == ["harbour"]
        bench.library.missing.clear()
        await bench.until(lambda: bool(bench.told(StorageRecovered)), limit_s=90)

    copies = [picture.saved_path for picture in bench.task(harbour.id).pictures]
    assert [Path(copy).name.split()[0] for copy in copies if copy] == ["harbour", "harbour"]


async def test_of_two_folders_that_are_away_the_one_that_stays_away_is_told_again(bench: Bench) -> None:
    bench.library.missing |= {"harbour", "winter"}
    async with bench:
        for project in ("harbour", "winter"):
            await bench.engine.submit(GenerationRequest("a quay"), project=project)
        await bench.run()
        assert {event.failure.message for event in bench.told(StorageTroubled)} == {"harbour", "winter"}
        bench.library.missing.remove("winter")
        await bench.until(lambda: len(bench.told(StorageTroubled)) == 3, limit_s=90)

        assert bench.told(StorageTroubled)[-1].failure.message == "harbour"
        assert not bench.told(StorageRecovered)


async def test_a_copy_made_at_the_start_is_not_forgotten_by_a_later_rescue(tmp_path: Path) -> None:
    bench = Bench(tmp_path)
    bench.library.is_missing = True
    bench.source.faults[TWO] = [b"<html>"] * 12
    async with bench:
        task = await bench.run_one(count=2)
    bench.library.is_missing = False
    async with Bench(tmp_path, before=bench) as later:
        await later.until_state(task.id, S.DONE, limit_s=10 * HOUR_S)

    assert all(picture.saved_path for picture in later.task(task.id).pictures)
    assert len(list(bench.library.folder.iterdir())) == 2
