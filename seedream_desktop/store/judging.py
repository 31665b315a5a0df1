"""Stars, flags, favourites, notes and tags, by a picture's content; every change gives back what takes it back."""

from __future__ import annotations

import asyncio
import logging
import sqlite3
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from functools import partial
from typing import Final

from seedream_desktop.domain.judging import UNJUDGED, Change, Flag, Judgment
from seedream_desktop.ports.errors import StorageError
from seedream_desktop.store.database import Database
from seedream_desktop.store.portions import portions
from seedream_desktop.store.rows import clean

log = logging.getLogger(__name__)
# SQLite before 3.32 takes no more than 999 values.
_AT_ONCE: Final = 500
_WRITE: Final = (
    "INSERT INTO judgments (sha256, stars, flag, is_favourite, note) VALUES (?, ?, ?, ?, ?) ON CONFLICT (sha256)"
    " DO UPDATE SET stars = excluded.stars, flag = excluded.flag, is_favourite = excluded.is_favourite,"
    " note = excluded.note"
)
_USED: Final = "SELECT tag, count(*) AS used FROM picture_tags GROUP BY tag ORDER BY used DESC, tag"


class SqliteJudging:
    """What the user said of pictures; every call raises StorageError.

    *writing* takes changes, *looking* answers beside it and may be the same.
    """

    def __init__(self, looking: Database, writing: Database) -> None:
        self._looking = looking
        self._writing = writing

    async def judge(self, changes: Mapping[str, Change]) -> dict[str, Change]:
        """Commit changes of many pictures, by SHA-256, all or none; return what takes exactly them back.

        The answer leaves out pictures that stayed as they were. Judging by it undoes the change and gives its redo.
        Of very many, some are committed after the others; a program that ends meanwhile leaves the last ones out.

        Raises:
            ValueError: for stars that do not exist; nothing is changed then.
        """
        inverse: dict[str, Change] = {}
        try:
            for some in await asyncio.to_thread(_portions, changes):
                inverse |= await self._writing.write(partial(_judge, changes=some))
        except StorageError:
            await self._take_back(inverse)
            raise
        return inverse

    async def _take_back(self, inverse: Mapping[str, Change]) -> None:
        """Undo as much of a change as was committed before the disk failed."""
        try:
            for some in _portions(inverse):
                await self._writing.write(partial(_judge, changes=some))
        except StorageError as error:
            log.warning("a part of a change stays: %s", error)

    async def judgments(self, contents: Iterable[str]) -> dict[str, Judgment]:
        """Return what was said of each of these pictures; one that nobody looked at has the defaults."""
        wanted = list(dict.fromkeys(contents))
        return await self._looking.read(lambda connection: _judgments(connection, wanted))

    async def tags(self) -> tuple[tuple[str, int], ...]:
        """Return every tag in use with the number of its pictures, the most used first."""
        return await self._looking.read(lambda connection: tuple(connection.execute(_USED)))


def _portions(changes: Mapping[str, Change]) -> list[Mapping[str, Change]]:
    """Return all changes in portions; raises ValueError for stars there are not."""
    for change in set(changes.values()):
        change.applied_to(UNJUDGED)
    return [{content: changes[content] for content in some} for some in portions(changes)]


def _judge(connection: sqlite3.Connection, changes: Mapping[str, Change]) -> dict[str, Change]:
    inverse: dict[str, Change] = {}
    for content, old in _judgments(connection, list(changes)).items():
        new = _cleaned(changes[content].applied_to(old))
        if new != old:
            inverse[content] = Change.between(new, old)
            _write(connection, content, old, new)
    return inverse


def _cleaned(judgment: Judgment) -> Judgment:
    tags = tuple(sorted({clean(tag) for tag in judgment.tags}))
    return replace(judgment, note=clean(judgment.note), tags=tags)


def _write(connection: sqlite3.Connection, content: str, old: Judgment, new: Judgment) -> None:
    change = Change.between(old, new)
    tags = "DELETE FROM picture_tags WHERE sha256 = ? AND tag = ?"
    connection.executemany(tags, [(content, tag) for tag in change.drops])
    tags = "INSERT INTO picture_tags (sha256, tag) VALUES (?, ?)"
    connection.executemany(tags, [(content, tag) for tag in change.adds])
    if replace(new, tags=()) == UNJUDGED:
        connection.execute("DELETE FROM judgments WHERE sha256 = ?", (content,))
    else:
        connection.execute(_WRITE, (content, new.stars, new.flag.value, int(new.is_favourite), new.note))


def _judgments(connection: sqlite3.Connection, contents: Sequence[str]) -> dict[str, Judgment]:
    found = dict.fromkeys(contents, UNJUDGED)
    for at in range(0, len(contents), _AT_ONCE):
        found |= _some_judgments(connection, contents[at : at + _AT_ONCE])
    return found


def _some_judgments(connection: sqlite3.Connection, contents: Sequence[str]) -> dict[str, Judgment]:
    chosen = f"WHERE sha256 IN ({', '.join('?' * len(contents))})"
    tags: dict[str, list[str]] = {}
    sql = f"SELECT sha256, tag FROM picture_tags {chosen}"  # noqa: S608 - question marks only
    for content, tag in connection.execute(sql, contents):
        tags.setdefault(content, []).append(tag)
    found = {content: Judgment(tags=tuple(sorted(words))) for content, words in tags.items()}
    sql = f"SELECT sha256, stars, flag, is_favourite, note FROM judgments {chosen}"  # noqa: S608 - question marks only
    for content, stars, flag, is_favourite, note in connection.execute(sql, contents):
        words = tuple(sorted(tags.get(content, ())))
        found[content] = Judgment(stars, Flag(flag), bool(is_favourite), note, words)
    return found
