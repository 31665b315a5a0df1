"""The engine's small parts on their own: bus, supervisor, waits, pace, and the lives that drive the steps."""

from __future__ import annotations

import asyncio
import logging
import math
from decimal import Decimal

import pytest

from seedream_desktop.domain.events import BalanceRead, Event, StorageRecovered, TaskChanged
from seedream_desktop.domain.task import TaskId, TaskState
from seedream_desktop.engine.bus import Bus
from seedream_desktop.engine.pace import MAX_AT_ONCE, Pace
from seedream_desktop.engine.supervisor import Supervisor
from seedream_desktop.engine.waits import Waits
from seedream_desktop.ports.service import Working
from tests.engine.bench import Bench, accepted_task, stored_task
from tests.fakes import FakeClock, now_s

S = TaskState
FIRST, SECOND = BalanceRead(Decimal(1)), StorageRecovered()
ONE = TaskId("one")


def test_an_event_published_by_a_listener_waits_its_turn() -> None:
    bus, heard = Bus(), list[tuple[str, Event]]()

    def answering(event: Event) -> None:
        heard.append(("a", event))
        if event == FIRST:
            bus.publish(SECOND)

    bus.subscribe(answering)
    bus.subscribe(lambda event: heard.append(("b", event)))
    bus.publish(FIRST)

    assert heard == [("a", FIRST), ("b", FIRST), ("a", SECOND), ("b", SECOND)]


def test_a_listener_that_raises_is_logged_and_stops_nobody(caplog: pytest.LogCaptureFixture) -> None:
    bus, heard = Bus(), list[Event]()

    def broken(_event: Event) -> None:
        raise RuntimeError("a bug")

    bus.subscribe(broken)
    bus.subscribe(heard.append)
    bus.publish(FIRST)
    bus.publish(SECOND)

    assert heard == [FIRST, SECOND]
    assert "BalanceRead" in caplog.text


def test_a_listener_can_stop_listening_while_it_is_told() -> None:
    bus, heard = Bus(), list[Event]()

    def once(event: Event) -> None:
        heard.append(event)
        stop()

    stop = bus.subscribe(once)
    bus.publish(FIRST)
    bus.publish(SECOND)

    assert heard == [FIRST]


async def test_the_supervisor_logs_what_fails_and_goes_on(caplog: pytest.LogCaptureFixture) -> None:
    supervisor = Supervisor()

    async def broken() -> None:
        raise RuntimeError("a bug")

    supervisor.start(broken(), "the broken one")
    await asyncio.sleep(0.01)

    assert "the broken one ended unexpectedly" in caplog.text


async def test_the_supervisor_ends_what_runs_and_starts_nothing_more() -> None:
    supervisor, ended = Supervisor(), list[str]()

    async def long() -> None:
        try:
            await asyncio.sleep(10**6)
        finally:
            await asyncio.sleep(0.1)
            ended.append("long")

    supervisor.start(long(), "long")
    await asyncio.sleep(0.01)
    await supervisor.close()

    assert ended == ["long"]
    assert supervisor.start(long(), "late") is None


async def test_a_wait_ends_by_itself_or_when_woken() -> None:
    waits, began_s = Waits(FakeClock()), now_s()
    await waits.pause(ONE, 30)
    assert now_s() - began_s == pytest.approx(30)

    asyncio.get_running_loop().call_later(5, waits.wake, ONE)
    await waits.pause(ONE, math.inf)
    assert now_s() - began_s == pytest.approx(35)

    asyncio.get_running_loop().call_later(5, waits.wake_all)
    await asyncio.gather(waits.pause(ONE, 60), waits.pause(TaskId("two"), math.inf))
    assert now_s() - began_s == pytest.approx(40)


async def test_a_wait_knows_how_far_away_its_end_is() -> None:
    waits = Waits(FakeClock())
    assert not waits.is_asleep_for(ONE, 0), "what does not wait is at work"
    waiting = asyncio.ensure_future(waits.pause(ONE, 100))
    await asyncio.sleep(10)

    assert waits.is_asleep_for(ONE, 60)
    assert not waits.is_asleep_for(ONE, 95)
    waits.wake(ONE)
    await waiting
    assert not waits.is_asleep_for(ONE, 0)
    waits.wake(ONE)


async def paced(pace: Pace, number: int, *, takes_s: float = 0.0) -> tuple[list[float], int]:
    """Make calls at once; return when each was granted and how many were under way at most."""
    granted: list[float] = []
    running = most = 0

    async def call() -> None:
        nonlocal running, most
        async with pace.free_call():
            granted.append(now_s())
            running += 1
            most = max(most, running)
            await asyncio.sleep(takes_s)
            running -= 1

    await asyncio.gather(*(call() for _ in range(number)))
    return granted, most


