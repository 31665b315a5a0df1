"""One task's value while several of its pictures change at the same time."""

from __future__ import annotations

import asyncio

from seedream_desktop.domain.picture import Picture
from seedream_desktop.domain.task import Task
from seedream_desktop.engine.record import Record


class Shipment:
    """Holds the newest value of a task; changes go in one after the other."""

    def __init__(self, task: Task, record: Record) -> None:
        self.task = task
        self._record = record
        self._lock = asyncio.Lock()

    async def put(self, picture: Picture, *, tells: bool = True) -> Task:
        """Save a picture's new state, however long the disk takes, and return the task that holds it.

        Without *tells* nobody hears of it until the next change: a picture is told of once it can be shown.
        """
        async with self._lock:
            changed = self.task.with_picture(picture)
            self.task = await self._record.save_surely(changed, tells=tells)
            return self.task
