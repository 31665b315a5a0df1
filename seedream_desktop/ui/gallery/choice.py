"""A choice of very many cells as a value: stretches of ranks, whose keys are made when asked for; must not know Qt.

The rank of a group is its row in the index; groups that came since have the ranks -1, -2 … in the order they came.
"""

from __future__ import annotations

from array import array
from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator, Sequence, Set
from dataclasses import dataclass
from functools import cached_property
from itertools import islice
from typing import overload

from seedream_desktop.domain.task import TaskId
from seedream_desktop.ports.gallery import GroupIndex
from seedream_desktop.ui.gallery.layout import CARD
from seedream_desktop.ui.gallery.selection import CellKey

# Rank of a group and number of a cell in it, and both of the last cell.
Spot = tuple[int, int]
Stretch = tuple[Spot, Spot]


@dataclass(frozen=True, eq=False)
class Rows:
    """What the groups held at one moment: *kinds* of all, newest first, and how many tiles a group of a kind has.

    None in *tiles* stands for a kind that has a card.
    """

    front: tuple[TaskId, ...]
    index: GroupIndex
    kinds: array[int]
    tiles: tuple[int | None, ...]

    def id_at(self, rank: int) -> TaskId:
        """Return whose group it is."""
        return self.front[rank] if rank < 0 else self.index.ids[rank]

    def cells_at(self, rank: int) -> Sequence[int]:
        """Return which picture each cell of a group shows; one CARD for a card."""
        count = self.tiles[self.kinds[rank + len(self.front)]]
        if count is None:
            return (CARD,)
        shown = self.index.shown[rank] if rank >= 0 else 0
        return [at for at in range(shown.bit_length()) if shown >> at & 1] if shown else range(count)

    def count(self, stretch: Stretch, *, cards: int) -> int:
        """Return how many cells stand in a stretch; each card counts as *cards*."""
        (first, first_cell), (last, last_cell) = stretch
        sizes = [cards if count is None else count for count in self.tiles]
        front = len(self.front)
        whole = sum(map(sizes.__getitem__, self.kinds[first + front : last + 1 + front]))
        after = sizes[self.kinds[last + front]] - 1 - last_cell
        return max(0, whole - first_cell - max(0, after))

    def spots_between(self, stretch: Stretch) -> Iterator[tuple[CellKey, Spot]]:
        """Yield what stands in a stretch, both ends included."""
        (first, first_cell), (last, last_cell) = stretch
        for rank in range(first, last + 1):
            task_id, cells = self.id_at(rank), self.cells_at(rank)
            begin = first_cell if rank == first else 0
            for cell in range(begin, min(last_cell + 1, len(cells)) if rank == last else len(cells)):
                yield CellKey(task_id, cells[cell]), (rank, cell)


class Keys(Sequence[tuple[TaskId, int]]):
    """Task and index of very many pictures in reading order; fixed, and safe to be gone through on a thread."""

    def __init__(self, rows: Rows, stretches: tuple[Stretch, ...]) -> None:
        self._rows = rows
        self._stretches = stretches

    def __iter__(self) -> Iterator[tuple[TaskId, int]]:
        for stretch in self._stretches:
            for key, _ in self._rows.spots_between(stretch):
                if key.tile != CARD:
                    yield key.task_id, key.tile

    def __len__(self) -> int:
        return self._count

    @overload
    def __getitem__(self, index: int) -> tuple[TaskId, int]: ...

    @overload
    def __getitem__(self, index: slice) -> tuple[tuple[TaskId, int], ...]: ...

    def __getitem__(self, index: int | slice) -> tuple[TaskId, int] | tuple[tuple[TaskId, int], ...]:
        if isinstance(index, slice):
            start, stop, step = index.indices(len(self))
            return tuple(islice(self, start, stop, step)) if step > 0 else tuple(self)[index]
        at = range(len(self))[index]
        return next(islice(self, at, None))

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Keys) and self._rows is other._rows and self._stretches == other._stretches

    def __hash__(self) -> int:
        return hash(self._stretches)

    @cached_property
    def _count(self) -> int:
        return sum(self._rows.count(stretch, cards=0) for stretch in self._stretches)


