"""Fetching results: what is tried again, what is given up, and what never gets lost."""

from __future__ import annotations

import asyncio
from itertools import pairwise
from pathlib import Path

import pytest

from seedream_desktop.domain.events import (
    PictureProgressed,
    PictureStored,
    StorageRecovered,
    StorageTroubled,
    TaskChanged,
)
from seedream_desktop.domain.failure import Failure, FailureKind
from seedream_desktop.domain.picture import Picture, PictureState
from seedream_desktop.domain.task import Task, TaskId, TaskState
from seedream_desktop.ports.errors import (
    LinkDeadError,
    NotAnImageError,
    TaskNotFoundError,
    UndecodableError,
    UnreachableError,
)
from seedream_desktop.ports.service import FailedAtService, Succeeded, Working
from tests.engine.bench import Bench, accepted_task
from tests.fakes import Cut, content_of, key_refused, offline

S, P = TaskState, PictureState
ONE, TWO, THREE = (f"https://r2.example/service-1/{number}" for number in (1, 2, 3))
HOUR_S = 3600


def reset() -> UnreachableError:
    return UnreachableError(Failure(FailureKind.REPLY_LOST, "ReadError"))


def dead() -> LinkDeadError:
    return LinkDeadError(Failure(FailureKind.LINKS_EXPIRED, "403"))


def no_image() -> NotAnImageError:
    return NotAnImageError(Failure(FailureKind.PICTURES_BAD, "text/html"))


def states(task: Task) -> list[PictureState]:
    return [picture.state for picture in task.pictures]


async def test_pictures_are_stored_byte_for_byte_with_thumbnails_and_a_copy_before_they_are_told(
    bench: Bench,
) -> None:
    async with bench:
        task = await bench.run_one(count=3)

    assert states(task) == [P.STORED] * 3
    for picture, url in zip(task.pictures, (ONE, TWO, THREE), strict=True):
        assert picture.path is not None
        assert picture.saved_path is not None
        assert picture.sha256 is not None
        assert Path(picture.path).read_bytes() == Path(picture.saved_path).read_bytes() == content_of(url)
        assert bench.pictures.thumbnail_path(picture.sha256, 256).exists()
    told = bench.told(PictureStored)
    assert sorted(event.picture.position for event in told) == [0, 1, 2]
    assert all(event.picture.saved_path and event.task.pictures[event.picture.position].is_stored for event in told)
    assert not [name for name in bench.pictures.folder.iterdir() if name.suffix == ".part"]


async def test_a_picture_is_listed_as_stored_only_once_it_can_be_shown(bench: Bench) -> None:
    seen: list[bool] = []

    def look(event: object) -> None:
        if isinstance(event, TaskChanged):
            shown = (picture.sha256 for picture in event.task.stored_pictures)
            seen.extend(bench.pictures.thumbnail_path(sha256 or "", 512).exists() for sha256 in shown)

    bench.engine.bus.subscribe(look)
    async with bench:
        await bench.run_one(count=3)

    assert seen
    assert all(seen)


