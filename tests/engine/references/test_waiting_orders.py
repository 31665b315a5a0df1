"""Orders that wait, for their host or for their turn: nothing is lost meanwhile, and no dead link is sent after."""

from __future__ import annotations

import asyncio
from pathlib import Path

from seedream_desktop.domain.events import Connection
from seedream_desktop.domain.failure import Failure, FailureKind
from seedream_desktop.domain.preparation import ReferenceFault
from seedream_desktop.domain.reference import Reference
from seedream_desktop.domain.task import TaskId, TaskState
from tests.engine.bench import Bench
from tests.engine.reference_fakes import jpeg
from tests.engine.references.ordering import FIRST, LINK, order_of, photo, urls_sent
from tests.fakes import FOR_EVER_S, accepts, now_s, offline


async def test_an_order_goes_after_its_files_and_links_are_gone(bench: Bench, tmp_path: Path) -> None:
    shoe = photo(tmp_path)
    bench.source.served[LINK] = jpeg("red")
    async with bench:
        bench.engine.gate.offline()
        bench.service.is_down = True
        waiting = await bench.submit(**order_of(shoe, Reference(LINK)))
        await bench.until(lambda: len(bench.references.rows) == 2)
        await asyncio.sleep(5)
        Path(shoe.source).unlink()
        bench.source.gone.add(LINK)
        bench.service.is_down = False
        await bench.run()

    assert bench.task(waiting).state is TaskState.DONE
    assert urls_sent(bench) == [[FIRST, "https://host.example/2"]]


async def test_a_file_is_kept_although_another_reference_keeps_the_order_waiting(bench: Bench, tmp_path: Path) -> None:
    shoe = photo(tmp_path)
    bench.source.served[LINK] = jpeg("red")
    bench.source.faults[LINK] = [offline(), offline(), offline()]
    async with bench:
        waiting = await bench.submit(**order_of(Reference(LINK), shoe))
        await bench.until(lambda: bench.task(waiting).failure is not None)
    Path(shoe.source).unlink()

    async with Bench(tmp_path, before=bench) as later:
        await later.run()

    assert later.task(waiting).state is TaskState.DONE
    assert urls_sent(later) == [[LINK, FIRST]]


async def test_an_order_waits_for_its_host_and_nobody_else_does(bench: Bench, tmp_path: Path) -> None:
    bench.host.errors.extend([offline()] * 6)
    async with bench:
        waiting = await bench.submit("with a shoe please", **order_of(photo(tmp_path)))
        await bench.until(lambda: bench.task(waiting).failure is not None)
        seen = bench.task(waiting)
        other = await bench.submit("no picture at all")
        await bench.until_state(other, TaskState.DONE, limit_s=40)
        assert bench.task(waiting).state is TaskState.QUEUED
        await bench.run()

    assert seen.failure is not None
    assert (seen.state, seen.failure.kind) == (TaskState.QUEUED, FailureKind.HOST_UNREACHABLE)
    assert bench.task(waiting).state is TaskState.DONE
    assert bench.task(waiting).failure is None
    assert Connection.OFFLINE not in bench.connections
    assert len(bench.host.published) == 1


async def test_the_waits_for_a_host_grow(bench: Bench, tmp_path: Path) -> None:
    bench.host.takes_s = 0.0
    bench.host.errors.extend([offline()] * 5)
    async with bench:
        began_s = now_s()
        await bench.run_one(**order_of(photo(tmp_path)))

    assert 31 < bench.service.sent[0].at_s - began_s < 33, "1 + 2 + 4 + 8 + 16 s"


async def test_a_host_that_hangs_is_given_up_and_tried_again(bench: Bench, tmp_path: Path) -> None:
    bench.host.takes_s = FOR_EVER_S
    async with bench:
        waiting = await bench.submit(**order_of(photo(tmp_path)))
        await bench.until(lambda: bench.task(waiting).failure is not None)
        bench.host.takes_s = 1.0
        await bench.run()

    assert bench.task(waiting).state is TaskState.DONE


async def test_a_link_that_cannot_be_reached_keeps_the_order_waiting(bench: Bench) -> None:
    bench.source.served[LINK] = jpeg("red")
    bench.source.faults[LINK] = [offline(), offline()]
    async with bench:
        waiting = await bench.submit(**order_of(Reference(LINK)))
        await bench.until(lambda: bench.task(waiting).failure is not None)
        seen = bench.task(waiting).failure
        await bench.run()

    assert seen == Failure(FailureKind.REFERENCE_UNUSABLE, ReferenceFault.LINK_UNREACHABLE, "red.jpg")
    assert bench.task(waiting).state is TaskState.DONE


async def waiting_behind_slow_orders(bench: Bench, folder: Path) -> TaskId:
    """Take all places for paid calls for 100 s, and return an order that has its links and waits for a place."""
    bench.service.answers.extend([accepts(f"slow-{number}", after_s=100.0) for number in range(16)])
    for number in range(16):
        await bench.submit(f"slow order {number}")
    await bench.until(lambda: len(bench.service.sent) == 16)
    waiting = await bench.submit(**order_of(photo(folder)))
    await bench.until(lambda: len(bench.host.published) == 1)
    await asyncio.sleep(10)
    return waiting


async def test_links_that_died_while_the_order_waited_for_its_turn_are_not_sent(bench: Bench, tmp_path: Path) -> None:
    async with bench:
        waiting = await waiting_behind_slow_orders(bench, tmp_path)
        bench.source.gone.add(FIRST)
        await bench.run()

    assert bench.task(waiting).state is TaskState.DONE
    assert urls_sent(bench)[-1] == ["https://host.example/2"]


async def test_links_that_stood_while_the_order_waited_are_looked_at_again_and_sent(
    bench: Bench, tmp_path: Path
) -> None:
    async with bench:
        waiting = await waiting_behind_slow_orders(bench, tmp_path)
        await bench.run()

    assert bench.task(waiting).state is TaskState.DONE
    assert urls_sent(bench)[-1] == [FIRST]
    assert bench.service.sent[-1].at_s - bench.source.opened_at_s(FIRST)[-1] < 5
    assert len(bench.host.published) == 1


async def test_a_gate_that_closes_while_links_are_looked_at_again_lets_nothing_through(
    bench: Bench, tmp_path: Path
) -> None:
    async with bench:
        waiting = await waiting_behind_slow_orders(bench, tmp_path)
        looks = len(bench.source.opened_at_s(FIRST))
        await bench.until(lambda: len(bench.source.opened_at_s(FIRST)) > looks)
        bench.engine.gate.hold(200)
        held_at_s = now_s()
        await bench.until_state(waiting, TaskState.DONE)

    assert bench.service.sent[-1].at_s - held_at_s >= 200
