"""Where every header, card and tile of the gallery stands, by arithmetic alone; must not know Qt or tasks.

A group's height depends only on its shape, and there are few different shapes: each is placed once and the
column of groups is a prefix sum over their heights. So 100,000 groups cost a sum, not a layout.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import accumulate
from math import ceil
from typing import Final

MARGIN_PX: Final = 16
GAP_PX: Final = 8
GROUP_GAP_PX: Final = 24
HEADER_PX: Final = 20
HEADER_GAP_PX: Final = 8
CARD_PADDING_PX: Final = 12
CARD_BUTTON_HEIGHT_PX: Final = 32
CARD_LINE_GAP_PX: Final = 4
MAX_SENTENCE_LINES: Final = 3
MAX_WORDS_LINES: Final = 2
MIN_ROW_HEIGHT_PX: Final = 80
MAX_ROW_HEIGHT_PX: Final = 400
DEFAULT_ROW_HEIGHT_PX: Final = 148
# A group's rows may shrink to this part of the chosen height when that saves a whole row.
_LEAST_PART: Final = 0.62
_WIDEST, _NARROWEST = 4.0, 0.25
# Breaking at words leaves on average this much of each line empty.
_WRAP_SLACK_PX: Final = 48


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle in pixels."""

    x: int
    y: int
    width: int
    height: int

    @property
    def right(self) -> int:
        """The first column of pixels to the right of the box."""
        return self.x + self.width

    @property
    def bottom(self) -> int:
        """The first row of pixels below the box."""
        return self.y + self.height

    def contains(self, x: int, y: int) -> bool:
        """Whether the point lies inside."""
        return self.x <= x < self.right and self.y <= y < self.bottom

    def moved(self, dy: int) -> Box:
        """Return the box *dy* pixels further down."""
        return Box(self.x, self.y + dy, self.width, self.height)


@dataclass(frozen=True, slots=True)
class CardShape:
    """What a card's height depends on: the widths in pixels that its texts have on one line, 0 for no text."""

    sentence_px: int
    words_px: int
    button_px: int


@dataclass(frozen=True, slots=True)
class GroupShape:
    """What a group's layout depends on: width / height of every tile, and the card above them if there is one."""

    ratios: tuple[float, ...]
    card: CardShape | None = None


@dataclass(frozen=True, slots=True)
class Measures:
    """What the layout of all groups depends on, in pixels."""

    width_px: int
    row_height_px: int = DEFAULT_ROW_HEIGHT_PX
    line_px: int = 18

    @property
    def inner_px(self) -> int:
        """The width between the margins, at least 1."""
        return max(1, self.width_px - 2 * MARGIN_PX)


@dataclass(frozen=True, slots=True)
class GroupPlan:
    """Where a group's parts stand, from the group's own top; the card, if any, is the first cell."""

    header: Box
    cells: tuple[Box, ...]
    has_card: bool
    height: int


def plan_group(shape: GroupShape, measures: Measures) -> GroupPlan:
    """Return the places of everything in a group of *shape*, gap below it included."""
    header = Box(MARGIN_PX, 0, measures.inner_px, HEADER_PX)
    y = HEADER_PX + HEADER_GAP_PX
    cells: list[Box] = []
    if shape.card is not None:
        cells.append(Box(MARGIN_PX, y, measures.inner_px, card_height_px(shape.card, measures)))
        y = cells[0].bottom + GAP_PX
    cells.extend(_place_tiles(shape.ratios, y, measures))
    bottom = max((cell.bottom for cell in cells), default=y)
    return GroupPlan(header, tuple(cells), shape.card is not None, bottom + GROUP_GAP_PX)


def card_height_px(card: CardShape, measures: Measures) -> int:
    """Return the height that holds both texts, wrapped beside the button."""
    width = max(1, measures.inner_px - card.button_px - 3 * CARD_PADDING_PX)
    lines = _lines(card.sentence_px, width, MAX_SENTENCE_LINES) + _lines(card.words_px, width, MAX_WORDS_LINES)
    gap = CARD_LINE_GAP_PX if card.words_px else 0
    return max(lines * measures.line_px + gap, CARD_BUTTON_HEIGHT_PX) + 2 * CARD_PADDING_PX


def _lines(text_px: int, width_px: int, most: int) -> int:
    if text_px <= width_px:
        return min(1, text_px)
    return min(most, ceil(text_px / max(1, width_px - _WRAP_SLACK_PX)))


def _place_tiles(ratios: tuple[float, ...], top: int, measures: Measures) -> list[Box]:
    """All rows of a group have one height; the width of a tile follows its ratio."""
    height = row_height_px(ratios, measures)
    boxes: list[Box] = []
    x, y = 0, top
    for ratio in ratios:
        width = _tile_width_px(ratio, height, measures.inner_px)
        if x and x + width > measures.inner_px:
            x, y = 0, y + height + GAP_PX
        boxes.append(Box(MARGIN_PX + x, y, width, height))
        x += width + GAP_PX
    return boxes


