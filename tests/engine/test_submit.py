"""The paid step: what is written before what, and what every loss on the way comes to."""

from __future__ import annotations

import asyncio
from itertools import pairwise
from pathlib import Path

import pytest

from seedream_desktop.domain.events import StorageRecovered, StorageTroubled, TaskAdded
from seedream_desktop.domain.failure import FailureKind
from seedream_desktop.domain.money import spent_usd
from seedream_desktop.domain.request import GenerationRequest
from seedream_desktop.domain.task import AttemptState, Task, TaskState
from seedream_desktop.engine.engine import RequestRefusedError
from seedream_desktop.ports.errors import StorageError, TaskNotFoundError
from seedream_desktop.ports.service import RawReply, Working
from tests.engine.bench import Bench, accepted_task
from tests.fakes import (
    accepts,
    breaks_after_the_wire,
    breaks_before_the_wire,
    hangs,
    key_refused,
    offline,
    replies,
    reply,
)

A = AttemptState
LOSSES = [
    offline(),
    ConnectionResetError("reset"),
    TimeoutError(),
    UnicodeEncodeError("ascii", "ż", 0, 1, "no"),
    RecursionError(),
    ValueError("bug"),
    OSError(24, "too many files"),
]
ENDS = [asyncio.CancelledError(), GeneratorExit()]


def name_of(error: BaseException) -> str:
    return type(error).__name__


def has_intent(task: Task) -> bool:
    return task.attempt is not None and task.attempt.state is A.INTENT


def is_on_wire(task: Task) -> bool:
    return task.attempt is not None and task.attempt.state is A.WIRE


async def test_everything_is_written_down_before_it_happens_and_told_after(bench: Bench) -> None:
    async with bench:
        task = await bench.run_one()

    assert task.state is TaskState.DONE
    url = "https://r2.example/service-1/1"
    assert bench.journal == [
        "saved queued",
        "told queued",
        "saved submitting intent",
        "told submitting",
        "call",
        "saved submitting wire",
        "first byte",
        "reply stored",
        "reply read",
        "saved processing accepted",
        "told processing",
        "saved downloading accepted planned",
        "told downloading",
        "saved downloading accepted downloading",
        "told downloading",
        f"download {url}",
        "saved downloading accepted stored",
        "saved downloading accepted stored",
        "told downloading",
        "saved done accepted stored",
        "told done",
    ]


async def test_an_order_belongs_to_the_project_it_was_made_for(bench: Bench) -> None:
    async with bench:
        task = await bench.engine.submit(GenerationRequest("a red fox"), project="harbour")
        kept = await bench.tasks.get(task.id)

    assert kept is not None
    assert (task.project, kept.project) == ("harbour", "harbour")


async def test_an_order_over_the_limits_is_neither_stored_nor_sent(bench: Bench) -> None:
    async with bench:
        with pytest.raises(RequestRefusedError):
            await bench.engine.submit(GenerationRequest("fox", count=11))
        await bench.run()

    assert (bench.tasks.saved, bench.service.calls) == ([], [])


async def test_an_order_that_cannot_be_written_down_is_not_taken(bench: Bench) -> None:
    bench.tasks.fail()
    async with bench:
        with pytest.raises(StorageError):
            await bench.submit()
        await bench.run()

    assert bench.service.calls == []
    assert bench.told(TaskAdded) == []


async def test_without_a_written_intent_nothing_is_sent_until_the_disk_is_back(bench: Bench) -> None:
    bench.tasks.fail(4, when=has_intent)
    async with bench:
        task_id = await bench.submit()
        await bench.until(lambda: len(bench.told(StorageTroubled)) == 4)
        assert bench.service.calls == []
        await bench.run()

    assert bench.task(task_id).state is TaskState.DONE
    assert len(bench.service.sent) == 1
    assert len(bench.told(StorageRecovered)) == 1


async def test_without_a_written_wire_mark_no_byte_leaves_until_the_disk_is_back(bench: Bench) -> None:
    bench.tasks.fail(3, when=is_on_wire)
    async with bench:
        task = await bench.run_one()

    assert task.state is TaskState.DONE
    assert bench.attempts(task.id) == [A.UNSENT, A.UNSENT, A.UNSENT, A.ACCEPTED]
    assert (len(bench.service.calls), len(bench.service.sent)) == (4, 1)
    assert bench.connections == []


async def test_a_full_disk_after_the_order_left_loses_neither_reply_nor_task_id(bench: Bench) -> None:
    bench.tasks.reply_troubles = 5
    bench.tasks.fail(5, when=lambda task: task.state is TaskState.PROCESSING)
    async with bench:
        task = await bench.run_one()

    assert task.state is TaskState.DONE
    assert len(bench.service.sent) == 1
    assert bench.journal.index("reply stored") < bench.journal.index("reply read")


