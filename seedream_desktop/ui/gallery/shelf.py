"""What is shown and where it stands, put together: groups in an arrangement; must not know Qt.

A cell is known by its key, which lasts, and by its place, which every change may move.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

from seedream_desktop.domain.task import Task, TaskId
from seedream_desktop.ports.gallery import GroupIndex
from seedream_desktop.ui.gallery.bands import Bands, Place, Shapes
from seedream_desktop.ui.gallery.choice import Rows, Span, Spot
from seedream_desktop.ui.gallery.column import Column
from seedream_desktop.ui.gallery.groups import Groups
from seedream_desktop.ui.gallery.layout import Box, CardShape, GroupShape, Measures
from seedream_desktop.ui.gallery.model import has_card
from seedream_desktop.ui.gallery.selection import CellKey
from seedream_desktop.ui.gallery.wall import Wall


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell in sight: its key, its place in pixels, and its task if that is here."""

    key: CellKey
    box: Box
    task: Task | None


@dataclass(frozen=True, slots=True)
class Anchor:
    """The cell at an edge of the window, and how much of its band is beyond that edge, of how many pixels."""

    key: CellKey
    beyond_px: int
    of_px: int


class Shelf:
    """Groups under their headers or, flat, as one wall; *card_shape* returns what a card's height depends on."""

    def __init__(self, measures: Measures, card_shape: Callable[[Task], CardShape]) -> None:
        self.groups = Groups()
        self.bands: Bands = Column(measures, Shapes())
        self._card_shape = card_shape

    @property
    def is_grouped(self) -> bool:
        """Whether groups stand under their headers."""
        return isinstance(self.bands, Column)

    def set_index(self, index: GroupIndex) -> None:
        """Show these groups and no others."""
        self.bands.reset(*self.groups.set_index(index))

    def set_grouped(self, *, grouped: bool) -> None:
        """Arrange the same groups in the other way."""
        shapes, groups = self.bands.shapes, self.bands.groups()
        self.bands = (Column if grouped else Wall)(self.bands.measures, shapes)
        self.bands.reset(shapes, groups)

    def add(self, task: Task) -> None:
        """Put a new task on top."""
        self.groups.add(task)
        self.bands.insert_first(self._shape(0, task))

    def take(self, tasks: Iterable[Task]) -> tuple[Sequence[int], bool]:
        """Take new values over; return the groups that show them, and whether anything else may have moved."""
        changed = []
        for task in tasks:
            group = self.groups.take(task)
            if group is not None:
                changed.append((group, self._shape(group, task)))
        return [group for group, _ in changed], self.bands.replace(changed)

    def key_at(self, place: Place) -> CellKey:
        """Return what stands at a place."""
        band, cell = place
        group, slot = self.bands.held(band)[cell]
        return CellKey(self.groups.id_at(group), self.groups.picture_index(group, slot))

    def place_of(self, key: CellKey | None) -> Place | None:
        """Return where a cell is now; None when it is not shown, or its task changed its form."""
        group = self.groups.index_of(key.task_id) if key else None
        if key is None or group is None:
            return None
        slot = self.groups.slot_of(group, key.tile)
        return None if slot is None else self.bands.place_of(group, slot)

    def task_of(self, key: CellKey | None) -> Task | None:
        """Return the task of a cell that is shown; None when the task is not here now."""
        return self.groups.task(key.task_id) if key and self.place_of(key) is not None else None

    def span_between(self, one: Place, other: Place) -> Span:
        """Return every cell from one place to the other, both included, as a value."""
        first, last = min(one, other), max(one, other)
        return Span(self._rows(), self.groups.rank_of, ((self._spot(first), self._spot(last)),))

    def moved(self, span: Span) -> Span:
        """Return a choice of the groups before as one of those that are shown now."""
        return span.over(self._rows(), self.groups.rank_of)

    def _rows(self) -> Rows:
        """A card has a cell of its own only under a header."""
        tiles = [None if shape.card and self.is_grouped else len(shape.ratios) for shape in self.bands.shapes]
        return self.groups.rows(self.bands.groups(), tiles)

    def _spot(self, place: Place) -> Spot:
        group, slot = self.bands.held(place[0])[place[1]]
        return self.groups.rank_at(group), max(0, slot)

    def cells_between(self, top: int, bottom: int, dy: int = 0) -> Iterator[Cell]:
        """Yield every cell that lies in top..bottom, *dy* further down than it stands on the shelf."""
        for band in self.bands.bands_between(top, bottom):
            for cell in self.cells_of(band, dy):
                if cell.box.y < bottom + dy and cell.box.bottom > top + dy:
                    yield cell

    def cells_of(self, band: int, dy: int = 0) -> Iterator[Cell]:
        """Yield every cell of a band, *dy* further down than it stands on the shelf."""
        top, last, task_id, task = self.bands.top_of(band) + dy, None, None, None
        for (group, slot), inner in zip(self.bands.held(band), self.bands.plan(band).cells, strict=True):
            if task_id is None or group != last:
                last, task_id = group, self.groups.id_at(group)
                task = self.groups.task(task_id)
            yield Cell(CellKey(task_id, self.groups.picture_index(group, slot)), inner.moved(top), task)

    def missing(self, top: int, bottom: int) -> Iterator[TaskId]:
        """Yield whose tasks are not here of the groups in top..bottom."""
        for group in self.bands.groups_between(top, bottom):
            task_id = self.groups.id_at(group)
            if self.groups.task(task_id) is None:
                yield task_id

    def anchor(self, y: int) -> Anchor | None:
        """Return what stands at *y*, to be found again by `y_of` after a change."""
        if not len(self.bands):
            return None
        band = self.bands.band_at(y)
        if not self.bands.held(band):
            return None
        return Anchor(self.key_at((band, 0)), y - self.bands.top_of(band), self.bands.plan(band).height)

    def measure(self, measures: Measures, anchor: Anchor | None) -> None:
        """Lay everything out for other measures, properly what will be seen when an anchor returns to its edge."""
        self.bands.measure(measures, *self._spot_of(anchor))

    def smooth(self, anchor: Anchor) -> None:
        """Lay out properly what will be seen when an anchor returns to its edge."""
        self.bands.smooth(*self._spot_of(anchor))

    def y_of(self, anchor: Anchor) -> int | None:
        """Return where the top of an anchor's band is now, None when its task is not shown any more."""
        group = self.groups.index_of(anchor.key.task_id)
        if group is None:
            return None
        place = self.place_of(anchor.key)
        return self.bands.top_of(place[0] if place else self.bands.bands_of(group).start)

    def _spot_of(self, anchor: Anchor | None) -> tuple[int, int]:
        """Return the group and slot of an anchor; the very first ones without, and when its task is not shown now."""
        group = self.groups.index_of(anchor.key.task_id) if anchor else None
        if anchor is None or group is None:
            return 0, 0
        return group, self.groups.slot_of(group, anchor.key.tile) or 0

    def _shape(self, group: int, task: Task) -> GroupShape:
        if has_card(task):
            return GroupShape((), self._card_shape(task))
        return GroupShape(self.groups.ratios(group, task))
