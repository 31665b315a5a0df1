"""The library as the gallery sees it, behind `ports.GalleryIndex`; it changes nothing but the full-text index."""

from __future__ import annotations

import asyncio
import json
import logging
import sqlite3
import threading
from array import array
from collections.abc import Callable, Sequence
from datetime import date, timedelta
from typing import Any, Final, TypeVar, overload

from seedream_desktop.domain.query import Query
from seedream_desktop.domain.task import Task, TaskId
from seedream_desktop.ports.errors import StorageError
from seedream_desktop.ports.gallery import Counts, GroupIndex, Newest
from seedream_desktop.store.conditions import US_PER_S, answer_to, contents_of, count_of, day_begins
from seedream_desktop.store.database import Database
from seedream_desktop.store.errors import DATABASE_CONFLICT, DATABASE_DAMAGED
from seedream_desktop.store.rows import TaskRows, clean
from seedream_desktop.store.search import make_anew, read_pending

_T = TypeVar("_T")

log = logging.getLogger(__name__)
# An index that contradicts itself may fail either way.
_SIGNS_OF_DAMAGE: Final = (DATABASE_DAMAGED, DATABASE_CONFLICT)
# Some 40 ms of writing; a task that wants to be saved meanwhile waits no longer.
_READ_AT_ONCE: Final = 200
# A question waits a second or two at most; what was said of some thousand orders is found at once.
_MOST_READS: Final = 25
# SQLite before 3.32 takes no more than 999 values.
_IDS_AT_ONCE: Final = 500
_PICTURES_OF: Final = (
    "SELECT task_id, place, sha256 FROM (SELECT task_id, state, sha256,"
    " row_number() OVER (PARTITION BY task_id ORDER BY position) - 1 AS place FROM pictures WHERE task_id IN ({marks}))"
    " WHERE state = 'stored' AND sha256 IS NOT NULL"
)
# Half a millisecond or less.
_PIECE_CHARS: Final = 8 * 1024
# One row with a text for each column: a row for each group would be handed from thread to thread a million times.
_COLUMNS: Final = (
    "count(*), group_concat(task_id, char(10)), json_group_array(cells), json_group_array(shape),"
    f" json_group_array(number / {US_PER_S}), json_group_array(shown), ifnull(sum(cells), 0)"
)


class PackedIds(Sequence[TaskId]):
    """Ids of *length* characters, one a line in one string, which takes less than half the memory of single ones."""

    def __init__(self, lines: str, length: int) -> None:
        self._lines = lines
        self._step = length + 1

    def __len__(self) -> int:
        return (len(self._lines) + 1) // self._step

    @overload
    def __getitem__(self, index: int) -> TaskId: ...

    @overload
    def __getitem__(self, index: slice) -> tuple[TaskId, ...]: ...

    def __getitem__(self, index: int | slice) -> TaskId | tuple[TaskId, ...]:
        if isinstance(index, slice):
            return tuple(self[at] for at in range(*index.indices(len(self))))
        begin = range(len(self))[index] * self._step
        return TaskId(self._lines[begin : begin + self._step - 1])

    def index(self, value: Any, start: int = 0, stop: int | None = None) -> int:
        """Return where an id stands; raises ValueError when it is not there. Reads the text, makes no ids."""
        first, beyond, _ = slice(start, stop).indices(len(self))
        # Without a line break in it, what is as long as an id is found at the begin of a line alone.
        is_id = isinstance(value, str) and len(value) == self._step - 1 and "\n" not in value
        at = self._lines.find(value, first * self._step, beyond * self._step) if is_id else -1
        if at < 0:
            raise ValueError(f"{value!r} is not here")
        return at // self._step


