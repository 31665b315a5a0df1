"""What the window needs to show a library of any size: its groups as columns, whole tasks for what is in view."""

from __future__ import annotations

from array import array
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from itertools import islice
from operator import neg
from typing import Final, Protocol

from seedream_desktop.domain.query import Query
from seedream_desktop.domain.task import Task, TaskId

_AT_ONCE: Final = 8_192


@dataclass(frozen=True, slots=True)
class GroupHead:
    """What the layout needs of one task.

    *cells* is how many cells the group has as shown: its pictures, or the number asked for while there are none, or 1
    for a card. *ratio_w* and *ratio_h* are the shape of its cells, a picture's pixels, both 0 for a card. *shown*
    tells which pictures the cells are, a bit for each position; 0 when none is left out. *created_at_s* is in seconds
    since 1970, UTC.
    """

    task_id: TaskId
    cells: int
    ratio_w: int
    ratio_h: int
    created_at_s: int
    shown: int = 0

    def positions(self, pictures: int) -> tuple[int, ...]:
        """Return the positions of the pictures shown, of a task that has *pictures* of them; one for each cell."""
        return tuple(at for at in range(pictures) if not self.shown or self.shown >> at & 1)


@dataclass(frozen=True, slots=True)
class Forms:
    """The different forms of groups, each ``(cells, shape)`` as in `GroupIndex`, and the number of each group's.

    There are few of them, even among a million groups.
    """

    different: tuple[tuple[int, int], ...]
    numbers: array[int]

    @classmethod
    def of(cls, cells: Iterable[int], shapes: Iterable[int]) -> Forms:
        """Return the forms of groups; takes some 10 ms for 100,000 of them."""
        known: defaultdict[tuple[int, int], int] = defaultdict()
        known.default_factory = known.__len__
        numbers, forms = array("I"), map(known.__getitem__, zip(cells, shapes, strict=True))
        # Some at a time: it is made on a thread, and no other thread can run Python meanwhile.
        while some := array("I", islice(forms, _AT_ONCE)):
            numbers.extend(some)
        return cls(tuple(known), numbers)


@dataclass(frozen=True, slots=True)
class GroupIndex:
    """All groups of an answer, newest first, as columns of one length that take few bytes for each.

    It is made on a thread: *forms* is worked out with it, so that nothing is left to do for every group where it is
    shown. *ids* may be packed: it makes each string when asked for it. *shapes* holds ``width << 16 | height``;
    *created* whole seconds since 1970 (UTC); *cells* and *shown* are told in `GroupHead`. *total_cells* is the sum of
    *cells*.
    """

    ids: Sequence[TaskId]
    cells: array[int]
    shapes: array[int]
    created: array[int]
    shown: array[int]
    total_cells: int
    forms: Forms = field(init=False, compare=False)

    def __post_init__(self) -> None:
        """Work out the forms."""
        object.__setattr__(self, "forms", Forms.of(self.cells, self.shapes))

    def __len__(self) -> int:
        """Return how many groups there are."""
        return len(self.ids)

    def head(self, row: int) -> GroupHead:
        """Return one group; raises IndexError."""
        shape = self.shapes[row]
        created_at_s = self.created[row]
        return GroupHead(self.ids[row], self.cells[row], shape >> 16, shape & 0xFFFF, created_at_s, self.shown[row])

    def row_of(self, task_id: TaskId, created_at: datetime) -> int | None:
        """Return the row of a task by the time it was made, or None when it is not among the groups."""
        created_at_s = int(created_at.timestamp())
        row = bisect_left(self.created, -created_at_s, key=neg)
        while row < len(self) and self.created[row] == created_at_s:
            if self.ids[row] == task_id:
                return row
            row += 1
        return None


@dataclass(frozen=True, slots=True)
class Counts:
    """How much an answer holds; *pictures* counts those that are on this disk or were, not what is still to come."""

    tasks: int
    pictures: int


@dataclass(frozen=True, slots=True)
class Newest:
    """The newest of an answer, newest first, and how many *tasks* fit in all."""

    ids: tuple[TaskId, ...]
    tasks: int


class GalleryIndex(Protocol):
    """Answers what is in the library. All calls raise StorageError when the disk does not do its part."""

    async def groups(self, query: Query) -> GroupIndex:
        """Return every group that fits, newest first."""
        ...

    async def tasks(self, ids: Sequence[TaskId]) -> tuple[Task, ...]:
        """Return the whole tasks with these ids, in their order; one that is not there is left out."""
        ...

    async def count(self, query: Query) -> Counts:
        """Return how many tasks and pictures fit."""
        ...

    async def newest(self, query: Query, limit: int) -> Newest:
        """Return the ids of up to *limit* groups that fit and how many there are: what to show while typing."""
        ...

    async def contents(self, query: Query) -> tuple[str, ...]:
        """Return the SHA-256 of every picture on this disk that fits, newest group first, each once."""
        ...

    async def contents_at(self, places: Sequence[tuple[TaskId, int]]) -> tuple[str, ...]:
        """Return the SHA-256 of the pictures on this disk at these places of tasks, in their order, each once."""
        ...

    async def first_before(self, day: date, query: Query) -> TaskId | None:
        """Return the newest group that fits and is of *day* (on the user's calendar) or older, or None."""
        ...

    async def days(self, query: Query) -> tuple[tuple[date, int], ...]:
        """Return the days (on the user's calendar) that hold groups, newest first, each with how many."""
        ...

    async def catch_up(self) -> int:
        """Read what was saved since into the full-text index, a little at a time; return how many tasks."""
        ...
