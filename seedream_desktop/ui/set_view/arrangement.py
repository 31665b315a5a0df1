"""How pictures of any shapes are laid out in rows so that they are seen as large as can be; must not know Qt."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import Final

from seedream_desktop.ui.gallery.layout import Box

# Extreme shapes are drawn within a calmer one, as in the gallery.
_WIDEST, _NARROWEST = 4.0, 0.25
_LEAST_PX: Final = 8
Cuts = tuple[int, ...]


def arrange(ratios: Sequence[float], width_px: int, height_px: int, gap_px: int) -> tuple[Box, ...]:
    """Return a box for each picture, in reading order, in rows of one height in the middle of the room.

    *ratios* are width / height. Of all ways to break them into rows the one is taken in which they are highest: with
    one height for all, that is also the one that covers most.
    """
    if not ratios:
        return ()
    calm = tuple(min(_WIDEST, max(_NARROWEST, ratio)) for ratio in ratios)
    found = (_best_rows(calm, rows, width_px, height_px, gap_px) for rows in range(1, len(calm) + 1))
    height, cuts = max(found, key=lambda way: way[0])
    return _placed(calm, cuts, (width_px, height_px), gap_px, max(_LEAST_PX, int(height)))


def _best_rows(ratios: Sequence[float], rows: int, width: int, height: int, gap: int) -> tuple[float, Cuts]:
    """Return the largest height of *rows* rows, and where they begin and end."""
    most = (height - gap * (rows - 1)) / rows
    # For each end: the best so far of the pictures before it, row by row.
    best: list[tuple[float, Cuts]] = [
        (min(most, _row_height(ratios[:end], width, gap)), (0, end)) for end in range(1, len(ratios) + 1)
    ]
    for row in range(2, rows + 1):
        best = [
            max(
                (
                    (min(best[cut - 1][0], _row_height(ratios[cut:end], width, gap)), (*best[cut - 1][1], end))
                    for cut in range(row - 1, end)
                ),
                default=(0.0, (0, end)),
            )
            for end in range(1, len(ratios) + 1)
        ]
    return best[-1]


def _row_height(ratios: Sequence[float], width: int, gap: int) -> float:
    return (width - gap * (len(ratios) - 1)) / sum(ratios)


def _placed(ratios: Sequence[float], cuts: Cuts, room: tuple[int, int], gap: int, height: int) -> tuple[Box, ...]:
    rows = list(pairwise(cuts))
    y = (room[1] - len(rows) * height - gap * (len(rows) - 1)) // 2
    boxes: list[Box] = []
    for first, end in rows:
        widths = [max(1, int(ratio * height)) for ratio in ratios[first:end]]
        x = (room[0] - sum(widths) - gap * (len(widths) - 1)) // 2
        for width in widths:
            boxes.append(Box(x, y, width, height))
            x += width + gap
        y += height + gap
    return tuple(boxes)


def above_or_below(boxes: Sequence[Box], number: int, step: int) -> int:
    """Return the number of the box nearest above (-1) or below (1) the one with *number*; itself when none is there."""
    here = boxes[number]
    tops = sorted({box.y for box in boxes})
    row = tops.index(here.y) + step
    if not 0 <= row < len(tops):
        return number
    middle = here.x + here.width / 2
    in_row = [other for other, box in enumerate(boxes) if box.y == tops[row]]
    return min(in_row, key=lambda other: abs(boxes[other].x + boxes[other].width / 2 - middle))
