"""The one connection to SQLite and the one thread it lives on. It knows nothing of tasks."""

from __future__ import annotations

import os
import sqlite3
import sys
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any, Final, TypeVar

from seedream_desktop.domain.collections import lies_in
from seedream_desktop.store.errors import DATABASE_NEWER, STORE_CLOSED, trouble, troubles_named
from seedream_desktop.store.files import BINARY, PRIVATE_FILE
from seedream_desktop.store.schema import STEPS, migrate, version_of
from seedream_desktop.store.threads import run_on

T = TypeVar("T")
Work = Callable[[sqlite3.Connection], T]
_BUSY_S: Final = 5.0
_NEWEST: Final = len(STEPS)
_ALL_BITS: Final = (1 << 64) - 1


class Database:
    """Runs work on the connection, one piece after the other, without holding up the event loop."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="database")
        self._connection: sqlite3.Connection | None = None
        self._is_closed = False

    async def open(self, opening: Callable[[], sqlite3.Connection]) -> None:
        """Let *opening* make the connection, on the thread it will live on; raises StorageError."""

        def opened() -> None:
            with troubles_named(self._folder):
                self._connection = opening()

        try:
            await run_on(self._thread, opened)
        except BaseException:  # whatever it was, no half-open database stays; raised on
            await self.close()
            raise

    async def read(self, work: Work[T]) -> T:
        """Return what *work* finds; raises StorageError."""
        return await self._run(work)

    async def write(self, work: Work[T]) -> T:
        """Run *work* in a transaction and return when it is committed; nothing of it stays when it raises.

        Raises:
            StorageError: when the disk or the database does not do its part.
        """
        return await self._run(lambda connection: in_transaction(connection, work))

    async def execute(self, sql: str, values: Sequence[object]) -> None:
        """Commit one statement; raises StorageError."""

        def work(connection: sqlite3.Connection) -> None:
            connection.execute(sql, values)

        await self.write(work)

    async def row(self, sql: str, values: Sequence[object]) -> tuple[Any, ...] | None:
        """Return the first row of a query, or None; raises StorageError."""

        def work(connection: sqlite3.Connection) -> tuple[Any, ...] | None:
            found: tuple[Any, ...] | None = connection.execute(sql, values).fetchone()
            return found

        return await self.read(work)

    async def close(self) -> None:
        """Finish what was handed over, then give the file back; further calls raise StorageError."""
        if not self._is_closed:
            self._is_closed = True
            await run_on(self._thread, self._close)
            self._thread.shutdown(wait=False)

    async def _run(self, work: Work[T]) -> T:
        def run() -> T:
            if self._connection is None:
                raise trouble(STORE_CLOSED, str(self._folder))
            with troubles_named(self._folder):
                return work(self._connection)

        return await run_on(self._thread, run)

    def _close(self) -> None:
        if self._connection is not None:
            self._connection.close()
            self._connection = None


def in_transaction(connection: sqlite3.Connection, work: Work[T]) -> T:
    """Return what *work* returns, committed; raises what it raises, rolled back."""
    connection.execute("BEGIN IMMEDIATE")
    try:
        result = work(connection)
        connection.execute("COMMIT")
    except BaseException:  # nothing half-written stays, whatever it was; raised on
        # A full disk rolls back by itself (sqlite.org/lang_transaction.html).
        if connection.in_transaction:
            connection.execute("ROLLBACK")
        raise
    return result


def connect(path: Path) -> sqlite3.Connection:
    """Return a connection that writes durably; creates the file, for the user alone. Raises sqlite3.Error, OSError."""
    os.close(os.open(path, os.O_RDWR | os.O_CREAT | BINARY, PRIVATE_FILE))
    connection = sqlite3.connect(path, timeout=_BUSY_S, isolation_level=None)
    try:
        _configure(connection)
    except BaseException:  # the caller never gets it to close; raised on
        connection.close()
        raise
    return connection


def connect_read_only(path: Path) -> sqlite3.Connection:
    """Return a connection that cannot write, beside a running program too; raises sqlite3.Error."""
    try:
        return _open_uri(path, "mode=ro")
    except sqlite3.OperationalError:
        # In a folder that cannot be written a WAL database opens only with the promise that nobody writes to it.
        if path.with_name(f"{path.name}-wal").exists():
            raise
        return _open_uri(path, "mode=ro&immutable=1")


def connect_in_memory() -> sqlite3.Connection:
    """Return an empty database of the newest version that leaves nothing behind."""
    return _filled_in_memory(migrate)


def copy_in_memory(source: sqlite3.Connection) -> sqlite3.Connection:
    """Return a copy of *source*, of the newest version, that leaves nothing behind; raises sqlite3.Error."""

    def fill(connection: sqlite3.Connection) -> None:
        source.backup(connection)
        migrate(connection)

    return _filled_in_memory(fill)


def _filled_in_memory(fill: Callable[[sqlite3.Connection], None]) -> sqlite3.Connection:
    connection = sqlite3.connect(":memory:", isolation_level=None)
    try:
        _teach(connection)
        fill(connection)
    except BaseException:  # the caller never gets it to close; raised on
        connection.close()
        raise
    return connection


def refuse_newer(connection: sqlite3.Connection, path: Path) -> None:
    """Raise StorageError, holding both versions, when the database is of a newer program."""
    version = version_of(connection)
    if version > _NEWEST:
        raise trouble(DATABASE_NEWER, f"{path}: version {version}, this program knows {_NEWEST}")


def _open_uri(path: Path, query: str) -> sqlite3.Connection:
    connection = sqlite3.connect(f"{path.absolute().as_uri()}?{query}", uri=True, timeout=_BUSY_S, isolation_level=None)
    try:
        _distrust(connection)
        _teach(connection)
        version_of(connection)
    except BaseException:  # the caller never gets it to close; raised on
        connection.close()
        raise
    return connection


def _configure(connection: sqlite3.Connection) -> None:
    _distrust(connection)
    _teach(connection)
    connection.execute("PRAGMA journal_mode = WAL")
    connection.execute("PRAGMA synchronous = FULL")
    connection.execute("PRAGMA foreign_keys = ON")
    if sys.platform == "darwin":
        connection.execute("PRAGMA fullfsync = ON")
        connection.execute("PRAGMA checkpoint_fullfsync = ON")


def _teach(connection: sqlite3.Connection) -> None:
    """What SQLite has no word for: how many bits are set, and whether one path is below another."""
    connection.create_function("bit_count", 1, _bit_count, deterministic=True)
    connection.create_function("lies_in", 2, lies_in, deterministic=True)


def _bit_count(bits: int) -> int:
    """Of a negative number Python counts the bits of its opposite."""
    return (bits & _ALL_BITS).bit_count()


def _distrust(connection: sqlite3.Connection) -> None:
    """The file may have been made by somebody else (sqlite.org/security.html)."""
    connection.execute("PRAGMA trusted_schema = OFF")
    connection.execute("PRAGMA cell_size_check = ON")
