"""The second copy of what may have cost money: one line a change of an attempt, outside of SQLite.

A line is on the disk before the database commits the same change, so whatever the database knows of attempts, the
ledger knows too. It is only ever appended to, and read when a database has to be rebuilt.
"""

from __future__ import annotations

import json
import os
import sqlite3
import zlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Any

from seedream_desktop.crashpoints import pass_point
from seedream_desktop.domain.task import Attempt, AttemptId, AttemptState, ServiceTaskId, Task, TaskId, TaskState
from seedream_desktop.store.codec import (
    Json,
    attempt_from_json,
    attempt_to_json,
    canonical,
    request_from_json,
    request_to_json,
)
from seedream_desktop.store.files import BINARY, PRIVATE_FILE, sync_file, sync_folder, write_all
from seedream_desktop.store.rows import TaskRows
from seedream_desktop.store.times import from_text, text_or_none, time_or_none, to_text


@dataclass(frozen=True, slots=True)
class Entry:
    """One line: an attempt as it was, with its whole task around it; *task* holds this attempt alone."""

    task: Task
    attempt: Attempt


class Ledger:
    """The file; used from one thread at a time."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._descriptor: int | None = None
        self._is_torn = False

    def append(self, task: Task, attempts: Iterable[Attempt], at: datetime) -> None:
        """Write a line for each of *attempts* and return when they are on the medium; raises OSError."""
        lines = "".join(_line(task, attempt, at) for attempt in attempts)
        if not lines:
            return
        descriptor = self._opened()
        data = (b"\n" if self._is_torn else b"") + lines.encode("ascii")
        middle = len(data) // 2
        self._is_torn = True
        write_all(descriptor, data[:middle])
        pass_point("ledger.half")
        write_all(descriptor, data[middle:])
        self._is_torn = False
        sync_file(descriptor)

    def entries(self) -> Iterator[Entry]:
        """Yield every line that is whole, oldest first; a torn or altered one is passed over. Raises OSError."""
        if not self._path.exists():
            return
        with self._path.open("rb") as file:
            for line in file:
                entry = _entry(line)
                if entry is not None:
                    yield entry

    def close(self) -> None:
        """Give the file back."""
        if self._descriptor is not None:
            os.close(self._descriptor)
            self._descriptor = None

    def _opened(self) -> int:
        if self._descriptor is None:
            is_new = not self._path.exists()
            flags = os.O_RDWR | os.O_APPEND | os.O_CREAT | BINARY
            self._descriptor = os.open(self._path, flags, PRIVATE_FILE)
            self._is_torn = not _ends_with_newline(self._descriptor)
            if is_new:
                sync_folder(self._path.parent)
        return self._descriptor


def rebuild(connection: sqlite3.Connection, ledger: Ledger, rows: TaskRows) -> int:
    """Bring every task the ledger knows into the database and return how many were added or changed.

    A task that the database (an older backup, say) already holds keeps all else and takes over the attempts.
    """
    changed = 0
    for remembered in _tasks(ledger.entries()):
        known = next(iter(rows.read(connection, "WHERE id = ?", (remembered.id,))), None)
        if known is None or _states(known) != _states(remembered):
            rows.write(connection, _merged(known, remembered))
            changed += 1
    return changed


def _tasks(entries: Iterable[Entry]) -> Iterable[Task]:
    tasks: dict[TaskId, Task] = {}
    for entry in entries:
        known = tasks.get(entry.task.id)
        earlier = known.attempts if known else ()
        tasks[entry.task.id] = entry.task.but(attempts=earlier).with_attempt(entry.attempt)
    return tasks.values()


def _states(task: Task) -> set[tuple[AttemptId, AttemptState]]:
    return {(attempt.id, attempt.state) for attempt in task.attempts}


def _merged(known: Task | None, remembered: Task) -> Task:
    if known is None:
        return remembered
    return known.but(
        state=remembered.state,
        attempts=remembered.attempts,
        service_task_id=remembered.service_task_id or known.service_task_id,
        accepted_at=remembered.accepted_at or known.accepted_at,
    )


def _line(task: Task, attempt: Attempt, at: datetime) -> str:
    body: Json = {
        "at": to_text(at),
        "attempt": attempt_to_json(attempt),
        "task": task.id,
        "task_state": task.state.value,
        "service_task_id": task.service_task_id,
        "created_at": to_text(task.created_at),
        "accepted_at": text_or_none(task.accepted_at),
        "estimated_cost_usd": str(task.estimated_cost_usd),
        "request": request_to_json(task.request),
        "parent_sha256": task.parent_sha256,
        "project": task.project,
    }
    return canonical({**body, "crc32": _crc32(body)}) + "\n"


def _crc32(body: Json) -> str:
    return f"{zlib.crc32(canonical(body).encode('ascii')):08x}"


def _entry(line: bytes) -> Entry | None:
    try:
        body = json.loads(line)
        if body.pop("crc32") != _crc32(body):
            return None
        return _read(body)
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError, InvalidOperation):
        return None


def _read(body: dict[str, Any]) -> Entry:
    attempt = attempt_from_json(body["attempt"])
    service_task_id = body["service_task_id"]
    task = Task(
        id=TaskId(body["task"]),
        request=request_from_json(body["request"]),
        state=_state(attempt, TaskState(body["task_state"])),
        created_at=from_text(body["created_at"]),
        estimated_cost_usd=Decimal(body["estimated_cost_usd"]),
        service_task_id=None if service_task_id is None else ServiceTaskId(service_task_id),
        accepted_at=time_or_none(body["accepted_at"]),
        parent_sha256=body["parent_sha256"],
        project=body["project"],
    )
    return Entry(task, attempt)


def _state(attempt: Attempt, written: TaskState) -> TaskState:
    """An accepted order is asked for again; nothing later than the last attempt is known of it."""
    if attempt.state is AttemptState.ACCEPTED:
        return TaskState.PROCESSING
    return written


def _ends_with_newline(descriptor: int) -> bool:
    size_bytes = os.fstat(descriptor).st_size
    if size_bytes == 0:
        return True
    os.lseek(descriptor, size_bytes - 1, os.SEEK_SET)
    return os.read(descriptor, 1) == b"\n"
