"""Leaving: what is on the wire may finish, everything else is on the disk already."""

from __future__ import annotations

import asyncio
from pathlib import Path

from seedream_desktop.domain.task import AttemptState, TaskState
from tests.engine.bench import Bench, now_s
from tests.fakes import accepts, hangs

A, S = AttemptState, TaskState


async def test_closing_waits_for_the_answer_to_an_order_on_the_wire(bench: Bench) -> None:
    bench.service.answers.append(accepts("late", after_s=8))
    async with bench:
        task_id = await bench.submit()
        await bench.until(lambda: bool(bench.service.sent))
        began_s = now_s()
        await bench.engine.close()

    assert now_s() - began_s < 10
    assert (bench.task(task_id).state, bench.task(task_id).service_task_id) == (S.PROCESSING, "late")


async def test_closing_gives_up_after_ten_seconds_and_records_the_order_as_unknown(tmp_path: Path) -> None:
    bench = Bench(tmp_path)
    bench.service.answers.append(hangs())
    async with bench:
        task_id = await bench.submit()
        await bench.until(lambda: bool(bench.service.sent))
        began_s = now_s()
        await bench.engine.close()
        assert round(now_s() - began_s) == 10
    assert (bench.task(task_id).state, bench.attempts(task_id)) == (S.UNKNOWN, [A.UNKNOWN])
    async with Bench(tmp_path, before=bench) as later:
        await later.run()

    assert len(later.service.sent) == 1


async def test_closing_ends_although_the_disk_is_full_and_the_next_start_finds_the_wire_mark(tmp_path: Path) -> None:
    bench = Bench(tmp_path)
    bench.service.answers.append(hangs())
    async with bench:
        task_id = await bench.submit()
        await bench.until(lambda: bool(bench.service.sent))
        bench.tasks.fail(10**6, when=lambda task: bench.task(task.id).state is S.SUBMITTING)
        began_s = now_s()
        await bench.engine.close()
        assert now_s() - began_s < 13
    bench.tasks.forgive()
    async with Bench(tmp_path, before=bench) as later:
        await later.run()

    assert (later.task(task_id).state, later.attempts(task_id)) == (S.UNKNOWN, [A.UNKNOWN])
    assert len(later.service.sent) == 1


async def test_orders_that_wait_for_a_place_are_not_sent_while_closing(bench: Bench) -> None:
    bench.service.answers.extend([accepts(f"id-{number}", after_s=5) for number in range(16)])
    async with bench:
        tasks = await bench.submit_many(40)
        await bench.until(lambda: len(bench.service.sent) == 16)
        await bench.engine.close()

    assert len(bench.service.calls) == 16
    states = [bench.task(task_id).state for task_id in tasks]
    assert (states.count(S.PROCESSING), states.count(S.QUEUED)) == (16, 24)


async def test_closing_while_offline_takes_no_time(bench: Bench) -> None:
    bench.service.is_down = True
    async with bench:
        task_id = await bench.submit()
        await asyncio.sleep(200)
        began_s = now_s()
        await bench.engine.close()

    assert now_s() - began_s < 0.1
    assert bench.task(task_id).state is S.QUEUED


async def test_closing_while_an_order_rests_after_a_failed_try_takes_no_time(bench: Bench) -> None:
    bench.tasks.fail(6, when=lambda task: task.attempt is not None and task.attempt.state is A.WIRE)
    async with bench:
        task_id = await bench.submit()
        await bench.until(lambda: bench.attempts(task_id) == [A.UNSENT] * 6)
        began_s = now_s()
        await bench.engine.close()

    assert now_s() - began_s < 0.1
    assert bench.task(task_id).state is S.QUEUED


async def test_closing_during_polls_and_downloads_takes_no_time_and_loses_nothing(tmp_path: Path) -> None:
    bench = Bench(tmp_path)
    async with bench:
        task_id = await bench.submit(count=4)
        await bench.until_state(task_id, S.DOWNLOADING)
        began_s = now_s()
        await bench.engine.close()
    assert now_s() - began_s < 0.1
    async with Bench(tmp_path, before=bench) as later:
        await later.run()

    assert later.task(task_id).state is S.DONE
    assert len(later.service.sent) == 1


async def test_a_closed_engine_takes_orders_for_the_next_start(tmp_path: Path) -> None:
    bench = Bench(tmp_path)
    async with bench:
        await bench.engine.close()
        task_id = await bench.submit()
        await asyncio.sleep(60)
    assert bench.service.calls == []
    async with Bench(tmp_path, before=bench) as later:
        await later.run()

    assert later.task(task_id).state is S.DONE
