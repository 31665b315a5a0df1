"""Write it down, then tell: the only way a task changes."""

from __future__ import annotations

import logging
from collections.abc import Awaitable, Callable
from typing import Final

from seedream_desktop.domain.events import StorageRecovered, StorageTroubled, TaskAdded, TaskChanged
from seedream_desktop.domain.pacing import backoff_s
from seedream_desktop.domain.task import Task
from seedream_desktop.engine.bus import Bus
from seedream_desktop.ports.clock import Clock
from seedream_desktop.ports.errors import ConflictError, StorageError
from seedream_desktop.ports.tasks import TaskStore

log = logging.getLogger(__name__)

# Short, so that what waits in memory is on the disk soon after there is space again.
_MOST_BETWEEN_TRIES_S: Final = 5.0


class Record:
    """Saves tasks and publishes what is committed; never the other way round."""

    def __init__(self, tasks: TaskStore, bus: Bus, clock: Clock) -> None:
        self._tasks = tasks
        self._bus = bus
        self._clock = clock
        self._is_troubled = False

    async def add(self, task: Task) -> Task:
        """Commit a new task, then tell of it; raises StorageError."""
        await self._tasks.save(task)
        log.info("task %s: added, %s", task.id, task.state)
        self._bus.publish(TaskAdded(task))
        return task

    async def save(self, task: Task) -> Task:
        """Commit a change, then tell of it; raises StorageError."""
        await self._tasks.save(task)
        log.info("task %s: %s", task.id, task.state)
        self._bus.publish(TaskChanged(task))
        self.recovered()
        return task

    async def save_surely(self, task: Task, *, tells: bool = True) -> Task:
        """Commit a change that must not be lost, however long the disk takes; then tell of it, if *tells*."""
        await self.surely(lambda: self._tasks.save(task))
        log.info("task %s: %s", task.id, task.state)
        if tells:
            self._bus.publish(TaskChanged(task))
        return task

    async def surely(self, write: Callable[[], Awaitable[None]]) -> None:
        """Repeat *write* until the disk takes it: what the service answered exists nowhere else.

        Raises:
            ConflictError: when it contradicts what is written already.
        """
        failures = 0
        while True:
            try:
                await write()
                self.recovered()
                return
            except ConflictError:
                raise
            except StorageError as error:
                failures += 1
                self.troubled(error)
                await self._clock.sleep(backoff_s(failures, 1.0, most_s=_MOST_BETWEEN_TRIES_S))

    def troubled(self, error: StorageError) -> None:
        """Tell that the disk does not do its part."""
        log.warning("storage: %s", error)
        self._is_troubled = True
        self._bus.publish(StorageTroubled(error.failure))

    def recovered(self) -> None:
        """Tell that the disk works again, once."""
        if self._is_troubled:
            self._is_troubled = False
            self._bus.publish(StorageRecovered())
