"""The second copy of what may have cost money: one line a change of an attempt, outside of SQLite.

A line is on the disk before the database commits the same change, so whatever the database knows of attempts, the
ledger knows too. It is only ever appended to, and read at a start: a database that lost its last commits looks sound.
"""

from __future__ import annotations

import json
import os
import sqlite3
import zlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Any, Final

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

    @property
    def size_bytes(self) -> int:
        """How long the file is; 0 when there is none. Raises OSError."""
        return self._path.stat().st_size if self._path.exists() else 0

    def entries(self, since_byte: int = 0) -> Iterator[Entry]:
        """Yield every line that is whole, oldest first; a torn or altered one is passed over. Raises OSError.

        Lines before *since_byte*, a size the file once had, are left out; all are read when it is shorter now.
        """
        size_bytes = self.size_bytes
        if size_bytes == 0:
            return
        with self._path.open("rb") as file:
            file.seek(since_byte if since_byte <= size_bytes else 0)
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


@dataclass(frozen=True, slots=True)
class Behind:
    """A task as it has to become in a database that knows less of it than the ledger.

    *is_forgotten* tells that the task or an attempt that began is missing there altogether: more than a crash between
    a line and its commit can do, because the intent is committed before anything is sent.
    """

    task: Task
    is_forgotten: bool


def rebuild(connection: sqlite3.Connection, ledger: Ledger, rows: TaskRows, since_byte: int = 0) -> int:
    """Bring every task the ledger knows into the database and return how many were added or changed.

    A task that the database (an older backup, say) already holds keeps all else and takes over the attempts.
    """
    behind = tasks_behind(connection, ledger, rows, since_byte)
    for each in behind:
        rows.write(connection, each.task)
    return len(behind)


def tasks_behind(connection: sqlite3.Connection, ledger: Ledger, rows: TaskRows, since_byte: int = 0) -> list[Behind]:
    """Return the tasks of which the ledger's lines from *since_byte* on know more than the database."""
    told = tuple(_tasks(ledger.entries(since_byte)))
    if not told:
        return []
    states = {AttemptId(name): AttemptState(state) for name, state in connection.execute(_STATES)}
    names = {name for (name,) in connection.execute("SELECT id FROM tasks")}
    behind = []
    for remembered in told:
        news = [attempt for attempt in remembered.attempts if _is_news(attempt, states)]
        if remembered.id not in names:
            behind.append(Behind(_without_stale_intents(remembered), is_forgotten=True))
        elif news:
            (known,) = rows.read(connection, "WHERE id = ?", (remembered.id,))
            is_forgotten = any(attempt.id not in states for attempt in news)
            behind.append(Behind(_merged(known, remembered, news), is_forgotten))
    return behind


_STATES: Final = "SELECT id, state FROM attempts"
_PROGRESS: Final = {
    AttemptState.INTENT: 0,
    AttemptState.WIRE: 1,
    AttemptState.UNKNOWN: 2,
    AttemptState.UNSENT: 3,
    AttemptState.REFUSED: 3,
    AttemptState.ACCEPTED: 3,
}


def _is_news(attempt: Attempt, states: Mapping[AttemptId, AttemptState]) -> bool:
    """An intent is none: it was never committed, or the database knows it; in either case nothing left."""
    return _PROGRESS[attempt.state] > _PROGRESS[states.get(attempt.id, AttemptState.INTENT)]


def _tasks(entries: Iterable[Entry]) -> Iterable[Task]:
    tasks: dict[TaskId, Task] = {}
    for entry in entries:
        known = tasks.get(entry.task.id)
        earlier = known.attempts if known else ()
        tasks[entry.task.id] = entry.task.but(attempts=earlier).with_attempt(entry.attempt)
    return tasks.values()


def _without_stale_intents(task: Task) -> Task:
    """Drop intents that another attempt followed: a full disk kept them from ever being committed."""
    kept = tuple(a for a in task.attempts if a.state is not AttemptState.INTENT or a is task.attempt)
    return task.but(attempts=kept)


def _merged(known: Task, remembered: Task, news: Sequence[Attempt]) -> Task:
    merged = known
    for attempt in news:
        merged = merged.with_attempt(attempt)
    if remembered.attempt is not news[-1]:
        return merged
    return merged.but(
        state=remembered.state,
        failure=None if remembered.state is TaskState.PROCESSING else known.failure,
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
