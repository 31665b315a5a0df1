"""Two to four pictures beside and above each other, all with the same part in view."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import Final

from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent, Qt
from PySide6.QtWidgets import QWidget

from seedream_desktop.domain.judging import Judgment
from seedream_desktop.ui.compare.arrangement import best_columns
from seedream_desktop.ui.compare.contender import Contender
from seedream_desktop.ui.compare.pane import AROUND_PX, Pane
from seedream_desktop.ui.viewer.backdrop import BackdropChoice
from seedream_desktop.ui.viewer.canvas import PictureCanvas
from seedream_desktop.ui.viewer.framing import Framing

_MOST: Final = 4
_GAP_PX: Final = 4


class SideBySide(QWidget):
    """One pane a picture. ``activated`` carries the number of the pane that was marked by keyboard or mouse."""

    activated = Signal(int)

    def __init__(self, backdrop: BackdropChoice, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._count = 0
        self._active = 0
        self._ratio = 1.0
        self.panes = tuple(Pane(backdrop, self) for _ in range(_MOST))
        for number, pane in enumerate(self.panes):
            pane.activated.connect(partial(self.activated.emit, number))
            pane.canvas.framed.connect(partial(self._lead, number))

    @property
    def canvas(self) -> PictureCanvas:
        """The marked picture, the one that is zoomed by keys."""
        return self.panes[self._active].canvas

    def show_contenders(self, contenders: Sequence[Contender]) -> None:
        """Show these pictures, whole."""
        self._count = len(contenders)
        sizes = [contender.depiction.size for contender in contenders]
        self._ratio = sum(size.width() / size.height() for size in sizes) / max(1, len(sizes))
        for pane, contender in zip(self.panes, contenders, strict=False):
            pane.show_contender(contender)
        self._arrange()

    def set_active(self, number: int) -> None:
        """Mark one of them; the keyboard goes there when it was on another."""
        had_focus = any(pane.canvas.hasFocus() for pane in self.panes)
        self._active = number
        for place, pane in enumerate(self.panes):
            pane.set_active(is_active=place == number)
        if had_focus:
            self.panes[number].canvas.setFocus(Qt.FocusReason.OtherFocusReason)

    def set_judgment(self, number: int, judgment: Judgment) -> None:
        """Show what was said of a picture."""
        self.panes[number].set_judgment(judgment)

    def renew(self, number: int) -> None:
        """Draw a picture whose pixels have come."""
        self.panes[number].canvas.renew()

    def follow(self, lead: Framing) -> None:
        """Show this part of all of them."""
        for pane in self.panes[: self._count]:
            pane.canvas.follow(lead)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Lay them out anew."""
        super().resizeEvent(event)
        self._arrange()

    def _arrange(self) -> None:
        if self._count == 0:
            return
        around = (AROUND_PX[0] + _GAP_PX, AROUND_PX[1] + _GAP_PX)
        columns = best_columns(self._count, self._ratio, (self.width(), self.height()), around)
        rows = -(-self._count // columns)
        for number, pane in enumerate(self.panes):
            row, column = divmod(number, columns)
            left, right = _span(column, columns, self.width())
            top, bottom = _span(row, rows, self.height())
            pane.setGeometry(left, top, right - left, bottom - top)
            pane.setVisible(number < self._count)

    def _lead(self, number: int, framing: Framing) -> None:
        for place, pane in enumerate(self.panes[: self._count]):
            if place != number:
                pane.canvas.follow(framing)


def _span(place: int, places: int, length: int) -> tuple[int, int]:
    """Return where one of *places* equal parts of a length begins and ends, with a gap to the next."""
    part = (length + _GAP_PX) / places
    return round(place * part), round((place + 1) * part) - _GAP_PX
