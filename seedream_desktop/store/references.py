"""Prepared references and where they are hosted, behind `ports.ReferenceStore`."""

from __future__ import annotations

import logging
import sqlite3
from collections.abc import AsyncIterator, Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import asynccontextmanager
from datetime import datetime
from pathlib import Path
from typing import Any, Final, TypeVar

from seedream_desktop.domain.naming import EXTENSIONS
from seedream_desktop.domain.pixels import PixelSize
from seedream_desktop.domain.preparation import Change, PictureFacts, PreparedReference
from seedream_desktop.domain.reference import HostedReference
from seedream_desktop.ports.errors import StorageError
from seedream_desktop.ports.references import KeptReference
from seedream_desktop.store.database import Database
from seedream_desktop.store.errors import DISK_ERROR, trouble, troubles_named
from seedream_desktop.store.layout import Layout
from seedream_desktop.store.reference_files import ReferenceFiles
from seedream_desktop.store.rows import clean
from seedream_desktop.store.threads import run_on
from seedream_desktop.store.times import to_text, utc_now

log = logging.getLogger(__name__)

T = TypeVar("T")
# A large file being read must not keep a small one waiting.
_THREADS: Final = 2
_KEPT: Final = (
    "sha256, media_format, width_px, height_px, size_bytes,"
    " origin_format, origin_width_px, origin_height_px, origin_size_bytes, changes"
)
_KEEP: Final = f"INSERT OR REPLACE INTO kept_references ({_KEPT}, kept_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"  # noqa: S608 - words of this module
_DESCEND: Final = "INSERT INTO reference_origins (sha256, origin_sha256) VALUES (?, ?) ON CONFLICT DO NOTHING"
# What was made from a prepared copy, a part of it say, was made from that one's origins too.
_INHERIT: Final = (
    "INSERT INTO reference_origins (sha256, origin_sha256) SELECT ?, origin_sha256 FROM reference_origins"
    " WHERE sha256 = ? ON CONFLICT DO NOTHING"
)
_HOSTED: Final = "url, host, sha256, until, object_name, hosted_at"
_BY_PLACE: Final = "WHERE sha256 = ? AND host = ?"


