"""What the sums at the foot of the window need of a task, so that nobody holds whole tasks for them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from seedream_desktop.domain.money import spent_usd
from seedream_desktop.domain.task import Task, TaskId, TaskState


@dataclass(frozen=True, slots=True)
class Standing:
    """Where a task stands, and the dollars that were billed for it or may have been."""

    id: TaskId
    state: TaskState
    created_at: datetime
    spent_usd: Decimal


def standing_of(task: Task) -> Standing:
    """Return where *task* stands."""
    return Standing(task.id, task.state, task.created_at, spent_usd((task,)))
