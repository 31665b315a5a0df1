"""Which pictures came from which, behind `ports.Family`: by content, so that moving and renaming files lose nothing."""

from __future__ import annotations

import asyncio
import logging
import sqlite3
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Final

from seedream_desktop.domain.naming import EXTENSIONS
from seedream_desktop.domain.picture import Picture
from seedream_desktop.domain.reference import Reference
from seedream_desktop.domain.task import Task
from seedream_desktop.ports.errors import StorageError
from seedream_desktop.ports.family import Kin, UsedReference
from seedream_desktop.store.conditions import MADE_WITH
from seedream_desktop.store.database import Database
from seedream_desktop.store.layout import Layout
from seedream_desktop.store.rows import TaskRows, clean
from seedream_desktop.store.search import read_pending

log = logging.getLogger(__name__)

_MOST_USES: Final = 24
# Orders of a moment ago are read in first; some 40 ms of writing, off the loop.
_READ_AT_ONCE: Final = 200
# CROSS JOIN and the plus keep SQLite from going through all stored pictures.
# A picture is found by the file a reference was made from; a link to the very picture has no other content.
_OWN: Final = (
    "SELECT used.sha256, p.task_id, p.position FROM (SELECT sha256, origin_sha256 AS content FROM reference_origins"
    " WHERE sha256 IN ({marks}) UNION SELECT sha256, sha256 FROM kept_references WHERE sha256 IN ({marks})) AS used"
    " CROSS JOIN pictures AS p ON p.sha256 = used.content"
    " WHERE +p.state = 'stored' AND NOT EXISTS (SELECT 1 FROM trashed_pictures WHERE sha256 = p.sha256)"
)
_NEWEST_USES: Final = (
    f"SELECT task_id FROM gallery_groups WHERE task_id IN (SELECT task_id {MADE_WITH})"  # noqa: S608 - words of this module
    f" ORDER BY number DESC LIMIT {_MOST_USES}"
)
_USE_COUNT: Final = f"SELECT count(DISTINCT task_id) {MADE_WITH}"
Own = Mapping[str, tuple[Task, Picture]]


class SqliteFamily:
    """*looking* answers, beside *writing*, which is only asked when there are new orders; both may be the same."""

    def __init__(self, looking: Database, writing: Database, rows: TaskRows, layout: Layout) -> None:
        self._looking = looking
        self._writing = writing
        self._rows = rows
        self._layout = layout

    async def kin(self, task: Task, sha256: str | None) -> Kin:
        """Return the relatives of a picture of *task* with this content; raises StorageError."""
        references = task.request.references
        prepared = sorted({clean(each.sha256) for each in references if each.sha256})
        await self._take_in_new_orders()

        def work(connection: sqlite3.Connection) -> tuple[Own, dict[str, Path], tuple[Task, ...], int]:
            own, kept = self._own(connection, prepared), self._kept(connection, prepared)
            return own, kept, *self._uses(connection, sha256)

        own, kept, used_in, used_count = await self._looking.read(work)
        shown = await asyncio.to_thread(lambda: tuple(_used(references, own, kept)))
        return Kin(shown, used_in, used_count)

    async def _take_in_new_orders(self) -> None:
        """Read what was ordered a moment ago; the answer is only a little older where that does not work."""
        is_new = await self._looking.row("SELECT 1 FROM search_pending LIMIT 1", ()) is not None
        if not is_new or self._writing is self._looking:
            return
        try:
            await self._writing.write(lambda connection: read_pending(connection, _READ_AT_ONCE))
        except StorageError as error:
            log.info("new orders are not in the family yet: %s", error)

    def _own(self, connection: sqlite3.Connection, prepared: Sequence[str]) -> Own:
        """Return the library's own pictures among prepared references, by the content of the reference."""
        if not prepared:
            return {}
        rows = connection.execute(_OWN.format(marks=", ".join("?" * len(prepared))), (*prepared, *prepared)).fetchall()
        tasks = {str(task.id): task for task in self._tasks(connection, sorted({task_id for _, task_id, _ in rows}))}
        found: dict[str, tuple[Task, Picture]] = {}
        for content, task_id, position in rows:
            pictures = (picture for picture in tasks[task_id].pictures if picture.position == position)
            found.setdefault(content, (tasks[task_id], next(pictures)))
        return found

    def _kept(self, connection: sqlite3.Connection, prepared: Sequence[str]) -> dict[str, Path]:
        marks = ", ".join("?" * len(prepared))
        sql = f"SELECT sha256, media_format FROM kept_references WHERE sha256 IN ({marks})"  # noqa: S608 - question marks only
        rows = connection.execute(sql, prepared).fetchall()
        known = ((content, EXTENSIONS.get(media_format)) for content, media_format in rows)
        return {content: self._layout.reference(content, ending) for content, ending in known if ending}

    def _uses(self, connection: sqlite3.Connection, sha256: str | None) -> tuple[tuple[Task, ...], int]:
        if sha256 is None:
            return (), 0
        values = (clean(sha256), clean(sha256))
        (count,) = connection.execute(_USE_COUNT, values).fetchone()
        names = [name for (name,) in connection.execute(_NEWEST_USES, values)] if count else []
        return self._tasks(connection, names), count

    def _tasks(self, connection: sqlite3.Connection, names: Sequence[str]) -> tuple[Task, ...]:
        """Return the tasks with these ids, in their order."""
        tail = f"WHERE id IN ({', '.join('?' * len(names))})"
        found = {str(task.id): task for task in self._rows.read(connection, tail, names)} if names else {}
        return tuple(found[name] for name in names)


def _used(references: Sequence[Reference], own: Own, kept: Mapping[str, Path]) -> list[UsedReference]:
    return [
        UsedReference(number, each, own.get(each.sha256 or ""), _file_of(each, kept.get(each.sha256 or "")))
        for number, each in enumerate(references, 1)
    ]


def _file_of(reference: Reference, kept: Path | None) -> Path | None:
    """Return the kept copy, which is what was sent, else the source where that is a file that is still there."""
    places = (kept, None if reference.is_link else Path(reference.source))
    return next((place for place in places if place is not None and _is_file(place)), None)


def _is_file(path: Path) -> bool:
    try:
        return path.is_file()
    except (OSError, ValueError):  # a name no system takes, or a network folder that is away
        return False
