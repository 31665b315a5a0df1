"""The user's three decisions about an order whose outcome is unknown."""

from __future__ import annotations

import asyncio

import pytest

from seedream_desktop.domain.failure import Failure, FailureKind
from seedream_desktop.domain.money import spent_usd
from seedream_desktop.domain.task import AttemptState, TaskId, TaskState
from seedream_desktop.engine.resolve import ResolutionRefusedError
from seedream_desktop.ports.errors import TaskNotFoundError, UnreachableError
from seedream_desktop.ports.service import Working
from tests.engine.bench import Bench, accepted_task, stored_task
from tests.fakes import breaks_after_the_wire, offline, replies, reply

A, S = AttemptState, TaskState
ONE = TaskId("one")


@pytest.fixture
async def unknown(bench: Bench) -> Bench:
    bench.put(stored_task(state=S.UNKNOWN, attempt=A.UNKNOWN))
    return bench


async def test_a_task_id_that_the_service_knows_is_linked_and_its_pictures_fetched(unknown: Bench) -> None:
    async with unknown as bench:
        linked = await bench.engine.resolver.link(ONE, "  found-it \n")
        assert (linked.state, linked.service_task_id) == (S.PROCESSING, "found-it")
        await bench.run()

    assert (bench.task(ONE).state, bench.attempts(ONE)) == (S.DONE, [A.ACCEPTED])
    assert bench.service.calls == []


@pytest.mark.parametrize("text", ["", "  ", "two words", "a/b", 'quo"te', "ż", "x" * 201, "<b>"])
async def test_a_malformed_task_id_is_refused_without_asking(unknown: Bench, text: str) -> None:
    async with unknown as bench:
        with pytest.raises(ResolutionRefusedError) as refused:
            await bench.engine.resolver.link(ONE, text)

    assert refused.value.kind is FailureKind.BAD_REQUEST
    assert (bench.service.asked, bench.tasks.saved) == ([], [])


async def test_a_task_id_that_the_service_does_not_know_changes_nothing(unknown: Bench) -> None:
    unknown.service.reports = [TaskNotFoundError(Failure(FailureKind.NOT_FOUND))]
    async with unknown as bench:
        with pytest.raises(ResolutionRefusedError) as refused:
            await bench.engine.resolver.link(ONE, "made-up")

    assert refused.value.kind is FailureKind.NOT_FOUND
    assert bench.tasks.saved == []


async def test_a_task_id_is_not_linked_unasked(unknown: Bench) -> None:
    unknown.service.reports = [offline()]
    async with unknown as bench:
        with pytest.raises(UnreachableError):
            await bench.engine.resolver.link(ONE, "found-it")

    assert bench.tasks.saved == []


async def test_another_tasks_id_is_refused(unknown: Bench) -> None:
    unknown.put(accepted_task("other", state=S.DONE))
    async with unknown as bench:
        with pytest.raises(ResolutionRefusedError):
            await bench.engine.resolver.link(ONE, "service-other")

    assert bench.task(ONE).state is S.UNKNOWN


async def test_sending_again_is_a_new_attempt_on_the_users_word_and_both_count_as_spent(unknown: Bench) -> None:
    async with unknown as bench:
        await asyncio.gather(*(bench.engine.resolver.send_again(ONE) for _ in range(3)), return_exceptions=True)
        await bench.run()

    task = bench.task(ONE)
    assert (task.state, bench.attempts(ONE)) == (S.DONE, [A.UNKNOWN, A.ACCEPTED])
    assert task.attempts[0].authorised_by_user_at is None
    assert task.attempts[1].authorised_by_user_at is not None
    assert spent_usd([task]) == 2 * task.estimated_cost_usd
    assert len(bench.service.sent) == 1


async def test_an_order_sent_again_may_be_postponed_or_lost_as_any_other(unknown: Bench) -> None:
    unknown.service.answers.extend(
        [replies(reply(429, retry_after="3")), breaks_after_the_wire(ConnectionResetError())]
    )
    async with unknown as bench:
        await bench.engine.resolver.send_again(ONE)
        await bench.run()
        await asyncio.sleep(3600)

    assert (bench.task(ONE).state, bench.attempts(ONE)) == (S.UNKNOWN, [A.UNKNOWN, A.REFUSED, A.UNKNOWN])
    assert len(bench.service.sent) == 2


async def test_a_task_written_off_is_over_and_stays_in_the_sums(unknown: Bench) -> None:
    async with unknown as bench:
        task = await bench.engine.resolver.write_off(ONE)
        await bench.run()

    assert (task.state, bench.task(ONE).state, bench.service.calls) == (S.WRITTEN_OFF, S.WRITTEN_OFF, [])
    assert task.finished_at is not None
    assert spent_usd([task]) == task.estimated_cost_usd


@pytest.mark.parametrize("decision", ["send_again", "write_off"])
async def test_an_order_decided_otherwise_while_a_task_id_was_looked_up_is_not_linked_too(
    unknown: Bench, decision: str
) -> None:
    unknown.service.status_takes_s = 5
    unknown.service.reports_of["found-it"] = [Working("processing")]
    async with unknown as bench:
        looking = asyncio.ensure_future(bench.engine.resolver.link(ONE, "found-it"))
        await asyncio.sleep(1)
        await getattr(bench.engine.resolver, decision)(ONE)
        with pytest.raises(ResolutionRefusedError):
            await looking
        await bench.run()

    assert bench.task(ONE).service_task_id != "found-it"


@pytest.mark.parametrize("state", [S.QUEUED, S.REFUSED, S.DONE, S.WRITTEN_OFF])
async def test_only_unknown_outcomes_can_be_decided(bench: Bench, state: TaskState) -> None:
    bench.put(stored_task(state=state))
    for decision in (bench.engine.resolver.send_again, bench.engine.resolver.write_off):
        with pytest.raises(ResolutionRefusedError):
            await decision(ONE)
    with pytest.raises(ResolutionRefusedError):
        await bench.engine.resolver.link(TaskId("nobody"), "found-it")

    assert bench.tasks.saved == []


async def test_a_decision_made_without_a_running_engine_is_carried_out_by_the_next_start(unknown: Bench) -> None:
    await unknown.engine.resolver.send_again(ONE)
    assert unknown.service.calls == []
    async with unknown as bench:
        await bench.run()

    assert bench.task(ONE).state is S.DONE
