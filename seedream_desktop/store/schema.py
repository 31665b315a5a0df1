"""The tables, as steps from one version to the next; a step that was released is never changed.

Columns that nothing fills (set, rating and project of a picture) stand in the first step; the gallery's step keeps
these by content. Saving a task must not touch what belongs to the user's own sorting.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from typing import Final

from seedream_desktop.crashpoints import pass_point
from seedream_desktop.store.gallery_tables import GALLERY

Step = Sequence[str]

_FIRST: Final[Step] = (
    """CREATE TABLE tasks (
        id TEXT PRIMARY KEY NOT NULL,
        created_at TEXT NOT NULL,
        state TEXT NOT NULL,
        prompt TEXT NOT NULL,
        mode TEXT NOT NULL,
        resolution TEXT NOT NULL,
        aspect_ratio TEXT,
        count INTEGER NOT NULL,
        sequence INTEGER NOT NULL,
        provider TEXT NOT NULL,
        callback_url TEXT,
        request TEXT NOT NULL,
        estimated_cost_usd TEXT NOT NULL,
        service_task_id TEXT UNIQUE,
        service_state TEXT NOT NULL,
        is_watched INTEGER NOT NULL,
        accepted_at TEXT,
        finished_at TEXT,
        failure_kind TEXT,
        failure_code TEXT,
        failure_message TEXT,
        raw_result TEXT,
        parent_sha256 TEXT,
        project TEXT,
        set_id TEXT
    ) STRICT""",
    "CREATE INDEX tasks_by_time ON tasks (created_at, id)",
    "CREATE INDEX tasks_by_state ON tasks (state, created_at)",
    """CREATE TABLE attempts (
        id TEXT PRIMARY KEY NOT NULL,
        task_id TEXT NOT NULL REFERENCES tasks (id),
        position INTEGER NOT NULL,
        state TEXT NOT NULL,
        started_at TEXT NOT NULL,
        wire_at TEXT,
        ended_at TEXT,
        http_status INTEGER,
        detail TEXT NOT NULL,
        authorised_by_user_at TEXT
    ) STRICT""",
    "CREATE INDEX attempts_by_task ON attempts (task_id, position)",
    # Money: the program alone opens one attempt; each further one needs a permission of the user of its own.
    """CREATE UNIQUE INDEX attempts_one_open ON attempts (task_id, ifnull(authorised_by_user_at, ''))
        WHERE state IN ('intent', 'wire', 'unknown')""",
    """CREATE TRIGGER attempts_are_kept BEFORE DELETE ON attempts
        BEGIN SELECT RAISE(ABORT, 'attempts are never deleted'); END""",
    """CREATE TABLE replies (
        attempt_id TEXT PRIMARY KEY NOT NULL REFERENCES attempts (id),
        received_at TEXT NOT NULL,
        http_status INTEGER NOT NULL,
        retry_after TEXT NOT NULL,
        body BLOB NOT NULL
    ) STRICT""",
    """CREATE TABLE pictures (
        task_id TEXT NOT NULL REFERENCES tasks (id),
        position INTEGER NOT NULL,
        url TEXT NOT NULL,
        state TEXT NOT NULL,
        tries INTEGER NOT NULL,
        sha256 TEXT,
        path TEXT,
        saved_path TEXT,
        width_px INTEGER,
        height_px INTEGER,
        size_bytes INTEGER,
        stored_at TEXT,
        rating INTEGER NOT NULL DEFAULT 0,
        project TEXT,
        PRIMARY KEY (task_id, position)
    ) STRICT""",
    "CREATE INDEX pictures_by_state ON pictures (state, task_id)",
    "CREATE INDEX pictures_by_content ON pictures (sha256)",
    """CREATE TABLE picture_tags (
        sha256 TEXT NOT NULL,
        tag TEXT NOT NULL,
        PRIMARY KEY (sha256, tag)
    ) STRICT, WITHOUT ROWID""",
    """CREATE TABLE hosted_references (
        sha256 TEXT NOT NULL,
        host TEXT NOT NULL,
        url TEXT NOT NULL,
        until TEXT,
        PRIMARY KEY (sha256, host)
    ) STRICT""",
    """CREATE TABLE events (
        id INTEGER PRIMARY KEY,
        at TEXT NOT NULL,
        task_id TEXT NOT NULL REFERENCES tasks (id),
        old_state TEXT,
        new_state TEXT NOT NULL
    ) STRICT""",
    "CREATE INDEX events_by_task ON events (task_id, id)",
    """CREATE TRIGGER events_are_kept BEFORE DELETE ON events
        BEGIN SELECT RAISE(ABORT, 'events are never deleted'); END""",
    """CREATE TRIGGER events_stay BEFORE UPDATE ON events
        BEGIN SELECT RAISE(ABORT, 'events are never changed'); END""",
    "CREATE TABLE balances (at TEXT NOT NULL, usd TEXT NOT NULL) STRICT",
    "CREATE INDEX balances_by_time ON balances (at)",
    "CREATE TABLE meta (key TEXT PRIMARY KEY NOT NULL, value TEXT NOT NULL) STRICT",
    "CREATE TABLE drafts (name TEXT PRIMARY KEY NOT NULL, saved_at TEXT NOT NULL, request TEXT NOT NULL) STRICT",
)

_REFERENCES: Final[Step] = (
    """CREATE TABLE kept_references (
        sha256 TEXT PRIMARY KEY NOT NULL,
        media_format TEXT NOT NULL,
        width_px INTEGER NOT NULL,
        height_px INTEGER NOT NULL,
        size_bytes INTEGER NOT NULL,
        origin_format TEXT NOT NULL,
        origin_width_px INTEGER NOT NULL,
        origin_height_px INTEGER NOT NULL,
        origin_size_bytes INTEGER NOT NULL,
        changes TEXT NOT NULL,
        kept_at TEXT NOT NULL
    ) STRICT""",
    "ALTER TABLE hosted_references ADD COLUMN object_name TEXT NOT NULL DEFAULT ''",
    "ALTER TABLE hosted_references ADD COLUMN hosted_at TEXT",
    "CREATE INDEX hosted_references_by_time ON hosted_references (hosted_at)",
)

STEPS: Final[Sequence[Step]] = (_FIRST, _REFERENCES, GALLERY)
"""Step *n* takes a database from version *n* to *n + 1*."""


def version_of(connection: sqlite3.Connection) -> int:
    """Return the schema version of an open database; 0 is an empty one."""
    return int(connection.execute("PRAGMA user_version").fetchone()[0])


def migrate(connection: sqlite3.Connection, steps: Sequence[Step] = STEPS) -> None:
    """Bring the database to the newest version; after a crash at any moment each step is done or not begun.

    *connection* must be in autocommit mode and not newer than *steps*.
    """
    for version in range(version_of(connection), len(steps)):
        pass_point("migrate.begin")
        _take_step(connection, steps[version], version + 1)
        pass_point("migrate.end")


def _take_step(connection: sqlite3.Connection, step: Step, version: int) -> None:
    middle = len(step) // 2
    connection.execute("BEGIN IMMEDIATE")
    try:
        for number, statement in enumerate(step):
            if number == middle:
                pass_point("migrate.mid")
            connection.execute(statement)
        connection.execute(f"PRAGMA user_version = {version:d}")
        connection.execute("COMMIT")
    except BaseException:  # no half a step stays, whatever it was; raised on
        # Some errors have rolled back already; a second time would hide the first reason.
        if connection.in_transaction:
            connection.execute("ROLLBACK")
        raise
