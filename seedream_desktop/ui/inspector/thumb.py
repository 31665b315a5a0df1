"""A small picture that can be pressed, with a number on it or a sign that there is nothing to see."""

from __future__ import annotations

from html import escape
from typing import Final

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QPushButton, QWidget

from seedream_desktop.ui import theme
from seedream_desktop.ui.controls.naming import set_name
from seedream_desktop.ui.gallery.thumbnails import ThumbnailKey, Thumbnails
from seedream_desktop.ui.icons import draw_icon

THUMB_PX: Final = 54
_BADGE_PX: Final = 16
_SIGN_PX: Final = 18


class Thumb(QPushButton):
    """Shows the picture with this content, in a square; without one, a sign. *badge* and *sign* lie upon it."""

    def __init__(
        self,
        thumbnails: Thumbnails,
        sha256: str | None,
        parent: QWidget | None = None,
        *,
        badge: str = "",
        sign: str = "",
    ) -> None:
        super().__init__(parent)
        self._sign = sign
        self._thumbnails = thumbnails
        self._sha256 = sha256
        self._badge = badge
        self.setFixedSize(QSize(THUMB_PX, THUMB_PX))
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        thumbnails.ready.connect(self._update_if_mine)
        theme.notifier.changed.connect(self.update)

    def call(self, object_name: str, spoken: str) -> None:
        """Be called *spoken* aloud and in the tool tip."""
        set_name(self, object_name, spoken)
        # Escaped: it holds words from outside.
        self.setToolTip(f"<qt>{escape(spoken)}</qt>")

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the picture, the number, and the ring of the keyboard or the pointer."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        colours = theme.tokens()
        place = QRectF(self.rect()).adjusted(2, 2, -2, -2)
        painter.setPen(colours.line)
        painter.setBrush(colours.raised)
        painter.drawRoundedRect(place, theme.RADIUS_PICTURE, theme.RADIUS_PICTURE)
        self._draw_picture(painter, place)
        self._draw_badge(painter, place)
        if self.hasFocus() or self.underMouse():
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(colours.accent if self.hasFocus() else colours.muted, 2))
            painter.drawRoundedRect(place.adjusted(-1, -1, 1, 1), theme.RADIUS_PICTURE + 1, theme.RADIUS_PICTURE + 1)
        painter.end()

    def _draw_picture(self, painter: QPainter, place: QRectF) -> None:
        ratio = painter.device().devicePixelRatio()
        side = round(place.width() * ratio)
        pixmap = None
        if self._sha256 is not None and self.isEnabled():
            pixmap = self._thumbnails.pixmap(
                ThumbnailKey(self._sha256, side, side, round(theme.RADIUS_PICTURE * ratio))
            )
        if pixmap is not None:
            painter.drawPixmap(place.toRect(), pixmap)
            return
        sign = QRectF(0, 0, _SIGN_PX, _SIGN_PX)
        sign.moveCenter(place.center())
        draw_icon(painter, "image" if self.isEnabled() else "image-off", sign, theme.tokens().muted)

    def _draw_badge(self, painter: QPainter, place: QRectF) -> None:
        if self._sign:
            plate = QRectF(place.left(), place.bottom() - _BADGE_PX, _BADGE_PX, _BADGE_PX)
            self._draw_plate(painter, plate)
            draw_icon(painter, self._sign, plate.adjusted(2, 2, -2, -2), theme.ON_OVERLAY)
        if not self._badge:
            return
        painter.setFont(theme.small_font())
        width = max(_BADGE_PX, painter.fontMetrics().horizontalAdvance(self._badge) + 8)
        badge = QRectF(place.left(), place.top(), width, _BADGE_PX)
        self._draw_plate(painter, badge)
        painter.setPen(theme.ON_OVERLAY)
        painter.drawText(badge, Qt.AlignmentFlag.AlignCenter, self._badge)

    def _draw_plate(self, painter: QPainter, place: QRectF) -> None:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.OVERLAY)
        painter.drawRoundedRect(place, theme.RADIUS_PICTURE, theme.RADIUS_PICTURE)

    def _update_if_mine(self, sha256: str) -> None:
        if sha256 == self._sha256:
            self.update()
