"""The quiet words above the columns of the task list."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from seedream_desktop.ui import theme
from seedream_desktop.ui.tasks.columns import columns

HEIGHT_PX: Final = 28
_MIDDLE: Final = Qt.AlignmentFlag.AlignVCenter
_LEFT: Final = Qt.AlignmentFlag.AlignLeft | _MIDDLE
_RIGHT: Final = Qt.AlignmentFlag.AlignRight | _MIDDLE


class Headings(QWidget):
    """One line of names, each above its column in *rows*, the widget beneath that draws them."""

    def __init__(self, rows: QWidget, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._rows = rows
        self.setFixedHeight(HEIGHT_PX)
        theme.notifier.changed.connect(self.update)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the names and the line beneath them."""
        painter = QPainter(self)
        self._write_names(painter)
        line = self._above_rows().adjusted(theme.SPACE_2, self.height() - 1, 0, 0)
        painter.fillRect(line, theme.tokens().line)
        painter.end()

    def _write_names(self, painter: QPainter) -> None:
        painter.setFont(theme.small_font())
        painter.setPen(theme.tokens().faint)
        place = columns(self._above_rows())
        painter.drawText(place.prompt, _LEFT, self.tr("Prompt"))
        painter.drawText(place.state, _LEFT, self.tr("State"))
        numbers = ((self.tr("Took"), place.took), (self.tr("Ordered"), place.time), (self.tr("Cost"), place.cost))
        for words, column in numbers:
            if column.width():
                painter.drawText(column, _RIGHT, words)

    def _above_rows(self) -> QRect:
        # Asked at each drawing: beside the rows is a scroll bar that the style sheet may make of any width.
        return QRect(0, 0, self._rows.width(), self.height())
