"""The sums the dock shows: what runs, what waits, what needs the user, and what was spent today."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Final

from seedream_desktop.domain.money import spent_usd
from seedream_desktop.domain.task import Task, TaskId, TaskState

_RUNNING: Final = frozenset({TaskState.SUBMITTING, TaskState.PROCESSING, TaskState.DOWNLOADING})
_NEEDS_USER: Final = frozenset({TaskState.UNKNOWN, TaskState.NOT_FOUND})


@dataclass(frozen=True, slots=True)
class Counts:
    """How many tasks run, wait in the queue, and need a decision."""

    running: int
    waiting: int
    needs_user: int


class Overview:
    """Keeps the tasks that still count: those at work, and those of today."""

    def __init__(self) -> None:
        self._tasks: dict[TaskId, Task] = {}

    def take(self, tasks: Iterable[Task]) -> None:
        """Take in new or changed tasks."""
        for task in tasks:
            self._tasks[task.id] = task

    def counts(self) -> Counts:
        """Count by what the user would do about it."""
        states = [task.state for task in self._tasks.values()]
        return Counts(
            running=sum(state in _RUNNING for state in states),
            waiting=states.count(TaskState.QUEUED),
            needs_user=sum(state in _NEEDS_USER for state in states),
        )

    def spent_today_usd(self, now: datetime) -> Decimal:
        """Return the dollars of the orders made on *now*'s day in the user's time zone."""
        today = now.astimezone().date()
        return spent_usd(task for task in self._tasks.values() if task.created_at.astimezone().date() == today)
