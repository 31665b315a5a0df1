"""Finds out whether an open database is in order: its pages, its links, and whether its words make sense to us."""

from __future__ import annotations

import sqlite3
from collections import deque
from collections.abc import Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from enum import StrEnum
from pathlib import Path
from typing import Final

from seedream_desktop.domain.failure import FailureKind
from seedream_desktop.domain.picture import PictureState
from seedream_desktop.domain.task import AttemptState, TaskState
from seedream_desktop.store.database import connect_read_only
from seedream_desktop.store.database_files import is_large
from seedream_desktop.store.schema import version_of

# Where SQLite quotes broken bytes in its complaint, Python fails to read the complaint.
READ_ERRORS: Final = (sqlite3.DatabaseError, UnicodeDecodeError)
_Question = tuple[str, tuple[str] | None]
_TIME: Final = "'????-??-??T??:??:??.??????+00:00'"


class Questions:
    """What is asked of a database, each question by one of the threads that work on them together."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._waiting = deque(_questions(connection))
        self._is_well = True

    def are_answered(self, connection: sqlite3.Connection) -> bool:
        """Ask until nothing is left to ask, and return whether all is well so far; raises one of READ_ERRORS."""
        for question, answer in iter(self._next, None):
            if connection.execute(question).fetchone() != answer:
                self.drop()
        return self._is_well

    def drop(self) -> None:
        """Ask no more: what stays unasked counts as not well."""
        self._is_well = False
        self._waiting.clear()

    def _next(self) -> _Question | None:
        try:
            return self._waiting.popleft()
        except IndexError:
            return None


def is_in_order(connection: sqlite3.Connection) -> bool:
    """Return whether nothing is found wrong; raises one of READ_ERRORS when it cannot even be looked for."""
    if _is_large(connection):
        return _is_large_in_order(connection)
    if not Questions(connection).are_answered(connection):
        return False
    _read_texts(connection)
    return True


def _is_large_in_order(connection: sqlite3.Connection) -> bool:
    """Two threads ask: the pages alone take as long as all other questions together."""
    questions = Questions(connection)
    with ThreadPoolExecutor(1, thread_name_prefix="inspection") as pool:
        beside = pool.submit(_are_answered_beside, questions, _path(connection))
        is_well = questions.are_answered(connection)
        return beside.result() and is_well


def _are_answered_beside(questions: Questions, path: Path) -> bool:
    with closing(connect_read_only(path)) as connection:
        return questions.are_answered(connection)


def means_damage(error: Exception) -> bool:
    """Return whether one of READ_ERRORS says that the file's content is broken, rather than out of reach."""
    if isinstance(error, UnicodeDecodeError):
        return True
    primary = getattr(error, "sqlite_errorcode", sqlite3.SQLITE_ERROR) & 0xFF
    return primary in (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB)


def _questions(connection: sqlite3.Connection) -> Iterator[_Question]:
    # The quick check leaves the indices out.
    check = "quick_check" if _is_large(connection) else "integrity_check"
    yield f"PRAGMA {check}(1)", ("ok",)
    yield "PRAGMA foreign_key_check", None
    if version_of(connection):
        for table, doubts in _DOUBTS.items():
            yield f"SELECT 1 FROM {table} WHERE {' OR '.join(doubts)} LIMIT 1", None  # noqa: S608 - words of this module


def _read_texts(connection: sqlite3.Connection) -> None:
    """Raise UnicodeDecodeError when a text is none: SQLite's own check does not look into texts."""
    version = version_of(connection)
    if version == 0:
        return
    connection.text_factory = bytes
    try:
        for table, columns in _texts_of(version).items():
            joined = " || ".join(f"ifnull({column}, '')" for column in columns)
            (texts,) = connection.execute(f"SELECT group_concat({joined}, '') FROM {table}").fetchone()  # noqa: S608 - words of this module
            (texts or b"").decode()
    finally:
        connection.text_factory = str


def _texts_of(version: int) -> dict[str, tuple[str, ...]]:
    return {table: columns for since, texts in _TEXTS.items() if version >= since for table, columns in texts.items()}


def _is_large(connection: sqlite3.Connection) -> bool:
    return is_large(_path(connection))


def _path(connection: sqlite3.Connection) -> Path:
    return Path(connection.execute("PRAGMA database_list").fetchone()[2])


def _none_of(column: str, words: Iterable[StrEnum]) -> str:
    return f"{column} NOT IN ({', '.join(repr(str(word)) for word in words)})"


def _no_times(*columns: str) -> str:
    return " OR ".join(f"{column} NOT GLOB {_TIME}" for column in columns)


# Of an absent value SQL says neither yes nor no, which is no doubt. A table is gone through once.
_DOUBTS: Final = {
    "tasks": (
        _none_of("state", TaskState),
        _none_of("failure_kind", FailureKind),
        "NOT json_valid(request)",
        _no_times("created_at", "accepted_at", "finished_at"),
        "estimated_cost_usd GLOB '*[^0-9.E+-]*'",
    ),
    "pictures": (_none_of("state", PictureState), _no_times("stored_at")),
    "attempts": (
        _none_of("state", AttemptState),
        _no_times("started_at", "wire_at", "ended_at", "authorised_by_user_at"),
    ),
}
# By the version of the tables that brought them.
_TEXTS: Final[dict[int, dict[str, tuple[str, ...]]]] = {
    1: {
        "tasks": ("prompt", "service_task_id", "service_state", "failure_code", "failure_message", "raw_result"),
        "attempts": ("detail",),
        "pictures": ("url", "sha256", "path", "saved_path"),
    },
    2: {
        "kept_references": ("sha256", "media_format", "origin_format", "changes"),
        "hosted_references": ("sha256", "host", "url", "until", "object_name", "hosted_at"),
    },
    3: {
        "judgments": ("note",),
        "reference_origins": ("sha256", "origin_sha256"),
        "picture_tags": ("tag",),
        "projects": ("name", "folder"),
        "collections": ("name",),
        "saved_searches": ("name", "query"),
        "trashed_pictures": ("places",),
    },
}
