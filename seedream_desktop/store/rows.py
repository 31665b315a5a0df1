"""Tasks as rows and back, on an open connection inside somebody else's transaction."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Sequence
from decimal import Decimal, InvalidOperation
from typing import Any, Final

from seedream_desktop.domain.failure import Failure, FailureKind
from seedream_desktop.domain.picture import Picture, PictureState
from seedream_desktop.domain.pixels import PixelSize
from seedream_desktop.domain.task import Attempt, ServiceTaskId, Task, TaskId, TaskState
from seedream_desktop.store.codec import (
    attempt_from_json,
    attempt_to_json,
    canonical,
    request_from_json,
    request_to_json,
)
from seedream_desktop.store.errors import DATABASE_DAMAGED, trouble
from seedream_desktop.store.layout import Layout
from seedream_desktop.store.times import from_text, text_or_none, time_or_none, to_text

Row = dict[str, Any]

_TASK: Final = (
    *("id", "created_at", "state", "prompt", "mode", "resolution", "aspect_ratio", "count", "sequence", "provider"),
    *("callback_url", "request", "estimated_cost_usd", "service_task_id", "service_state", "is_watched"),
    *("accepted_at", "finished_at", "failure_kind", "failure_code", "failure_message", "raw_result"),
    *("parent_sha256", "project"),
)
_ATTEMPT: Final = (
    *("id", "task_id", "position", "state", "started_at", "wire_at", "ended_at", "http_status", "detail"),
    "authorised_by_user_at",
)
_PICTURE: Final = (
    *("task_id", "position", "url", "state", "tries", "sha256", "path", "saved_path", "width_px", "height_px"),
    *("size_bytes", "stored_at"),
)


def _upsert(table: str, columns: Sequence[str], keys: Sequence[str]) -> str:
    """Return SQL that writes *columns* and leaves every other column of a known row alone."""
    names, values = ", ".join(columns), ", ".join(f":{column}" for column in columns)
    changes = ", ".join(f"{column} = excluded.{column}" for column in columns if column not in keys)
    target = ", ".join(keys)
    # Names of this module only; every value is bound.
    return f"INSERT INTO {table} ({names}) VALUES ({values}) ON CONFLICT ({target}) DO UPDATE SET {changes}"  # noqa: S608 - words of this module


_WRITE_TASK: Final = _upsert("tasks", _TASK, ("id",))
_WRITE_ATTEMPT: Final = _upsert("attempts", _ATTEMPT, ("id",))
_WRITE_PICTURE: Final = _upsert("pictures", _PICTURE, ("task_id", "position"))


class TaskRows:
    """Writes and reads whole tasks; *layout* turns paths of the data folder into relative ones and back."""

    def __init__(self, layout: Layout) -> None:
        self._layout = layout

    def write(self, connection: sqlite3.Connection, task: Task) -> None:
        """Write the task, its attempts and pictures; nothing is ever removed."""
        connection.execute(_WRITE_TASK, _task_row(task))
        attempts = enumerate(task.attempts)
        connection.executemany(_WRITE_ATTEMPT, [_attempt_row(task.id, at, each) for at, each in attempts])
        connection.executemany(_WRITE_PICTURE, [self._picture_row(task.id, each) for each in task.pictures])

    def read(self, connection: sqlite3.Connection, tail: str, values: Sequence[object] = ()) -> tuple[Task, ...]:
        """Return the tasks of ``SELECT … FROM tasks`` *tail*, in its order; *tail* is SQL of this package.

        Raises:
            StorageError: with DATABASE_DAMAGED when a row makes no sense.
        """
        tasks = _rows(connection, f"SELECT * FROM tasks {tail}", values)  # noqa: S608 - see the docstring
        chosen = f"WHERE task_id IN (SELECT id FROM tasks {tail}) ORDER BY task_id, position"  # noqa: S608 - the same
        attempts = _by_task(_rows(connection, f"SELECT * FROM attempts {chosen}", values))  # noqa: S608 - the same
        pictures = _by_task(_rows(connection, f"SELECT * FROM pictures {chosen}", values))  # noqa: S608 - the same
        return tuple(self._read_one(row, attempts, pictures) for row in tasks)

    def _read_one(self, row: Row, attempts: dict[str, list[Row]], pictures: dict[str, list[Row]]) -> Task:
        name = row["id"]
        try:
            own_attempts = tuple(map(attempt_from_json, attempts.get(name, ())))
            return _task(row, own_attempts, tuple(map(self._picture, pictures.get(name, ()))))
        except (ValueError, KeyError, TypeError, InvalidOperation) as error:
            raise trouble(DATABASE_DAMAGED, f"{self._layout.database}: task {name}: {error}") from error

    def _picture_row(self, task_id: TaskId, picture: Picture) -> Row:
        return {
            "task_id": task_id,
            "position": picture.position,
            "url": clean(picture.url),
            "state": picture.state.value,
            "tries": picture.tries,
            "sha256": picture.sha256,
            "path": self._layout.relative(picture.path),
            "saved_path": picture.saved_path,
            "width_px": picture.size.width_px if picture.size else None,
            "height_px": picture.size.height_px if picture.size else None,
            "size_bytes": picture.size_bytes,
            "stored_at": text_or_none(picture.stored_at),
        }

    def _picture(self, row: Row) -> Picture:
        has_size = row["width_px"] is not None and row["height_px"] is not None
        return Picture(
            position=row["position"],
            url=row["url"],
            state=PictureState(row["state"]),
            tries=row["tries"],
            sha256=row["sha256"],
            path=self._layout.absolute(row["path"]),
            saved_path=row["saved_path"],
            size=PixelSize(row["width_px"], row["height_px"]) if has_size else None,
            size_bytes=row["size_bytes"],
            stored_at=time_or_none(row["stored_at"]),
        )


def clean(text: str) -> str:
    """Return *text* with lone surrogates replaced: SQLite's text is UTF-8, which has none."""
    return text.encode("utf-8", "replace").decode("utf-8")


