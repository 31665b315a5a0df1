"""Every wait of a task, so that it can be cut short and so that the program knows when nothing is due soon."""

from __future__ import annotations

import asyncio
import math

from seedream_desktop.domain.task import TaskId
from seedream_desktop.ports.clock import Clock


class Waits:
    """Sleeps by task; a wake-up ends the sleep early."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._alarms: dict[TaskId, asyncio.Event] = {}
        self._due_s: dict[TaskId, float] = {}

    async def pause(self, task_id: TaskId, seconds: float) -> None:
        """Wait *seconds* engine seconds (``math.inf``: until woken), or less when somebody wakes the task."""
        alarm = self._alarms.setdefault(task_id, asyncio.Event())
        alarm.clear()
        self._due_s[task_id] = self._clock.monotonic_s() + seconds
        try:
            if math.isinf(seconds):
                await alarm.wait()
                return
            async with self._clock.deadline(seconds):
                await alarm.wait()
        except TimeoutError:
            pass
        finally:
            self._due_s.pop(task_id, None)
            self._alarms.pop(task_id, None)

    def wake(self, task_id: TaskId) -> None:
        """End the wait of one task, if it waits."""
        if alarm := self._alarms.get(task_id):
            alarm.set()
            # Woken is not asleep, although its coroutine gets its turn only later.
            self._due_s.pop(task_id, None)

    def wake_all(self) -> None:
        """End every wait."""
        for task_id in self._alarms:
            self.wake(task_id)

    def is_asleep_for(self, task_id: TaskId, seconds: float) -> bool:
        """Whether the task waits and its next step is at least *seconds* engine seconds away."""
        due_s = self._due_s.get(task_id)
        return due_s is not None and due_s - self._clock.monotonic_s() > seconds
