"""Groups one below the other, each under its header; must not know Qt or tasks.

A group's height depends only on its shape, and there are few different shapes: so 100,000 groups cost a sum, not a
layout.
"""

from __future__ import annotations

from array import array
from collections.abc import Sequence

from seedream_desktop.ui.gallery.bands import Bands, Held, Place, Shapes
from seedream_desktop.ui.gallery.layout import CARD, BandPlan, GroupShape, Measures, group_heights_px, plan_group
from seedream_desktop.ui.gallery.sums import Sums


class Column(Bands):
    """One band for each group."""

    def __init__(self, measures: Measures, shapes: Shapes) -> None:
        super().__init__(measures, shapes)
        self._sums = Sums()
        self._heights: list[int] = []
        self._plans: dict[int, BandPlan] = {}

    def __len__(self) -> int:
        return len(self._sums)

    @property
    def height(self) -> int:
        """The height of all groups together, in pixels."""
        return self._sums.total

    def reset(self, shapes: Shapes, groups: array[int]) -> None:
        """Put groups of these shapes, by their numbers, in the place of all others."""
        self._shapes = shapes
        self._measure_shapes()
        self._sums.reset(groups, self._heights)

    def groups(self) -> array[int]:
        """Return the number of every group's shape."""
        return self._sums.kinds()

    def insert_first(self, shape: GroupShape) -> None:
        """Put a group on top."""
        self._sums.insert_first(self._number(shape))

    def replace(self, changed: Sequence[tuple[int, GroupShape]]) -> bool:
        """Give groups other shapes and return whether anything moved."""
        moved = False
        for group, shape in changed:
            old, new = self._sums.kind(group), self._number(shape)
            self._sums.replace(group, new)
            moved = moved or self._heights[old] != self._heights[new]
        return moved

    def smooth(self, group: int, index: int) -> None:
        """Do nothing: where a group stands is never estimated."""

    def top_of(self, band: int) -> int:
        """Return where a group begins."""
        return self._sums.start(band)

    def plan(self, band: int) -> BandPlan:
        """Return the places inside a group, from its own top."""
        number = self._sums.kind(band)
        plan = self._plans.get(number)
        if plan is None:
            plan = self._plans[number] = plan_group(self._shapes[number], self._measures)
        return plan

    def band_at(self, y: int) -> int:
        """Return the group at *y*, the nearest one beyond the ends; there must be a group."""
        return self._sums.find(y)

    def held(self, band: int) -> Sequence[Held]:
        """Return what the cells of a group show."""
        plan = self.plan(band)
        first = CARD if plan.has_card else 0
        return [(band, first + cell) for cell in range(len(plan.cells))]

    def place_of(self, group: int, index: int) -> Place | None:
        """Return where a tile or the CARD of a group stands, or None when there is no such cell."""
        plan = self.plan(group)
        cell = index + 1 if plan.has_card else index
        return (group, cell) if 0 <= cell < len(plan.cells) else None

    def bands_of(self, group: int) -> range:
        """Return the group itself."""
        return range(group, group + 1)

    def groups_between(self, top: int, bottom: int) -> range:
        """Return the groups of which anything lies in top..bottom."""
        return self.bands_between(top, bottom)

    def _number(self, shape: GroupShape) -> int:
        number = self._shapes.number(shape)
        if number == len(self._heights):
            self._heights += group_heights_px([shape], self._measures)
        return number

    def _measure_shapes(self) -> None:
        self._plans.clear()
        self._heights = group_heights_px(self._shapes, self._measures)

    def _lay_out(self) -> None:
        self._measure_shapes()
        self._sums.resize(self._heights)
