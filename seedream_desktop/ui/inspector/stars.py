"""Five stars to be clicked, dragged over or stepped through; for assistive technology a slider from 0 to 5."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QMouseEvent, QPainter, QPaintEvent, QPen, QWheelEvent
from PySide6.QtWidgets import QSlider, QWidget

from seedream_desktop.domain.judging import MAX_STARS
from seedream_desktop.ui import theme
from seedream_desktop.ui.controls.naming import set_name
from seedream_desktop.ui.signs import star_path

_STAR_PX: Final = 17
_STEP_PX: Final = 21
_MARGIN_PX: Final = 4


class Stars(QSlider):
    """``rated`` carries the stars the user gives; a click on the last star given takes all back."""

    rated = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        set_name(self, "stars", self.tr("Stars"))
        self.setRange(0, MAX_STARS)
        self.setPageStep(1)
        self.setFixedSize(self.sizeHint())
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setMouseTracking(True)
        self._pointed: int | None = None
        self._is_mixed = False
        self._is_showing = False
        self.valueChanged.connect(self._tell)
        theme.notifier.changed.connect(self.update)
        self.show_stars(0)

    def show_stars(self, stars: int | None) -> None:
        """Show what was given; None when several pictures have different ones."""
        self._is_showing = True
        self.setValue(stars or 0)
        self._is_showing = False
        self._is_mixed = stars is None
        self._describe()
        self.update()

    def sizeHint(self) -> QSize:
        """Return the room for five stars and the ring of the keyboard."""
        return QSize(MAX_STARS * _STEP_PX + _MARGIN_PX, _STAR_PX + 2 * _MARGIN_PX)

    def minimumSizeHint(self) -> QSize:
        """Return the same: stars are never cut off."""
        return self.sizeHint()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw filled stars as far as given, or as far as the pointer would give."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        colours = theme.tokens()
        filled = self.value() if self._pointed is None else self._pointed
        for number in range(1, MAX_STARS + 1):
            is_filled = number <= filled
            painter.setPen(QPen(colours.care if is_filled else colours.edge, 1.2))
            painter.setBrush(colours.care if is_filled else Qt.BrushStyle.NoBrush)
            painter.drawPath(star_path(self._place_of(number)))
        if self.hasFocus():
            painter.setPen(QPen(colours.accent, 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), 5, 5)
        painter.end()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Give the stars under the pointer."""
        if event.button() is Qt.MouseButton.LeftButton:
            stars = self._stars_at(event.position().x())
            self._give(0 if stars == self.value() and not self._is_mixed else stars)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Show what a click would give."""
        self._pointed = self._stars_at(event.position().x())
        self.update()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Keep what was given when the button went down."""
        event.accept()

    def leaveEvent(self, _event: object) -> None:
        """Show what is given."""
        self._pointed = None
        self.update()

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Leave the wheel to the panel, which scrolls."""
        event.ignore()

    def _give(self, stars: int) -> None:
        """A value that stays the same is told too: of several pictures with different stars it is new."""
        self._pointed = None
        if self.value() == stars:
            self.rated.emit(stars)
        else:
            self.setValue(stars)

    def _tell(self, stars: int) -> None:
        self._is_mixed = False
        self._describe()
        if not self._is_showing:
            self.rated.emit(stars)

    def _describe(self) -> None:
        given = self.tr("{count} of 5").format(count=self.value())
        self.setAccessibleDescription(self.tr("mixed") if self._is_mixed else given)

    def _place_of(self, number: int) -> QRectF:
        return QRectF(_MARGIN_PX + (number - 1) * _STEP_PX, _MARGIN_PX, _STAR_PX, _STAR_PX)

    def _stars_at(self, x: float) -> int:
        return max(1, min(MAX_STARS, 1 + int((x - _MARGIN_PX) // _STEP_PX)))
