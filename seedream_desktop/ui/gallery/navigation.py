"""Where the arrow keys lead; must not know Qt or what is shown."""

from __future__ import annotations

from collections.abc import Iterator

from seedream_desktop.ui.gallery.bands import Bands, Place
from seedream_desktop.ui.gallery.layout import Box


def first(bands: Bands) -> Place | None:
    """Return the first cell of all, or None in an empty gallery."""
    return _entered(bands, 0, 1)


def last(bands: Bands) -> Place | None:
    """Return the last cell of all, or None in an empty gallery."""
    return _entered(bands, len(bands) - 1, -1)


def stepped(bands: Bands, place: Place, step: int) -> Place | None:
    """Return the next cell (*step* 1) or the one before (-1) in reading order, or None at the end."""
    band, cell = place
    if 0 <= cell + step < len(bands.plan(band).cells):
        return band, cell + step
    return _entered(bands, band + step, step)


def risen(bands: Bands, place: Place, step: int) -> Place | None:
    """Return the cell in the row below (*step* 1) or above (-1) that is nearest in x, or None at the end."""
    band, cell = place
    here = bands.plan(band).cells[cell]
    while 0 <= band < len(bands):
        beyond = [
            number
            for number, box in enumerate(bands.plan(band).cells)
            if band != place[0] or (box.y - here.y) * step > 0
        ]
        if beyond:
            return band, _nearest_in_row(bands.plan(band).cells, beyond, here, step)
        band += step
    return None


def paged(bands: Bands, place: Place, dy: int) -> Place:
    """Return the cell nearest to the point *dy* pixels below (or above, when negative) the cell at *place*."""
    box = bands.cell_box(*place)
    y = min(max(0, box.y + dy), bands.height - 1)
    band = bands.band_at(y)
    inner_y = y - bands.top_of(band)
    cells = bands.plan(band).cells
    if not cells:
        return place
    return band, min(
        range(len(cells)), key=lambda n: (abs(cells[n].y - inner_y), abs(_middle(cells[n]) - _middle(box)))
    )


def between(bands: Bands, one: Place, other: Place) -> Iterator[Place]:
    """Yield every cell from one to the other, both included, in reading order."""
    start, end = min(one, other), max(one, other)
    for band in range(start[0], end[0] + 1):
        for cell in range(len(bands.plan(band).cells)):
            if start <= (band, cell) <= end:
                yield band, cell


def _entered(bands: Bands, band: int, step: int) -> Place | None:
    while 0 <= band < len(bands):
        cells = len(bands.plan(band).cells)
        if cells:
            return band, 0 if step > 0 else cells - 1
        band += step
    return None


def _nearest_in_row(cells: tuple[Box, ...], candidates: list[int], here: Box, step: int) -> int:
    row_y = (min if step > 0 else max)(cells[number].y for number in candidates)
    row = [number for number in candidates if cells[number].y == row_y]
    return min(row, key=lambda number: abs(_middle(cells[number]) - _middle(here)))


def _middle(box: Box) -> int:
    return box.x + box.width // 2
