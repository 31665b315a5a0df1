"""Tasks as the JSON objects that scripts read; names and meanings stay, fields may be added."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from seedream_desktop.domain.picture import Picture
from seedream_desktop.domain.task import Attempt, Task


def task_object(task: Task) -> dict[str, Any]:
    """Return the task with its attempts and pictures; times are UTC in ISO 8601, money in dollars."""
    request = task.request
    return {
        "id": task.id,
        "prompt": request.prompt,
        "mode": request.mode.value,
        "resolution": request.resolution.value,
        "aspect_ratio": request.aspect_ratio.value if request.aspect_ratio else None,
        "count": request.count,
        "sequence": request.sequence,
        "provider": request.provider.value,
        "references": [reference.source for reference in request.references],
        "callback_url": request.callback_url,
        "state": task.state.value,
        "task_id": task.service_task_id,
        "attempts": [_attempt_object(attempt) for attempt in task.attempts],
        "fail_code": task.failure.code or task.failure.kind.value if task.failure else None,
        "fail_message": task.failure.message if task.failure else None,
        "estimated_cost": float(task.estimated_cost_usd),
        "created_at": _time(task.created_at),
        "finished_at": _time(task.finished_at),
        "pictures": [_picture_object(picture) for picture in task.pictures],
    }


def _attempt_object(attempt: Attempt) -> dict[str, Any]:
    return {
        "id": attempt.id,
        "state": attempt.state.value,
        "started_at": _time(attempt.started_at),
        "ended_at": _time(attempt.ended_at),
        "detail": attempt.detail,
    }


def _picture_object(picture: Picture) -> dict[str, Any]:
    return {
        "url": picture.url,
        "state": picture.state.value,
        "path": picture.path,
        "saved_path": picture.saved_path,
        "width": picture.size.width_px if picture.size else None,
        "height": picture.size.height_px if picture.size else None,
        "sha256": picture.sha256,
    }


def _time(when: datetime | None) -> str | None:
    return when.astimezone(UTC).isoformat() if when else None