async def test_calls_are_spread_at_150_a_second() -> None:
    granted, _ = await paced(Pace(), 1000)

    assert granted[-1] - granted[0] == pytest.approx(999 / 150)
    assert all(later - granted[number] >= 0.999 for number, later in enumerate(granted[150:]))


async def test_never_more_than_16_calls_are_under_way() -> None:
    _, most = await paced(Pace(), 200, takes_s=3.0)

    assert most == MAX_AT_ONCE == 16


async def test_orders_that_hang_leave_room_for_questions() -> None:
    pace, began_s = Pace(), now_s()

    async def hang() -> None:
        async with pace.paid_call():
            await asyncio.sleep(120)

    hanging = [asyncio.ensure_future(hang()) for _ in range(30)]
    await asyncio.sleep(1)
    await paced(pace, 20)
    assert now_s() - began_s < 2
    await asyncio.gather(*hanging)


async def test_a_429_halves_the_pace_which_comes_back_call_by_call() -> None:
    pace = Pace()
    pace.slow_down()
    granted, _ = await paced(pace, 200)

    assert granted[1] - granted[0] == pytest.approx(2 / 150)
    assert granted[-1] - granted[-2] == pytest.approx(1 / 150)


async def test_the_pace_never_falls_below_one_call_a_second() -> None:
    pace = Pace()
    for _ in range(50):
        pace.slow_down()
    granted, _ = await paced(pace, 2)

    assert granted[1] - granted[0] == pytest.approx(1.0)


async def test_a_change_to_a_running_task_is_made_on_its_newest_value(bench: Bench) -> None:
    bench.put(accepted_task())
    bench.service.reports = [Working("a"), Working("b")]
    async with bench:
        await asyncio.sleep(5)
        await bench.engine.watch(ONE, is_watched=False)
        await asyncio.sleep(5)

    assert (bench.task(ONE).is_watched, bench.task(ONE).service_state) == (False, "b")


async def test_a_change_to_a_running_task_outlives_a_full_disk(bench: Bench) -> None:
    bench.put(accepted_task(service_state="a"))
    bench.service.reports = [Working("a")]
    async with bench:
        await asyncio.sleep(5)
        bench.tasks.fail(3, when=lambda task: not task.is_watched)
        await bench.engine.watch(ONE, is_watched=False)
        await asyncio.sleep(60)

    assert not bench.task(ONE).is_watched
    assert bench.told(StorageRecovered)


async def test_a_change_to_a_resting_task_is_saved_and_told_and_acted_upon(bench: Bench) -> None:
    bench.put(stored_task(state=S.REFUSED))
    async with bench:
        await bench.engine.send_refused_again(ONE)
        assert [event.task.state for event in bench.told(TaskChanged)] == [S.QUEUED]
        await bench.run()

    assert bench.task(ONE).state is S.DONE


async def test_a_change_that_comes_with_the_last_step_is_not_lost(bench: Bench) -> None:
    def ask(event: Event) -> None:
        if isinstance(event, TaskChanged) and event.task.state is S.DONE and event.task.is_watched:
            asking.append(asyncio.ensure_future(bench.engine.watch(event.task.id, is_watched=False)))

    asking = list[asyncio.Future[None]]()
    bench.engine.bus.subscribe(ask)
    async with bench:
        task = await bench.run_one()
        await asyncio.gather(*asking)

    assert not bench.task(task.id).is_watched


async def test_a_change_that_changes_nothing_and_one_to_nobody_are_not_saved(bench: Bench) -> None:
    bench.put(stored_task(state=S.DONE))
    async with bench:
        await bench.engine.watch(ONE, is_watched=True)
        await bench.engine.watch(TaskId("nobody"), is_watched=False)

    assert bench.tasks.saved == []


async def test_a_disk_that_recovers_is_told_with_the_first_thing_it_takes(bench: Bench) -> None:
    bench.put(accepted_task())
    bench.service.reports = [Working("a")]
    bench.tasks.fail(2)
    async with bench:
        await asyncio.sleep(30)

    assert bench.task(ONE).service_state == "a"
    assert len(bench.told(StorageRecovered)) == 1


async def test_a_step_that_raises_for_no_known_reason_is_logged_and_taken_again(
    bench: Bench, caplog: pytest.LogCaptureFixture
) -> None:
    bench.service.reading_errors.extend([RuntimeError("a bug")] * 3)
    with caplog.at_level(logging.ERROR):
        async with bench:
            task = await bench.run_one()

    assert task.state is S.DONE
    assert caplog.text.count("a step failed in state") == 3
    assert len(bench.service.sent) == 1, "a bug sends nothing twice"


async def test_many_orders_at_once_all_arrive_and_each_is_sent_once(bench: Bench) -> None:
    async with bench:
        tasks = await bench.submit_many(300)
        await bench.run()

    assert {bench.task(task_id).state for task_id in tasks} == {S.DONE}
    assert sorted(sent.about for sent in bench.service.sent) == sorted(f"order {number}" for number in range(300))