@pytest.mark.parametrize("error", LOSSES, ids=name_of)
async def test_what_is_lost_after_the_wire_mark_is_unknown_and_never_sent_again(bench: Bench, error: Exception) -> None:
    bench.service.answers.append(breaks_after_the_wire(error))
    async with bench:
        task = await bench.run_one()
        await asyncio.sleep(24 * 3600)

    assert (bench.task(task.id).state, bench.attempts(task.id)) == (TaskState.UNKNOWN, [A.UNKNOWN])
    assert len(bench.service.calls) == 1
    assert task.may_have_been_billed
    assert spent_usd([task]) == task.estimated_cost_usd
    assert task.failure is not None
    assert (task.failure.kind, task.failure.code) == (FailureKind.REPLY_LOST, name_of(error))


@pytest.mark.parametrize("error", ENDS, ids=name_of)
async def test_what_ends_in_the_middle_of_sending_is_unknown_for_every_later_start(
    tmp_path: Path, error: BaseException
) -> None:
    bench = Bench(tmp_path)
    bench.service.answers.append(breaks_after_the_wire(error))
    async with bench:
        task_id = await bench.submit()
        await bench.until_state(task_id, TaskState.UNKNOWN)
    async with Bench(tmp_path, before=bench) as later:
        await later.run()

    assert (later.task(task_id).state, later.attempts(task_id)) == (TaskState.UNKNOWN, [A.UNKNOWN])
    assert len(later.service.calls) == 1


@pytest.mark.parametrize("error", LOSSES, ids=name_of)
async def test_what_is_lost_before_the_wire_mark_goes_again_by_itself(bench: Bench, error: Exception) -> None:
    bench.service.answers.extend([breaks_before_the_wire(error)] * 4)
    async with bench:
        task = await bench.run_one()

    assert task.state is TaskState.DONE
    assert bench.attempts(task.id) == [A.UNSENT] * 4 + [A.ACCEPTED]
    assert task.billable_attempts == 1
    called = [call.at_s for call in bench.service.calls]
    assert [round(b - a) for a, b in pairwise(called)] == [1, 2, 4, 8]


@pytest.mark.parametrize("error", ENDS, ids=name_of)
async def test_what_ends_before_the_wire_mark_is_sent_by_the_next_start(tmp_path: Path, error: BaseException) -> None:
    bench = Bench(tmp_path)
    bench.service.answers.append(breaks_before_the_wire(error))
    async with bench:
        task_id = await bench.submit()
        await bench.until(lambda: bool(bench.service.calls))
    assert (bench.task(task_id).state, bench.attempts(task_id)) == (TaskState.QUEUED, [A.UNSENT])
    async with Bench(tmp_path, before=bench) as later:
        await later.run()

    assert (later.task(task_id).state, later.attempts(task_id)) == (TaskState.DONE, [A.UNSENT, A.ACCEPTED])


async def test_an_answer_that_never_comes_is_unknown_after_two_minutes(bench: Bench) -> None:
    bench.service.answers.append(hangs())
    async with bench:
        task = await bench.run_one()

    assert task.state is TaskState.UNKNOWN
    assert task.attempt is not None
    assert task.attempt.ended_at is not None
    assert task.attempt.wire_at is not None
    assert (task.attempt.ended_at - task.attempt.wire_at).total_seconds() == pytest.approx(120)


async def test_while_offline_the_service_is_probed_for_free_and_the_order_goes_when_it_is_back(bench: Bench) -> None:
    bench.service.is_down = True
    async with bench:
        task_id = await bench.submit()
        await asyncio.sleep(600)
        assert bench.task(task_id).state is TaskState.QUEUED
        calls = len(bench.service.calls)
        bench.service.is_down = False
        await bench.run()

    assert bench.task(task_id).state is TaskState.DONE
    assert calls == 1, "a closed gate lets no order try the line"
    waits = [b - a for a, b in pairwise(bench.service.balances[:8])]
    assert [round(wait) for wait in waits] == [2, 4, 8, 16, 32, 60, 60]
    assert bench.connections == ["offline", "ready"]


REFUSALS = {
    "prompt": (reply(400, {"error": "prompt too long"}), FailureKind.PROMPT),
    "credit in an envelope": (reply(200, {"error": "Insufficient credits"}, code=400), FailureKind.MONEY),
    "money": (reply(402), FailureKind.MONEY),
    "permission": (reply(403), FailureKind.FORBIDDEN),
    "address": (reply(404), FailureKind.WRONG_ADDRESS),
    "too large": (reply(413), FailureKind.BAD_REQUEST),
    "redirect": (reply(307), FailureKind.WRONG_ADDRESS),
}


