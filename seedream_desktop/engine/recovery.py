"""Finds out, from the disk alone, what a task was in the middle of when the program ended."""

from __future__ import annotations

import logging

from seedream_desktop.crashpoints import pass_point
from seedream_desktop.domain.failure import Failure, FailureKind
from seedream_desktop.domain.picture import PictureState
from seedream_desktop.domain.task import AttemptState, Task, TaskState
from seedream_desktop.engine.core import Core
from seedream_desktop.engine.settle import Settler

log = logging.getLogger(__name__)


class Recovery:
    """Closes what a crash left open; an order that may have left is never put back into the queue."""

    def __init__(self, core: Core, settler: Settler) -> None:
        self._core = core
        self._settler = settler

    async def step(self, task: Task) -> Task:
        """Return a task that was being sent, in the state its newest attempt proves."""
        attempt = task.attempt
        if attempt is None:
            return await self._core.record.save(task.moved(TaskState.QUEUED))
        if attempt.state is AttemptState.INTENT:
            unsent = attempt.moved(AttemptState.UNSENT, ended_at=self._core.clock.now(), detail="interrupted")
            return await self._core.record.save(task.with_attempt(unsent).moved(TaskState.QUEUED))
        if attempt.state is not AttemptState.WIRE:
            # The attempt's end was written but not the task's: only an older program could have left this.
            failure = Failure(FailureKind.REPLY_LOST, "INTERRUPTED")
            return await self._core.record.save(task.moved(TaskState.UNKNOWN, failure=failure))
        reply = await self._core.tasks.reply_of(attempt.id)
        if reply is None:
            return await self._settler.lose(task, attempt, "INTERRUPTED")
        return await self._settler.settle(task, attempt, reply)

    async def tidy(self, task: Task) -> Task:
        """Return the task with downloads that were cut short planned again; saved with its next change."""
        pass_point("recover.mid")
        cut = [picture for picture in task.pictures if picture.state is PictureState.DOWNLOADING]
        for picture in cut:
            task = task.with_picture(picture.but(state=PictureState.PLANNED))
        return task
