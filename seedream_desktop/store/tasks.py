"""The truth about tasks, behind `ports.TaskStore`."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Final

from seedream_desktop.domain.picture import PictureState
from seedream_desktop.domain.standing import Standing
from seedream_desktop.domain.task import FINAL, Attempt, AttemptId, ServiceTaskId, Task, TaskId, TaskState
from seedream_desktop.ports.service import RawReply
from seedream_desktop.store.database import Database
from seedream_desktop.store.ledger import Ledger
from seedream_desktop.store.rows import TaskRows, clean
from seedream_desktop.store.standings import read_standings
from seedream_desktop.store.times import to_text, utc_now

_STILL_WANTED: Final = (
    PictureState.PLANNED,
    PictureState.DOWNLOADING,
    PictureState.UNDECODABLE,
    PictureState.NOT_AN_IMAGE,
)
_SHORT_OF_PICTURES: Final = (TaskState.PARTIAL, TaskState.FAILED)
_NOTE_MOVE: Final = "INSERT INTO events (at, task_id, old_state, new_state) VALUES (?, ?, ?, ?)"


class SqliteTaskStore:
    """Implements `ports.TaskStore`; every call runs on the database's own thread."""

    def __init__(
        self, database: Database, ledger: Ledger, rows: TaskRows, now: Callable[[], datetime] = utc_now
    ) -> None:
        self._database = database
        self._ledger = ledger
        self._rows = rows
        self._now = now

    async def save(self, task: Task) -> None:
        """Commit the task with its attempts and pictures, durable before this returns.

        A changed attempt goes into the ledger first. A cancelled caller does not stop the write.

        Raises:
            StorageError: nothing of this call is in the database then; a line more in the ledger does no harm.
        """
        await self._database.write(lambda connection: self._save(connection, task))

    async def get(self, task_id: TaskId) -> Task | None:
        """Return a task, or None; raises StorageError."""
        return await self._one("WHERE id = ?", task_id)

    async def by_service_id(self, service_task_id: ServiceTaskId) -> Task | None:
        """Return the task that owns the service's id, or None; raises StorageError."""
        return await self._one("WHERE service_task_id = ?", service_task_id)

    async def newest(self, limit: int, before: Task | None = None) -> tuple[Task, ...]:
        """Return up to *limit* tasks, newest first, older than *before* when given; raises StorageError."""
        if before is None:
            return await self._read("ORDER BY created_at DESC, id DESC LIMIT ?", (limit,))
        return await self._read(
            "WHERE (created_at, id) < (?, ?) ORDER BY created_at DESC, id DESC LIMIT ?",
            (to_text(before.created_at), before.id, limit),
        )

    async def standings(self, since: datetime) -> tuple[Standing, ...]:
        """Return where every task stands that is not final or was made at *since* or later; raises StorageError."""
        return await self._database.read(lambda connection: read_standings(connection, since))

    async def unfinished(self) -> tuple[Task, ...]:
        """Return every task that is not final or may still get pictures, oldest first; raises StorageError."""
        live = sorted(set(TaskState) - FINAL)
        tail = (
            f"WHERE id IN (SELECT id FROM tasks WHERE state IN ({_marks(live)})"  # noqa: S608 - question marks only
            f" UNION SELECT task_id FROM pictures JOIN tasks ON tasks.id = task_id"
            f" WHERE pictures.state IN ({_marks(_STILL_WANTED)}) AND tasks.state IN ({_marks(_SHORT_OF_PICTURES)}))"
            " ORDER BY created_at, id"
        )
        return await self._read(tail, (*live, *_STILL_WANTED, *_SHORT_OF_PICTURES))

    async def with_unsaved_pictures(self) -> tuple[Task, ...]:
        """Return every final task with a stored picture that has no copy in the library yet, oldest first.

        What is in the trash needs none.
        """
        final = sorted(FINAL)
        tail = (
            f"WHERE +state IN ({_marks(final)}) AND id IN"  # noqa: S608 - question marks only
            # The signs lead SQLite to the index of the unsaved, which is nearly empty, past those of the states.
            " (SELECT task_id FROM pictures WHERE +state = ? AND saved_path IS NULL"
            " AND sha256 NOT IN (SELECT sha256 FROM trashed_pictures)) ORDER BY created_at, id"
        )
        return await self._read(tail, (*final, PictureState.STORED))

    async def save_reply(self, attempt_id: AttemptId, reply: RawReply) -> None:
        """Commit a reply before anybody reads it; raises StorageError."""
        values = (attempt_id, to_text(self._now()), reply.http_status, clean(reply.retry_after), reply.body)
        await self._database.execute("INSERT OR REPLACE INTO replies VALUES (?, ?, ?, ?, ?)", values)

    async def reply_of(self, attempt_id: AttemptId) -> RawReply | None:
        """Return the stored reply of an attempt, or None; raises StorageError."""
        sql = "SELECT http_status, retry_after, body FROM replies WHERE attempt_id = ?"
        row = await self._database.row(sql, (attempt_id,))
        return None if row is None else RawReply(*row)

    async def with_picture(self, sha256: str) -> Task | None:
        """Return the newest task that a stored picture with these bytes belongs to, or None; raises StorageError."""
        tail = (
            "WHERE id IN (SELECT task_id FROM pictures WHERE sha256 = ? AND state = ?)"
            " ORDER BY created_at DESC, id DESC LIMIT 1"
        )
        return next(iter(await self._read(tail, (sha256, PictureState.STORED))), None)

    async def _one(self, tail: str, value: str) -> Task | None:
        return next(iter(await self._read(tail, (clean(value),))), None)

    async def _read(self, tail: str, values: Sequence[object]) -> tuple[Task, ...]:
        return await self._database.read(lambda connection: self._rows.read(connection, tail, values))

    def _save(self, connection: sqlite3.Connection, task: Task) -> None:
        old_state = _state_of(connection, task.id)
        changed = _changed_attempts(connection, task)
        self._rows.write(connection, task)
        if old_state != task.state:
            connection.execute(_NOTE_MOVE, (to_text(self._now()), task.id, old_state, task.state))
        # The last thing before the commit: a line without a commit does no harm, a commit without a line would.
        self._ledger.append(task, changed, self._now())


def _state_of(connection: sqlite3.Connection, task_id: TaskId) -> str | None:
    row = connection.execute("SELECT state FROM tasks WHERE id = ?", (task_id,)).fetchone()
    return None if row is None else str(row[0])


def _changed_attempts(connection: sqlite3.Connection, task: Task) -> list[Attempt]:
    known = dict(connection.execute("SELECT id, state FROM attempts WHERE task_id = ?", (task.id,)))
    return [attempt for attempt in task.attempts if known.get(attempt.id) != attempt.state]


def _marks(values: Sequence[object]) -> str:
    return ", ".join("?" * len(values))
