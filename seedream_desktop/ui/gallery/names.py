"""What assistive technology is told of the cells in sight, once they stand still; must not paint or move anything."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Final

from PySide6.QtCore import QCoreApplication, QObject, QTimer, Signal
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QWidget

from seedream_desktop.domain.task import Task
from seedream_desktop.ui.gallery import wording
from seedream_desktop.ui.gallery.judged import Judged
from seedream_desktop.ui.gallery.layout import CARD, Box
from seedream_desktop.ui.gallery.painting import qrect
from seedream_desktop.ui.gallery.proxies import CellProxies
from seedream_desktop.ui.gallery.selection import CellKey, Selection
from seedream_desktop.ui.signs import words_of

# Naming sixty cells takes half a frame, and nobody can read names that move.
_STILL_MS: Final = 80


class CellNames(QObject):
    """Names the cells that *present* returns: task, tile and place; ``chosen`` carries the number of one of them."""

    chosen = Signal(int)

    def __init__(
        self,
        viewport: QWidget,
        present: Callable[[], Sequence[tuple[Task, int, Box]]],
        selection: Selection,
        judged: Judged,
    ) -> None:
        super().__init__(viewport)
        self._present = present
        self._selection = selection
        self._judged = judged
        self._proxies = CellProxies(viewport)
        self._proxies.chosen.connect(self.chosen)
        self._still = QTimer(self)
        self._still.setInterval(_STILL_MS)
        self._still.setSingleShot(True)
        self._still.timeout.connect(self.renew)

    @property
    def is_still(self) -> bool:
        """Whether what is in sight has its names."""
        return not self._still.isActive()

    def renew_soon(self) -> None:
        """Name the cells when nothing has moved for a while."""
        self._still.start()

    def renew(self) -> None:
        """Name what is in sight now."""
        self._still.stop()
        self._proxies.show(
            [(qrect(box), _name(task, tile), self._describe(task, tile)) for task, tile, box in self._present()]
        )

    def tell_current(self, key: CellKey) -> None:
        """Tell a screen reader, if there is one, that the keyboard stands on this cell now."""
        if not QAccessible.isActive():
            return
        self.renew()
        keys = [CellKey(task.id, tile) for task, tile, _ in self._present()]
        if key in keys:
            self._proxies.tell_current(keys.index(key))

    def _describe(self, task: Task, tile: int) -> str:
        chosen = QCoreApplication.translate("Gallery", "Chosen") if (task.id, tile) in self._selection.chosen else ""
        return ", ".join(filter(None, (chosen, words_of(self._judged.of_tile(task, tile)))))


def _name(task: Task, tile: int) -> str:
    return wording.card_name(task) if tile == CARD else wording.tile_name(task, tile)
