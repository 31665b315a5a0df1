"""A combo box that looks like the other fields and that a passing wheel does not change."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QRectF
from PySide6.QtGui import QPainter, QPaintEvent, QWheelEvent
from PySide6.QtWidgets import QComboBox, QWidget

from seedream_desktop.ui import theme
from seedream_desktop.ui.icons import draw_icon

_SIGN_PX: Final = 14


class ComboBox(QComboBox):
    """A closed list of choices. It needs a buddy label: on Linux nothing else gives it a name."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        theme.notifier.changed.connect(self.update)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the field, then the sign: a style sheet cannot colour one by the theme."""
        super().paintEvent(event)
        chosen = theme.tokens()
        sign = QRectF(self.width() - _SIGN_PX - 9, (self.height() - _SIGN_PX) / 2, _SIGN_PX, _SIGN_PX)
        draw_icon(QPainter(self), "chevron-down", sign, chosen.muted if self.isEnabled() else chosen.faint)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Leave the wheel to what lies behind unless the box has the focus."""
        if self.hasFocus():
            super().wheelEvent(event)
        else:
            event.ignore()