class Span(Set[CellKey]):
    """Very many chosen cells; *rank_of* tells the rank of a task among the groups that are shown."""

    def __init__(self, rows: Rows, rank_of: Callable[[TaskId], int | None], stretches: tuple[Stretch, ...]) -> None:
        self._rows = rows
        self.rank_of = rank_of
        self._stretches = stretches

    @cached_property
    def keys(self) -> Keys:
        """The pictures among the cells, there or still to come."""
        return Keys(self._rows, self._stretches)

    def __contains__(self, key: object) -> bool:
        spot = self._spot_of(key) if isinstance(key, tuple) else None
        return spot is not None and self._stretch_at(spot) is not None

    def __iter__(self) -> Iterator[CellKey]:
        return (key for stretch in self._stretches for key, _ in self._rows.spots_between(stretch))

    def __len__(self) -> int:
        return self._count

    def __xor__(self, other: Set[object]) -> Span:
        found = self
        for key in other:
            spot = self._spot_of(key) if isinstance(key, tuple) else None
            found = found if spot is None else Span(self._rows, self.rank_of, found._toggled(spot))
        return found

    def over(self, rows: Rows, rank_of: Callable[[TaskId], int | None]) -> Span:
        """Return the same cells as far as they are among *rows*, which come in the same order."""
        ranks = {task_id: rank for rank, task_id in enumerate(rows.index.ids)}
        return Span(rows, rank_of, tuple(_joined(rows, self._moved(rows, ranks))))

    def _moved(self, rows: Rows, ranks: dict[TaskId, int]) -> Iterator[Stretch]:
        for (first, first_cell), (last, last_cell) in self._stretches:
            for old in range(first, last + 1):
                rank = ranks.get(self._rows.id_at(old))
                if rank is not None:
                    begin = first_cell if old == first else 0
                    beyond = last_cell + 1 if old == last else None
                    yield from _cells(rank, rows.cells_at(rank), self._rows.cells_at(old)[begin:beyond])

    @cached_property
    def _count(self) -> int:
        return sum(self._rows.count(stretch, cards=1) for stretch in self._stretches)

    def _spot_of(self, key: tuple[object, ...]) -> Spot | None:
        task_id, tile = key
        rank = self.rank_of(TaskId(str(task_id)))
        if rank is None or rank < -len(self._rows.front):
            return None
        cells = self._rows.cells_at(rank)
        return (rank, cells.index(tile)) if isinstance(tile, int) and tile in cells else None

    def _stretch_at(self, spot: Spot) -> int | None:
        number = bisect_right(self._stretches, spot, key=lambda stretch: stretch[0]) - 1
        return number if number >= 0 and spot <= self._stretches[number][1] else None

    def _toggled(self, spot: Spot) -> tuple[Stretch, ...]:
        number = self._stretch_at(spot)
        if number is None:
            return tuple(sorted((*self._stretches, (spot, spot))))
        first, last = self._stretches[number]
        before, after = self._beside(spot, -1), self._beside(spot, 1)
        pieces = (((first, before),) if first < spot else ()) + (((after, last),) if spot < last else ())
        return (*self._stretches[:number], *pieces, *self._stretches[number + 1 :])

    def _beside(self, spot: Spot, step: int) -> Spot:
        if step > 0:
            return _next(self._rows, spot)
        rank, cell = spot
        return (rank, cell - 1) if cell else (rank - 1, max(0, len(self._rows.cells_at(rank - 1)) - 1))


def _next(rows: Rows, spot: Spot) -> Spot:
    rank, cell = spot
    return (rank, cell + 1) if cell + 1 < len(rows.cells_at(rank)) else (rank + 1, 0)


def _cells(rank: int, now: Sequence[int], chosen: Sequence[int]) -> Iterator[Stretch]:
    if now and now == chosen:
        yield (rank, 0), (rank, len(now) - 1)
        return
    for cell, tile in enumerate(now):
        if tile in chosen:
            yield (rank, cell), (rank, cell)


def _joined(rows: Rows, stretches: Iterable[Stretch]) -> Iterator[Stretch]:
    """Join what follows one another."""
    held: Stretch | None = None
    for first, last in stretches:
        if held is not None and _next(rows, held[1]) == first:
            held = held[0], last
        else:
            yield from () if held is None else (held,)
            held = first, last
    yield from () if held is None else (held,)
