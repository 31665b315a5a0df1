"""Asking how tasks stand: when, how often, and what no trouble of asking may do."""

from __future__ import annotations

import asyncio
from itertools import pairwise
from pathlib import Path

import pytest

from seedream_desktop.domain.failure import Failure, FailureKind
from seedream_desktop.domain.task import TaskState
from seedream_desktop.engine.poll import UNREADABLE_RESULT
from seedream_desktop.ports.errors import TaskNotFoundError, UnreachableError
from seedream_desktop.ports.service import FailedAtService, Succeeded, Unreadable, Working
from tests.engine.bench import Bench, accepted_task, now_s
from tests.fakes import FOR_EVER_S, offline

S = TaskState
WORKING = Working("processing")
RESULT = Succeeded(("https://r2.example/late/1",), '{"resultUrls": []}')
DAY_S = 24 * 3600


def not_found() -> TaskNotFoundError:
    return TaskNotFoundError(Failure(FailureKind.NOT_FOUND, "404"))


async def test_a_task_is_asked_for_after_20_seconds_and_then_every_3(bench: Bench) -> None:
    bench.service.reports = [WORKING]
    async with bench:
        await bench.submit()
        await asyncio.sleep(35)

    assert bench.asked_after_s() == [20, 23, 26, 29, 32]


async def test_the_longer_it_takes_the_more_rarely_it_is_asked_for_but_it_is_never_given_up(bench: Bench) -> None:
    bench.service.reports = [WORKING]
    async with bench:
        task_id = await bench.submit()
        await asyncio.sleep(20 * DAY_S)

    asked = bench.asked_after_s()
    gaps = {round(b - a) for a, b in pairwise(asked)}
    assert gaps == {3, 10, 30, 60, 3600}
    for gap_s, since_s, until_s in [
        (3, 20, 300),
        (10, 303, 900),
        (30, 910, 3600),
        (60, 3630, DAY_S),
        (3600, DAY_S + 60, 20 * DAY_S),
    ]:
        assert {round(b - a) for a, b in pairwise(asked) if since_s <= a < until_s} == {gap_s}
    assert bench.task(task_id).state is S.PROCESSING


async def test_with_a_callback_on_its_way_it_is_asked_for_more_rarely(bench: Bench) -> None:
    bench.service.reports = [WORKING]
    async with bench:
        await bench.submit(callback_url="https://my.example/cb")
        await asyncio.sleep(70)

    assert bench.asked_after_s() == [20, 35, 50, 65]


@pytest.mark.parametrize("word", ["pending", "processing_r2", "queued", "", "7", "None"])
async def test_every_unknown_word_means_still_working(bench: Bench, word: str) -> None:
    bench.service.reports = [Working(word), Working(word), RESULT]
    async with bench:
        task = await bench.run_one()

    assert task.state is S.DONE
    assert len(bench.asked_after_s()) == 3


async def test_the_services_own_word_is_kept_and_saved_only_when_it_changes(bench: Bench) -> None:
    bench.service.reports = [Working("pending"), Working("pending"), Working("processing_r2")]
    async with bench:
        task_id = await bench.submit()
        await asyncio.sleep(60)

    words = [task.service_state for task in bench.tasks.saved if task.state is S.PROCESSING]
    assert words == ["", "pending", "processing_r2"]
    assert bench.task(task_id).service_state == "processing_r2"


@pytest.mark.parametrize(
    "error",
    [offline(), UnreachableError(Failure(FailureKind.TRY_LATER, "503")), RuntimeError("a bug"), OSError("odd")],
    ids=repr,
)
async def test_no_trouble_of_asking_decides_a_task(bench: Bench, error: Exception) -> None:
    bench.service.reports = [error] * 40 + [RESULT]
    async with bench:
        task_id = await bench.submit()
        await asyncio.sleep(120)
        assert bench.task(task_id).state is S.PROCESSING
        task = await bench.until_state(task_id, S.DONE, limit_s=5 * 3600)

    assert task.failure is None
    assert len(bench.service.calls) == 1


async def test_while_nobody_answers_it_is_asked_ever_more_rarely_up_to_a_minute(bench: Bench) -> None:
    bench.service.reports = [offline()]
    async with bench:
        await bench.submit()
        await asyncio.sleep(600)

    gaps = [round(b - a) for a, b in pairwise(bench.asked_after_s())]
    assert gaps[:7] == [1, 2, 4, 8, 16, 32, 60]
    assert set(gaps[6:]) == {60}


async def test_a_status_call_that_hangs_is_given_up_and_asked_again(bench: Bench) -> None:
    bench.service.status_takes_s = FOR_EVER_S
    async with bench:
        task_id = await bench.submit()
        await asyncio.sleep(60)
        assert bench.asked_after_s() == [20, 51]
        bench.service.status_takes_s = 0
        await bench.until_state(task_id, S.DONE)


async def test_a_task_the_service_forgot_for_ten_minutes_is_not_found_and_still_asked_for_hourly(
    bench: Bench,
) -> None:
    bench.service.reports = [not_found()]
    async with bench:
        task_id = await bench.submit()
        await asyncio.sleep(615)
        assert bench.task(task_id).state is S.PROCESSING
        await bench.run()
        assert bench.task(task_id).state is S.NOT_FOUND
        asked = len(bench.service.asked)
        await asyncio.sleep(5 * 3600)

    assert len(bench.service.asked) - asked == 5
    failure = bench.task(task_id).failure
    assert failure is not None
    assert failure.kind is FailureKind.NOT_FOUND


