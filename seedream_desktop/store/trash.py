"""Which pictures were thrown away, when, and where their files went; it moves no file itself.

What the user said of a picture and its place in collections outlive the trash: a picture that comes back is as it was.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from seedream_desktop.store.database import Database
from seedream_desktop.store.times import from_text, to_text, utc_now

_NOTE: Final = "INSERT INTO trashed_pictures (sha256, trashed_at, places) VALUES (?, ?, ?) ON CONFLICT DO NOTHING"
_ALL: Final = "SELECT sha256, trashed_at, places FROM trashed_pictures ORDER BY trashed_at DESC, sha256"


@dataclass(frozen=True, slots=True)
class Trashed:
    """A picture in the trash; *places* are where its files lie now, as the one who moved them wrote it down."""

    sha256: str
    trashed_at: datetime
    places: tuple[str, ...]


class TrashRecords:
    """Every call raises StorageError."""

    def __init__(self, looking: Database, writing: Database, now: Callable[[], datetime] = utc_now) -> None:
        self._looking = looking
        self._writing = writing
        self._now = now

    async def note(self, pictures: Mapping[str, Sequence[str]]) -> tuple[str, ...]:
        """Commit that pictures, by SHA-256, are in the trash; return those that were not there, for undo."""
        at = to_text(self._now())
        rows = [(content, at, json.dumps(list(places))) for content, places in pictures.items()]
        return await self._writing.write(lambda connection: _effective(connection, _NOTE, rows))

    async def forget(self, contents: Iterable[str]) -> tuple[str, ...]:
        """Commit that pictures are no longer in the trash; return those that were."""
        rows = [(content,) for content in contents]
        sql = "DELETE FROM trashed_pictures WHERE sha256 = ?"
        return await self._writing.write(lambda connection: _effective(connection, sql, rows))

    async def all(self) -> tuple[Trashed, ...]:
        """Return everything in the trash, the newest first."""
        rows = await self._looking.read(lambda connection: connection.execute(_ALL).fetchall())
        return tuple(Trashed(content, from_text(at), tuple(json.loads(places))) for content, at, places in rows)


def _effective(connection: sqlite3.Connection, sql: str, rows: Iterable[tuple[str, ...]]) -> tuple[str, ...]:
    """Run *sql* for each row and return the contents for which it changed something."""
    return tuple(row[0] for row in rows if connection.execute(sql, row).rowcount)
