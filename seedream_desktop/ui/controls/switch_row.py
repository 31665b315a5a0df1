"""A switch with its title and a line of explanation; the whole row can be clicked."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QPoint, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QCheckBox, QSizePolicy, QWidget

from seedream_desktop.ui import theme

_SWITCH: Final = QSize(32, 18)
_GAP_PX: Final = theme.SPACE_3


class SwitchRow(QCheckBox):
    """A check box drawn as a switch: *title* and *hint* on the left, the switch on the right; one line without hint."""

    def __init__(self, title: str, hint: str, parent: QWidget | None = None) -> None:
        super().__init__(title, parent)
        self._hint = hint
        self.setAccessibleDescription(hint)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        theme.notifier.changed.connect(self.update)

    def sizeHint(self) -> QSize:
        """Return the size of two lines of text beside the switch."""
        hint = QFontMetrics(theme.label_font())
        width = max(self.fontMetrics().horizontalAdvance(self.text()), hint.horizontalAdvance(self._hint))
        height = self.fontMetrics().height() + (hint.height() + 2 if self._hint else 0)
        return QSize(width + _GAP_PX + _SWITCH.width() + 4, max(height, _SWITCH.height() + 6))

    def minimumSizeHint(self) -> QSize:
        """Return a width the hint may be elided to."""
        return QSize(120, self.sizeHint().height())

    def hitButton(self, pos: QPoint) -> bool:
        """Take clicks anywhere in the row."""
        return self.rect().contains(pos)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the words and the switch in the theme's colours."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._draw_words(painter)
        self._draw_switch(painter)

    def _draw_words(self, painter: QPainter) -> None:
        chosen = theme.tokens()
        lines = self.rect().adjusted(0, 0, -(_SWITCH.width() + _GAP_PX + 4), 0)
        painter.setPen(chosen.text if self.isEnabled() else chosen.faint)
        painter.drawText(lines, Qt.AlignmentFlag.AlignTop if self._hint else Qt.AlignmentFlag.AlignVCenter, self.text())
        painter.setFont(theme.label_font())
        painter.setPen(chosen.muted if self.isEnabled() else chosen.faint)
        hint = painter.fontMetrics().elidedText(self._hint, Qt.TextElideMode.ElideRight, lines.width())
        painter.drawText(lines, Qt.AlignmentFlag.AlignBottom, hint)

    def _draw_switch(self, painter: QPainter) -> None:
        chosen = theme.tokens()
        is_on = self.isChecked()
        track = self._track()
        painter.setPen(QPen(chosen.accent if is_on else chosen.edge, 1))
        painter.setBrush(chosen.accent if is_on else chosen.ground)
        painter.drawRoundedRect(track, track.height() / 2, track.height() / 2)
        knob = QRectF(0, 0, track.height() - 6, track.height() - 6)
        knob.moveTop(track.top() + 3)
        knob.moveLeft(track.right() - 3 - knob.width() if is_on else track.left() + 3)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(chosen.on_accent if is_on else chosen.muted)
        painter.drawEllipse(knob)
        if self.hasFocus():
            painter.setPen(QPen(chosen.accent, 1.5))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(track.adjusted(-2.5, -2.5, 2.5, 2.5), 12, 12)

    def _track(self) -> QRectF:
        box = QRect(QPoint(0, 0), _SWITCH)
        box.moveCenter(self.rect().center())
        box.moveRight(self.rect().right() - 3)
        return QRectF(box).adjusted(0.5, 0.5, -0.5, -0.5)