async def test_progress_is_told_in_bytes(bench: Bench) -> None:
    async with bench:
        task = await bench.run_one()

    size = len(content_of(ONE))
    assert [(e.received_bytes, e.total_bytes) for e in bench.told(PictureProgressed)] == [
        (size // 2, size),
        (size, size),
    ]
    assert task.pictures[0].size_bytes == size


async def test_a_few_pictures_at_a_time_over_all_tasks(bench: Bench) -> None:
    async with bench:
        for number in range(5):
            await bench.submit(f"order {number}", count=10)
        await bench.run()

    assert len(bench.told(PictureStored)) == 50
    assert bench.source.most_at_once == 3


@pytest.mark.parametrize(
    "fault",
    [reset(), Cut(reset()), Cut(offline()), no_image(), b"<html>", TimeoutError()],
    ids=["refused", "cut", "cut by the network", "a web page", "no picture", "too slow"],
)
async def test_a_try_that_fails_is_followed_by_a_good_one(bench: Bench, fault: BaseException | Cut | bytes) -> None:
    bench.source.faults[ONE] = [fault] * 7
    async with bench:
        task = await bench.run_one()

    assert (task.state, states(task)) == (S.DONE, [P.STORED])
    assert len(bench.source.opened_at_s(ONE)) == 8


async def test_tries_come_ever_more_rarely(bench: Bench) -> None:
    bench.source.faults[ONE] = [reset()] * 7
    async with bench:
        await bench.run_one()

    assert [round(b - a) for a, b in pairwise(bench.source.opened_at_s(ONE))] == [1, 2, 4, 8, 16, 32, 60]


@pytest.mark.parametrize(
    ("fault", "state"),
    [
        (no_image(), P.NOT_AN_IMAGE),
        (b"<html>", P.NOT_AN_IMAGE),
        (b"", P.NOT_AN_IMAGE),
        (b"\xff\xd8\xff but no end", P.UNDECODABLE),
        (reset(), P.UNDECODABLE),
    ],
    ids=["a web page", "no picture", "nothing", "a spoilt picture", "reset"],
)
async def test_after_eight_tries_the_good_pictures_make_the_task_partial(
    bench: Bench, fault: BaseException | bytes, state: PictureState
) -> None:
    bench.source.faults[TWO] = [fault] * 100
    async with bench:
        task = await bench.run_one(count=3)

    assert (task.state, states(task)) == (S.PARTIAL, [P.STORED, state, P.STORED])
    assert len(bench.source.opened_at_s(TWO)) == 8
    assert task.failure is not None
    assert task.failure.kind is FailureKind.PICTURES_BAD


async def test_without_one_good_picture_the_task_failed(bench: Bench) -> None:
    bench.source.faults[ONE] = [b"<html>"] * 100
    async with bench:
        task = await bench.run_one()

    assert (task.state, states(task)) == (S.FAILED, [P.NOT_AN_IMAGE])


async def test_bad_pictures_are_fetched_again_every_hour_until_they_are_good(bench: Bench) -> None:
    bench.source.faults[ONE] = [b"<html>"] * (8 + 5)
    async with bench:
        task = await bench.run_one(count=2)
        assert (task.state, bench.engine.is_idle()) == (S.PARTIAL, True)
        finished_at = task.finished_at
        await bench.until_state(task.id, S.DONE, limit_s=6.5 * HOUR_S)

    assert bench.task(task.id).failure is None
    assert bench.task(task.id).finished_at == finished_at
    gaps = [round(b - a) for a, b in pairwise(bench.source.opened_at_s(ONE)[8:])]
    assert gaps == pytest.approx([HOUR_S] * 5, abs=2)
    assert len(bench.source.opened_at_s(TWO)) == 1


async def test_a_failed_task_is_rescued_too_and_after_a_restart(tmp_path: Path) -> None:
    bench = Bench(tmp_path)
    bench.source.faults[ONE] = [b"<html>"] * 9
    async with bench:
        task = await bench.run_one()
    assert task.state is S.FAILED
    async with Bench(tmp_path, before=bench) as later:
        await later.until_state(task.id, S.DONE, limit_s=2.5 * HOUR_S)


async def test_bad_pictures_are_given_up_with_their_links_after_fifteen_days(bench: Bench) -> None:
    bench.source.faults[ONE] = [b"<html>"] * 1000
    async with bench:
        task = await bench.run_one(count=2)
        await asyncio.sleep(16 * 24 * HOUR_S)

    task = bench.task(task.id)
    assert (task.state, states(task)) == (S.PARTIAL, [P.EXPIRED, P.STORED])
    assert 8 + 15 * 24 - 1 <= len(bench.source.opened_at_s(ONE)) <= 8 + 15 * 24 + 1
    assert task.failure is not None
    assert task.failure.kind is FailureKind.LINKS_EXPIRED


async def test_being_offline_counts_no_try_and_asks_ever_more_rarely(bench: Bench) -> None:
    bench.source.always = offline()
    async with bench:
        task_id = await bench.submit()
        await asyncio.sleep(6 * HOUR_S)
        assert bench.task(task_id).state is S.DOWNLOADING
        tries = len(bench.source.opened_at_s(ONE))
        bench.source.always = None
        await bench.until_state(task_id, S.DONE, limit_s=120)

    assert bench.task(task_id).pictures[0].tries == 0
    assert tries < 6 * 60 + 10


async def test_files_that_moved_to_another_host_are_found_there(bench: Bench) -> None:
    moved = "https://cdn.example/1"
    bench.service.reports = [Succeeded((ONE,), ""), Succeeded((moved,), "")]
    bench.source.faults[ONE] = [offline()] * 1000
    async with bench:
        task = await bench.run_one()

    assert (task.state, task.pictures[0].url) == (S.DONE, moved)


async def test_a_dead_link_is_replaced_by_a_fresh_one(bench: Bench) -> None:
    fresh = "https://r2.example/fresh/1"
    bench.service.reports = [Succeeded((ONE,), ""), Succeeded((fresh,), "")]
    bench.source.faults[ONE] = [dead()] * 10
    async with bench:
        task = await bench.run_one()

    assert (task.state, task.pictures[0].url) == (S.DONE, fresh)
    assert (len(bench.source.opened_at_s(ONE)), len(bench.service.asked)) == (1, 2)


@pytest.mark.parametrize(
    "report",
    [
        Succeeded((ONE,), ""),
        FailedAtService(Failure(FailureKind.UNSORTED)),
        TaskNotFoundError(Failure(FailureKind.NOT_FOUND)),
    ],
    ids=["the same link", "failed", "not found"],
)
async def test_a_dead_link_without_a_fresh_one_is_expired(
    bench: Bench, report: Succeeded | FailedAtService | TaskNotFoundError
) -> None:
    bench.service.reports = [Succeeded((ONE,), ""), report]
    bench.source.faults[ONE] = [dead()] * 10
    async with bench:
        task = await bench.run_one()
        await asyncio.sleep(5 * HOUR_S)

    assert (task.state, states(task)) == (S.FAILED, [P.EXPIRED])
    assert task.failure is not None
    assert task.failure.kind is FailureKind.LINKS_EXPIRED
    assert len(bench.service.asked) == 2


async def test_a_dead_link_is_not_given_up_because_the_service_cannot_be_asked(bench: Bench) -> None:
    fresh = "https://r2.example/fresh/1"
    bench.service.reports = [Succeeded((ONE,), ""), *([offline()] * 20), Succeeded((fresh,), "")]
    bench.source.faults[ONE] = [dead()] * 100
    async with bench:
        task = await bench.run_one()

    assert (task.state, task.pictures[0].url) == (S.DONE, fresh)


async def test_pictures_whose_links_need_the_service_hold_up_no_others(bench: Bench) -> None:
    bench.service.reports = [key_refused()]
    bench.service.balance_errors.extend([key_refused()] * 10)
    stuck = tuple(Picture(position, url) for position, url in enumerate((ONE, TWO, THREE)))
    bench.put(accepted_task("stuck", state=S.DOWNLOADING, pictures=stuck))
    bench.put(accepted_task("other", state=S.DOWNLOADING, pictures=(Picture(0, "https://r2.example/other/1"),)))
    bench.source.faults |= {url: [offline()] * 10 for url in (ONE, TWO, THREE)}
    bench.source.faults["https://r2.example/other/1"] = [reset()] * 3
    async with bench:
        await bench.until_state(TaskId("other"), S.DONE, limit_s=30)
        await asyncio.sleep(30)

    assert bench.connections == ["key_refused"]
    assert bench.task(TaskId("stuck")).state is S.DOWNLOADING


async def test_a_disk_that_fills_up_in_the_middle_heals_by_itself(bench: Bench) -> None:
    bench.pictures.full_for = 6
    async with bench:
        task = await bench.run_one(count=3)

    assert (task.state, states(task)) == (S.DONE, [P.STORED] * 3)
    assert [picture.tries for picture in task.pictures] == [0, 0, 0]
    assert bench.told(StorageTroubled)
    assert bench.told(StorageRecovered)


async def test_thumbnails_that_cannot_be_made_lose_nothing_and_can_be_made_later(bench: Bench) -> None:
    bench.inspector.makes_thumbnails = False
    async with bench:
        task = await bench.run_one()
        assert task.state is S.DONE
        assert not await bench.engine.rebuild_thumbnails(task, 0)
        bench.inspector.makes_thumbnails = True
        assert await bench.engine.rebuild_thumbnails(task, 0)

    assert task.pictures[0].saved_path is not None


async def test_a_bug_at_one_picture_does_not_lose_the_others_or_their_order(bench: Bench) -> None:
    bench.inspector.errors.append(RuntimeError("a bug"))
    bench.source.takes_s = 10
    async with bench:
        task = await bench.run_one(count=5)

    assert (task.state, states(task)) == (S.DONE, [P.STORED] * 5)
    assert [len(bench.source.opened_at_s(picture.url)) for picture in task.pictures].count(1) == 4


async def test_a_bug_during_a_rescue_does_not_end_the_rescues(bench: Bench) -> None:
    bench.source.faults[ONE] = [b"<html>"] * 8
    async with bench:
        task = await bench.run_one(count=2)
        bench.inspector.errors.append(RuntimeError("a bug"))
        await bench.until_state(task.id, S.DONE, limit_s=3 * HOUR_S)


async def test_a_picture_that_the_worker_cannot_open_now_may_open_later(bench: Bench) -> None:
    bench.inspector.errors.extend([UndecodableError("the worker died")] * 3)
    async with bench:
        task = await bench.run_one()

    assert task.state is S.DONE


async def test_more_pictures_than_ordered_are_all_kept(bench: Bench) -> None:
    bench.service.reports = [Succeeded((ONE, TWO, THREE), "")]
    async with bench:
        task = await bench.run_one(count=1)

    assert states(task) == [P.STORED] * 3


async def test_results_that_the_service_takes_back_are_still_fetched(bench: Bench) -> None:
    bench.service.reports = [Succeeded((ONE,), ""), Working("processing")]
    bench.source.faults[ONE] = [reset()] * 3
    async with bench:
        task = await bench.run_one()

    assert task.state is S.DONE


async def test_a_task_left_by_a_rescue_that_broke_off_is_rescued_again(bench: Bench) -> None:
    cut = Picture(0, ONE, P.DOWNLOADING, tries=8)
    bench.put(accepted_task(state=S.FAILED, pictures=(cut,)))
    async with bench:
        await bench.until_state(TaskId("one"), S.DONE, limit_s=1.5 * HOUR_S)
