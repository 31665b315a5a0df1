"""The day beside the scroll bar while it is dragged."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QScrollBar, QStyle, QStyleOptionSlider, QWidget

from seedream_desktop.ui import theme

_HEIGHT_PX: Final = 28
_AWAY_PX: Final = 8


class DateBubble(QWidget):
    """Follows the slider of *bar* while the mouse holds it; *day_word* returns what it says, "" for nothing."""

    def __init__(self, bar: QScrollBar, day_word: Callable[[], str], parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setFont(theme.label_font())
        self.hide()
        self._over = parent
        self._bar = bar
        self._day_word = day_word
        self.text = ""
        bar.valueChanged.connect(self._follow)
        bar.sliderReleased.connect(self.hide)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the day on a plate that is readable on every picture."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.OVERLAY)
        painter.drawRoundedRect(QRectF(self.rect()), theme.RADIUS_CONTROL, theme.RADIUS_CONTROL)
        painter.setPen(theme.ON_OVERLAY)
        painter.drawText(self.rect(), Qt.AlignmentFlag.AlignCenter, self.text)

    def _follow(self) -> None:
        self.text = self._day_word() if self._bar.isSliderDown() else ""
        if not self.text:
            self.hide()
            return
        width = QFontMetrics(self.font()).horizontalAdvance(self.text) + 2 * theme.SPACE_3
        left = self._bar.mapTo(self._over, self._bar.rect().topLeft()).x() - _AWAY_PX - width
        most = max(0, self._over.height() - _HEIGHT_PX)
        self.setGeometry(left, min(most, max(0, self._slider_middle() - _HEIGHT_PX // 2)), width, _HEIGHT_PX)
        self.update()
        self.show()
        self.raise_()

    def _slider_middle(self) -> int:
        option = QStyleOptionSlider()
        self._bar.initStyleOption(option)
        control, part = QStyle.ComplexControl.CC_ScrollBar, QStyle.SubControl.SC_ScrollBarSlider
        slider = self._bar.style().subControlRect(control, option, part, self._bar)
        return self._bar.mapTo(self._over, slider.center()).y()
