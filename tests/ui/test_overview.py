from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from decimal import Decimal

from seedream_desktop.domain.standing import Standing, standing_of
from seedream_desktop.domain.task import Attempt, AttemptId, AttemptState, Task, TaskState
from seedream_desktop.ui.overview import Counts, Overview
from tests.ui.gallery.samples import task

NOON = datetime(2026, 3, 14, 12, 0).astimezone()


def sent(name: str, state: TaskState, *, made: datetime = NOON, cost_usd: str = "0.16") -> Task:
    attempt = Attempt(AttemptId(f"{name}-1"), AttemptState.ACCEPTED, made)
    return replace(
        task(name, state), created_at=made, estimated_cost_usd=Decimal(cost_usd), attempts=(attempt,), pictures=()
    )


def test_tasks_are_counted_by_what_the_user_would_do_about_them() -> None:
    overview = Overview()
    overview.know(standing_of(sent(str(state), state)) for state in TaskState)

    assert overview.counts() == Counts(running=3, waiting=1, needs_user=2)


def test_a_task_that_goes_on_is_counted_once_where_it_stands_now() -> None:
    overview = Overview()
    for state in (TaskState.QUEUED, TaskState.SUBMITTING, TaskState.PROCESSING):
        overview.take(sent("fox", state))
    assert overview.counts() == Counts(running=1, waiting=0, needs_user=0)

    overview.take(sent("fox", TaskState.DONE))
    assert overview.counts() == Counts(running=0, waiting=0, needs_user=0)
    assert overview.spent_today_usd(NOON) == Decimal("0.16")


def test_what_is_read_late_does_not_undo_what_was_told_meanwhile() -> None:
    overview = Overview()
    overview.take(sent("fox", TaskState.DONE))
    overview.know([Standing(task("fox").id, TaskState.PROCESSING, NOON, Decimal(9))])

    assert overview.counts() == Counts(running=0, waiting=0, needs_user=0)
    assert overview.spent_today_usd(NOON) == Decimal("0.16")


def test_only_the_orders_of_the_user_s_own_day_are_today_s_money() -> None:
    overview = Overview()
    midnight = NOON.replace(hour=0)
    overview.take(sent("late", TaskState.DONE, made=midnight - timedelta(microseconds=1), cost_usd="1"))
    overview.take(sent("early", TaskState.DONE, made=midnight, cost_usd="2"))
    overview.take(sent("unclear", TaskState.UNKNOWN, cost_usd="4"))
    overview.take(sent("unsent", TaskState.QUEUED, cost_usd="8").but(attempts=()))

    assert overview.spent_today_usd(NOON) == Decimal(6)
