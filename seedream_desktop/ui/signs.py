"""How a judgment is drawn and told: stars, pick or reject, and favourite, white on a small dark plate."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import QCoreApplication, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QPainter, QPainterPath, QPen, QPolygonF

from seedream_desktop.domain.judging import Flag, Judgment
from seedream_desktop.ui import theme

STAR_SIGN, FAVOURITE_SIGN = "star", "heart"
# Strokes from point to point, in parts of the sign's side; an icon's thin lines would fade at 8 px.
_FLAG_STROKES: Final = {
    Flag.PICK.value: (((0.12, 0.55), (0.4, 0.82), (0.88, 0.22)),),
    Flag.REJECT.value: (((0.18, 0.18), (0.82, 0.82)), ((0.82, 0.18), (0.18, 0.82))),
}
_STROKE_PART: Final = 0.18
_MOST_STROKE_PX: Final = 1.8
_FEWEST_COUNTED: Final = 3
_DIGIT_PART: Final = 1.25
_PADDING_PART: Final = 0.6
_GAP_PART: Final = 0.25
_HEIGHT_PART: Final = 2.0


def signs_of(judgment: Judgment) -> tuple[str, ...]:
    """Return the signs from left to right; none for a picture nobody judged."""
    flag = () if judgment.flag is Flag.NONE else (judgment.flag.value,)
    return (STAR_SIGN,) * judgment.stars + flag + ((FAVOURITE_SIGN,) if judgment.is_favourite else ())


def words_of(judgment: Judgment) -> str:
    """Return what the signs say, e.g. ``4 stars, picked, favourite``; empty when there are none."""
    stars = QCoreApplication.translate("Judging", "{count} stars").format(count=judgment.stars)
    if judgment.stars == 1:
        stars = QCoreApplication.translate("Judging", "1 star")
    flags = {
        Flag.PICK: QCoreApplication.translate("Judging", "picked"),
        Flag.REJECT: QCoreApplication.translate("Judging", "rejected"),
        Flag.NONE: "",
    }
    favourite = QCoreApplication.translate("Judging", "favourite") if judgment.is_favourite else ""
    parts = (stars if judgment.stars else "", flags[judgment.flag], favourite)
    return ", ".join(part for part in parts if part)


def plate_size(signs: Sequence[str], sign_px: int) -> QSize:
    """Return the size of the plate for signs of *sign_px*."""
    gaps = max(0, len(signs) - 1) * _GAP_PART
    return QSize(round((len(signs) + gaps + 2 * _PADDING_PART) * sign_px), round(_HEIGHT_PART * sign_px))


def fitting(signs: Sequence[str], sign_px: int, room_px: int) -> tuple[str, ...]:
    """Return *signs* as they are where they have room, else their stars as a number before one star."""
    stars = signs.count(STAR_SIGN)
    if stars < _FEWEST_COUNTED or plate_size(signs, sign_px).width() <= room_px:
        return tuple(signs)
    return (str(stars), STAR_SIGN, *(sign for sign in signs if sign != STAR_SIGN))


def draw_plate(painter: QPainter, signs: Sequence[str], left: float, top: float, sign_px: int) -> None:
    """Draw the plate with its left upper corner at a point."""
    size = plate_size(signs, sign_px)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(theme.OVERLAY)
    radius = min(theme.RADIUS_CONTROL, size.height() / 4)
    painter.drawRoundedRect(QRectF(left, top, size.width(), size.height()), radius, radius)
    for number, sign in enumerate(signs):
        x = left + (_PADDING_PART + number * (1 + _GAP_PART)) * sign_px
        place = QRectF(x, top + (size.height() - sign_px) / 2, sign_px, sign_px)
        draw_sign(painter, sign, place, theme.ON_OVERLAY, is_full=True)


def draw_sign(painter: QPainter, sign: str, place: QRectF, colour: QColor, *, is_full: bool) -> None:
    """Draw one sign, or a digit, in a colour; stars and hearts that are not full are outlines."""
    if sign in _FLAG_STROKES:
        _draw_flag(painter, sign, place, colour)
    elif sign.isdigit():
        _draw_digit(painter, sign, place, colour)
    else:
        painter.setPen(Qt.PenStyle.NoPen if is_full else QPen(colour, 1.2))
        painter.setBrush(colour if is_full else Qt.BrushStyle.NoBrush)
        painter.drawPath(star_path(place) if sign == STAR_SIGN else _heart(place))


def _draw_digit(painter: QPainter, digit: str, place: QRectF, colour: QColor) -> None:
    font = QFont(theme.label_font())
    font.setBold(True)
    font.setPixelSize(round(_DIGIT_PART * place.height()))
    painter.setFont(font)
    painter.setPen(colour)
    # It belongs to the star on its right, so it stands close to that.
    room = place.adjusted(-place.width(), -place.height(), _GAP_PART * place.width() / 2, place.height())
    painter.drawText(room, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, digit)


def star_path(place: QRectF) -> QPainterPath:
    """Return a star with five points, the first one up."""
    points = [
        place.center() + QPointF(math.sin(turn), -math.cos(turn)) * (place.width() / 2 * (1 if tip else 0.45))
        for tip, turn in ((n % 2 == 0, n * math.pi / 5) for n in range(10))
    ]
    path = QPainterPath()
    path.addPolygon(QPolygonF(points))
    path.closeSubpath()
    return path


def _draw_flag(painter: QPainter, sign: str, place: QRectF, colour: QColor) -> None:
    ends = Qt.PenCapStyle.RoundCap, Qt.PenJoinStyle.RoundJoin
    painter.setPen(QPen(colour, min(_MOST_STROKE_PX, _STROKE_PART * place.width()), Qt.PenStyle.SolidLine, *ends))
    for stroke in _FLAG_STROKES[sign]:
        points = [place.topLeft() + QPointF(x * place.width(), y * place.height()) for x, y in stroke]
        painter.drawPolyline(points)


def _heart(place: QRectF) -> QPainterPath:
    def at(x: float, y: float) -> QPointF:
        return QPointF(place.left() + x * place.width(), place.top() + y * place.height())

    path = QPainterPath(at(0.5, 0.92))
    path.cubicTo(at(-0.25, 0.45), at(0.1, -0.15), at(0.5, 0.25))
    path.cubicTo(at(0.9, -0.15), at(1.25, 0.45), at(0.5, 0.92))
    return path
