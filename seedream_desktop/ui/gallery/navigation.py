"""Where the arrow keys lead in a column of groups; must not know Qt.

A place is the number of a group and the number of a cell in it.
"""

from __future__ import annotations

from collections.abc import Iterator

from seedream_desktop.ui.gallery.layout import Box, Column

Place = tuple[int, int]


def first(column: Column) -> Place | None:
    """Return the first cell of all, or None in an empty gallery."""
    return _entered(column, 0, 1)


def last(column: Column) -> Place | None:
    """Return the last cell of all, or None in an empty gallery."""
    return _entered(column, len(column) - 1, -1)


def stepped(column: Column, place: Place, step: int) -> Place | None:
    """Return the next cell (*step* 1) or the one before (-1) in reading order, or None at the end."""
    group, cell = place
    if 0 <= cell + step < len(column.plan(group).cells):
        return group, cell + step
    return _entered(column, group + step, step)


def risen(column: Column, place: Place, step: int) -> Place | None:
    """Return the cell in the row below (*step* 1) or above (-1) that is nearest in x, or None at the end."""
    group, cell = place
    here = column.plan(group).cells[cell]
    while 0 <= group < len(column):
        beyond = [
            number
            for number, box in enumerate(column.plan(group).cells)
            if group != place[0] or (box.y - here.y) * step > 0
        ]
        if beyond:
            return group, _nearest_in_row(column.plan(group).cells, beyond, here, step)
        group += step
    return None


def paged(column: Column, place: Place, dy: int) -> Place:
    """Return the cell nearest to the point *dy* pixels below (or above, when negative) the cell at *place*."""
    box = column.cell_box(*place)
    y = min(max(0, box.y + dy), column.height - 1)
    group = column.group_at(y)
    inner_y = y - column.top_of(group)
    cells = column.plan(group).cells
    if not cells:
        return place
    return group, min(
        range(len(cells)), key=lambda n: (abs(cells[n].y - inner_y), abs(_middle(cells[n]) - _middle(box)))
    )


def between(column: Column, one: Place, other: Place) -> Iterator[Place]:
    """Yield every cell from one to the other, both included, in reading order."""
    start, end = min(one, other), max(one, other)
    for group in range(start[0], end[0] + 1):
        for cell in range(len(column.plan(group).cells)):
            if start <= (group, cell) <= end:
                yield group, cell


def _entered(column: Column, group: int, step: int) -> Place | None:
    while 0 <= group < len(column):
        cells = len(column.plan(group).cells)
        if cells:
            return group, 0 if step > 0 else cells - 1
        group += step
    return None


def _nearest_in_row(cells: tuple[Box, ...], candidates: list[int], here: Box, step: int) -> int:
    row_y = (min if step > 0 else max)(cells[number].y for number in candidates)
    row = [number for number in candidates if cells[number].y == row_y]
    return min(row, key=lambda number: abs(_middle(cells[number]) - _middle(here)))


def _middle(box: Box) -> int:
    return box.x + box.width // 2