@pytest.mark.parametrize("why", REFUSALS)
async def test_a_refused_order_is_not_billed_and_not_sent_again(bench: Bench, why: str) -> None:
    answer, kind = REFUSALS[why]
    bench.service.answers.append(replies(answer))
    async with bench:
        task = await bench.run_one()

    assert (task.state, bench.attempts(task.id)) == (TaskState.REFUSED, [A.REFUSED])
    assert task.failure is not None
    assert task.failure.kind is kind
    assert not task.may_have_been_billed
    assert len(bench.service.calls) == 1


async def test_a_refused_order_can_be_sent_again_as_it_is(bench: Bench) -> None:
    bench.service.answers.append(replies(reply(402)))
    async with bench:
        task = await bench.run_one()
        await asyncio.gather(*(bench.engine.send_refused_again(task.id) for _ in range(5)))
        await bench.run()
        await bench.engine.send_refused_again(task.id)

    assert (bench.task(task.id).state, bench.attempts(task.id)) == (TaskState.DONE, [A.REFUSED, A.ACCEPTED])
    assert bench.task(task.id).failure is None


UNCLEAR = {
    "500": reply(500),
    "502": reply(502),
    "504 from a proxy": RawReply(504, "", b"<html>Gateway Timeout</html>"),
    "500 in an envelope": reply(200, code=500),
    "408": reply(408),
    "no task id": reply(200, {}),
    "an odd task id": reply(200, {"taskId": "../../x"}),
    "a web page": RawReply(200, "", b"<html>Welcome to the hotel</html>"),
    "nothing": RawReply(200, "", b""),
}


@pytest.mark.parametrize("what", UNCLEAR)
async def test_a_reply_that_says_neither_yes_nor_no_is_unknown_and_kept(bench: Bench, what: str) -> None:
    bench.service.answers.append(replies(UNCLEAR[what]))
    async with bench:
        task = await bench.run_one()
        await asyncio.sleep(3600)

    assert (task.state, bench.attempts(task.id)) == (TaskState.UNKNOWN, [A.UNKNOWN])
    assert len(bench.service.calls) == 1
    assert task.attempt is not None
    assert bench.tasks.replies[task.attempt.id] == UNCLEAR[what]
    assert task.attempt.http_status == UNCLEAR[what].http_status


@pytest.mark.parametrize("http_status", [201, 409, 500, 502])
async def test_a_task_id_counts_whatever_its_status_line_once_the_service_knows_it(
    bench: Bench, http_status: int
) -> None:
    bench.service.answers.append(replies(reply(http_status, {"taskId": "real"})))
    bench.service.reports_of["real"] = [_not_found(), offline(), offline(), offline(), offline(), Working("pending")]
    async with bench:
        task_id = await bench.submit()
        await bench.until(lambda: bench.task(task_id).service_state == "pending")

    assert bench.task(task_id).service_task_id == "real"
    assert bench.attempts(task_id) == [A.ACCEPTED]


async def test_a_task_id_that_the_service_denies_three_times_is_not_believed(bench: Bench) -> None:
    bench.service.answers.append(replies(reply(502, {"taskId": "made-up"})))
    bench.service.reports_of["made-up"] = [_not_found()]
    async with bench:
        task = await bench.run_one()

    assert (task.state, task.service_task_id) == (TaskState.UNKNOWN, None)
    assert len(bench.service.asked_at_s("made-up")) == 3


async def test_a_task_id_that_another_task_owns_is_unknown(bench: Bench) -> None:
    bench.put(accepted_task("first", state=TaskState.DONE))
    bench.service.answers.append(accepts("service-first"))
    async with bench:
        task = await bench.run_one()

    assert (task.state, task.service_task_id) == (TaskState.UNKNOWN, None)
    assert task.failure is not None
    assert (task.failure.code, task.failure.message) == ("TASK_ID_TAKEN", "service-first")


async def test_a_key_that_is_missing_leaves_the_order_unsent_until_there_is_one(bench: Bench) -> None:
    bench.service.answers.append(breaks_before_the_wire(key_refused()))
    bench.service.key_works = False
    async with bench:
        task_id = await bench.submit()
        await asyncio.sleep(300)
        assert bench.attempts(task_id) == [A.UNSENT]
        bench.service.key_works = True
        bench.engine.key_changed()
        await bench.run()

    assert bench.attempts(task_id) == [A.UNSENT, A.ACCEPTED]
    assert bench.connections == ["key_refused", "ready"]


def _not_found() -> TaskNotFoundError:
    return TaskNotFoundError(offline().failure)
