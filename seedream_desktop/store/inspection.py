"""Finds out whether an open database is in order: its pages, its links, and whether its words make sense to us."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator
from enum import StrEnum
from pathlib import Path
from typing import Final

from seedream_desktop.domain.picture import PictureState
from seedream_desktop.domain.task import AttemptState, TaskState

# Up to here the thorough check takes about a fifth of a second; the quick one leaves the indices out.
_THOROUGH_BELOW_BYTES: Final = 64 * 1024 * 1024
# Where SQLite quotes broken bytes in its complaint, Python fails to read the complaint.
READ_ERRORS: Final = (sqlite3.DatabaseError, UnicodeDecodeError)
_TIME: Final = "'????-??-??T??:??:??.??????+00:00'"


def is_in_order(connection: sqlite3.Connection) -> bool:
    """Return whether nothing is found wrong; raises one of READ_ERRORS when it cannot even be looked for."""
    return all(connection.execute(question).fetchone() == answer for question, answer in _questions(connection))


def means_damage(error: Exception) -> bool:
    """Return whether one of READ_ERRORS says that the file's content is broken, rather than out of reach."""
    if isinstance(error, UnicodeDecodeError):
        return True
    primary = getattr(error, "sqlite_errorcode", sqlite3.SQLITE_ERROR) & 0xFF
    return primary in (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB)


def _questions(connection: sqlite3.Connection) -> Iterator[tuple[str, tuple[str] | None]]:
    check = "integrity_check" if _size_bytes(connection) < _THOROUGH_BELOW_BYTES else "quick_check"
    yield f"PRAGMA {check}(1)", ("ok",)
    yield "PRAGMA foreign_key_check", None
    if connection.execute("PRAGMA user_version").fetchone() != (0,):
        for table, doubt in _DOUBTS:
            yield f"SELECT 1 FROM {table} WHERE {doubt} LIMIT 1", None  # noqa: S608 - words of this module


def _size_bytes(connection: sqlite3.Connection) -> int:
    path = connection.execute("PRAGMA database_list").fetchone()[2]
    return Path(path).stat().st_size if path else 0


def _none_of(states: Iterable[StrEnum]) -> str:
    return f"state NOT IN ({', '.join(repr(str(state)) for state in states)})"


_DOUBTS: Final = (
    ("tasks", f"{_none_of(TaskState)} OR NOT json_valid(request) OR created_at NOT GLOB {_TIME}"),
    ("attempts", f"{_none_of(AttemptState)} OR started_at NOT GLOB {_TIME}"),
    ("pictures", _none_of(PictureState)),
)
