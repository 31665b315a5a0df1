"""Where tasks are written down."""

from __future__ import annotations

from datetime import datetime
from typing import Protocol

from seedream_desktop.domain.standing import Standing
from seedream_desktop.domain.task import AttemptId, ServiceTaskId, Task, TaskId
from seedream_desktop.ports.service import RawReply


class TaskStore(Protocol):
    """The truth about tasks. All calls raise StorageError when the disk does not do its part."""

    async def save(self, task: Task) -> None:
        """Commit the task with its attempts and pictures, durable before this returns."""
        ...

    async def get(self, task_id: TaskId) -> Task | None:
        """Return a task, or None."""
        ...

    async def by_service_id(self, service_task_id: ServiceTaskId) -> Task | None:
        """Return the task that owns the service's id, or None."""
        ...

    async def newest(self, limit: int, before: Task | None = None) -> tuple[Task, ...]:
        """Return up to *limit* tasks, newest first, older than *before* when given."""
        ...

    async def standings(self, since: datetime) -> tuple[Standing, ...]:
        """Return where every task stands that is not final or was made at *since* (aware) or later, in no order."""
        ...

    async def unfinished(self) -> tuple[Task, ...]:
        """Return every task that is not final or may still get pictures, oldest first."""
        ...

    async def with_unsaved_pictures(self) -> tuple[Task, ...]:
        """Return every final task with a stored picture that has no copy in the library yet."""
        ...

    async def save_reply(self, attempt_id: AttemptId, reply: RawReply) -> None:
        """Commit a reply before anybody reads it."""
        ...

    async def reply_of(self, attempt_id: AttemptId) -> RawReply | None:
        """Return the stored reply of an attempt, or None."""
        ...

    async def with_picture(self, sha256: str) -> Task | None:
        """Return the newest task that a stored picture with these bytes belongs to, or None."""
        ...
