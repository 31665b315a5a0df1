"""What lies around a picture: the window's own ground, or one that shows the edges and the tones better."""

from __future__ import annotations

from enum import StrEnum
from typing import Final

from PySide6.QtCore import QObject, QRect, QSettings, Signal
from PySide6.QtGui import QBrush, QPainter, QPixmap

from seedream_desktop.ui import theme

_SETTING: Final = "viewer/backdrop"
_CHECK_PX: Final = 12


class Backdrop(StrEnum):
    """In the order in which they follow each other."""

    WINDOW = "window"
    BLACK = "black"
    GREY = "grey"
    WHITE = "white"
    CHECKER = "checker"

    def next(self) -> Backdrop:
        """Return the one that follows, the first after the last."""
        every = list(Backdrop)
        return every[(every.index(self) + 1) % len(every)]


_PLAIN: Final = {
    Backdrop.BLACK: theme.BACKDROP_BLACK,
    Backdrop.GREY: theme.BACKDROP_GREY,
    Backdrop.WHITE: theme.BACKDROP_WHITE,
}


class BackdropChoice(QObject):
    """The backdrop that everything which shows a picture large has in common."""

    changed = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.current = Backdrop.WINDOW

    def choose(self, backdrop: Backdrop) -> None:
        """Take another one."""
        self.current = backdrop
        self.changed.emit()

    def choose_next(self) -> None:
        """Take the one that follows."""
        self.choose(self.current.next())

    def load(self, settings: QSettings) -> None:
        """Take the one of the last time; nonsense changes nothing."""
        kept = settings.value(_SETTING)
        if kept in list(Backdrop):
            self.choose(Backdrop(kept))

    def save(self, settings: QSettings) -> None:
        """Keep it for the next time."""
        settings.setValue(_SETTING, self.current.value)


def draw_backdrop(painter: QPainter, backdrop: Backdrop, exposed: QRect, pixel_ratio: float) -> None:
    """Fill *exposed*, in device pixels."""
    if backdrop is Backdrop.CHECKER:
        painter.fillRect(exposed, QBrush(_checks(max(1, round(_CHECK_PX * pixel_ratio)))))
    else:
        painter.fillRect(exposed, _PLAIN.get(backdrop, theme.tokens().ground))


def _checks(side_px: int) -> QPixmap:
    tile = QPixmap(2 * side_px, 2 * side_px)
    tile.fill(theme.BACKDROP_CHECKS[0])
    painter = QPainter(tile)
    for left, top in ((0, 0), (side_px, side_px)):
        painter.fillRect(left, top, side_px, side_px, theme.BACKDROP_CHECKS[1])
    painter.end()
    return tile
