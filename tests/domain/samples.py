"""Tasks and attempts that the tests of the domain begin with."""

from __future__ import annotations

from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

from seedream_desktop.domain.request import GenerationRequest
from seedream_desktop.domain.task import Attempt, AttemptId, AttemptState, Task, TaskId, TaskState

NOW = datetime(2026, 11, 20, 12, 0, tzinfo=UTC)


def make_task(state: TaskState = TaskState.QUEUED, **fields: Any) -> Task:
    cost = fields.pop("estimated_cost_usd", Decimal("0.16"))
    request = fields.pop("request", GenerationRequest("a fox", count=4))
    return Task(TaskId("1f3c9a2b77"), request, state, NOW, cost, **fields)


def make_attempt(state: AttemptState = AttemptState.INTENT, name: str = "a1", **fields: Any) -> Attempt:
    return Attempt(AttemptId(name), state, NOW, **fields)
