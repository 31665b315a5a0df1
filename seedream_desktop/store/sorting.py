"""Where the user puts pictures: projects and collections; what was changed can be put back as it was."""

from __future__ import annotations

import sqlite3
import uuid
from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Final, Literal

from seedream_desktop.domain.collections import (
    OF_TASK,
    Collection,
    CollectionId,
    NameTakenError,
    OfTask,
    Project,
    ProjectId,
    Sums,
    path_of,
    tidy_name,
)
from seedream_desktop.store.database import Database
from seedream_desktop.store.library import ProjectPlace
from seedream_desktop.store.rows import clean
from seedream_desktop.store.times import from_text, to_text, utc_now

Table = Literal["projects", "collections", "saved_searches"]

_KEPT: Final = "sha256 NOT IN (SELECT sha256 FROM trashed_pictures)"
_PROJECTS: Final = f"""WITH placed (project_id, pictures) AS (
        SELECT project_id, count(*) FROM picture_projects WHERE project_id IS NOT NULL AND {_KEPT} GROUP BY project_id
        UNION ALL SELECT g.project, count(DISTINCT sha256) FROM gallery_groups AS g JOIN pictures USING (task_id)
        WHERE g.project IS NOT NULL AND sha256 IS NOT NULL AND {_KEPT}
        AND NOT EXISTS (SELECT 1 FROM picture_projects AS own WHERE own.sha256 = pictures.sha256) GROUP BY g.project),
    sums (id, pictures) AS (SELECT project_id, sum(pictures) FROM placed GROUP BY project_id)
    SELECT id, name, folder, created_at, ifnull(pictures, 0) FROM projects LEFT JOIN sums USING (id)
    ORDER BY name COLLATE NOCASE, id"""  # noqa: S608 - words of this module
_SUMS: Final = f"""SELECT
    (SELECT ifnull(sum(pictures - hidden_pictures), 0) FROM gallery_groups),
    (SELECT count(*) FROM judgments WHERE is_favourite AND {_KEPT}),
    (SELECT count(*) FROM judgments WHERE flag = 'pick' AND {_KEPT}),
    (SELECT count(*) FROM trashed_pictures CROSS JOIN pictures USING (sha256) WHERE state = 'stored')"""  # noqa: S608 - words of this module
_COLLECTIONS: Final = f"""SELECT id, name, created_at,
    (SELECT count(*) FROM collection_pictures WHERE collection_id = id AND {_KEPT}) FROM collections
    ORDER BY name COLLATE NOCASE, id"""  # noqa: S608 - words of this module
_NESTED: Final = f"""SELECT count(DISTINCT sha256) FROM collection_pictures
    WHERE collection_id IN (SELECT id FROM collections WHERE lies_in(name, ?)) AND {_KEPT}"""  # noqa: S608 - as above
_PLACE: Final = (
    "INSERT INTO picture_projects (sha256, project_id) VALUES (?, ?)"
    " ON CONFLICT (sha256) DO UPDATE SET project_id = excluded.project_id"
)
_ADD: Final = (
    "INSERT INTO collection_pictures (collection_id, sha256, added_at) VALUES (?, ?, ?) ON CONFLICT DO NOTHING"
)
_REMOVE: Final = "DELETE FROM collection_pictures WHERE collection_id = ? AND sha256 = ?"


