"""Where header, card and tiles of one group stand, by arithmetic alone; must not know Qt or tasks."""

from __future__ import annotations

from dataclasses import dataclass
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


def group_height_px(shape: GroupShape, measures: Measures) -> int:
    """Return the height of `plan_group` without placing anything: all groups of a library are summed by it."""
    bottom = HEADER_PX + HEADER_GAP_PX
    if shape.card is not None:
        bottom += card_height_px(shape.card, measures) + (GAP_PX if shape.ratios else 0)
    if shape.ratios:
        height = row_height_px(shape.ratios, measures)
        bottom += _rows(shape.ratios, height, measures.inner_px) * (height + GAP_PX) - GAP_PX
    return bottom + GROUP_GAP_PX


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
        width = tile_width_px(ratio, height, measures.inner_px)
        if x and x + width > measures.inner_px:
            x, y = 0, y + height + GAP_PX
        boxes.append(Box(MARGIN_PX + x, y, width, height))
        x += width + GAP_PX
    return boxes


def row_height_px(ratios: tuple[float, ...], measures: Measures) -> int:
    """Return the height of a group's rows: as chosen, or less where that lets it fit into fewer rows."""
    if len(ratios) < 2:
        return measures.row_height_px
    least = max(1, round(measures.row_height_px * _LEAST_PART))
    fewest = _rows(ratios, least, measures.inner_px)
    if _is_uniform(ratios):
        return _highest_in_a_row(ratios[0], ceil(len(ratios) / fewest), least, measures)
    low, high = least, measures.row_height_px
    while low < high:
        middle = (low + high + 1) // 2
        if _rows(ratios, middle, measures.inner_px) <= fewest:
            low = middle
        else:
            high = middle - 1
    return low


def _highest_in_a_row(ratio: float, count: int, least: int, measures: Measures) -> int:
    """Return the height, no less than *least*, at which *count* tiles of a ratio just fill a row: most groups are so."""
    most = max(1, (measures.inner_px + GAP_PX) // count - GAP_PX)
    height = min(measures.row_height_px, int((most + 0.5) / _calm(ratio)))
    while height > least and tile_width_px(ratio, height, measures.inner_px) > most:
        height -= 1
    return max(least, height if count > 1 else measures.row_height_px)


def _is_uniform(ratios: tuple[float, ...]) -> bool:
    return ratios.count(ratios[0]) == len(ratios)


def _rows(ratios: tuple[float, ...], height: int, width_px: int) -> int:
    if _is_uniform(ratios):
        in_a_row = max(1, (width_px + GAP_PX) // (tile_width_px(ratios[0], height, width_px) + GAP_PX))
        return ceil(len(ratios) / in_a_row)
    rows, x = 1, 0
    for ratio in ratios:
        width = tile_width_px(ratio, height, width_px)
        if x and x + width > width_px:
            rows, x = rows + 1, 0
        x += width + GAP_PX
    return rows


def tile_width_px(ratio: float, height: int, most_px: int) -> int:
    """Return how wide a tile of this height is; extreme shapes are drawn within a calmer one."""
    return max(1, min(most_px, round(height * _calm(ratio))))


def _calm(ratio: float) -> float:
    return min(_WIDEST, max(_NARROWEST, ratio))
