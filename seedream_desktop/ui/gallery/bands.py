"""What every arrangement of the gallery has in common: bands of cells, one below the other.

A place is the number of a band and the number of a cell in it; what a cell shows is told by the number of its group
and of its tile there, or CARD. Must not know Qt or tasks.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from array import array
from collections.abc import Iterable, Iterator, Sequence

from seedream_desktop.ui.gallery.layout import BandPlan, Box, GroupShape, Measures

Place = tuple[int, int]
Held = tuple[int, int]


class Shapes:
    """Numbers for the different shapes of groups; there are few of them, even among a million groups.

    *known* have the numbers from 0 on; of those that are the same, the first is given out.
    """

    def __init__(self, known: Iterable[GroupShape] = ()) -> None:
        self._shapes: list[GroupShape] = list(known)
        self._numbers: dict[GroupShape, int] = {}
        for number, shape in enumerate(self._shapes):
            self._numbers.setdefault(shape, number)

    def __len__(self) -> int:
        return len(self._shapes)

    def __iter__(self) -> Iterator[GroupShape]:
        return iter(self._shapes)

    def __getitem__(self, number: int) -> GroupShape:
        return self._shapes[number]

    def number(self, shape: GroupShape) -> int:
        """Return the number of a shape, a new one for a new shape."""
        number = self._numbers.setdefault(shape, len(self._shapes))
        if number == len(self._shapes):
            self._shapes.append(shape)
        return number

    def numbers(self, shapes: Iterable[GroupShape]) -> array[int]:
        """Return the numbers of many shapes."""
        return array("I", map(self.number, shapes))


class Bands(ABC):
    """Where everything stands, for one width and one height of the rows."""

    def __init__(self, measures: Measures, shapes: Shapes) -> None:
        self._measures = measures
        self._shapes = shapes

    @property
    def measures(self) -> Measures:
        """The measures in force."""
        return self._measures

    @property
    def shapes(self) -> Shapes:
        """The different shapes of the groups."""
        return self._shapes

    def measure(self, measures: Measures, group: int = 0, index: int = 0) -> None:
        """Lay everything out for other measures, properly what follows a cell, as `smooth` does."""
        if measures != self._measures:
            self._measures = measures
            self._lay_out()
            self.smooth(group, index)

    @property
    def is_rough(self) -> bool:
        """Whether bands far from what is seen are only estimated, until `refine` went through them all."""
        return False

    @abstractmethod
    def smooth(self, group: int, index: int) -> None:
        """Lay out properly what follows a cell; it may come to stand first in its band."""

    def refine(self) -> bool:
        """Take a step of some milliseconds; return whether nothing is estimated any more."""
        return True

    @abstractmethod
    def __len__(self) -> int:
        """The number of bands."""

    @property
    @abstractmethod
    def height(self) -> int:
        """The height of everything together, in pixels."""

    @abstractmethod
    def reset(self, shapes: Shapes, groups: array[int]) -> None:
        """Put groups of these shapes, by their numbers, in the place of all others."""

    @abstractmethod
    def groups(self) -> array[int]:
        """Return the number of every group's shape."""

    @abstractmethod
    def insert_first(self, shape: GroupShape) -> None:
        """Put a group on top."""

    @abstractmethod
    def replace(self, changed: Sequence[tuple[int, GroupShape]]) -> bool:
        """Give groups other shapes and return whether anything moved or may look different."""

    @abstractmethod
    def top_of(self, band: int) -> int:
        """Return where a band begins."""

    @abstractmethod
    def plan(self, band: int) -> BandPlan:
        """Return the places inside a band, from its own top."""

    @abstractmethod
    def band_at(self, y: int) -> int:
        """Return the band at *y*, the nearest one beyond the ends; there must be a band."""

    @abstractmethod
    def held(self, band: int) -> Sequence[Held]:
        """Return what the cells of a band show."""

    @abstractmethod
    def place_of(self, group: int, index: int) -> Place | None:
        """Return where a tile or a CARD of a group stands, or None when there is no such cell."""

    @abstractmethod
    def bands_of(self, group: int) -> range:
        """Return the bands in which a group stands; where it would stand when it has no cells."""

    @abstractmethod
    def _lay_out(self) -> None:
        """Take over new measures."""

    def cell_box(self, band: int, cell: int) -> Box:
        """Return the place of a cell from the top of everything."""
        return self.plan(band).cells[cell].moved(self.top_of(band))

    def bands_between(self, top: int, bottom: int) -> range:
        """Return the bands of which any pixel row lies in top..bottom."""
        if not len(self) or bottom <= max(0, top) or top >= self.height:
            return range(0)
        return range(self.band_at(top), self.band_at(bottom - 1) + 1)

    def groups_between(self, top: int, bottom: int) -> range:
        """Return the groups of which anything lies in top..bottom."""
        found = [held for band in self.bands_between(top, bottom) for held in self.held(band)]
        return range(found[0][0], found[-1][0] + 1) if found else range(0)

    def cell_at(self, x: int, y: int) -> Place | None:
        """Return the cell at a point, or None between them."""
        if not len(self) or not 0 <= y < self.height:
            return None
        band = self.band_at(y)
        inner_y = y - self.top_of(band)
        cells = enumerate(self.plan(band).cells)
        return next(((band, number) for number, box in cells if box.contains(x, inner_y)), None)
