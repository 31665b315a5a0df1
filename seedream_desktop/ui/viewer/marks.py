"""Stars, pick or reject, and favourite in a corner of the picture; keeps nothing beyond what is shown."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from seedream_desktop.domain.judging import UNJUDGED, Flag, Judgment
from seedream_desktop.ui.signs import draw_plate, plate_size, signs_of, words_of

_SIGN_PX: Final = 13


class Marks(QWidget):
    """A small dark plate with white signs, hidden while there is nothing to show; the mouse goes through it."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self._judgment = UNJUDGED
        self._is_drawn = True
        self.hide()

    def show_marks(self, stars: int, flag: Flag, *, is_favourite: bool) -> None:
        """Show 0 to 5 stars, pick or reject, and whether it is a favourite."""
        self._judgment = Judgment(stars, flag, is_favourite)
        self._show()
        self.resize(self.sizeHint())
        self.update()

    def set_drawn(self, *, is_drawn: bool) -> None:
        """Draw the plate, or not, whatever there is to show."""
        self._is_drawn = is_drawn
        self._show()

    def words(self) -> str:
        """Return what is shown, e.g. ``4 stars, picked, favourite``; empty when nothing is."""
        return words_of(self._judgment)

    def sizeHint(self) -> QSize:
        """Return the size of the plate with the signs there are."""
        return plate_size(signs_of(self._judgment), _SIGN_PX)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the plate and the signs from left to right."""
        painter = QPainter(self)
        draw_plate(painter, signs_of(self._judgment), 0, 0, _SIGN_PX)
        painter.end()

    def _show(self) -> None:
        self.setVisible(self._is_drawn and bool(signs_of(self._judgment)))
