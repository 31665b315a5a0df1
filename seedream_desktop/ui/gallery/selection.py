"""Which cells are chosen and which one the keyboard stands on; must not know Qt."""

from __future__ import annotations

from collections.abc import Container, Iterable, Set
from typing import NamedTuple

from seedream_desktop.domain.task import TaskId


class CellKey(NamedTuple):
    """A cell by what it shows, so that it stays chosen while the gallery moves; *tile* is CARD for a card."""

    task_id: TaskId
    tile: int


class Selection:
    """The chosen cells, the current one, and where a Shift range begins."""

    def __init__(self) -> None:
        self.current: CellKey | None = None
        self.anchor: CellKey | None = None
        self.chosen: Set[CellKey] = set()

    @property
    def keys(self) -> set[CellKey]:
        """All cells that are remembered one by one for anything; a choice that is a value of its own is left out."""
        single = self.chosen if isinstance(self.chosen, set) else set()
        return single | {key for key in (self.current, self.anchor) if key is not None}

    def keep(self, task_ids: Container[TaskId]) -> None:
        """Forget every cell of a task that is not among these; a choice that is a value of its own stays."""
        if isinstance(self.chosen, set):
            self.chosen = {key for key in self.chosen if key.task_id in task_ids}
        self.current = self.current if self.current and self.current.task_id in task_ids else None
        self.anchor = self.anchor if self.anchor and self.anchor.task_id in task_ids else None

    def choose(self, key: CellKey) -> None:
        """Choose this cell alone."""
        self.current = self.anchor = key
        self.chosen = {key}

    def toggle(self, key: CellKey) -> None:
        """Add the cell to the chosen ones, or take it out."""
        self.current = self.anchor = key
        self.chosen = self.chosen ^ {key}

    def move(self, key: CellKey) -> None:
        """Stand on the cell without choosing it."""
        self.current = self.anchor = key

    def stretch(self, key: CellKey, covered: Iterable[CellKey]) -> None:
        """Choose *covered*, the cells from the anchor to *key*; the anchor stays."""
        self.current = key
        self.anchor = self.anchor or key
        self.chosen = covered if isinstance(covered, Set) else set(covered)

    def choose_all(self, keys: Iterable[CellKey]) -> None:
        """Choose all of *keys*; the current cell stays."""
        self.chosen = keys if isinstance(keys, Set) else set(keys)

    def clear(self) -> None:
        """Choose nothing."""
        self.current = self.anchor = None
        self.chosen = set()
