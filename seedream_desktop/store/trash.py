"""Which pictures were thrown away, when, and where their copies went; it moves no file itself.

What the user said of a picture and its place in collections outlive the trash: a picture that comes back is as it was.
"""

from __future__ import annotations

import json
import logging
import sqlite3
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import datetime
from functools import partial
from typing import Final

from seedream_desktop.domain.task import TaskId
from seedream_desktop.ports.errors import StorageError
from seedream_desktop.ports.trash import LibraryCopy, Trashed
from seedream_desktop.store.database import Database
from seedream_desktop.store.layout import Layout
from seedream_desktop.store.meta import Meta
from seedream_desktop.store.portions import portions
from seedream_desktop.store.times import from_text, time_or_none, to_text, utc_now

log = logging.getLogger(__name__)
_LOOKED_AT: Final = "trash.looked_at"
# SQLite before 3.32 takes no more than 999 values.
_AT_ONCE: Final = 500
_NOTE: Final = "INSERT INTO trashed_pictures (sha256, trashed_at, places) VALUES (?, ?, ?) ON CONFLICT DO NOTHING"
_ALL: Final = """SELECT sha256, trashed_at, places,
    (SELECT path FROM pictures WHERE pictures.sha256 = trashed_pictures.sha256 AND state = 'stored' LIMIT 1)
    FROM trashed_pictures ORDER BY trashed_at DESC, sha256"""


class TrashRecords:
    """Implements `ports.trash.TrashStore`; every call raises StorageError."""

    def __init__(
        self, looking: Database, writing: Database, layout: Layout, now: Callable[[], datetime] = utc_now
    ) -> None:
        self._looking = looking
        self._writing = writing
        self._layout = layout
        self._now = now

    async def note(self, pictures: Mapping[str, Sequence[LibraryCopy]]) -> tuple[str, ...]:
        """Commit that pictures, by SHA-256, are in the trash; return those that were not there, for undo."""
        # A clock that fell behind would make them seem old as soon as it is right again.
        at = max(self._now(), await self.looked_at() or self._now())
        noted: list[str] = []
        try:
            for some in portions(pictures):
                rows = [(content, to_text(at), _to_json(pictures[content])) for content in some]
                noted += await self._writing.write(partial(_effective, sql=_NOTE, rows=rows))
        except StorageError:
            await self._take_back(noted)
            raise
        return tuple(noted)

    async def _take_back(self, noted: Sequence[str]) -> None:
        """Undo as much as was committed before the disk failed."""
        try:
            await self.forget(noted)
        except StorageError as error:
            log.warning("%d pictures stay in the trash: %s", len(noted), error)

    async def update(self, pictures: Mapping[str, Sequence[LibraryCopy]]) -> None:
        """Commit where the copies of pictures in the trash are now."""
        rows = [(_to_json(copies), content) for content, copies in pictures.items()]
        sql = "UPDATE trashed_pictures SET places = ? WHERE sha256 = ?"
        await self._writing.write(lambda connection: connection.executemany(sql, rows) and None)

    async def forget(self, contents: Iterable[str]) -> tuple[str, ...]:
        """Commit that pictures are no longer in the trash; return those that were."""
        rows = [(content,) for content in contents]
        sql = "DELETE FROM trashed_pictures WHERE sha256 = ?"
        return await self._writing.write(lambda connection: _effective(connection, sql, rows))

    async def all(self) -> tuple[Trashed, ...]:
        """Return everything that was thrown away, the newest first."""
        rows = await self._looking.read(lambda connection: connection.execute(_ALL).fetchall())
        return tuple(
            Trashed(content, from_text(at), _from_json(places), self._layout.absolute(path))
            for content, at, places, path in rows
        )

    async def contents(self) -> frozenset[str]:
        """Return the SHA-256 of everything that was thrown away."""
        sql = "SELECT sha256 FROM trashed_pictures"
        rows = await self._looking.read(lambda connection: connection.execute(sql).fetchall())
        return frozenset(content for (content,) in rows)

    async def looked_at(self) -> datetime | None:
        """Return when the trash was last looked through, by the clock of that moment; None: never."""
        return time_or_none(await Meta(self._looking).get(_LOOKED_AT))

    async def note_look(self, at: datetime) -> None:
        """Commit when it was looked through."""
        await Meta(self._writing).put(_LOOKED_AT, to_text(at))

    async def begin_anew(self, at: datetime) -> None:
        """Commit that everything counts as thrown away *at* this moment: what was written down before means nothing."""
        await self._writing.execute("UPDATE trashed_pictures SET trashed_at = ?", (to_text(at),))

    async def tasks_with(self, contents: Iterable[str]) -> tuple[TaskId, ...]:
        """Return the tasks that have a picture of one of these contents."""
        wanted = list(dict.fromkeys(contents))
        return await self._looking.read(lambda connection: _tasks_with(connection, wanted))


def _effective(connection: sqlite3.Connection, sql: str, rows: Iterable[tuple[str, ...]]) -> tuple[str, ...]:
    """Run *sql* for each row and return the contents for which it changed something."""
    return tuple(row[0] for row in rows if connection.execute(sql, row).rowcount)


def _tasks_with(connection: sqlite3.Connection, contents: Sequence[str]) -> tuple[TaskId, ...]:
    found: dict[TaskId, None] = {}
    for at in range(0, len(contents), _AT_ONCE):
        some = contents[at : at + _AT_ONCE]
        marks = ", ".join("?" * len(some))
        sql = f"SELECT DISTINCT task_id FROM pictures WHERE sha256 IN ({marks})"  # noqa: S608 - question marks only
        found |= dict.fromkeys(TaskId(task_id) for (task_id,) in connection.execute(sql, some))
    return tuple(found)


def _to_json(copies: Iterable[LibraryCopy]) -> str:
    return json.dumps([[each.task_id, each.position, each.place, each.is_same, each.lies_at] for each in copies])


def _from_json(text: str) -> tuple[LibraryCopy, ...]:
    """Return the copies; none where the text makes no sense: the picture itself comes back without them."""
    try:
        return tuple(_copy(*each) for each in json.loads(text))
    except (TypeError, ValueError, RecursionError) as error:
        log.warning("where copies in the trash lie cannot be read: %s", error)
        return ()


def _copy(task_id: str, position: int, place: str, is_same: bool, lies_at: str | None) -> LibraryCopy:  # noqa: FBT001 - a row
    """Return the copy; raises TypeError for what is none."""
    found = LibraryCopy(TaskId(task_id), position, place, is_same, lies_at)
    if list(map(type, (task_id, position, place, is_same))) != [str, int, str, bool]:
        raise TypeError("not a copy")
    if not isinstance(lies_at, str | None):
        raise TypeError("not a place")
    return found
