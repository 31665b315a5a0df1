"""Draws the tile of one reference: picture or stand-in, number, role, state, and the sign that removes it."""

from __future__ import annotations

from typing import Final
from urllib.parse import urlsplit

from PySide6.QtCore import QModelIndex, QObject, QPersistentModelIndex, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetrics, QImage, QPainter, QPainterPath, QPen, QPixmap, QPixmapCache
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from seedream_desktop.domain.reference import Reference, Role
from seedream_desktop.ui import theme
from seedream_desktop.ui.composer.reference_model import REFERENCE_ROLE, STATE_ROLE
from seedream_desktop.ui.composer.role_menu import ROLE_ICONS, RoleWords
from seedream_desktop.ui.composer.tile_state import Kind, Repair, TileState
from seedream_desktop.ui.icons import draw_icon

GAP_PX: Final = theme.SPACE_2
_BADGE_PX: Final = 20
_INSET_PX: Final = 3
_SIGN_PX: Final = 12
_STAND_IN_PX: Final = 20
_ROLE_INSET_PX: Final = 2
_ROLE_PADDING_PX: Final = 3
_BAR_PX: Final = 3
_BORDER_PX: Final = 2
_FADED: Final = 0.4
_VEILED: Final = 0.55


class TilePainter(QStyledItemDelegate):
    """Paints square tiles of `side_px`; the grid cell is wider by the gap to the next one."""

    side_px: int = 70
    # The row that hangs at the pointer is drawn faded at its old place.
    lifted_row: int | None = None

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._roles = RoleWords(self)

    def sizeHint(self, _option: QStyleOptionViewItem, _index: QModelIndex | QPersistentModelIndex) -> QSize:
        """Return the size of a cell of the grid."""
        return QSize(self.side_px + GAP_PX, self.side_px + GAP_PX)

    def tile(self, cell: QRect) -> QRect:
        """Return where in *cell* the tile lies."""
        return QRect(cell.x(), cell.y(), self.side_px, self.side_px)

    def remove_sign(self, cell: QRect) -> QRect:
        """Return where in *cell* a click removes the reference."""
        tile = self.tile(cell)
        return QRect(tile.right() + 1 - _BADGE_PX - _INSET_PX, tile.top() + _INSET_PX, _BADGE_PX, _BADGE_PX)

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        """Draw the tile; the one with the focus gets a ring, and so does one with a problem, in its colour."""
        reference, state = index.data(REFERENCE_ROLE), index.data(STATE_ROLE)
        if not isinstance(reference, Reference) or not isinstance(state, TileState):
            return
        style: QStyle.StateFlag = option.state
        cell: QRect = option.rect
        painter.save()
        painter.setRenderHints(QPainter.RenderHint.Antialiasing | QPainter.RenderHint.SmoothPixmapTransform)
        if index.row() == self.lifted_row or not style & QStyle.StateFlag.State_Enabled:
            painter.setOpacity(_FADED)
        self._draw_picture(painter, self.tile(cell), reference, index.data(Qt.ItemDataRole.DecorationRole), state)
        self._draw_badges(painter, self.tile(cell), index.row() + 1, reference.role, state.kind)
        self._draw_ring(painter, self.tile(cell), style, state.kind)
        if style & (QStyle.StateFlag.State_HasFocus | QStyle.StateFlag.State_MouseOver):
            _draw_badge(painter, self.remove_sign(cell))
            _draw_sign(painter, "x", self.remove_sign(cell), 14)
        painter.restore()

    def alone(self, index: QModelIndex, ratio: float) -> QPixmap:
        """Return the tile of *index* for a screen of *ratio* pixels a point, without pointer and focus on it."""
        edge = round(self.side_px * ratio)
        pixmap = QPixmap(edge, edge)
        pixmap.setDevicePixelRatio(ratio)
        pixmap.fill(Qt.GlobalColor.transparent)
        option = QStyleOptionViewItem()
        option.rect = QRect(0, 0, self.side_px, self.side_px)
        option.state = QStyle.StateFlag.State_Enabled
        painter = QPainter(pixmap)
        self.paint(painter, option, index)
        painter.end()
        return pixmap

    def _draw_picture(
        self, painter: QPainter, tile: QRect, reference: Reference, picture: object, state: TileState
    ) -> None:
        outline = QPainterPath()
        outline.addRoundedRect(QRectF(tile), theme.RADIUS_PICTURE, theme.RADIUS_PICTURE)
        painter.save()
        painter.setClipPath(outline)
        painter.fillRect(tile, theme.tokens().ground)
        if isinstance(picture, QImage) and not picture.isNull():
            painter.drawPixmap(tile.topLeft(), _square(picture, tile.width(), painter.device().devicePixelRatio()))
        else:
            self._draw_stand_in(painter, tile, reference, state)
        if state.kind is Kind.PREPARING:
            _draw_preparing(painter, tile, has_picture=isinstance(picture, QImage))
        painter.restore()
        painter.setPen(QPen(theme.tokens().line, 1))
        painter.drawRoundedRect(QRectF(tile).adjusted(0.5, 0.5, -0.5, -0.5), 4, 4)

    def _draw_stand_in(self, painter: QPainter, tile: QRect, reference: Reference, state: TileState) -> None:
        """A globe and the host for a link; for a file a picture sign, struck through when it will not open."""
        is_shut = state.kind is Kind.PROBLEM and Repair.CROP not in state.repairs
        name = "image-off" if is_shut else "globe" if reference.is_link else "image"
        has_words = reference.is_link and reference.role is Role.FREE and state.kind is not Kind.PREPARING
        middle = QRectF(0, 0, _STAND_IN_PX, _STAND_IN_PX)
        middle.moveCenter(QRectF(tile).center())
        muted = theme.tokens().muted
        # Between the badges above and the words beneath.
        draw_icon(painter, name, middle.translated(0, 2), muted)
        if has_words:
            painter.setFont(theme.small_font())
            painter.setPen(muted)
            words = tile.adjusted(4, 0, -4, -4)
            host = urlsplit(reference.source).hostname or ""
            shown = painter.fontMetrics().elidedText(host, Qt.TextElideMode.ElideLeft, words.width())
            painter.drawText(words, Qt.AlignmentFlag.AlignBottom | Qt.AlignmentFlag.AlignHCenter, shown)

    def _draw_badges(self, painter: QPainter, tile: QRect, number: int, role: Role, kind: Kind) -> None:
        badge = QRect(tile.x() + _INSET_PX, tile.y() + _INSET_PX, _BADGE_PX + (6 if number > 9 else 0), _BADGE_PX)
        self._draw_number(painter, badge, number)
        beside = QRect(badge.right() + 3, badge.y(), _BADGE_PX, _BADGE_PX)
        if kind is Kind.HOSTED:
            _draw_badge(painter, beside)
            _draw_sign(painter, "cloud", beside, 14)
        elif kind is Kind.PROBLEM:
            _draw_alarm(painter, beside)
        if role is not Role.FREE:
            self._draw_role(painter, tile, role)

    def _draw_number(self, painter: QPainter, badge: QRect, number: int) -> None:
        _draw_badge(painter, badge)
        font = theme.body_font()
        font.setBold(True)
        painter.setFont(font)
        painter.setPen(theme.ON_OVERLAY)
        painter.drawText(badge, Qt.AlignmentFlag.AlignCenter, str(number))

    def _draw_role(self, painter: QPainter, tile: QRect, role: Role) -> None:
        """Draw sign and word; where both do not fit, the word alone."""
        words, font = self._roles.short(role), theme.small_font()
        word_px = QFontMetrics(font).horizontalAdvance(words)
        room_px = tile.width() - 2 * _ROLE_INSET_PX - 2 * _ROLE_PADDING_PX
        before_px = _SIGN_PX + _ROLE_PADDING_PX
        has_sign = before_px + word_px <= room_px
        before_px = before_px if has_sign else 0
        width = min(room_px, before_px + word_px) + 2 * _ROLE_PADDING_PX
        badge = QRect(tile.x() + _ROLE_INSET_PX, tile.bottom() - _INSET_PX - 18, width, 18)
        _draw_badge(painter, badge)
        if has_sign:
            sign = QRect(badge.x() + _ROLE_PADDING_PX, badge.y() + 3, _SIGN_PX, _SIGN_PX)
            _draw_sign(painter, ROLE_ICONS[role], sign, _SIGN_PX)
        painter.setFont(font)
        painter.setPen(theme.ON_OVERLAY)
        place = badge.adjusted(before_px + _ROLE_PADDING_PX, 0, 0, 0)
        shown = QFontMetrics(font).elidedText(words, Qt.TextElideMode.ElideRight, place.width())
        painter.drawText(place, Qt.AlignmentFlag.AlignVCenter, shown)

    def _draw_ring(self, painter: QPainter, tile: QRect, style: QStyle.StateFlag, kind: Kind) -> None:
        chosen = theme.tokens()
        has_focus = bool(style & QStyle.StateFlag.State_HasFocus)
        if has_focus:
            _draw_border(painter, QRectF(tile), chosen.accent)
        if kind is Kind.PROBLEM:
            # Within the focus's border, so that neither hides the other, nor the edge of the strip any of them.
            inner = _BORDER_PX if has_focus else 0
            _draw_border(painter, QRectF(tile).adjusted(inner, inner, -inner, -inner), chosen.bad)


