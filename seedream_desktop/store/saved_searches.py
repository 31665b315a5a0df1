"""Searches under a name."""

from __future__ import annotations

import logging
import sqlite3
import uuid
from collections.abc import Callable, Iterator
from datetime import datetime
from typing import Any, Final

from seedream_desktop.domain.collections import SavedSearch, SearchId, tidy_name
from seedream_desktop.domain.query import Query
from seedream_desktop.store.database import Database
from seedream_desktop.store.query_codec import query_from_text, query_to_text
from seedream_desktop.store.rows import clean
from seedream_desktop.store.sorting import check_name, rename
from seedream_desktop.store.times import from_text, to_text, utc_now

log = logging.getLogger(__name__)
_ALL: Final = "SELECT id, name, query, created_at FROM saved_searches ORDER BY name COLLATE NOCASE, id"
_WRITE: Final = "INSERT INTO saved_searches (id, name, query, created_at) VALUES (?, ?, ?, ?)"


class SavedSearches:
    """Every call raises StorageError, and ValueError for a name that is none."""

    def __init__(self, looking: Database, writing: Database, now: Callable[[], datetime] = utc_now) -> None:
        self._looking = looking
        self._writing = writing
        self._now = now

    async def all(self) -> tuple[SavedSearch, ...]:
        """Return all searches by name; one that this program cannot read is left out and stays where it is."""
        rows = await self._looking.read(lambda connection: connection.execute(_ALL).fetchall())
        return tuple(_readable(rows))

    async def save(self, name: str, query: Query) -> SavedSearch:
        """Commit a new search; raises NameTakenError."""
        made = SavedSearch(SearchId(uuid.uuid4().hex), clean(tidy_name(name)), query, self._now())
        await self.restore(made)
        return made

    async def change(self, search_id: SearchId, query: Query) -> None:
        """Commit what a known name means from now on."""
        await self._writing.execute(
            "UPDATE saved_searches SET query = ? WHERE id = ?", (query_to_text(query), search_id)
        )

    async def rename(self, search_id: SearchId, name: str) -> None:
        """Commit another name; raises NameTakenError."""
        await self._writing.write(lambda connection: rename(connection, "saved_searches", search_id, name))

    async def delete(self, search_id: SearchId) -> None:
        """Remove a search; `restore` puts it back."""
        await self._writing.execute("DELETE FROM saved_searches WHERE id = ?", (search_id,))

    async def restore(self, search: SavedSearch) -> None:
        """Commit a search as it was; raises NameTakenError."""
        values = (search.id, search.name, query_to_text(search.query), to_text(search.created_at))

        def work(connection: sqlite3.Connection) -> None:
            check_name(connection, "saved_searches", search.name)
            connection.execute(_WRITE, values)

        await self._writing.write(work)


def _readable(rows: list[Any]) -> Iterator[SavedSearch]:
    for search_id, name, text, created_at in rows:
        try:
            yield SavedSearch(search_id, name, query_from_text(text), from_text(created_at))
        except (AttributeError, KeyError, TypeError, ValueError, RecursionError) as error:
            log.warning("a saved search cannot be read: %s", error)
