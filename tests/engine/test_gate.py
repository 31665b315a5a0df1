"""The one gate before every call: what 429, 401 and silence do to all tasks at once."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from email.utils import format_datetime
from itertools import pairwise

import pytest

from seedream_desktop.domain.events import BalanceRead
from seedream_desktop.domain.failure import Failure, FailureKind
from seedream_desktop.domain.task import AttemptState, TaskState
from seedream_desktop.ports.errors import BusyError, UnreachableError
from seedream_desktop.ports.service import RawReply, Working
from tests.engine.bench import Bench, accepted_task
from tests.fakes import accepts, key_refused, now_s, offline, replies, reply

A = AttemptState


def busy(retry_after_s: float | None) -> BusyError:
    return BusyError(Failure(FailureKind.TRY_LATER, "429"), retry_after_s)


def in_a_year() -> str:
    return format_datetime(datetime.now(UTC) + timedelta(days=365), usegmt=True)


@pytest.mark.parametrize(
    ("answer", "held_s"),
    [
        (lambda: reply(429, retry_after="7"), 7),
        (lambda: reply(200, code=429, retry_after="90"), 90),
        (lambda: reply(429, retry_after="99999999"), 600),
        (lambda: reply(429, retry_after=in_a_year()), 600),
        (lambda: reply(429, retry_after="-1"), 1),
        (lambda: reply(429, retry_after="abc"), 1),
        (lambda: reply(429), 1),
    ],
    ids=["7 s", "inside the envelope", "for years", "a date", "negative", "a word", "missing"],
)
async def test_429_holds_the_whole_queue_as_long_as_told_and_the_order_goes_as_a_new_attempt(
    bench: Bench, answer: Callable[[], RawReply], held_s: float
) -> None:
    bench.service.answers.append(replies(answer()))
    async with bench:
        first = await bench.submit("first")
        await bench.until(lambda: bool(bench.tasks.replies))
        second = await bench.submit("second")
        await bench.until(lambda: all(bench.task(order).state is TaskState.DONE for order in (first, second)))

    assert (bench.attempts(first), bench.attempts(second)) == ([A.REFUSED, A.ACCEPTED], [A.ACCEPTED])
    turned_down, *others = bench.service.sent
    assert [other.at_s - turned_down.at_s - 1 for other in others] == pytest.approx([held_s] * 2, abs=0.1)
    assert bench.connections == ["busy", "ready"]


async def test_orders_that_waited_for_a_place_wait_out_a_429_as_well(bench: Bench) -> None:
    bench.service.answers.extend([replies(reply(429, retry_after="60"))] * 16)
    async with bench:
        tasks = await bench.submit_many(100)
        await asyncio.sleep(50)
        assert len(bench.service.calls) == 16
        await bench.run()

    assert {bench.task(task_id).state for task_id in tasks} == {TaskState.DONE}
    assert len(bench.service.sent) == 116


async def test_calls_turned_down_together_count_as_one_refusal(bench: Bench) -> None:
    bench.service.answers.extend([replies(reply(429))] * 16)
    async with bench:
        await bench.submit_many(16)
        await bench.until(lambda: len(bench.service.sent) > 16)

    assert bench.service.sent[16].at_s - bench.service.sent[15].at_s < 3


async def test_429_to_a_status_call_holds_orders_too_and_decides_nothing(bench: Bench) -> None:
    bench.service.reports = [busy(120.0), Working("processing")]
    async with bench:
        first = await bench.submit()
        await bench.until(lambda: bool(bench.service.asked))
        asked_at_s = now_s()
        await bench.submit("second")
        await bench.until(lambda: len(bench.service.sent) == 2)

    assert now_s() - asked_at_s == pytest.approx(120, abs=1)
    assert bench.task(first).state is TaskState.PROCESSING


async def test_a_long_hold_counts_as_idle(bench: Bench) -> None:
    bench.service.answers.append(replies(reply(429, retry_after="300")))
    async with bench:
        await bench.submit()
        await bench.run(limit_s=10)

    assert len(bench.service.sent) == 1


async def test_a_long_hold_is_not_idle_while_a_picture_is_on_its_way(bench: Bench) -> None:
    async with bench:
        first = await bench.submit(count=10)
        await bench.until_state(first, TaskState.DOWNLOADING)
        bench.service.answers.append(replies(reply(429, retry_after="300"), after_s=0))
        await bench.submit("second")
        await bench.run()

    assert bench.task(first).state is TaskState.DONE


async def test_401_stops_a_hundred_orders_once_and_all_go_with_the_new_key(bench: Bench) -> None:
    bench.service.key_works = False
    async with bench:
        tasks = await bench.submit_many(100)
        await asyncio.sleep(600)
        assert {bench.task(task_id).state for task_id in tasks} == {TaskState.QUEUED}
        assert bench.connections == ["key_refused"]
        assert len(bench.service.calls) == 16, "only what was under way may find out"
        bench.service.key_works = True
        bench.engine.key_changed()
        await bench.run()

    assert {bench.task(task_id).state for task_id in tasks} == {TaskState.DONE}
    assert bench.connections == ["key_refused", "ready"]
    assert sum(bench.attempts(task_id).count(A.ACCEPTED) for task_id in tasks) == 100


async def test_a_key_refused_while_polling_costs_no_second_order(bench: Bench) -> None:
    bench.service.reports = [Working("processing")]
    async with bench:
        tasks = await bench.submit_many(5)
        await bench.until(lambda: len(bench.service.asked) >= 5)
        bench.service.key_works = False
        await asyncio.sleep(300)
        asked = len(bench.service.asked)
        await asyncio.sleep(300)
        assert len(bench.service.asked) == asked, "a closed gate lets no question through"
        assert {bench.task(task_id).state for task_id in tasks} == {TaskState.PROCESSING}
        bench.service.key_works = True
        bench.engine.key_changed()
        await bench.until(lambda: len(bench.service.asked) >= asked + 5)

    assert len(bench.service.sent) == 5
    assert bench.connections == ["key_refused", "ready"]


async def test_a_refused_key_is_tried_again_every_minute(bench: Bench) -> None:
    bench.service.key_works = False
    async with bench:
        await bench.submit()
        await asyncio.sleep(200)
        bench.service.key_works = True
        await bench.run()

    probes = bench.service.balances[:4]
    assert [round(b - a) for a, b in pairwise(probes)] == [60, 60, 60]
    assert bench.connections == ["key_refused", "ready"]


async def test_a_key_changed_in_the_middle_of_a_probe_is_tried_at_once(bench: Bench) -> None:
    bench.service.key_works = False
    bench.service.balance_takes_s = 5
    async with bench:
        task_id = await bench.submit()
        await bench.until(lambda: bool(bench.connections))
        bench.engine.key_changed()
        await bench.until(lambda: bool(bench.service.balances))
        bench.service.key_works = True
        bench.engine.key_changed()
        await bench.until_state(task_id, TaskState.PROCESSING, limit_s=15)


async def test_a_probe_that_breaks_for_no_known_reason_is_repeated(bench: Bench) -> None:
    bench.service.key_works = False
    bench.service.balance_errors.append(RuntimeError("a bug"))
    async with bench:
        task_id = await bench.submit()
        await asyncio.sleep(70)
        bench.service.key_works = True
        await bench.until_state(task_id, TaskState.DONE)


@pytest.mark.parametrize(
    "answer",
    [UnreachableError(Failure(FailureKind.TRY_LATER, "503")), busy(5.0)],
    ids=["503", "429"],
)
async def test_any_answer_but_silence_and_401_opens_the_gate(bench: Bench, answer: Exception) -> None:
    bench.service.is_down = True
    async with bench:
        task_id = await bench.submit()
        await asyncio.sleep(0.5)
        bench.service.is_down = False
        bench.service.balance_errors.append(answer)
        await bench.until_state(task_id, TaskState.DONE)


async def test_a_late_429_does_not_hide_that_the_key_is_refused(bench: Bench) -> None:
    bench.service.answers.extend([replies(reply(401)), replies(reply(429), after_s=5)])
    bench.service.key_works = False
    async with bench:
        await bench.submit_many(2)
        await asyncio.sleep(30)

    assert bench.connections == ["key_refused"]


async def test_one_answer_is_enough_to_be_no_longer_offline(bench: Bench) -> None:
    bench.put(accepted_task())
    bench.service.reports = [offline(), offline(), Working("processing")]
    async with bench:
        await asyncio.sleep(30)

    assert bench.connections == ["offline", "ready"]


async def test_the_balance_is_read_when_asked_for_and_after_money_moved(bench: Bench) -> None:
    async with bench:
        bench.engine.refresh_balance()
        await asyncio.sleep(1)
        assert bench.told(BalanceRead) == [BalanceRead(Decimal("74.87"))]
        await bench.run_one()
        await asyncio.sleep(10)

    assert len(bench.told(BalanceRead)) == 3


@pytest.mark.parametrize("error", [offline(), key_refused(), busy(3.0), RuntimeError("a bug")], ids=repr)
async def test_no_trouble_ends_the_watch_over_the_balance(bench: Bench, error: Exception) -> None:
    bench.service.balance_errors.append(error)
    async with bench:
        bench.engine.refresh_balance()
        await asyncio.sleep(100)
        bench.events.clear()
        bench.engine.refresh_balance()
        await asyncio.sleep(10)

    assert len(bench.told(BalanceRead)) == 1


async def test_a_429_to_the_balance_call_holds_orders(bench: Bench) -> None:
    bench.service.balance_errors.append(busy(60.0))
    bench.service.answers.append(accepts("later"))
    async with bench:
        bench.engine.refresh_balance()
        await asyncio.sleep(1)
        await bench.submit()
        await asyncio.sleep(50)
        assert bench.service.calls == []
        await bench.until(lambda: bool(bench.service.calls), limit_s=20)
