"""All pictures side by side in rows of one height, without headers and cards; must not know Qt or tasks.

Where a row begins depends on every tile before it. Of many tiles only those to be seen are laid out at once; the other
rows are estimated, and gone through later a step at a time.

A tile's rank is its number counted from the end, -1 for the last one: new ones come in at the front and change no rank.
"""

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
# One to two milliseconds.
STEP_TILES: Final = 10_000
# Twice what the largest screen holds of the smallest pictures; of larger ones many screens are fewer.
_NEAR_TILES: Final = 2_000
_NEAR_PX: Final = 32_000
# Enough of all tiles to know how wide they are on average.
_SAMPLE: Final = 1_000


class Wall(Bands):
    """One band for each row; a tile's ordinal is its number among all tiles."""

    def __init__(self, measures: Measures, shapes: Shapes) -> None:
        super().__init__(measures, shapes)
        self._sums = Sums()
        self._counts: list[int] = []
        self._ratios: dict[float, int] = {}
        self._widths: list[int] = []
        self._tiles: array[int] = array("H")
        # The rank of the first tile of every row.
        self._starts: array[int] = array("i")
        self._ranks: array[int] = array("i")
        self._near_tiles = _NEAR_TILES
        # The rows that were gone through since they were estimated; None when nothing is estimated.
        self._refined: array[int] | None = None

    @property
    def is_rough(self) -> bool:
        """Whether rows far from what is seen are only estimated, until `refine` went through them all."""
        return self._refined is not None

    def smooth(self, group: int, index: int) -> None:
        """Let a row begin at a tile, near the beginning at the first one, and lay out what follows."""
        if self.is_rough:
            ordinal = self._sums.start(group) + max(0, index)
            self._begin_row_at(ordinal if self._near_tiles <= ordinal < len(self._tiles) else 0)

    def refine(self) -> bool:
        """Go through some more rows, the first ones first; return whether nothing is estimated any more."""
        if self._refined is not None:
            begin = self._refined.pop() + len(self._tiles) if self._refined else 0
            beyond = min(begin + STEP_TILES, len(self._tiles))
            self._refined += self._rows_between(begin, beyond)
            if beyond == len(self._tiles):
                self._starts, self._refined = self._refined, None
        return not self.is_rough

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
        self._counts = [len(shape.ratios) for shape in shapes]
        self._sums.reset(groups, self._counts)
        self._collect()

    def groups(self) -> array[int]:
        """Return the number of every group's shape."""
        return self._sums.kinds()

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
        rank = ordinal - len(self._tiles)
        band = bisect_right(self._starts, rank) - 1
        return band, rank - self._starts[band]

    def bands_of(self, group: int) -> range:
        """Return the rows in which a group's tiles stand; where they would stand when it has none."""
        first = self._sums.start(group) - len(self._tiles)
        last = first + max(0, self._counts[self._sums.kind(group)] - 1)
        return range(max(0, bisect_right(self._starts, first) - 1), bisect_right(self._starts, last))

    @property
    def _row_px(self) -> int:
        return self._measures.row_height_px + GAP_PX

    def _ordinals(self, band: int) -> range:
        count = len(self._tiles)
        beyond = self._starts[band + 1] if band + 1 < len(self._starts) else 0
        return range(self._starts[band] + count, beyond + count)

    def _number(self, shape: GroupShape) -> int:
        number = self._shapes.number(shape)
        if number == len(self._counts):
            self._counts.append(len(shape.ratios))
        return number

    def _ratio_numbers(self, shape: GroupShape) -> array[int]:
        return array("H", [self._ratios.setdefault(ratio, len(self._ratios)) for ratio in shape.ratios])

    def _collect(self) -> None:
        """Line up all tiles; joined as bytes, for that is one step even for a million."""
        bytes_of = [self._ratio_numbers(shape).tobytes() for shape in self._shapes]
        self._tiles = array("H")
        self._tiles.frombytes(b"".join(map(bytes_of.__getitem__, self._sums.kinds())))
        self._lay_out()
        self.smooth(0, 0)

    def _measure_ratios(self) -> None:
        height, most = self._measures.row_height_px, self._measures.inner_px
        self._widths = [tile_width_px(ratio, height, most) + GAP_PX for ratio in self._ratios]

    def _lay_out(self) -> None:
        self._measure_ratios()
        if len(self._tiles) <= STEP_TILES:
            self._starts, self._refined = self._rows_between(0, len(self._tiles)), None
            return
        # Odd, for groups of four are the most usual.
        sample = self._tiles[:: len(self._tiles) // _SAMPLE | 1]
        average_px = sum(map(self._widths.__getitem__, sample)) / len(sample)
        in_a_row = max(1, int(self._room_px / average_px))
        self._near_tiles = min(_NEAR_TILES, in_a_row * (_NEAR_PX // self._row_px))
        self._starts, self._refined = self._all_ranks()[::in_a_row], array("i")

    def _all_ranks(self) -> array[int]:
        """Return the rank of every tile; kept, for a slice of it is made a hundred times faster than numbers are."""
        more = len(self._tiles) - len(self._ranks)
        if more > 0:
            self._ranks = array("i", range(-len(self._tiles), -len(self._ranks))) + self._ranks
        elif more:
            del self._ranks[:-more]
        return self._ranks

    @property
    def _room_px(self) -> int:
        return self._measures.inner_px + GAP_PX

    def _rows_between(self, begin: int, beyond: int) -> array[int]:
        """Return where rows begin from *begin* on, which begins one; the last row may go on after *beyond*."""
        widths = map(self._widths.__getitem__, self._tiles[begin:beyond])
        return _row_starts(widths, self._room_px, begin - len(self._tiles))

    def _begin_row_at(self, ordinal: int) -> None:
        """Lay out a few screens from a tile on; all other rows stay."""
        near = self._rows_between(ordinal, min(ordinal + self._near_tiles, len(self._tiles)))
        before, after = bisect_left(self._starts, near[0]), bisect_right(self._starts, near[-1])
        self._starts[before:after] = near

    def _exchange(self, first: int, count: int, shape: GroupShape) -> None:
        """Put the tiles of *shape* in the place of *count* tiles, and lay out until the rows are as they were."""
        tiles, before = self._ratio_numbers(shape), len(self._tiles)
        self._tiles[first : first + count] = tiles
        self._measure_ratios()
        # A narrower tile at the beginning of a row may fit into the row before.
        row = max(0, bisect_right(self._starts, first - before) - 2)
        starts, same = self._flow(self._starts[row] + before if self._starts else 0, first + len(tiles))
        if same is None or self.is_rough:
            self._refined = array("i")
        if same is None:
            same = bisect_right(self._starts, starts[-1])
        grown = len(self._tiles) - before
        self._starts = array("i", [start - grown for start in self._starts[:row]]) + starts + self._starts[same:]

    def _flow(self, begin: int, changed_end: int) -> tuple[array[int], int | None]:
        """Return where rows begin from *begin* on, up to the first old row that begins as before, and its number.

        That is None when there is no such row within a few screens.
        """
        starts, old, count = array("i"), self._starts, len(self._tiles)
        x = room = self._room_px
        beyond = min(count, changed_end + _NEAR_TILES)
        for ordinal in range(begin, beyond):
            x += self._widths[self._tiles[ordinal]]
            if x <= room:
                continue
            rank = ordinal - count
            same = bisect_left(old, rank) if ordinal >= changed_end else len(old)
            if same < len(old) and old[same] == rank:
                return starts, same
            starts.append(rank)
            x = self._widths[self._tiles[ordinal]]
        return starts, len(old) if beyond == count else None


def _row_starts(widths: Iterable[int], room_px: int, first: int) -> array[int]:
    """Return the rank of the first tile of every row; *first* is that of the first tile.

    Runs over many tiles, so it does nothing but add.
    """
    starts: list[int] = []
    x = room_px
    for rank, width in enumerate(widths, first):
        x += width
        if x > room_px:
            starts.append(rank)
            x = width
    return array("i", starts)
