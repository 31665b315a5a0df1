"""Where header, card and tiles of one group stand, by arithmetic alone; must not know Qt or tasks."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from math import ceil
from typing import Final

# The number of a card among the tiles of its task.
CARD: Final = -1
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
    is_even: bool = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        """Note whether all tiles have one shape: every change of width asks for it, of a whole library."""
        object.__setattr__(self, "is_even", len(set(self.ratios)) == 1)


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
class BandPlan:
    """Where the parts of a group or of a row stand, from its own top; the card, if any, is the first cell."""

    header: Box | None
    cells: tuple[Box, ...]
    has_card: bool
    height: int


def plan_group(shape: GroupShape, measures: Measures) -> BandPlan:
    """Return the places of everything in a group of *shape*, gap below it included."""
    header = Box(MARGIN_PX, 0, measures.inner_px, HEADER_PX)
    y = HEADER_PX + HEADER_GAP_PX
    cells: list[Box] = []
    if shape.card is not None:
        cells.append(Box(MARGIN_PX, y, measures.inner_px, card_height_px(shape.card, measures)))
        y = cells[0].bottom + GAP_PX
    cells.extend(_place_tiles(shape.ratios, y, measures))
    bottom = max((cell.bottom for cell in cells), default=y)
    return BandPlan(header, tuple(cells), shape.card is not None, bottom + GROUP_GAP_PX)


def group_heights_px(shapes: Iterable[GroupShape], measures: Measures) -> list[int]:
    """Return the heights of `plan_group` without placing anything: all groups of a library are summed by them."""
    inner_px, heights = measures.inner_px, _least_and_most_px(measures)
    found: list[int] = []
    for shape in shapes:
        if shape.is_even:
            rows, height = _equal_rows(shape.ratios[0], len(shape.ratios), heights, inner_px)
        else:
            rows, height = rows_of(shape.ratios, measures)
        px = HEADER_PX + HEADER_GAP_PX + GROUP_GAP_PX + rows * (height + GAP_PX) - (GAP_PX if rows else 0)
        if shape.card is not None:
            px += card_height_px(shape.card, measures) + (GAP_PX if rows else 0)
        found.append(px)
    return found


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
    _, height = rows_of(ratios, measures)
    boxes: list[Box] = []
    x, y = 0, top
    for ratio in ratios:
        width = tile_width_px(ratio, height, measures.inner_px)
        if x and x + width > measures.inner_px:
            x, y = 0, y + height + GAP_PX
        boxes.append(Box(MARGIN_PX + x, y, width, height))
        x += width + GAP_PX
    return boxes


def rows_of(ratios: tuple[float, ...], measures: Measures) -> tuple[int, int]:
    """Return the number of a group's rows and their height: as chosen, or less where that saves a whole row."""
    (low, high), inner_px = _least_and_most_px(measures), measures.inner_px
    if len(ratios) < 2:
        return len(ratios), high
    if ratios.count(ratios[0]) == len(ratios):
        return _equal_rows(ratios[0], len(ratios), (low, high), inner_px)
    drawn = [_drawn(ratio) for ratio in ratios]
    fewest = _rows(drawn, low, inner_px)
    while low < high:
        middle = (low + high + 1) // 2
        if _rows(drawn, middle, inner_px) <= fewest:
            low = middle
        else:
            high = middle - 1
    return fewest, low


def _least_and_most_px(measures: Measures) -> tuple[int, int]:
    return max(1, round(measures.row_height_px * _LEAST_PART)), measures.row_height_px


def _equal_rows(ratio: float, count: int, heights: tuple[int, int], inner_px: int) -> tuple[int, int]:
    """Return the same for tiles of one shape, as most groups have, without trying: it is asked for a whole library."""
    low, high = heights
    drawn, room_px = _drawn(ratio), inner_px + GAP_PX
    rows = -(-count // max(1, room_px // (max(1, min(inner_px, round(low * drawn))) + GAP_PX)))
    in_a_row = -(-count // rows)
    if in_a_row == 1:
        return rows, high
    widest_px = room_px // in_a_row - GAP_PX
    # A half may be rounded down, and may not come out as a half: the answer is this one or one of the next two.
    high = min(high, int((widest_px + 0.5) / drawn) + 1)
    while round(high * drawn) > widest_px:
        high -= 1
    return rows, high


def _rows(drawn: Sequence[float], height: int, width_px: int) -> int:
    rows, x = 1, 0
    for ratio in drawn:
        width = max(1, min(width_px, round(height * ratio)))
        if x and x + width > width_px:
            rows, x = rows + 1, 0
        x += width + GAP_PX
    return rows


def tile_width_px(ratio: float, height: int, most_px: int) -> int:
    """Return how wide a tile of this height is; extreme shapes are drawn within a calmer one."""
    return max(1, min(most_px, round(height * _drawn(ratio))))


def _drawn(ratio: float) -> float:
    return min(_WIDEST, max(_NARROWEST, ratio))
