"""Tasks and stores for the tests of the store."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from pathlib import Path

from seedream_desktop.domain.request import GenerationRequest
from seedream_desktop.domain.task import Attempt, AttemptId, AttemptState, ServiceTaskId, Task, TaskId, TaskState
from seedream_desktop.store.opening import Store, open_store

NOON = datetime(2026, 11, 20, 12, 0, 0, 250, tzinfo=UTC)


def task_of(name: str = "one", *, age_s: float = 0, state: TaskState = TaskState.QUEUED) -> Task:
    """Return a task made *age_s* seconds before noon."""
    created_at = NOON - timedelta(seconds=age_s)
    return Task(TaskId(name), GenerationRequest("a red fox"), state, created_at, Decimal("0.04"))


def attempt_of(name: str = "try-1", state: AttemptState = AttemptState.INTENT) -> Attempt:
    """Return an attempt begun at noon."""
    return Attempt(AttemptId(name), state, NOON)


def accepted(name: str = "one", service_id: str = "service-1") -> Task:
    """Return a task that the service took."""
    attempt = attempt_of(f"{name}-try", AttemptState.ACCEPTED)
    task = task_of(name, state=TaskState.PROCESSING).with_attempt(attempt)
    return task.but(service_task_id=ServiceTaskId(service_id), accepted_at=NOON)


@asynccontextmanager
async def opened(data: Path, library: Path | None = None) -> AsyncIterator[Store]:
    """Open a store and close it again."""
    store = await open_store(data, library or data.parent / "library")
    try:
        yield store
    finally:
        await store.close()
