"""The sums the dock shows: what runs, what waits, what needs the user, and what was spent today."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Final

from seedream_desktop.domain.standing import Standing, standing_of
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
    """Keeps sums over the standings it was told; a task that changes moves its own part only."""

    def __init__(self) -> None:
        self._known: dict[TaskId, Standing] = {}
        self._states: Counter[TaskState] = Counter()
        self._spent_usd: dict[date, Decimal] = {}

    def take(self, task: Task) -> None:
        """Count a task as it is now."""
        known = self._known.get(task.id)
        if known is not None:
            self._add(known, -1)
        self._known[task.id] = standing_of(task)
        self._add(self._known[task.id], 1)

    def know(self, standings: Iterable[Standing]) -> None:
        """Count what was read from the disk; a task that is known already was told of later, and stays as it is."""
        for standing in standings:
            if standing.id not in self._known:
                self._known[standing.id] = standing
                self._add(standing, 1)

    def counts(self) -> Counts:
        """Return the counts by what the user would do about it."""
        return Counts(
            running=sum(self._states[state] for state in _RUNNING),
            waiting=self._states[TaskState.QUEUED],
            needs_user=sum(self._states[state] for state in _NEEDS_USER),
        )

    def spent_today_usd(self, now: datetime) -> Decimal:
        """Return the dollars of the orders made on *now*'s day in the user's time zone."""
        return self._spent_usd.get(_day(now), Decimal(0))

    def _add(self, standing: Standing, times: int) -> None:
        self._states[standing.state] += times
        day = _day(standing.created_at)
        self._spent_usd[day] = self._spent_usd.get(day, Decimal(0)) + times * standing.spent_usd


def _day(moment: datetime) -> date:
    return moment.astimezone().date()
