"""A rectangle pulled over the gallery's ground, which catches the cells it touches; must not know what is chosen."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Final

from PySide6.QtCore import QObject, QPoint, QRect, Qt, QTimer, Signal
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractScrollArea, QApplication, QWidget

from seedream_desktop.ui import theme
from seedream_desktop.ui.gallery.painting import qrect
from seedream_desktop.ui.gallery.selection import CellKey
from seedream_desktop.ui.gallery.shelf import Cell

_SCROLL_MS: Final = 16
# So much of the way beyond the edge is scrolled each time.
_SCROLL_PART: Final = 0.2
_TINT_PART: Final = 0.2


class _Frame(QWidget):
    """The rectangle as it is seen."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.hide()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw an edge, and a tint through which the pictures are seen."""
        accent = theme.tokens().accent
        tint = QColor(accent)
        tint.setAlphaF(_TINT_PART)
        painter = QPainter(self)
        painter.setPen(accent)
        painter.setBrush(tint)
        painter.drawRect(self.rect().adjusted(0, 0, -1, -1))
        painter.end()


class Lasso(QObject):
    """Pulled in *area*, which scrolls along; ``caught`` carries the keys of what it touches, in reading order.

    *cells_between* yields the cells of a part of all that can be scrolled to, by its top and bottom.
    """

    caught = Signal(object)

    def __init__(self, area: QAbstractScrollArea, cells_between: Callable[[int, int], Iterable[Cell]]) -> None:
        super().__init__(area)
        self._area, self._cells_between = area, cells_between
        self._begin: QPoint | None = None
        self._pointer = QPoint()
        self._frame = _Frame(area.viewport())
        self._scrolling = QTimer(self)
        self._scrolling.setInterval(_SCROLL_MS)
        self._scrolling.timeout.connect(self._scroll)

    def begin(self, point: QPoint) -> None:
        """Be ready to be pulled from a point of the viewport."""
        self._begin = point + self._offset
        self._pointer = point

    def pull(self, point: QPoint) -> None:
        """Reach to another point of the viewport, or beyond it; the first few pixels may be a click."""
        self._pointer = point
        if self._begin is None:
            return
        if self._frame.isVisible() or self._way >= QApplication.startDragDistance():
            self._frame.show()
            self._scrolling.start()
            self._catch()

    def end(self) -> None:
        """Let go."""
        self._begin = None
        self._scrolling.stop()
        self._frame.hide()

    @property
    def _offset(self) -> QPoint:
        return QPoint(0, self._area.verticalScrollBar().value())

    @property
    def _way(self) -> int:
        return 0 if self._begin is None else (self._pointer + self._offset - self._begin).manhattanLength()

    def _catch(self) -> None:
        if self._begin is None:
            return
        reach = QRect(self._begin, self._pointer + self._offset).normalized()
        self._frame.setGeometry(reach.translated(-self._offset))
        cells = self._cells_between(reach.top(), reach.bottom() + 1)
        found: list[CellKey] = [cell.key for cell in cells if reach.intersects(qrect(cell.box))]
        self.caught.emit(found)

    def _scroll(self) -> None:
        """Go on in the direction in which the pointer left the viewport."""
        room, y = self._area.viewport().rect(), self._pointer.y()
        beyond = min(0, y - room.top()) or max(0, y - room.bottom())
        bar = self._area.verticalScrollBar()
        before = bar.value()
        bar.setValue(before + round(beyond * _SCROLL_PART))
        if bar.value() != before:
            self._catch()
