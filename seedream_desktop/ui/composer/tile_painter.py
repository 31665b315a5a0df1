"""Draws the tile of one reference: picture or link, its number, and the sign that removes it."""

from __future__ import annotations

from typing import Final
from urllib.parse import urlsplit

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QImage, QPainter, QPainterPath, QPen
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from seedream_desktop.domain.reference import Reference
from seedream_desktop.ui import theme
from seedream_desktop.ui.composer.reference_model import REFERENCE_ROLE
from seedream_desktop.ui.icons import draw_icon

GAP_PX: Final = theme.SPACE_2
_SMALL_PX: Final = 50


class TilePainter(QStyledItemDelegate):
    """Paints square tiles of `side_px`; the grid cell is wider by the gap to the next one."""

    side_px: int = 70

    def sizeHint(self, _option: QStyleOptionViewItem, _index: QModelIndex | QPersistentModelIndex) -> QSize:
        """Return the size of a cell of the grid."""
        return QSize(self.side_px + GAP_PX, self.side_px + GAP_PX)

    def tile(self, cell: QRect) -> QRect:
        """Return where in *cell* the tile lies."""
        return QRect(cell.x(), cell.y(), self.side_px, self.side_px)

    def remove_sign(self, cell: QRect) -> QRect:
        """Return where in *cell* a click removes the reference."""
        side = self._badge_px()
        tile = self.tile(cell)
        return QRect(tile.right() - side - 2, tile.top() + 3, side, side)

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        """Draw the tile; chosen ones get a ring, the one under the pointer or the focus its remove sign."""
        cell: QRect = option.rect
        state: QStyle.StateFlag = option.state
        reference = index.data(REFERENCE_ROLE)
        if not isinstance(reference, Reference):
            return
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        if not state & QStyle.StateFlag.State_Enabled:
            painter.setOpacity(0.45)
        self._draw_body(painter, self.tile(cell), reference, index.data(Qt.ItemDataRole.DecorationRole))
        self._draw_number(painter, self.tile(cell), index.row() + 1)
        has_focus = bool(state & QStyle.StateFlag.State_HasFocus)
        if has_focus:
            self._draw_ring(painter, self.tile(cell))
        if has_focus or state & QStyle.StateFlag.State_MouseOver:
            self._draw_badge(painter, self.remove_sign(cell))
            sign = QRectF(self.remove_sign(cell)).adjusted(2, 2, -2, -2)
            draw_icon(painter, "x", sign, theme.ON_OVERLAY)
        painter.restore()

    def _draw_body(self, painter: QPainter, tile: QRect, reference: Reference, picture: object) -> None:
        outline = QPainterPath()
        outline.addRoundedRect(QRectF(tile), theme.RADIUS_PICTURE, theme.RADIUS_PICTURE)
        painter.save()
        painter.setClipPath(outline)
        painter.fillRect(tile, theme.tokens().ground)
        if isinstance(picture, QImage) and not picture.isNull():
            painter.drawImage(QRectF(tile), picture, _centre_square(picture))
        else:
            self._draw_stand_in(painter, tile, reference, picture)
        painter.restore()
        painter.setPen(QPen(theme.tokens().line, 1))
        painter.drawRoundedRect(QRectF(tile).adjusted(0.5, 0.5, -0.5, -0.5), 4, 4)

    def _draw_stand_in(self, painter: QPainter, tile: QRect, reference: Reference, picture: object) -> None:
        """A globe and the host for a link; for a file a picture sign, struck through when it will not open."""
        name = "globe" if reference.is_link else "image" if picture is None else "image-off"
        side = self.side_px * 0.32
        sign = QRectF(0, 0, side, side)
        sign.moveCenter(QRectF(tile).center())
        muted = theme.tokens().muted
        draw_icon(painter, name, sign, muted)
        if reference.is_link and self.side_px >= _SMALL_PX:
            painter.setFont(theme.small_font())
            painter.setPen(muted)
            words = tile.adjusted(4, 0, -4, -4)
            host = urlsplit(reference.source).hostname or ""
            shown = painter.fontMetrics().elidedText(host, Qt.TextElideMode.ElideLeft, words.width())
            painter.drawText(words, Qt.AlignmentFlag.AlignBottom | Qt.AlignmentFlag.AlignHCenter, shown)

    def _draw_number(self, painter: QPainter, tile: QRect, number: int) -> None:
        side = self._badge_px()
        badge = QRect(tile.x() + 3, tile.y() + 3, side + (4 if number > 9 else 0), side)
        self._draw_badge(painter, badge)
        font = theme.small_font() if self.side_px < _SMALL_PX else theme.label_font()
        font.setBold(True)
        painter.setFont(font)
        painter.setPen(theme.ON_OVERLAY)
        painter.drawText(badge, Qt.AlignmentFlag.AlignCenter, str(number))

    def _draw_badge(self, painter: QPainter, badge: QRect) -> None:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.OVERLAY)
        painter.drawRoundedRect(badge, 3, 3)
        painter.setBrush(Qt.BrushStyle.NoBrush)

    def _draw_ring(self, painter: QPainter, tile: QRect) -> None:
        painter.setPen(QPen(theme.tokens().accent, 2))
        painter.drawRoundedRect(QRectF(tile).adjusted(1, 1, -1, -1), theme.RADIUS_PICTURE, theme.RADIUS_PICTURE)

    def _badge_px(self) -> int:
        return 14 if self.side_px < _SMALL_PX else 18


def _centre_square(picture: QImage) -> QRectF:
    side = min(picture.width(), picture.height())
    return QRectF((picture.width() - side) / 2, (picture.height() - side) / 2, side, side)