def row_height_px(ratios: tuple[float, ...], measures: Measures) -> int:
    """Return the height of a group's rows: as chosen, or less where that lets it fit into fewer rows."""
    least = max(1, round(measures.row_height_px * _LEAST_PART))
    fewest = _rows(ratios, least, measures.inner_px)
    low, high = least, measures.row_height_px
    while low < high:
        middle = (low + high + 1) // 2
        if _rows(ratios, middle, measures.inner_px) <= fewest:
            low = middle
        else:
            high = middle - 1
    return low


def _rows(ratios: tuple[float, ...], height: int, width_px: int) -> int:
    rows, x = 1, 0
    for ratio in ratios:
        width = _tile_width_px(ratio, height, width_px)
        if x and x + width > width_px:
            rows, x = rows + 1, 0
        x += width + GAP_PX
    return rows


def _tile_width_px(ratio: float, height: int, most_px: int) -> int:
    return max(1, min(most_px, round(height * min(_WIDEST, max(_NARROWEST, ratio)))))


class Column:
    """Groups one below the other, each known by its shape only."""

    def __init__(self, measures: Measures) -> None:
        self._measures = measures
        self._numbers: dict[GroupShape, int] = {}
        self._shapes: list[GroupShape] = []
        self._plans: dict[int, GroupPlan] = {}
        self._groups: list[int] = []
        self._bottoms: list[int] = []

    def __len__(self) -> int:
        return len(self._groups)

    @property
    def measures(self) -> Measures:
        """The measures in force."""
        return self._measures

    @property
    def height(self) -> int:
        """The height of all groups together, in pixels."""
        return self._bottoms[-1] if self._bottoms else 0

    def reset(self, shapes: Iterable[GroupShape]) -> None:
        """Put these groups in the place of all others."""
        self._groups = [self._number(shape) for shape in shapes]
        self._sum()

    def insert_first(self, shape: GroupShape) -> int:
        """Put a group on top and return its height."""
        self._groups.insert(0, self._number(shape))
        self._sum()
        return self._bottoms[0]

    def extend(self, shapes: Iterable[GroupShape]) -> None:
        """Put groups below all others."""
        self._groups.extend(self._number(shape) for shape in shapes)
        self._sum()

    def replace(self, index: int, shape: GroupShape) -> int:
        """Give a group another shape and return by how many pixels it grew."""
        number = self._number(shape)
        grown = self._plan(number).height - self.plan(index).height
        self._groups[index] = number
        if grown:
            self._sum()
        return grown

    def measure(self, measures: Measures) -> None:
        """Lay everything out for other measures."""
        if measures != self._measures:
            self._measures = measures
            self._plans.clear()
            self._sum()

    def top_of(self, index: int) -> int:
        """Return where a group begins."""
        return self._bottoms[index - 1] if index else 0

    def plan(self, index: int) -> GroupPlan:
        """Return the places inside a group, from its own top."""
        return self._plan(self._groups[index])

    def cell_box(self, index: int, cell: int) -> Box:
        """Return the place of a cell from the top of the column."""
        return self.plan(index).cells[cell].moved(self.top_of(index))

    def group_at(self, y: int) -> int:
        """Return the group at *y*, the nearest one beyond the ends; there must be a group."""
        return min(max(0, bisect_right(self._bottoms, y)), len(self._bottoms) - 1)

    def groups_between(self, top: int, bottom: int) -> range:
        """Return the groups of which any pixel row lies in top..bottom."""
        if not self._groups or bottom <= top or top >= self.height:
            return range(0)
        return range(self.group_at(top), self.group_at(bottom - 1) + 1)

    def cell_at(self, x: int, y: int) -> tuple[int, int] | None:
        """Return group and cell at a point, or None between them."""
        if not self._groups or not 0 <= y < self.height:
            return None
        group = self.group_at(y)
        inner_y = y - self.top_of(group)
        cells = enumerate(self.plan(group).cells)
        return next(((group, number) for number, box in cells if box.contains(x, inner_y)), None)

    def _number(self, shape: GroupShape) -> int:
        number = self._numbers.setdefault(shape, len(self._shapes))
        if number == len(self._shapes):
            self._shapes.append(shape)
        return number

    def _plan(self, number: int) -> GroupPlan:
        plan = self._plans.get(number)
        if plan is None:
            plan = self._plans[number] = plan_group(self._shapes[number], self._measures)
        return plan

    def _sum(self) -> None:
        height_of = {number: self._plan(number).height for number in set(self._groups)}
        self._bottoms = list(accumulate(map(height_of.__getitem__, self._groups)))
