"""Two pictures over each other: left of a movable line one is seen, right of it the other."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetrics, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from seedream_desktop.domain.judging import UNJUDGED, Judgment
from seedream_desktop.ui import theme
from seedream_desktop.ui.compare.contender import Contender
from seedream_desktop.ui.signs import draw_plate, plate_size, signs_of, words_of
from seedream_desktop.ui.viewer.backdrop import BackdropChoice
from seedream_desktop.ui.viewer.canvas import PictureCanvas
from seedream_desktop.ui.viewer.depiction import Depiction
from seedream_desktop.ui.viewer.framing import Framing

_GRIP_PX: Final = 14
_KNOB_PX: Final = 11
_STEP: Final = 0.02
_PLATE_HEIGHT_PX: Final = 26
_AWAY_PX: Final = 12
_SIGN_PX: Final = 13


class SliderCanvas(PictureCanvas):
    """The picture on the left is the canvas's own; the other one follows its zoom and place."""

    def __init__(self, backdrop: BackdropChoice, parent: QWidget | None = None) -> None:
        super().__init__(backdrop, parent, may_grow=True)
        self._other = Depiction(QSize(1, 1))
        self._labels: tuple[Sequence[str], Sequence[str]] = (("",), ("",))
        self._active = 0
        self._judgments = (UNJUDGED, UNJUDGED)
        self._is_held = False
        self.divider = 0.5
        self.setMouseTracking(True)

    def show_pair(self, left: Contender, right: Contender) -> None:
        """Show these two in the place and at the zoom of the ones before."""
        self._other = right.depiction
        self._labels = (left.wordings, right.wordings)
        self.change_depiction(left.depiction)
        self.setAccessibleName(self.tr("{left}; {right}").format(left=left.spoken, right=right.spoken))
        self._describe()

    def set_active(self, side: int) -> None:
        """Mark the left picture, 0, or the right one, 1."""
        self._active = side
        self._describe()
        self.update()

    def set_judgments(self, left: Judgment, right: Judgment) -> None:
        """Show what was said of the two pictures."""
        self._judgments = (left, right)
        self._describe()
        self.update()

    def move_divider(self, steps: int) -> None:
        """Move the line by fiftieths of the width, to the right when *steps* is above 0."""
        self._put_divider(self.divider + steps * _STEP)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw both pictures, then the line and what they are called."""
        super().paintEvent(event)
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._draw_line(painter)
        self._draw_labels(painter)
        painter.end()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Take hold of the line, else of the pictures."""
        if event.button() is Qt.MouseButton.LeftButton and self._is_at_line(event.position()):
            self._is_held = True
        else:
            super().mousePressEvent(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Let the line follow the mouse."""
        if self._is_held:
            self._put_divider(event.position().x() / max(1, self.width()))
            return
        super().mouseMoveEvent(event)
        if not event.buttons():
            self._show_cursor_at(event.position())

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Let go."""
        self._is_held = False
        super().mouseReleaseEvent(event)

    def _draw(self, painter: QPainter, exposed: QRect) -> None:
        split = round(self.divider * self.width() * self.devicePixelRatioF())
        left = QRect(exposed)
        left.setRight(min(exposed.right(), split - 1))
        right = QRect(exposed)
        right.setLeft(max(exposed.left(), split))
        for part, depiction, framing in (
            (left, self._depiction, self._framing),
            (right, self._other, self._framing_of_other()),
        ):
            if part.isValid():
                painter.setClipRect(part)
                depiction.draw(painter, framing, part, is_moving=self._is_rough(exposed))
        painter.setClipping(False)

    def _sharpen(self) -> None:
        self._sharpener.begin(self._other, self._framing_of_other())
        super()._sharpen()

    def _framing_of_other(self) -> Framing:
        return self._whole(self._other.size).following(self._framing)

    def _put_divider(self, divider: float) -> None:
        self.divider = max(0.0, min(1.0, divider))
        self._describe()
        self.update()

    def _describe(self) -> None:
        words = self.tr("slider at {percent} %, marked: {label}")
        percent = round(100 * self.divider)
        said = words_of(self._judgments[self._active])
        label = ", ".join(filter(None, (self._labels[self._active][0], said)))
        self.setAccessibleDescription(words.format(percent=percent, label=label))

    def _is_at_line(self, point: QPointF) -> bool:
        return abs(point.x() - self.divider * self.width()) <= _GRIP_PX

    def _show_cursor_at(self, point: QPointF) -> None:
        if self._is_at_line(point):
            self.setCursor(Qt.CursorShape.SplitHCursor)
        else:
            self._show_cursor()

    def _draw_line(self, painter: QPainter) -> None:
        x = round(self.divider * self.width())
        for colour, width in ((theme.OVERLAY, 4), (theme.ON_OVERLAY, 2)):
            painter.setPen(QPen(colour, width))
            painter.drawLine(x, 0, x, self.height())
        painter.setPen(QPen(theme.OVERLAY, 1))
        painter.setBrush(theme.ON_OVERLAY)
        middle = QPointF(x, self.height() / 2)
        painter.drawEllipse(middle, _KNOB_PX, _KNOB_PX)
        painter.setPen(QPen(theme.OVERLAY, 2, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap))
        for side in (-1, 1):
            tip = middle + QPointF(side * 6, 0)
            painter.drawPolyline([tip + QPointF(-side * 3, -3), tip, tip + QPointF(-side * 3, 3)])

    def _draw_labels(self, painter: QPainter) -> None:
        painter.setFont(theme.label_font())
        metrics = QFontMetrics(theme.label_font())
        most = self.width() / 2 - 4 * theme.SPACE - 2 * _AWAY_PX
        for side, wordings in enumerate(self._labels):
            text = next((words for words in wordings if metrics.horizontalAdvance(words) <= most), wordings[-1])
            width = metrics.horizontalAdvance(text) + 4 * theme.SPACE
            left = _AWAY_PX if side == 0 else self.width() - width - _AWAY_PX
            place = QRectF(left, self.height() - _PLATE_HEIGHT_PX - _AWAY_PX, width, _PLATE_HEIGHT_PX)
            is_active = side == self._active
            painter.setPen(QPen(theme.ON_OVERLAY, 2) if is_active else Qt.PenStyle.NoPen)
            painter.setBrush(theme.OVERLAY)
            painter.drawRoundedRect(place, theme.RADIUS_CONTROL, theme.RADIUS_CONTROL)
            painter.setPen(theme.ON_OVERLAY)
            painter.drawText(place, Qt.AlignmentFlag.AlignCenter, text)
            self._draw_signs(painter, side, place)

    def _draw_signs(self, painter: QPainter, side: int, below: QRectF) -> None:
        """Draw what was said of a picture above what it is called."""
        signs = signs_of(self._judgments[side])
        if signs:
            size = plate_size(signs, _SIGN_PX)
            left = below.left() if side == 0 else below.right() - size.width()
            draw_plate(painter, signs, left, below.top() - size.height() - theme.SPACE, _SIGN_PX)
