"""Takes what the user said of pictures out of a damaged database: no ledger knows it, and a backup may be a day old."""

from __future__ import annotations

import logging
import shutil
import sqlite3
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import closing
from pathlib import Path
from typing import Any, Final

from seedream_desktop.store.files import PRIVATE_FILE, make_private

log = logging.getLogger(__name__)
_WITH_LOG: Final = ("", "-wal")
# The columns of each table, and those of them that tell its rows apart.
_TABLES: Final[dict[str, tuple[Sequence[str], Sequence[str]]]] = {
    "judgments": (("sha256", "stars", "flag", "is_favourite", "note"), ("sha256",)),
    "picture_tags": (("sha256", "tag"), ("sha256", "tag")),
    "projects": (("id", "name", "folder", "created_at"), ("id",)),
    "picture_projects": (("sha256", "project_id"), ("sha256",)),
    "collections": (("id", "name", "created_at"), ("id",)),
    "collection_pictures": (("collection_id", "sha256", "added_at"), ("collection_id", "sha256")),
    "saved_searches": (("id", "name", "query", "created_at"), ("id",)),
    "trashed_pictures": (("sha256", "trashed_at", "places"), ("sha256",)),
    "reference_origins": (("sha256", "origin_sha256"), ("sha256", "origin_sha256")),
}
Row = tuple[Any, ...]


def salvage(damaged: Path, connection: sqlite3.Connection) -> int:
    """Bring the user's own sorting from *damaged*, as far as it can be read, into an open transaction.

    Returns the number of rows. They win over those that are there, and none of those goes. The damaged file and its
    write-ahead log are read from a copy, because SQLite would write to them; raises OSError when there is no room.
    """
    with tempfile.TemporaryDirectory(dir=make_private(damaged.parent), prefix=".reading-") as folder:
        copy = Path(folder) / damaged.name
        for ending in _WITH_LOG:
            source = damaged.with_name(damaged.name + ending)
            if source.exists():
                shutil.copyfile(source, copy.with_name(copy.name + ending))
                copy.with_name(copy.name + ending).chmod(PRIVATE_FILE)
        if not copy.exists():
            return 0
        with closing(sqlite3.connect(copy, isolation_level=None)) as reading:
            # A spoilt character must not cost a note.
            reading.text_factory = lambda text: text.decode("utf-8", "replace")
            count = sum(_bring(reading, connection, table) for table in _TABLES)
    if count:
        log.warning("%d rows of the user's own sorting were read from the damaged database", count)
    return count


def _bring(reading: sqlite3.Connection, connection: sqlite3.Connection, table: str) -> int:
    columns, _ = _TABLES[table]
    marks = ", ".join("?" * len(columns))
    sql = f"INSERT OR REPLACE INTO {table} ({', '.join(columns)}) VALUES ({marks})"  # noqa: S608 - words of this module
    return sum(_is_taken(connection, sql, row) for row in _rows(reading, table))


def _is_taken(connection: sqlite3.Connection, sql: str, row: Row) -> bool:
    try:
        connection.execute(sql, row)
    except (sqlite3.IntegrityError, sqlite3.ProgrammingError):
        return False  # no such stars, a number in the place of a text
    return True


def _rows(reading: sqlite3.Connection, table: str) -> Iterator[Row]:
    """Yield what can be read from the front and, when something broken lies in between, from the back."""
    columns, keys = _TABLES[table]
    for direction in ("ASC", "DESC"):
        order = ", ".join(f"{key} {direction}" for key in keys)
        sql = f"SELECT {', '.join(columns)} FROM {table} NOT INDEXED ORDER BY {order}"  # noqa: S608 - words of this module
        try:
            yield from reading.execute(sql)
        except sqlite3.DatabaseError as error:
            log.warning("%s cannot be read to its end: %s", table, error)
        else:
            return