class SqliteGalleryIndex:
    """Implements `ports.GalleryIndex`. *reading* answers, so that a large answer keeps no task from being saved.

    *writing* is where the full-text index is kept up; every call raises StorageError.
    """

    def __init__(self, reading: Database, writing: Database, rows: TaskRows) -> None:
        self._reading = reading
        self._writing = writing
        self._rows = rows
        self._was_mended = False

    async def groups(self, query: Query) -> GroupIndex:
        """Return every group that fits, newest first."""
        answer = answer_to(query)
        sql = f"SELECT {_COLUMNS} FROM (SELECT * FROM ({answer.sql}) ORDER BY number DESC)"  # noqa: S608 - words of this package
        return await self._made(query, sql, answer.values, _index_of)

    async def tasks(self, ids: Sequence[TaskId]) -> tuple[Task, ...]:
        """Return the whole tasks with these ids, in their order; one that is not there is left out."""
        found: dict[str, Task] = {}
        for at in range(0, len(ids), _IDS_AT_ONCE):
            some = [clean(task_id) for task_id in ids[at : at + _IDS_AT_ONCE]]
            found |= {task.id: task for task in await self._tasks(some)}
        return tuple(found[task_id] for task_id in ids if task_id in found)

    async def count(self, query: Query) -> Counts:
        """Return how many tasks and pictures fit."""
        answer = answer_to(query)
        sql = f"SELECT count(*), ifnull(sum(pictures), 0) FROM ({answer.sql})"  # noqa: S608 - words of this package
        ((tasks, pictures),) = await self._answer(query, sql, answer.values)
        return Counts(tasks, pictures)

    async def newest(self, query: Query, limit: int) -> Newest:
        """Return the ids of up to *limit* groups that fit and how many there are: what to show while typing."""
        answer, count = answer_to(query), count_of(query)
        rows = await self._answer(query, f"{_ids_of(answer.sql)} LIMIT ?", (*answer.values, limit))
        ((tasks,),) = await self._answer(query, count.sql, count.values)
        return Newest(tuple(TaskId(name) for (name,) in rows), tasks)

    async def contents(self, query: Query) -> tuple[str, ...]:
        """Return the SHA-256 of every picture on this disk that fits, newest group first, each once."""
        answer = contents_of(query)
        return tuple(dict.fromkeys(name for (name,) in await self._answer(query, answer.sql, answer.values)))

    async def contents_at(self, places: Sequence[tuple[TaskId, int]]) -> tuple[str, ...]:
        """Return the SHA-256 of the pictures on this disk at these places of tasks, in their order, each once."""
        return await self._reading.read(lambda connection: _contents_at(connection, places))

    async def first_before(self, day: date, query: Query) -> TaskId | None:
        """Return the newest group that fits and is of *day* (on the user's calendar) or older, or None."""
        if day == date.max:
            return next(iter((await self.newest(query, 1)).ids), None)
        answer = answer_to(query)
        sql = _ids_of(f"SELECT * FROM ({answer.sql}) WHERE number < ?")  # noqa: S608 - words of this package
        rows = await self._answer(query, f"{sql} LIMIT 1", (*answer.values, day_begins(day + timedelta(days=1))))
        return TaskId(rows[0][0]) if rows else None

    async def days(self, query: Query) -> tuple[tuple[date, int], ...]:
        """Return the days (on the user's calendar) that hold groups, newest first, each with how many."""
        answer = answer_to(query)
        day = f"date(number / {US_PER_S}, 'unixepoch', 'localtime')"
        sql = f"SELECT {day} AS day, count(*) FROM ({answer.sql}) GROUP BY day ORDER BY day DESC"  # noqa: S608 - the same
        rows = await self._answer(query, sql, answer.values)
        return tuple((date.fromisoformat(text), count) for text, count in rows)

    async def catch_up(self) -> int:
        """Read what was saved since into the full-text index, a little at a time; return how many tasks."""
        total = 0
        while read := await self._read_some():
            total += read
        return total

    async def _tasks(self, ids: Sequence[str]) -> tuple[Task, ...]:
        tail = f"WHERE id IN ({', '.join('?' * len(ids))})"
        return await self._reading.read(lambda connection: self._rows.read(connection, tail, ids))

    async def _answer(self, query: Query, sql: str, values: Sequence[object]) -> list[Any]:
        """Return the rows of an answer."""
        return await self._made(query, sql, values, _rows)

    async def _made(self, query: Query, sql: str, values: Sequence[object], make: Callable[[list[Any]], _T]) -> _T:
        """Return what *make* makes of the rows of an answer, on the database's thread.

        A question about words or references first takes in what was saved a moment ago.
        """
        is_of_index = bool(query.terms or query.reference_sha256)
        if not is_of_index or self._writing is self._reading:
            return await self._made_of(sql, values, make)
        if await self._made_of("SELECT 1 FROM search_pending LIMIT 1", (), _rows):
            await self._read_newest()
        try:
            return await self._made_of(sql, values, make)
        except StorageError as error:
            await self._mend(error)
        await self.catch_up()
        return await self._made_of(sql, values, make)

    async def _read_newest(self) -> None:
        for _ in range(_MOST_READS):
            if await self._read_some() < _READ_AT_ONCE:
                return

    async def _read_some(self) -> int:
        try:
            return await self._writing.write(_read_some)
        except StorageError as error:
            await self._mend(error)
        return await self._writing.write(_read_some)

    async def _mend(self, error: StorageError) -> None:
        """Make a damaged index anew, once in a run: damage that comes back is not of the index."""
        if self._was_mended or error.failure.code not in _SIGNS_OF_DAMAGE:
            raise error
        self._was_mended = True
        log.warning("the full-text index is damaged and is made anew: %s", error)
        await self._writing.write(make_anew)

    async def _made_of(self, sql: str, values: Sequence[object], make: Callable[[list[Any]], _T]) -> _T:
        """Ask and make; a question whose asker was cancelled before its turn is not asked any more."""
        is_dropped = threading.Event()

        def work(connection: sqlite3.Connection) -> _T:
            return make([] if is_dropped.is_set() else connection.execute(sql, values).fetchall())

        try:
            return await self._reading.read(work)
        except asyncio.CancelledError:
            is_dropped.set()
            raise


