"""What was just said of a picture that has already given way to the next one; keeps nothing beyond a moment."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QSize, Qt, QTimer
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from seedream_desktop.domain.judging import Change, Flag
from seedream_desktop.ui.signs import STAR_SIGN, draw_plate, plate_size

_SIGN_PX: Final = 22
_SEEN_MS: Final = 1_200
_NONE: Final = "0"


class Verdict(QWidget):
    """A dark plate with white signs, for a moment; the mouse goes through it."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self._signs: tuple[str, ...] = ()
        self._moment = QTimer(self)
        self._moment.setSingleShot(True)
        self._moment.setInterval(_SEEN_MS)
        self._moment.timeout.connect(self.hide)
        self.hide()

    @property
    def signs(self) -> tuple[str, ...]:
        """What is shown, from left to right; nothing once the moment is over."""
        return self._signs if not self.isHidden() else ()

    def tell(self, change: Change) -> None:
        """Show the stars or the flag that *change* gave."""
        self._signs = _signs_of(change)
        self.setVisible(bool(self._signs))
        self.resize(self.sizeHint())
        self.raise_()
        self.update()
        self._moment.start()

    def sizeHint(self) -> QSize:
        """Return the size of the plate with the signs there are."""
        return plate_size(self._signs, _SIGN_PX)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the plate and the signs."""
        painter = QPainter(self)
        draw_plate(painter, self._signs, 0, 0, _SIGN_PX)
        painter.end()


def _signs_of(change: Change) -> tuple[str, ...]:
    if change.stars is not None:
        return (STAR_SIGN,) * change.stars or (_NONE, STAR_SIGN)
    return () if change.flag in (None, Flag.NONE) else (change.flag.value,)