def _draw_border(painter: QPainter, tile: QRectF, colour: QColor) -> None:
    painter.setPen(QPen(colour, _BORDER_PX))
    painter.drawRoundedRect(tile.adjusted(1, 1, -1, -1), theme.RADIUS_PICTURE, theme.RADIUS_PICTURE)


def _draw_preparing(painter: QPainter, tile: QRect, *, has_picture: bool) -> None:
    """A veil over what is not the final picture yet, and a bar at the foot; nothing moves."""
    chosen = theme.tokens()
    if has_picture:
        veil = QColor(chosen.ground)
        veil.setAlphaF(_VEILED)
        painter.fillRect(tile, veil)
    bar = QRect(tile.x(), tile.bottom() + 1 - _BAR_PX, tile.width(), _BAR_PX)
    painter.fillRect(bar, chosen.line)
    painter.fillRect(QRect(bar.x(), bar.y(), tile.width() * 2 // 5, _BAR_PX), chosen.accent)


def _draw_alarm(painter: QPainter, badge: QRect) -> None:
    chosen = theme.tokens()
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(chosen.bad)
    painter.drawRoundedRect(badge, 3, 3)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    font = theme.body_font()
    font.setBold(True)
    painter.setFont(font)
    painter.setPen(chosen.panel)
    painter.drawText(badge, Qt.AlignmentFlag.AlignCenter, "!")


def _draw_badge(painter: QPainter, badge: QRect) -> None:
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(theme.OVERLAY)
    painter.drawRoundedRect(badge, 3, 3)
    painter.setBrush(Qt.BrushStyle.NoBrush)


def _draw_sign(painter: QPainter, name: str, badge: QRect, side_px: int) -> None:
    sign = QRectF(0, 0, side_px, side_px)
    sign.moveCenter(QRectF(badge).center())
    draw_icon(painter, name, sign, theme.ON_OVERLAY)


def _square(picture: QImage, side_px: int, ratio: float) -> QPixmap:
    """Return the middle of *picture* at *side_px*, scaled once: to do so at every paint takes milliseconds a tile."""
    key = f"reference-{picture.cacheKey()}-{side_px}-{ratio}"
    square = QPixmap()
    if QPixmapCache.find(key, square):
        return square
    side = min(picture.width(), picture.height())
    middle = picture.copy((picture.width() - side) // 2, (picture.height() - side) // 2, side, side)
    edge = round(side_px * ratio)
    ways = (Qt.AspectRatioMode.IgnoreAspectRatio, Qt.TransformationMode.SmoothTransformation)
    square = QPixmap.fromImage(middle.scaled(edge, edge, *ways))
    square.setDevicePixelRatio(ratio)
    QPixmapCache.insert(key, square)
    return square