class SqliteSorting:
    """Projects and collections; every call raises StorageError, and ValueError for a name that is none.

    *writing* takes changes, *looking* answers beside it and may be the same.
    """

    def __init__(self, looking: Database, writing: Database, now: Callable[[], datetime] = utc_now) -> None:
        self._looking = looking
        self._writing = writing
        self._now = now

    async def projects(self) -> tuple[Project, ...]:
        """Return all projects by name, each with the number of its pictures."""
        rows = await self._looking.read(lambda connection: connection.execute(_PROJECTS).fetchall())
        return tuple(Project(row[0], row[1], row[2], from_text(row[3]), row[4]) for row in rows)

    async def sums(self) -> Sums:
        """Return how many pictures there are, are favourites, are picked, and are in the trash; *unsafe* is left 0."""
        row = await self._looking.read(lambda connection: connection.execute(_SUMS).fetchone())
        return Sums(everything=row[0], favourites=row[1], picked=row[2], in_bin=row[3])

    async def make_project(self, name: str, folder: str = "") -> Project:
        """Commit a new project; raises NameTakenError."""
        project = Project(ProjectId(uuid.uuid4().hex), clean(tidy_name(name)), clean(folder), self._now())
        values = (project.id, project.name, project.folder, to_text(project.created_at))

        def work(connection: sqlite3.Connection) -> None:
            check_name(connection, "projects", project.name)
            connection.execute("INSERT INTO projects (id, name, folder, created_at) VALUES (?, ?, ?, ?)", values)

        await self._writing.write(work)
        return project

    async def rename_project(self, project_id: ProjectId, name: str) -> None:
        """Commit another name; raises NameTakenError."""
        await self._writing.write(lambda connection: rename(connection, "projects", project_id, name))

    async def place_of(self, project_id: str) -> ProjectPlace | None:
        """Return where the pictures of a project are saved; None when it has no folder, or is gone."""
        sql = "SELECT name, folder FROM projects WHERE id = ? AND folder != ''"
        row = await self._looking.row(sql, (project_id,))
        return None if row is None else ProjectPlace(row[0], Path(row[1]))

    async def set_folder(self, project_id: ProjectId, folder: str) -> None:
        """Commit where the project's pictures are saved from now on, empty for the usual place."""
        await self._writing.execute("UPDATE projects SET folder = ? WHERE id = ?", (clean(folder), project_id))

    async def delete_project(self, project_id: ProjectId) -> None:
        """Remove a project; its pictures stay and are in none. `restore_project` puts all of it back."""
        await self._writing.execute("DELETE FROM projects WHERE id = ?", (project_id,))

    async def restore_project(self, project: Project) -> None:
        """Put a deleted project back, with the pictures that were in it; raises NameTakenError."""
        values = (project.id, project.name, project.folder, to_text(project.created_at))

        def work(connection: sqlite3.Connection) -> None:
            check_name(connection, "projects", project.name, but=project.id)
            connection.execute("INSERT INTO projects (id, name, folder, created_at) VALUES (?, ?, ?, ?)", values)

        await self._writing.write(work)

    async def place(self, places: Mapping[str, ProjectId | OfTask | None]) -> dict[str, ProjectId | OfTask | None]:
        """Put each picture, by SHA-256, into a project, into none, or where its task is, all or none of them.

        Returns:
            Where those that moved were before: placing them by it takes the change back.
        """
        return await self._writing.write(lambda connection: _place(connection, places))

    async def collections(self) -> tuple[Collection, ...]:
        """Return all collections by name, each with the number of pictures in it and in those below it."""
        return await self._looking.read(_collections)

    async def make_collection(self, name: str) -> Collection:
        """Commit a new, empty collection; raises NameTakenError."""
        made = Collection(CollectionId(uuid.uuid4().hex), clean(tidy_name(name)), self._now())
        await self._writing.write(lambda connection: _write_collection(connection, made))
        return made

    async def rename_collection(self, collection_id: CollectionId, name: str) -> dict[CollectionId, str]:
        """Commit another name, also as the beginning of those nested below it; raises NameTakenError.

        Returns:
            The names as they were, for undo by `name_collections`: others may lie below the new name already.
        """
        return await self._writing.write(lambda connection: _rename_collection(connection, collection_id, name))

    async def name_collections(self, names: Mapping[CollectionId, str]) -> dict[CollectionId, str]:
        """Commit exactly these names, all or none, and return those before; raises NameTakenError."""
        return await self._writing.write(lambda connection: _name_collections(connection, names))

    async def delete_collection(self, collection_id: CollectionId) -> tuple[str, ...]:
        """Remove a collection and return what was in it; the pictures stay where else they are."""
        return await self._writing.write(lambda connection: _delete_collection(connection, collection_id))

    async def restore_collection(self, collection: Collection, contents: Iterable[str]) -> None:
        """Put a deleted collection back with what was in it; raises NameTakenError."""
        rows = [(collection.id, content, to_text(self._now())) for content in contents]

        def work(connection: sqlite3.Connection) -> None:
            _write_collection(connection, collection)
            connection.executemany(_ADD, rows)

        await self._writing.write(work)

    async def add(self, collection_id: CollectionId, contents: Iterable[str]) -> tuple[str, ...]:
        """Put pictures, by SHA-256, into a collection; return those that were not in it, for undo by `remove`."""
        rows = [(collection_id, content, to_text(self._now())) for content in contents]
        return await self._writing.write(lambda connection: _effective(connection, _ADD, rows))

    async def remove(self, collection_id: CollectionId, contents: Iterable[str]) -> tuple[str, ...]:
        """Take pictures out of a collection; return those that were in it, for undo by `add`."""
        rows = [(collection_id, content) for content in contents]
        return await self._writing.write(lambda connection: _effective(connection, _REMOVE, rows))

    async def collections_of(self, sha256: str) -> tuple[CollectionId, ...]:
        """Return the collections a picture is in."""
        sql = "SELECT collection_id FROM collection_pictures WHERE sha256 = ? ORDER BY added_at, collection_id"
        rows = await self._looking.read(lambda connection: connection.execute(sql, (clean(sha256),)).fetchall())
        return tuple(CollectionId(name) for (name,) in rows)