class SqliteReferenceStore:
    """Rows on the database's own thread, files on a few others; every call raises StorageError."""

    def __init__(self, database: Database, layout: Layout, now: Callable[[], datetime] = utc_now) -> None:
        self._database = database
        self._layout = layout
        self._now = now
        self._files = ReferenceFiles(layout)
        self._threads = ThreadPoolExecutor(_THREADS, thread_name_prefix="references")

    @asynccontextmanager
    async def scratch(self) -> AsyncIterator[Path]:
        """Return a new path inside the data folder; whatever is left there is removed at the end."""
        path = await self._run(self._files.new_scratch)
        try:
            yield path
        finally:
            await self._remove(path)

    async def keep(self, file: Path, prepared: PreparedReference) -> KeptReference:
        """Make *file* durable under its content, then its row; the same content is kept once.

        A crash in between leaves a file that nobody speaks of, and the next time finds it in its place.
        """
        path = await self._run(lambda: self._moved(file, prepared))
        row = self._row_of(prepared)
        await self._database.write(lambda connection: _keep(connection, row, prepared))
        return KeptReference(prepared, path)

    async def kept(self, sha256: str) -> KeptReference | None:
        """Return what is kept under *sha256*, or None when it is not there, or its file is gone or damaged.

        A file outlives its row in a database that was put together from its copies; the row is made again then.
        """
        sql = f"SELECT {_KEPT} FROM kept_references WHERE sha256 = ?"  # noqa: S608 - words of this module
        row = await self._database.row(sql, (clean(sha256),))
        prepared = None if row is None else _prepared(row)
        if prepared is None:
            return await self._readopted(sha256)
        return await self._run(lambda: self._files.find(prepared))

    async def save_hosted(self, hosted: HostedReference) -> None:
        """Remember where a reference is hosted, in place of what was known for the same content and host."""
        values = (clean(hosted.url), hosted.host, hosted.sha256, hosted.until, clean(hosted.object_name))
        sql = f"INSERT OR REPLACE INTO hosted_references ({_HOSTED}) VALUES (?, ?, ?, ?, ?, ?)"  # noqa: S608 - words of this module
        await self._database.execute(sql, (*values, hosted.hosted_at))

    async def hosted(self, sha256: str, host: str) -> HostedReference | None:
        """Return where this content is hosted at *host*, or None."""
        sql = f"SELECT {_HOSTED} FROM hosted_references {_BY_PLACE}"  # noqa: S608 - words of this module
        row = await self._database.row(sql, (clean(sha256), host))
        return None if row is None else HostedReference(*row)

    async def all_hosted(self) -> tuple[HostedReference, ...]:
        """Return everything that is hosted anywhere, newest first; what an older program hosted comes last."""
        sql = f"SELECT {_HOSTED} FROM hosted_references ORDER BY hosted_at DESC, sha256, host"  # noqa: S608 - words of this module
        rows = await self._database.read(lambda connection: connection.execute(sql).fetchall())
        return tuple(HostedReference(*row) for row in rows)

    async def forget_hosted(self, hosted: HostedReference) -> None:
        """Remove the record of exactly this upload; a newer one of the same content at the same host stays."""
        sql = f"DELETE FROM hosted_references {_BY_PLACE} AND url = ?"  # noqa: S608 - words of this module
        await self._database.execute(sql, (hosted.sha256, hosted.host, clean(hosted.url)))

    async def sweep(self) -> int:
        """Remove what a crash left in the making and return how many files; only while nothing is being made."""
        return await self._run(self._files.sweep)

    def close(self) -> None:
        """Start no more work; what runs is finished by its thread."""
        self._threads.shutdown(wait=False)

    async def _remove(self, path: Path) -> None:
        """Remove a scratch file; one that is held, by a virus scanner on Windows say, goes at the next start."""
        try:
            await self._run(lambda: path.unlink(missing_ok=True))
        except StorageError as error:
            log.info("left %s: %s", path.name, error)

    async def _readopted(self, sha256: str) -> KeptReference | None:
        prepared = await self._run(lambda: self._files.read_back(sha256))
        if prepared is None:
            return None
        await self._database.execute(_KEEP, self._row_of(prepared))
        return await self._run(lambda: self._files.find(prepared))

    def _moved(self, file: Path, prepared: PreparedReference) -> Path:
        try:
            return self._files.keep(file, prepared)
        except ValueError as error:
            raise trouble(DISK_ERROR, f"{self._layout.root}: {error}") from error

    def _row_of(self, prepared: PreparedReference) -> tuple[object, ...]:
        facts, origin = prepared.facts, prepared.origin
        changes = " ".join(prepared.changes)
        return (prepared.sha256, *_numbers(facts), *_numbers(origin), changes, to_text(self._now()))

    async def _run(self, work: Callable[[], T]) -> T:
        def named() -> T:
            with troubles_named(self._layout.root):
                return work()

        return await run_on(self._threads, named)


def _keep(connection: sqlite3.Connection, row: Sequence[object], prepared: PreparedReference) -> None:
    connection.execute(_KEEP, row)
    if prepared.origin_sha256 is not None:
        values = prepared.sha256, clean(prepared.origin_sha256)
        connection.execute(_DESCEND, values)
        connection.execute(_INHERIT, values)


def _numbers(facts: PictureFacts) -> tuple[str, int, int, int]:
    return facts.media_format, facts.size.width_px, facts.size.height_px, facts.size_bytes


def _prepared(row: tuple[Any, ...]) -> PreparedReference | None:
    """Return what a row says, or None when it makes no sense: the reference can be prepared again."""
    try:
        changes = tuple(Change(word) for word in row[9].split())
    except ValueError:
        return None
    facts = _facts(*row[1:5])
    return PreparedReference(row[0], facts, _facts(*row[5:9]), changes) if facts.media_format in EXTENSIONS else None


def _facts(media_format: str, width_px: int, height_px: int, size_bytes: int) -> PictureFacts:
    return PictureFacts(media_format, PixelSize(width_px, height_px), size_bytes)