def _rows(connection: sqlite3.Connection, sql: str, values: Sequence[object]) -> Iterable[Row]:
    cursor = connection.execute(sql, values)
    names = [column[0] for column in cursor.description]
    return [dict(zip(names, row, strict=True)) for row in cursor]


def _by_task(rows: Iterable[Row]) -> dict[str, list[Row]]:
    groups: dict[str, list[Row]] = {}
    for row in rows:
        groups.setdefault(row["task_id"], []).append(row)
    return groups


def _task_row(task: Task) -> Row:
    request = request_to_json(task.request)
    failure = task.failure
    return {
        **{name: _cleaned(value) for name, value in request.items() if name != "references"},
        "id": task.id,
        "created_at": to_text(task.created_at),
        "state": task.state.value,
        "request": canonical(request),
        "estimated_cost_usd": str(task.estimated_cost_usd),
        "service_task_id": task.service_task_id,
        "service_state": clean(task.service_state),
        "is_watched": task.is_watched,
        "accepted_at": text_or_none(task.accepted_at),
        "finished_at": text_or_none(task.finished_at),
        "failure_kind": failure.kind.value if failure else None,
        "failure_code": clean(failure.code) if failure else None,
        "failure_message": clean(failure.message) if failure else None,
        "raw_result": None if task.raw_result is None else clean(task.raw_result),
        "parent_sha256": task.parent_sha256,
        "project": task.project,
    }


def _cleaned(value: object) -> object:
    return clean(value) if isinstance(value, str) else value


def _attempt_row(task_id: TaskId, position: int, attempt: Attempt) -> Row:
    row = attempt_to_json(attempt)
    return {**row, "detail": clean(row["detail"]), "task_id": task_id, "position": position}


def _task(row: Row, attempts: tuple[Attempt, ...], pictures: tuple[Picture, ...]) -> Task:
    return Task(
        id=TaskId(row["id"]),
        request=request_from_json(json.loads(row["request"])),
        state=TaskState(row["state"]),
        created_at=from_text(row["created_at"]),
        estimated_cost_usd=Decimal(row["estimated_cost_usd"]),
        service_task_id=None if row["service_task_id"] is None else ServiceTaskId(row["service_task_id"]),
        attempts=attempts,
        pictures=pictures,
        failure=_failure(row),
        accepted_at=time_or_none(row["accepted_at"]),
        finished_at=time_or_none(row["finished_at"]),
        service_state=row["service_state"],
        is_watched=bool(row["is_watched"]),
        raw_result=row["raw_result"],
        parent_sha256=row["parent_sha256"],
        project=row["project"],
    )


def _failure(row: Row) -> Failure | None:
    if row["failure_kind"] is None:
        return None
    return Failure(FailureKind(row["failure_kind"]), row["failure_code"], row["failure_message"])