def check_name(connection: sqlite3.Connection, table: Table, name: str, *, but: str = "") -> None:
    """Raise NameTakenError when another row of *table* has the name, in whatever case, or leads to the same place."""
    known = connection.execute(f"SELECT name FROM {table} WHERE id != ?", (but,))  # noqa: S608 - a closed set
    if _compared(table, name) in {_compared(table, str(other)) for (other,) in known}:
        raise NameTakenError(name)


def _compared(table: Table, name: str) -> str | tuple[str, ...]:
    folded = name.casefold()
    return path_of(folded) if table == "collections" else folded


def rename(connection: sqlite3.Connection, table: Table, row_id: str, name: str) -> None:
    """Give a row of *table* another name, inside somebody else's transaction; raises ValueError, NameTakenError."""
    tidied = clean(tidy_name(name))
    check_name(connection, table, tidied, but=row_id)
    connection.execute(f"UPDATE {table} SET name = ? WHERE id = ?", (tidied, row_id))  # noqa: S608 - a closed set


def _place(
    connection: sqlite3.Connection, places: Mapping[str, ProjectId | OfTask | None]
) -> dict[str, ProjectId | OfTask | None]:
    before: dict[str, ProjectId | OfTask | None] = {}
    for content, project in places.items():
        row = connection.execute("SELECT project_id FROM picture_projects WHERE sha256 = ?", (content,)).fetchone()
        old = OF_TASK if row is None else row[0]
        if old == project:
            continue
        before[content] = old
        if project == OF_TASK:
            connection.execute("DELETE FROM picture_projects WHERE sha256 = ?", (content,))
        else:
            connection.execute(_PLACE, (content, project))
    return before


def _collections(connection: sqlite3.Connection) -> tuple[Collection, ...]:
    rows = connection.execute(_COLLECTIONS).fetchall()
    found = [Collection(row[0], row[1], from_text(row[2]), row[3]) for row in rows]
    paths = [path_of(each.name.casefold()) for each in found]
    above = {path[:depth] for path in paths for depth in range(1, len(path))}
    return tuple(_counted(connection, each) if path in above else each for each, path in zip(found, paths, strict=True))


def _counted(connection: sqlite3.Connection, collection: Collection) -> Collection:
    """Return a collection that counts what is in those below it too, each picture once."""
    (pictures,) = connection.execute(_NESTED, (collection.name,)).fetchone()
    return replace(collection, pictures=pictures)


def _write_collection(connection: sqlite3.Connection, collection: Collection) -> None:
    check_name(connection, "collections", collection.name, but=collection.id)
    values = (collection.id, collection.name, to_text(collection.created_at))
    connection.execute("INSERT INTO collections (id, name, created_at) VALUES (?, ?, ?)", values)


def _rename_collection(
    connection: sqlite3.Connection, collection_id: CollectionId, name: str
) -> dict[CollectionId, str]:
    known = connection.execute("SELECT name FROM collections WHERE id = ?", (collection_id,)).fetchone()
    if known is None:
        return {}
    depth, new = len(path_of(known[0])), tidy_name(name)
    sql = "SELECT id, name FROM collections WHERE lies_in(name, ?) AND id != ?"
    nested = connection.execute(sql, (known[0], collection_id)).fetchall()
    below = {nested_id: "/".join((new, *path_of(nested_name)[depth:])) for nested_id, nested_name in nested}
    return _name_collections(connection, {collection_id: new, **below})


def _name_collections(connection: sqlite3.Connection, names: Mapping[CollectionId, str]) -> dict[CollectionId, str]:
    """Only the names as they will be must differ: one may take the place of another that moves on."""
    known: dict[CollectionId, str] = dict(connection.execute("SELECT id, name FROM collections"))
    tidied = {each: clean(tidy_name(name)) for each, name in names.items() if each in known}
    taken = {_compared("collections", name) for each, name in known.items() if each not in tidied}
    for collection_id, name in tidied.items():
        if _compared("collections", name) in taken:
            raise NameTakenError(name)
        taken.add(_compared("collections", name))
        connection.execute("UPDATE collections SET name = ? WHERE id = ?", (name, collection_id))
    return {each: known[each] for each in tidied}


def _delete_collection(connection: sqlite3.Connection, collection_id: CollectionId) -> tuple[str, ...]:
    sql = "SELECT sha256 FROM collection_pictures WHERE collection_id = ? ORDER BY added_at, sha256"
    contents = tuple(str(content) for (content,) in connection.execute(sql, (collection_id,)))
    connection.execute("DELETE FROM collection_pictures WHERE collection_id = ?", (collection_id,))
    connection.execute("DELETE FROM collections WHERE id = ?", (collection_id,))
    return contents


def _effective(connection: sqlite3.Connection, sql: str, rows: Iterable[tuple[str, ...]]) -> tuple[str, ...]:
    """Run *sql* for each row and return the contents for which it changed something."""
    return tuple(row[1] for row in rows if connection.execute(sql, row).rowcount)
