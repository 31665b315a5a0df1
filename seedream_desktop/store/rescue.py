"""Opens the database whatever state it is in: as it is, brought up to date, or put together again.

A damaged file is never written to and never thrown away; it is moved aside, and the newest good backup together with
the ledger takes its place. One that is in order and yet behind the ledger, its write-ahead log lost, is copied aside
and brought forward. A file of a newer program is refused and left alone.
"""

from __future__ import annotations

import logging
import shutil
import sqlite3
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Final

from seedream_desktop.store.backup import copy_of, made_at, newest_first
from seedream_desktop.store.database import (
    connect,
    connect_in_memory,
    connect_read_only,
    copy_in_memory,
    in_transaction,
    refuse_newer,
)
from seedream_desktop.store.early_look import EarlyLook
from seedream_desktop.store.files import PRIVATE_FILE, make_private, replace_file, sync_folder, sync_path
from seedream_desktop.store.inspection import READ_ERRORS, is_in_order, means_damage
from seedream_desktop.store.layout import Layout
from seedream_desktop.store.ledger import Ledger, rebuild, tasks_behind
from seedream_desktop.store.rows import TaskRows
from seedream_desktop.store.salvage import salvage
from seedream_desktop.store.schema import STEPS, migrate, version_of
from seedream_desktop.store.times import for_file_name, to_text

log = logging.getLogger(__name__)
# Beside the database SQLite keeps what is not in the main file yet, and an index to it. Left beside another file of
# the same name they would spoil it.
_COMPANIONS: Final = ("-wal", "-shm")
_ALL_FILES: Final = ("", *_COMPANIONS)
_READ_TO: Final = "ledger.read_to"


@dataclass(frozen=True, slots=True)
class Rescue:
    """What was done about a database that was damaged or gone.

    *aside* is the folder that now holds the files as they were, *backup* the copy that was taken instead, and
    *ledger_tasks* the number of tasks brought back or forward from the ledger.
    """

    aside: Path | None
    backup: Path | None
    ledger_tasks: int