def _read_some(connection: sqlite3.Connection) -> int:
    return read_pending(connection, _READ_AT_ONCE)


def _contents_at(connection: sqlite3.Connection, places: Sequence[tuple[TaskId, int]]) -> tuple[str, ...]:
    ids = [clean(task_id) for task_id in dict.fromkeys(task_id for task_id, _ in places)]
    found: dict[tuple[str, int], str] = {}
    for at in range(0, len(ids), _IDS_AT_ONCE):
        some = ids[at : at + _IDS_AT_ONCE]
        rows = connection.execute(_PICTURES_OF.format(marks=", ".join("?" * len(some))), some)
        found.update(((task_id, place), sha256) for task_id, place, sha256 in rows)
    return tuple(dict.fromkeys(found[place] for place in map(tuple, places) if place in found))


def _ids_of(sql: str) -> str:
    return f"SELECT task_id FROM ({sql}) ORDER BY number DESC"  # noqa: S608 - words of this package


def _rows(rows: list[Any]) -> list[Any]:
    return rows


def _index_of(rows: Sequence[Sequence[Any]]) -> GroupIndex:
    if not rows or not rows[0][0]:
        return GroupIndex((), array("H"), array("I"), array("q"), array("Q"), 0)
    count, ids, cells, shapes, created, shown, total_cells = rows[0]
    return GroupIndex(
        ids=_packed(ids, count),
        cells=_numbers("H", cells),
        shapes=_numbers("I", shapes),
        created=_numbers("q", created),
        shown=_unsigned(_numbers("q", shown)),
        total_cells=total_cells,
    )


def _numbers(code: str, text: str) -> array[int]:
    """Return a list of numbers, a piece at a time: while one is read no other thread can run Python."""
    found = array(code)
    at, beyond = 1, len(text) - 1
    while at < beyond:
        end = text.find(",", at + _PIECE_CHARS)
        end = beyond if end < 0 else end
        found.extend(json.loads(f"[{text[at:end]}]"))
        at = end + 1
    return found


def _unsigned(bits: array[int]) -> array[int]:
    """SQLite's integers have a sign: the bit of the last of 64 positions makes them negative."""
    return array("Q", bits.tobytes())


def _packed(lines: str, count: int) -> Sequence[TaskId]:
    """The program's ids are of one length; a library from elsewhere may hold others."""
    length = lines.find("\n") if count > 1 else len(lines)
    is_even = len(lines) == count * (length + 1) - 1 and lines[length :: length + 1] == "\n" * (count - 1)
    return PackedIds(lines, length) if is_even else tuple(map(TaskId, lines.split("\n")))
