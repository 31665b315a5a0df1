"""What the trash makes of records that a wrong clock, a later picture or a spoilt disk has made odd."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
import pytest_asyncio

from seedream_desktop.domain.picture import PictureState
from seedream_desktop.domain.query import Query
from seedream_desktop.engine.trash import Emptied
from seedream_desktop.ports.errors import StorageError
from seedream_desktop.store.trash import TrashRecords
from tests.app.trash_bench import TrashBench, at_home, sha, trash_bench
from tests.store.samples import task_of


def unlinked(path: Path) -> str:
    path.unlink()
    return ""


@pytest.fixture(autouse=True)
def _home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    at_home(tmp_path, monkeypatch)


@pytest_asyncio.fixture
async def bench(tmp_path: Path) -> AsyncIterator[TrashBench]:
    async with trash_bench(tmp_path) as bench:
        await bench.finished("one", "fox", "owl")
        yield bench


async def test_what_was_thrown_away_under_a_clock_that_fell_behind_stays_as_long_as_anything_else(
    tmp_path: Path,
) -> None:
    long_ago = datetime(1970, 1, 1, 0, 5, tzinfo=UTC)
    for fell_behind_at_start in (True, False):
        folder = tmp_path / str(fell_behind_at_start)
        async with trash_bench(folder, unlinked) as bench:
            await bench.finished("one", "fox")
            await bench.trash.tidy()
            bench.clock.ahead = long_ago - datetime.now(UTC)
            if fell_behind_at_start:
                await bench.trash.tidy()
            store = bench.store
            behind = TrashRecords(store.looking, store.database, store.layout, lambda: long_ago)
            await behind.note({sha("fox"): ()})

            for days_ahead in (0, 1, 2, 20):
                bench.clock.ahead = timedelta(days=days_ahead)
                await bench.trash.tidy()

            assert (await bench.pictures("one"))[0].state is PictureState.STORED


async def test_a_picture_that_comes_with_the_bytes_of_one_that_was_emptied_is_seen_and_stays(bench: TrashBench) -> None:
    await bench.trash.put([sha("fox")])
    await bench.trash.empty()

    await bench.finished("new", "fox", age_s=-5)

    assert "new" in (await bench.store.gallery.groups(Query())).ids
    assert await bench.trash.empty() == Emptied()
    assert (await bench.pictures("new"))[0].is_stored


@pytest.mark.parametrize("text", ["", "{}", "null", "5", "[[1]]", '[["one", 0, "x", true, 5]]', "[" * 100_000])
async def test_where_copies_lie_may_make_no_sense_and_the_pictures_come_back_all_the_same(
    bench: TrashBench, text: str
) -> None:
    await bench.trash.put([sha("fox"), sha("owl")])
    sql = "UPDATE trashed_pictures SET places = ? WHERE sha256 = ?"
    await bench.store.database.execute(sql, (text, sha("fox")))

    await bench.trash.tidy()

    assert set((await bench.trash.restore([sha("fox"), sha("owl")])).contents) == {sha("fox"), sha("owl")}
    assert all(picture.saved_path for picture in await bench.pictures("one"))


async def test_when_the_disk_fails_while_very_many_are_thrown_away_none_of_them_is_in_the_trash(
    bench: TrashBench,
) -> None:
    names = [f"picture-{number:04}" for number in range(2_500)]
    stop = "CREATE TEMP TRIGGER stop BEFORE INSERT ON trashed_pictures WHEN NEW.sha256 = 'picture-2200'"
    await bench.store.database.execute(f"{stop} BEGIN SELECT RAISE(ABORT, 'the disk is broken'); END", ())

    with pytest.raises(StorageError):
        await bench.store.trash.note(dict.fromkeys(names, ()))

    assert await bench.store.trash.contents() == frozenset()


async def test_a_task_can_be_saved_while_very_many_pictures_are_thrown_away(bench: TrashBench) -> None:
    names = [f"picture-{number}" for number in range(20_000)]
    throwing = asyncio.ensure_future(bench.store.trash.note(dict.fromkeys(names, ())))
    while not await bench.store.trash.contents():
        await asyncio.sleep(0)

    await bench.store.tasks.save(task_of("new"))

    assert not throwing.done()
    assert set(await throwing) == set(names)


async def test_when_the_original_is_lost_the_copy_thrown_away_with_it_can_still_come_back(bench: TrashBench) -> None:
    (fox, _owl) = await bench.pictures("one")
    assert fox.path
    assert fox.saved_path
    Path(fox.path).unlink()
    await bench.trash.put([sha("fox")])

    await bench.trash.tidy()

    assert (await bench.trash.restore([sha("fox")])).contents == (sha("fox"),)
    assert Path(fox.saved_path).read_text() == "fox"