@pytest.mark.parametrize(
    ("report", "state"),
    [
        (WORKING, S.PROCESSING),
        (RESULT, S.DONE),
        (FailedAtService(Failure(FailureKind.UNSORTED, "ODD")), S.FAILED),
    ],
    ids=["working", "finished", "failed"],
)
async def test_a_task_that_was_not_found_comes_back(
    bench: Bench, report: Working | Succeeded | FailedAtService, state: TaskState
) -> None:
    bench.put(accepted_task("lost", state=S.NOT_FOUND))
    bench.service.reports = [not_found(), report]
    async with bench:
        task = await bench.until_state(accepted_task("lost").id, state, limit_s=3700)

    assert (task.failure is None) == (state is not S.FAILED)


async def test_a_404_between_good_answers_means_nothing(bench: Bench) -> None:
    bench.service.reports = [not_found(), WORKING] * 300
    async with bench:
        task_id = await bench.submit()
        await asyncio.sleep(1800)

    assert bench.states(task_id) == [S.QUEUED, S.SUBMITTING, S.PROCESSING]


async def test_a_result_that_cannot_be_read_is_asked_for_ten_times_and_kept_raw(bench: Bench) -> None:
    bench.service.reports = [Unreadable("[broken")]
    async with bench:
        task = await bench.run_one()

    assert task.state is S.FAILED
    assert task.failure is not None
    assert (task.failure.code, task.failure.message, task.raw_result) == (UNREADABLE_RESULT, "[broken", "[broken")
    assert len(bench.service.asked) == 10


async def test_a_result_that_can_be_read_at_last_is_taken(bench: Bench) -> None:
    bench.service.reports = [Unreadable("[broken")] * 9 + [RESULT]
    async with bench:
        task = await bench.run_one()

    assert (task.state, task.raw_result) == (S.DONE, RESULT.raw_result)


async def test_a_failed_task_keeps_the_services_own_code_and_words(bench: Bench) -> None:
    failure = Failure(FailureKind.MODERATION, "CONTENT_VIOLATION", "<b>no</b>")
    bench.service.reports = [FailedAtService(failure)]
    async with bench:
        task = await bench.run_one()

    assert (task.state, task.failure, task.service_state) == (S.FAILED, failure, "failed")
    assert task.finished_at is not None
    assert task.may_have_been_billed


async def test_all_links_are_written_down_before_the_first_is_opened(bench: Bench) -> None:
    async with bench:
        await bench.run_one(count=10)

    written = bench.journal.index("saved downloading accepted" + " planned" * 10)
    assert written < min(number for number, line in enumerate(bench.journal) if line.startswith("download "))


async def test_results_survive_a_full_disk(bench: Bench) -> None:
    bench.tasks.fail(20, when=lambda task: task.state is S.DOWNLOADING)
    async with bench:
        task = await bench.run_one()

    assert task.state is S.DONE
    assert len(bench.service.asked) == 1, "what was learned is not asked for again"


async def test_a_question_asked_at_once_by_the_user(bench: Bench) -> None:
    bench.put(accepted_task("old", age_s=2 * DAY_S))
    bench.service.reports = [WORKING]
    async with bench:
        await asyncio.sleep(10)
        asked = len(bench.service.asked)
        await bench.engine.check_now(accepted_task("old").id)
        await asyncio.sleep(1)

    assert len(bench.service.asked) == asked + 1


async def test_a_failure_the_service_takes_back_is_taken_when_the_user_asks(bench: Bench) -> None:
    bench.put(accepted_task("failed", S.FAILED))
    bench.service.reports = [RESULT]
    async with bench:
        await bench.run()
        assert bench.service.asked == [], "nobody asks for a failed task by itself"
        await bench.engine.check_now(accepted_task("failed").id)
        await bench.run()

    assert bench.task(accepted_task("failed").id).state is S.DONE


async def test_a_task_nobody_watches_is_left_alone_until_it_is_watched_again(bench: Bench) -> None:
    bench.service.reports = [WORKING]
    async with bench:
        task_id = await bench.submit()
        await asyncio.sleep(30)
        await bench.engine.watch(task_id, is_watched=False)
        await asyncio.sleep(5)
        asked = len(bench.service.asked)
        await bench.run(limit_s=1)
        await asyncio.sleep(DAY_S)
        assert len(bench.service.asked) == asked
        assert not bench.task(task_id).is_watched
        await bench.engine.watch(task_id, is_watched=True)
        await asyncio.sleep(5)

    assert len(bench.service.asked) > asked
    assert bench.task(task_id).is_watched


async def test_idle_means_that_no_step_is_due_within_a_minute(bench: Bench) -> None:
    bench.put(accepted_task("fresh", age_s=0))
    bench.service.reports = [WORKING]
    async with bench:
        assert not bench.engine.is_idle()
        with pytest.raises(TimeoutError):
            await bench.run(limit_s=23 * 3600)
        await bench.run(limit_s=2 * 3600)


async def test_a_thousand_tasks_due_at_once_stay_within_the_services_limits(tmp_path: Path) -> None:
    bench = Bench(tmp_path, chance=0.0)
    bench.service.status_takes_s = 0.05
    bench.service.reports = [WORKING]
    bench.put(*(accepted_task(str(number), age_s=100) for number in range(1000)))
    async with bench:
        began_s = now_s()
        await bench.until(lambda: len(bench.service.asked) >= 2000)

    asked = [call.at_s for call in bench.service.asked]
    assert all(later - asked[number] >= 0.999 for number, later in enumerate(asked[150:]))
    assert now_s() - began_s < 2000 / 150 + 5
    assert bench.service.most_at_once <= 16
    assert len({call.about for call in bench.service.asked[:1000]}) == 1000, "each in its turn"
