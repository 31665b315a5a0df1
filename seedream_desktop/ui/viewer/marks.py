"""Stars, pick or reject, and favourite in a corner of the picture; keeps nothing beyond what is shown."""

from __future__ import annotations

import math
from typing import Final

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPainterPath, QPaintEvent, QPolygonF
from PySide6.QtWidgets import QWidget

from seedream_desktop.domain.judging import MAX_STARS, Flag
from seedream_desktop.ui import theme
from seedream_desktop.ui.icons import draw_icon

_SIGN_PX: Final = 13
_GAP_PX: Final = 3
_PADDING_PX: Final = 8
_HEIGHT_PX: Final = 26
_FLAG_ICONS: Final = {Flag.PICK.value: "check", Flag.REJECT.value: "x"}


class Marks(QWidget):
    """A small dark plate with white signs, hidden while there is nothing to show; the mouse goes through it."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self._stars = 0
        self._flag = Flag.NONE
        self._is_favourite = False
        self.hide()

    def show_marks(self, stars: int, flag: Flag, *, is_favourite: bool) -> None:
        """Show 0 to 5 stars, pick or reject, and whether it is a favourite."""
        self._stars, self._flag, self._is_favourite = max(0, min(MAX_STARS, stars)), flag, is_favourite
        self.setVisible(bool(self._signs()))
        self.resize(self.sizeHint())
        self.update()

    def words(self) -> str:
        """Return what is shown, e.g. ``4 stars, picked, favourite``; empty when nothing is."""
        stars = self.tr("1 star") if self._stars == 1 else self.tr("{count} stars").format(count=self._stars)
        flags = {Flag.PICK: self.tr("picked"), Flag.REJECT: self.tr("rejected"), Flag.NONE: ""}
        parts = (stars if self._stars else "", flags[self._flag], self.tr("favourite") if self._is_favourite else "")
        return ", ".join(part for part in parts if part)

    def sizeHint(self) -> QSize:
        """Return the size of the plate with the signs there are."""
        count = len(self._signs())
        return QSize(2 * _PADDING_PX + count * _SIGN_PX + max(0, count - 1) * _GAP_PX, _HEIGHT_PX)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the plate and the signs from left to right."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.OVERLAY)
        painter.drawRoundedRect(QRectF(self.rect()), theme.RADIUS_CONTROL, theme.RADIUS_CONTROL)
        painter.setBrush(theme.ON_OVERLAY)
        for number, sign in enumerate(self._signs()):
            left = _PADDING_PX + number * (_SIGN_PX + _GAP_PX)
            _draw_sign(painter, sign, QRectF(left, (_HEIGHT_PX - _SIGN_PX) / 2, _SIGN_PX, _SIGN_PX))
        painter.end()

    def _signs(self) -> list[str]:
        flag = [] if self._flag is Flag.NONE else [self._flag.value]
        return ["star"] * self._stars + flag + (["heart"] if self._is_favourite else [])


def _draw_sign(painter: QPainter, sign: str, place: QRectF) -> None:
    if sign in _FLAG_ICONS:
        draw_icon(painter, _FLAG_ICONS[sign], place, theme.ON_OVERLAY)
    else:
        painter.drawPath(_star(place) if sign == "star" else _heart(place))


def _star(place: QRectF) -> QPainterPath:
    """Return a star with five points, the first one up."""
    points = [
        place.center() + QPointF(math.sin(turn), -math.cos(turn)) * (place.width() / 2 * (1 if tip else 0.45))
        for tip, turn in ((n % 2 == 0, n * math.pi / 5) for n in range(10))
    ]
    path = QPainterPath()
    path.addPolygon(QPolygonF(points))
    path.closeSubpath()
    return path


def _heart(place: QRectF) -> QPainterPath:
    def at(x: float, y: float) -> QPointF:
        return QPointF(place.left() + x * place.width(), place.top() + y * place.height())

    path = QPainterPath(at(0.5, 0.92))
    path.cubicTo(at(-0.25, 0.45), at(0.1, -0.15), at(0.5, 0.25))
    path.cubicTo(at(0.9, -0.15), at(1.25, 0.45), at(0.5, 0.92))
    return path
