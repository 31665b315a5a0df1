"""Draws a hosted picture's row; must not know what can be done with it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Final

from PySide6.QtCore import QModelIndex, QObject, QPersistentModelIndex, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QImage, QPainter, QPainterPath
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from seedream_desktop.ui import theme
from seedream_desktop.ui.controls.row_painting import paint_ground, write
from seedream_desktop.ui.hosted import wording
from seedream_desktop.ui.hosted.model import ROW_ROLE
from seedream_desktop.ui.hosted.row import Doing, HostedRow
from seedream_desktop.ui.icons import draw_icon

ROW_PX: Final = 64
# Kept free at the right of the lower line for the buttons of the row under the pointer.
BUTTONS_PX: Final = 76
_THUMBNAIL_PX: Final = 48
_ENDS_PX: Final = 148
_LINE_PX: Final = 20
_ICON_PX: Final = 18
_SIGN_PX: Final = 14


@dataclass(frozen=True, slots=True)
class _Ink:
    name: QColor
    ends: QColor
    facts: QColor


class HostedDelegate(QStyledItemDelegate):
    """Thumbnail, name and facts, when the link ends; *thumbnail* returns the small picture of a kept file or None."""

    def __init__(
        self, clock: Callable[[], datetime], thumbnail: Callable[[Path], QImage | None], parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._clock = clock
        self._thumbnail = thumbnail

    def sizeHint(self, _option: QStyleOptionViewItem, _index: QModelIndex | QPersistentModelIndex) -> QSize:
        """Return the size of a row; all are equal."""
        return QSize(0, ROW_PX)

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        """Draw a row."""
        row: HostedRow = index.data(ROW_ROLE)
        rect: QRect = option.rect
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        paint_ground(painter, rect, option.state, radius_px=theme.RADIUS_CONTROL, line_ends_px=theme.SPACE_2)
        self._paint_thumbnail(painter, rect, row)
        self._paint_words(painter, rect, row, is_chosen=bool(option.state & QStyle.StateFlag.State_Selected))
        painter.restore()

    def _paint_thumbnail(self, painter: QPainter, rect: QRect, row: HostedRow) -> None:
        top = rect.center().y() - _THUMBNAIL_PX // 2
        place = QRectF(rect.left() + theme.SPACE_2, top, _THUMBNAIL_PX, _THUMBNAIL_PX)
        edge = QPainterPath()
        edge.addRoundedRect(place, theme.RADIUS_PICTURE, theme.RADIUS_PICTURE)
        image = self._thumbnail(row.file) if row.file is not None else None
        if image is None:
            painter.fillPath(edge, theme.tokens().line)
            sign = QRectF(0, 0, _ICON_PX, _ICON_PX)
            sign.moveCenter(place.center())
            draw_icon(painter, "image" if row.file is not None else "image-off", sign, theme.tokens().muted)
            return
        painter.save()
        painter.setClipPath(edge, Qt.ClipOperation.IntersectClip)
        painter.drawImage(place, image, _middle_square(image))
        painter.restore()

    def _paint_words(self, painter: QPainter, rect: QRect, row: HostedRow, *, is_chosen: bool) -> None:
        now = self._clock()
        ink = _chosen_ink() if is_chosen else _ink(row, now)
        left = rect.left() + theme.SPACE_2 + _THUMBNAIL_PX + theme.SPACE_3
        right = rect.right() - theme.SPACE_2
        top = rect.center().y() - _LINE_PX
        ends = QRect(right - _ENDS_PX, top, _ENDS_PX, _LINE_PX)
        name = QRect(left, top, ends.left() - theme.SPACE_2 - left, _LINE_PX)
        facts = QRect(left, top + _LINE_PX, rect.right() - BUTTONS_PX - left, _LINE_PX)
        bold = theme.body_font()
        bold.setWeight(QFont.Weight.DemiBold)
        write(painter, name, wording.name_of(row), (bold, ink.name))
        write(painter, ends, wording.ends_words(row, now), (theme.label_font(), ink.ends), right=True)
        if row.doing is Doing.FAILED:
            draw_icon(painter, "circle-alert", QRectF(left, facts.top() + 3, _SIGN_PX, _SIGN_PX), ink.facts)
            facts.adjust(_SIGN_PX + 6, 0, 0, 0)
        words = wording.doing_words(row) or wording.facts_words(row, now)
        write(painter, facts, words, (theme.label_font(), ink.facts))


def _middle_square(image: QImage) -> QRectF:
    side = min(image.width(), image.height())
    return QRectF((image.width() - side) / 2, (image.height() - side) / 2, side, side)


def _ink(row: HostedRow, now: datetime) -> _Ink:
    tokens = theme.tokens()
    lasting = tokens.text if row.hosted.until is not None else tokens.care
    facts = tokens.bad if row.doing is Doing.FAILED else tokens.muted
    return _Ink(tokens.text, tokens.muted if row.is_ended(now) else lasting, facts)


def _chosen_ink() -> _Ink:
    """No other colour can be read well on the ground of a chosen row."""
    return _Ink(*(theme.tokens().text,) * 3)
