"""Downloads that break off, that hardly move, and hosts that ask to be left alone."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Iterable
from itertools import pairwise
from pathlib import Path

import pytest

from seedream_desktop.domain.events import PictureProgressed
from seedream_desktop.domain.failure import Failure, FailureKind
from seedream_desktop.domain.picture import Picture, PictureState
from seedream_desktop.domain.task import TaskId, TaskState
from seedream_desktop.engine.download import can_be_rescued
from seedream_desktop.ports.errors import BrokenOffError, BusyError, LinkDeadError, ServiceError
from seedream_desktop.ports.service import Succeeded
from tests.engine.bench import Bench, accepted_task
from tests.fakes import FOR_EVER_S, FakeDownload, FakeSource, content_of, key_refused, now_s

S, P = TaskState, PictureState
ONE, TWO = "https://r2.example/service-1/1", "https://r2.example/service-1/2"
ELSEWHERE = "https://cdn.example/3"
Step = bytes | float | ServiceError
"""What a download does next: bring bytes, take its time, or break."""


def broken() -> BrokenOffError:
    return BrokenOffError(Failure(FailureKind.OFFLINE, "ReadError"))


def busy(told_s: float | None) -> BusyError:
    return BusyError(Failure(FailureKind.TRY_LATER, "429"), told_s)


class Scripted(FakeDownload):
    """A download that does step after step; iterated again, it goes on behind its last break."""

    def __init__(self, steps: Iterable[Step]) -> None:
        super().__init__(b"", 0.0)
        self.total_bytes = None
        self._steps = iter(steps)

    async def chunks(self) -> AsyncIterator[bytes]:
        for step in self._steps:
            match step:
                case bytes():
                    yield step
                case ServiceError():
                    raise step
                case _:
                    await asyncio.sleep(step)


class ScriptedSource(FakeSource):
    """Opens the scripts of a link one after the other, then the good picture."""

    def __init__(self, scripts: dict[str, list[list[Step]]]) -> None:
        super().__init__([])
        self._scripts = scripts

    def _download(self, url: str) -> FakeDownload:
        scripts = self._scripts.get(url, [])
        return Scripted(scripts.pop(0)) if scripts else super()._download(url)


def bench_with(folder: Path, *scripts: list[Step]) -> Bench:
    """Return a bench whose first link does as the scripts say."""
    before = Bench(folder)
    before.source = ScriptedSource({ONE: list(scripts)})
    return Bench(folder, before=before)


def over_and_over(steps: list[Step], times: int) -> list[Step]:
    return [step for _ in range(times) for step in steps]


PIECE = b"x" * 40_000
BEGIN = b"picture"


async def test_a_download_goes_on_after_breaks_in_the_same_file(tmp_path: Path) -> None:
    async with bench_with(tmp_path, [BEGIN, PIECE, broken(), broken(), PIECE, broken(), b"end"]) as bench:
        task = await bench.run_one()

    assert (task.state, task.pictures[0].tries) == (S.DONE, 0)
    assert task.pictures[0].path is not None
    assert Path(task.pictures[0].path).read_bytes() == BEGIN + PIECE + PIECE + b"end"
    assert (len(bench.pictures.begun), len(bench.source.opened)) == (1, 1)
    received = [event.received_bytes for event in bench.told(PictureProgressed)]
    assert received == sorted(received)
    assert received[-1] == len(BEGIN + PIECE + PIECE + b"end")


async def test_a_line_that_breaks_often_and_always_moves_comes_to_its_end_in_one_try(tmp_path: Path) -> None:
    async with bench_with(tmp_path, [BEGIN, *over_and_over([PIECE, broken()], 40), b"end"]) as bench:
        task = await bench.run_one()

    assert (task.state, task.pictures[0].tries, len(bench.source.opened)) == (S.DONE, 0, 1)


async def test_after_six_breaks_without_news_the_next_try_starts_anew(tmp_path: Path) -> None:
    async with bench_with(tmp_path, [BEGIN, PIECE, *[broken()] * 6, b"never asked for"]) as bench:
        task = await bench.run_one()

    assert (task.state, task.pictures[0].tries) == (S.DONE, 1)
    assert task.pictures[0].path is not None
    assert Path(task.pictures[0].path).read_bytes() == content_of(ONE)
    first, second = bench.source.opened_at_s(ONE)
    assert round(second - first) == 1 + 2 + 4 + 8 + 16 + 1
    assert len(bench.pictures.begun) == 2


async def test_a_download_that_hardly_moves_is_given_up_after_half_a_minute(tmp_path: Path) -> None:
    crawling: list[Step] = [BEGIN, *over_and_over([b"x" * 1000, 1.5], 10_000)]
    async with bench_with(tmp_path, crawling) as bench:
        task = await bench.run_one()

    first, second = bench.source.opened_at_s(ONE)
    assert round(second - first) == 30 + 1
    assert (task.state, task.pictures[0].tries) == (S.DONE, 1)


async def test_silence_in_the_middle_is_given_up_after_half_a_minute(tmp_path: Path) -> None:
    async with bench_with(tmp_path, [BEGIN, PIECE, PIECE, FOR_EVER_S]) as bench:
        await bench.run_one()

    first, second = bench.source.opened_at_s(ONE)
    assert round(second - first) == 30 + 1


async def test_a_slow_line_is_given_its_time(tmp_path: Path) -> None:
    """Some 1.2 kB/s, for nine minutes."""
    async with bench_with(tmp_path, [BEGIN, *over_and_over([b"x" * 3600, 3.0], 180)]) as bench:
        task = await bench.run_one()

    assert (task.state, task.pictures[0].size_bytes) == (S.DONE, len(BEGIN) + 180 * 3600)
    assert len(bench.source.opened) == 1


async def test_no_download_takes_longer_than_ten_minutes(tmp_path: Path) -> None:
    async with bench_with(tmp_path, [BEGIN, *over_and_over([PIECE, 25.0], 1000)]) as bench:
        await bench.run_one()

    first, second = bench.source.opened_at_s(ONE)
    assert round(second - first) == 600 + 1


@pytest.mark.parametrize(("told_s", "waited_s"), [(None, 1), (0.0, 1), (9.0, 9), (-5.0, 1), (50.0, 50), (7200.0, 600)])
async def test_a_host_is_asked_again_when_it_says_within_ten_minutes(
    bench: Bench, told_s: float | None, waited_s: int
) -> None:
    bench.source.faults[ONE] = [busy(told_s)]
    async with bench:
        task_id = await bench.submit()
        await bench.until_state(task_id, S.DONE, limit_s=900)

    first, second = bench.source.opened_at_s(ONE)
    assert round(second - first) == waited_s
    assert bench.task(task_id).pictures[0].tries == 1


async def test_every_picture_of_that_host_waits_and_no_other(bench: Bench) -> None:
    bench.service.reports = [Succeeded((ONE, TWO, ELSEWHERE), "")]
    bench.source.faults[ONE] = [busy(40.0)]
    bench.source.takes_s = 0.0
    async with bench:
        await bench.run_one()
        await bench.submit("a second order")
        await bench.run()

    first = bench.source.opened_at_s(ONE)[0]
    assert bench.source.opened_at_s(ELSEWHERE)[0] - first < 1
    assert [round(at_s - first) for at_s in bench.source.opened_at_s(ONE)][1] == 40


async def test_a_picture_that_was_not_asked_for_yet_waits_for_its_host_too(bench: Bench) -> None:
    pictures = tuple(Picture(number, f"https://r2.example/{number}") for number in range(5))
    bench.put(accepted_task(state=S.DOWNLOADING, pictures=pictures))
    bench.source.faults["https://r2.example/0"] = [busy(50.0)]
    async with bench:
        await bench.until_state(TaskId("one"), S.DONE, limit_s=120)

    asked_s = [bench.source.opened_at_s(picture.url) for picture in pictures]
    assert [len(times) for times in asked_s] == [2, 1, 1, 1, 1]
    held_from_s = asked_s[0][0]
    late = [times[-1] for times in asked_s if times[-1] - held_from_s > 1]
    assert len(late) >= 3
    assert all(at_s - held_from_s >= 50 for at_s in late)


async def test_while_a_host_wants_minutes_the_program_may_end_and_other_pictures_come(bench: Bench) -> None:
    bench.service.reports = [Succeeded((ONE, ELSEWHERE), "")]
    bench.source.faults[ONE] = [busy(300.0)]
    async with bench:
        task = await bench.run_one()
        assert (task.state, bench.engine.is_idle()) == (S.DOWNLOADING, True)
        assert [(picture.state, picture.tries) for picture in task.pictures] == [(P.PLANNED, 1), (P.STORED, 0)]
        bench.engine.wake()
        await asyncio.sleep(100)
        assert len(bench.source.opened_at_s(ONE)) == 1
        await bench.until_state(task.id, S.DONE, limit_s=250)

    first, second = bench.source.opened_at_s(ONE)
    assert round(second - first) == 300


async def test_a_host_that_is_always_busy_uses_up_the_tries(bench: Bench) -> None:
    bench.source.faults[ONE] = [busy(100.0)] * 100
    async with bench:
        task_id = await bench.submit()
        await bench.until_state(task_id, S.FAILED, limit_s=900)

    assert [round(b - a) for a, b in pairwise(bench.source.opened_at_s(ONE))] == [100] * 7
    assert can_be_rescued(bench.task(task_id))


async def test_without_a_key_what_needs_none_comes_and_the_rest_waits_for_one(bench: Bench) -> None:
    bench.service.key_works = False
    bench.source.faults[ONE] = [LinkDeadError(Failure(FailureKind.LINKS_EXPIRED, "403"))] * 3
    bench.put(accepted_task(state=S.DOWNLOADING, pictures=(Picture(0, ONE), Picture(1, TWO))))
    async with bench:
        bench.engine.gate.key_turned_down(FailureKind.KEY_MISSING)
        await asyncio.sleep(10)
        task = bench.task(TaskId("one"))
        assert [picture.state for picture in task.pictures] == [P.PLANNED, P.STORED]
        assert bench.engine.is_idle()
        assert bench.service.asked == []
        bench.service.key_works = True
        bench.service.reports = [Succeeded((ELSEWHERE, TWO), "")]
        bench.engine.key_changed()
        await bench.until_state(TaskId("one"), S.DONE, limit_s=300)

    assert bench.task(TaskId("one")).pictures[0].url == ELSEWHERE


async def test_a_key_that_is_refused_over_a_dead_link_does_not_make_it_expire(bench: Bench) -> None:
    bench.service.reports = [key_refused()]
    bench.source.faults[ONE] = [LinkDeadError(Failure(FailureKind.LINKS_EXPIRED, "410"))] * 3
    bench.put(accepted_task(state=S.DOWNLOADING, pictures=(Picture(0, ONE),)))
    async with bench:
        bench.service.key_works = False
        await asyncio.sleep(100)

    assert bench.task(TaskId("one")).pictures[0].state is P.PLANNED


@pytest.mark.parametrize(("age_s", "soonest_s", "latest_s"), [(50 * 60, 595, 610), (61 * 60, 0, 5), (5 * 86400, 0, 5)])
async def test_after_a_start_a_bad_picture_is_asked_for_when_its_hour_is_over(
    bench: Bench, age_s: float, soonest_s: float, latest_s: float
) -> None:
    started_s = now_s()
    task = accepted_task(state=S.FAILED, pictures=(Picture(0, ONE, P.UNDECODABLE, tries=8),), age_s=age_s)
    bench.put(task.but(finished_at=task.created_at))
    bench.source.faults[ONE] = [b"<html>"] * 2
    async with bench:
        await bench.until_state(task.id, S.DONE, limit_s=3 * 3600)

    first, second, third = bench.source.opened_at_s(ONE)
    assert soonest_s <= first - started_s <= latest_s
    assert [round(second - first), round(third - second)] == pytest.approx([3600, 3600], abs=3)