class Opening:
    """Opens the database of one data folder; use it once, on the thread the connection will live on.

    What *early_look* found in order is not asked again.
    """

    def __init__(self, layout: Layout, now: datetime, early_look: EarlyLook | None = None) -> None:
        self._layout = layout
        self._now = now
        self._early_look = early_look
        self._ledger = Ledger(layout.ledger)
        self.rescue: Rescue | None = None

    def open(self) -> sqlite3.Connection:
        """Return a connection of the newest version.

        Raises:
            StorageError: with DATABASE_NEWER when a newer program wrote the file, which stays as it is.
            sqlite3.Error, OSError: when the folder cannot be used.
        """
        make_private(self._layout.root)
        make_private(self._layout.incoming)
        aside = None
        is_damaged = self._is_damaged()
        if self._early_look is not None:
            self._early_look.end()
        if is_damaged:
            self._restore(self._set_aside(_ALL_FILES))
        elif not self._has_database():
            self._restore(self._set_aside(_COMPANIONS))
        elif self._has_forgotten():
            aside = self._copy_aside()
        connection = connect(self._layout.database)
        try:
            self._bring_up_to_date(connection)
            self._catch_up(connection, aside)
        except BaseException:  # the caller never gets it to close; raised on
            connection.close()
            raise
        return connection

    def _has_database(self) -> bool:
        path = self._layout.database
        return path.exists() and path.stat().st_size > 0

    def _is_damaged(self) -> bool:
        if not self._has_database():
            return False
        try:
            connection = connect_read_only(self._layout.database)
        except READ_ERRORS as error:
            return means_damage(error)
        try:
            refuse_newer(connection, self._layout.database)
            return not self._is_in_order(connection) or _has_impossible_version(connection)
        except READ_ERRORS as error:
            if not means_damage(error):
                raise
            return True
        finally:
            connection.close()

    def _is_in_order(self, connection: sqlite3.Connection) -> bool:
        is_known = self._early_look is not None and self._early_look.found_all_well(connection)
        return is_known or is_in_order(connection)

    def _has_forgotten(self) -> bool:
        """Whether a sound database lacks what it once held: a lost log takes the last commits with it, unseen.

        A crash may leave one task a line behind, between the line and its commit; that is no damage.
        """
        connection = connect_read_only(self._layout.database)
        try:
            if version_of(connection) != len(STEPS):
                return version_of(connection) == 0 and self._ledger.size_bytes > 0
            since_byte = _read_to(connection)
            behind = tasks_behind(connection, self._ledger, TaskRows(self._layout), since_byte)
        finally:
            connection.close()
        return len(behind) > 1 or any(each.is_forgotten for each in behind)

    def _catch_up(self, connection: sqlite3.Connection, aside: Path | None) -> None:
        """Bring in what the ledger knows better, and remember up to where it was read."""
        size_bytes = self._ledger.size_bytes
        if size_bytes == (since_byte := _read_to(connection)):
            return

        def work(connection: sqlite3.Connection) -> int:
            count = rebuild(connection, self._ledger, TaskRows(self._layout), since_byte)
            connection.execute("INSERT OR REPLACE INTO meta (key, value) VALUES (?, ?)", (_READ_TO, str(size_bytes)))
            return count

        count = in_transaction(connection, work)
        if count:
            log.warning("%d tasks were brought forward from the ledger", count)
        if aside is not None:
            self.rescue = Rescue(aside, None, count)

    def _copy_aside(self) -> Path:
        folder = make_private(self._layout.damaged / for_file_name(self._now))
        for path in filter(Path.exists, _with_endings(self._layout.database, _ALL_FILES)):
            shutil.copyfile(path, folder / path.name)
            sync_path(folder / path.name)
        sync_folder(folder)
        log.error("the database lacks what was once written; it was copied to %s", folder)
        return folder

    def _set_aside(self, endings: tuple[str, ...]) -> Path | None:
        paths = [path for path in _with_endings(self._layout.database, endings) if path.exists()]
        if not paths:
            return None
        folder = make_private(self._layout.damaged / for_file_name(self._now))
        for path in paths:
            path.rename(folder / path.name)
        sync_folder(folder)
        sync_folder(self._layout.root)
        log.error("the database is damaged; it was moved to %s", folder)
        return folder

    def _restore(self, aside: Path | None) -> None:
        """Put the replacement together under another name, so that a crash leaves all or nothing of it."""
        backup = self._newest_good_backup()
        if aside is None and backup is None and not self._layout.ledger.exists():
            return
        draft = self._layout.database.with_suffix(".rescue")
        for leftover in _with_endings(draft, _ALL_FILES):
            leftover.unlink(missing_ok=True)
        draft.touch(mode=PRIVATE_FILE)
        if backup is not None:
            shutil.copyfile(backup, draft)
        count = self._fill(draft, self._newest_aside(backup))
        sync_path(draft)
        replace_file(draft, self._layout.database)
        self.rescue = Rescue(aside, backup, count)
        log.warning("the database was put together again: backup %s, %d tasks from the ledger", backup, count)

    def _newest_aside(self, backup: Path | None) -> Path | None:
        """Return the damaged database that is newer than *backup*: of now, or of a rescue that was broken off."""
        name = self._layout.database.name
        newest = max(self._layout.damaged.glob(f"*/{name}"), default=None)
        is_older = newest is not None and backup is not None and newest.parent.name < made_at(backup)
        return None if is_older else newest

    def _fill(self, draft: Path, damaged: Path | None) -> int:
        connection = connect(draft)
        try:
            migrate(connection)
            return in_transaction(connection, lambda connection: self._put_together(connection, damaged))
        finally:
            connection.close()

    def _put_together(self, connection: sqlite3.Connection, damaged: Path | None) -> int:
        count = rebuild(connection, self._ledger, TaskRows(self._layout))
        if damaged is not None:
            salvage(damaged, connection)
        # What was brought back since the backup may be in its trash again: nothing leaves that before another while.
        connection.execute("UPDATE trashed_pictures SET trashed_at = ?", (to_text(self._now),))
        return count

    def _newest_good_backup(self) -> Path | None:
        return next(filter(_is_good, newest_first(self._layout.backups)), None)

    def _bring_up_to_date(self, connection: sqlite3.Connection) -> None:
        if 0 < version_of(connection) < len(STEPS):
            copy_of(connection, self._layout.backups, self._now)
        migrate(connection)


def _with_endings(database: Path, endings: tuple[str, ...]) -> list[Path]:
    return [database.with_name(database.name + ending) for ending in endings]


def open_for_reading(layout: Layout) -> sqlite3.Connection:
    """Return a connection for looking only: beside a running program, of an older version or with no file at all.

    Raises:
        StorageError: with DATABASE_NEWER.
        sqlite3.Error: when the file cannot be read.
    """
    connection = _readable(layout.database)
    connection.execute("PRAGMA query_only = ON")
    return connection


def _readable(path: Path) -> sqlite3.Connection:
    if not path.exists() or path.stat().st_size == 0:
        return connect_in_memory()
    connection = connect_read_only(path)
    try:
        refuse_newer(connection, path)
        if version_of(connection) == len(STEPS):
            return connection
        copy = copy_in_memory(connection)
    except BaseException:  # the caller never gets it to close; raised on
        connection.close()
        raise
    connection.close()
    return copy


def _read_to(connection: sqlite3.Connection) -> int:
    """Return up to which byte of the ledger the database is known to hold everything; it goes back with the rest."""
    row = connection.execute("SELECT value FROM meta WHERE key = ?", (_READ_TO,)).fetchone()
    return int(row[0]) if row is not None and row[0].isdecimal() else 0


def _has_impossible_version(connection: sqlite3.Connection) -> bool:
    """Whether the version is none that a program writes; a database with tables is never of version 0."""
    version = version_of(connection)
    is_empty = connection.execute("SELECT 1 FROM sqlite_schema LIMIT 1").fetchone() is None
    return version < 0 or (version == 0 and not is_empty)


def _is_good(backup: Path) -> bool:
    try:
        connection = connect_read_only(backup)
    except READ_ERRORS:
        return False
    try:
        return 0 < version_of(connection) <= len(STEPS) and is_in_order(connection)
    except READ_ERRORS:
        return False
    finally:
        connection.close()
