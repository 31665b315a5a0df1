"""All pictures side by side in rows of one height, without headers and cards; must not know Qt or tasks."""

from __future__ import annotations

from array import array
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from typing import Final

from seedream_desktop.ui.gallery.bands import Bands, Held, Place, Shapes
from seedream_desktop.ui.gallery.layout import GAP_PX, MARGIN_PX, BandPlan, Box, GroupShape, Measures, tile_width_px
from seedream_desktop.ui.gallery.sums import Sums

_TOP_PX: Final = 8
_BOTTOM_PX: Final = 16


class Wall(Bands):
    """One band for each row; a tile's ordinal is its number among all tiles."""

    def __init__(self, measures: Measures, shapes: Shapes) -> None:
        super().__init__(measures, shapes)
        self._sums = Sums()
        self._counts: list[int] = []
        self._ratios: dict[float, int] = {}
        self._widths: list[int] = []
        self._tiles: array[int] = array("H")
        self._starts: array[int] = array("I")

    def __len__(self) -> int:
        return len(self._starts)

    @property
    def height(self) -> int:
        """The height of all rows together, in pixels."""
        return _TOP_PX + len(self._starts) * self._row_px - GAP_PX + _BOTTOM_PX if self._starts else 0

    def reset(self, shapes: Shapes, groups: array[int]) -> None:
        """Put the tiles of groups of these shapes, by their numbers, in the place of all others."""
        self._shapes = shapes
        self._ratios = {}
        self._counts = [len(shapes[number].ratios) for number in range(len(shapes))]
        self._sums.reset(groups, self._counts)
        self._collect()

    def groups(self) -> array[int]:
        """Return the number of every group's shape."""
        return array("I", self._sums.kinds())

    def insert_first(self, shape: GroupShape) -> None:
        """Put the tiles of a group before all others."""
        self._sums.insert_first(self._number(shape))
        self._exchange(0, 0, shape)

    def replace(self, changed: Sequence[tuple[int, GroupShape]]) -> bool:
        """Give groups other shapes and return whether anything may have moved."""
        moved = False
        for group, shape in changed:
            start, old = self._sums.start(group), self._sums.kind(group)
            if self._shapes[old].ratios != shape.ratios:
                self._exchange(start, self._counts[old], shape)
                moved = True
            self._sums.replace(group, self._number(shape))
        return moved

    def top_of(self, band: int) -> int:
        """Return where a row begins."""
        return _TOP_PX + band * self._row_px

    def plan(self, band: int) -> BandPlan:
        """Return the places inside a row, from its own top."""
        height, x = self._measures.row_height_px, MARGIN_PX
        widths, boxes = self._widths, []
        for ordinal in self._ordinals(band):
            width = widths[self._tiles[ordinal]]
            boxes.append(Box(x, 0, width - GAP_PX, height))
            x += width
        return BandPlan(None, tuple(boxes), has_card=False, height=self._row_px)

    def band_at(self, y: int) -> int:
        """Return the row at *y*, the nearest one beyond the ends; there must be a row."""
        return min(max(0, (y - _TOP_PX) // self._row_px), len(self._starts) - 1)

    def held(self, band: int) -> Sequence[Held]:
        """Return what the cells of a row show."""
        found: list[Held] = []
        group, first, beyond = 0, 0, 0
        for ordinal in self._ordinals(band):
            if ordinal >= beyond:
                group = self._sums.find(ordinal)
                first = self._sums.start(group)
                beyond = first + self._counts[self._sums.kind(group)]
            found.append((group, ordinal - first))
        return found

    def place_of(self, group: int, index: int) -> Place | None:
        """Return where a tile of a group stands, or None when there is no such tile; a card has no place here."""
        if not 0 <= index < self._counts[self._sums.kind(group)]:
            return None
        ordinal = self._sums.start(group) + index
        band = bisect_right(self._starts, ordinal) - 1
        return band, ordinal - self._starts[band]

    def bands_of(self, group: int) -> range:
        """Return the rows in which a group's tiles stand; where they would stand when it has none."""
        first = self._sums.start(group)
        last = first + max(0, self._counts[self._sums.kind(group)] - 1)
        return range(max(0, bisect_right(self._starts, first) - 1), bisect_right(self._starts, last))

    @property
    def _row_px(self) -> int:
        return self._measures.row_height_px + GAP_PX

    def _ordinals(self, band: int) -> range:
        beyond = self._starts[band + 1] if band + 1 < len(self._starts) else len(self._tiles)
        return range(self._starts[band], beyond)

    def _number(self, shape: GroupShape) -> int:
        number = self._shapes.number(shape)
        if number == len(self._counts):
            self._counts.append(len(shape.ratios))
        return number

    def _ratio_numbers(self, shape: GroupShape) -> array[int]:
        return array("H", [self._ratios.setdefault(ratio, len(self._ratios)) for ratio in shape.ratios])

    def _collect(self) -> None:
        """Line up all tiles; joined as bytes, for that is one step even for a million."""
        bytes_of = [self._ratio_numbers(self._shapes[number]).tobytes() for number in range(len(self._shapes))]
        self._tiles = array("H")
        self._tiles.frombytes(b"".join(map(bytes_of.__getitem__, self._sums.kinds())))
        self._lay_out()

    def _measure_ratios(self) -> None:
        height, most = self._measures.row_height_px, self._measures.inner_px
        self._widths = [tile_width_px(ratio, height, most) + GAP_PX for ratio in self._ratios]

    def _lay_out(self) -> None:
        self._measure_ratios()
        widths = map(self._widths.__getitem__, self._tiles)
        self._starts = _row_starts(widths, self._measures.inner_px + GAP_PX)

    def _exchange(self, first: int, count: int, shape: GroupShape) -> None:
        """Put the tiles of *shape* in the place of *count* tiles, and lay out until the rows are as they were."""
        tiles = self._ratio_numbers(shape)
        self._tiles[first : first + count] = tiles
        self._measure_ratios()
        grown = len(tiles) - count
        # A narrower tile at the beginning of a row may fit into the row before.
        row = max(0, bisect_right(self._starts, first) - 2)
        starts, same = self._flow(self._starts[row] if self._starts else 0, first + len(tiles), grown)
        self._starts = self._starts[:row] + starts + array("I", [start + grown for start in self._starts[same:]])

    def _flow(self, begin: int, changed_end: int, grown: int) -> tuple[array[int], int]:
        """Return where rows begin from *begin* on, up to the first old row (its number too) that begins as before."""
        starts, old = array("I"), self._starts
        x = room = self._measures.inner_px + GAP_PX
        for ordinal in range(begin, len(self._tiles)):
            x += self._widths[self._tiles[ordinal]]
            if x <= room:
                continue
            same = bisect_left(old, ordinal - grown) if ordinal >= changed_end else len(old)
            if same < len(old) and old[same] == ordinal - grown:
                return starts, same
            starts.append(ordinal)
            x = self._widths[self._tiles[ordinal]]
        return starts, len(old)


def _row_starts(widths: Iterable[int], room_px: int) -> array[int]:
    """Return the ordinal of the first tile of every row. Runs over all tiles, so it does nothing but add."""
    starts: list[int] = []
    x = room_px
    for ordinal, width in enumerate(widths):
        x += width
        if x > room_px:
            starts.append(ordinal)
            x = width
    return array("I", starts)
