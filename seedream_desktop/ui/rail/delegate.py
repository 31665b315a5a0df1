"""Draws the lines of the rail, with words or as icons alone."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QPen
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem, QTreeView

from seedream_desktop.ui import theme
from seedream_desktop.ui.icons import draw_icon
from seedream_desktop.ui.rail import wording
from seedream_desktop.ui.rail.items import HEADINGS, OWN, Item, Kind
from seedream_desktop.ui.rail.model import RailModel

ROW_PX: Final = 30
HEADING_PX: Final = 38
NARROW_ROW_PX: Final = 34
STEP_PX: Final = 14
# Room for the chevron before the icon.
GUTTER_PX: Final = 14
_ICON_PX: Final = 16
_NARROW_ICON_PX: Final = 18
_MONOGRAM_PX: Final = 26
_BADGE_PX: Final = 8
# Above what lies at the end of the rail.
_GAP_PX: Final = 13
_ICONS: Final = {
    Kind.ALL: "layout-grid",
    Kind.FAVOURITES: "star",
    Kind.PICKED: "flag",
    Kind.PROJECT: "folder",
    Kind.COLLECTION: "layers",
    Kind.GROUP: "layers",
    Kind.UNSAFE: "shield-alert",
    Kind.BIN: "trash-2",
}
_State = QStyle.StateFlag


class RailDelegate(QStyledItemDelegate):
    """*is_narrow* leaves the words out; *target* is the line under a drag."""

    def __init__(self, view: QTreeView, model: RailModel) -> None:
        super().__init__(view)
        self._view = view
        self._model = model
        self.is_narrow = False
        self.target = QPersistentModelIndex()

    def sizeHint(self, _option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        """Return the height of a line; headings stand apart from what is above them."""
        item = self._model.item(index)
        if item is not None and item.kind in HEADINGS:
            return QSize(0, HEADING_PX)
        return QSize(0, (NARROW_ROW_PX if self.is_narrow else ROW_PX) + self._gap_px(index))

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        """Draw one line."""
        item = self._model.item(index)
        if item is None:
            return
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        rect, state = option.rect, option.state
        if gap_px := self._gap_px(index):
            painter.fillRect(rect.left() + 12, rect.top() + gap_px // 2, rect.width() - 24, 1, theme.tokens().line)
            rect = rect.adjusted(0, gap_px, 0, 0)
        self._draw_ground(painter, rect.adjusted(4, 1, -4, -1), state, item, is_target=self.target == index)
        if item.kind in HEADINGS:
            self._draw_heading(painter, rect, item)
        elif self.is_narrow:
            self._draw_narrow(painter, rect, item)
        else:
            self._draw_wide(painter, rect, item, index)
        painter.restore()

    def chevron_box(self, rect: QRect, index: QModelIndex | QPersistentModelIndex) -> QRect:
        """Return where the sign stands that opens and closes a line with others below it; empty without one."""
        item = self._model.item(index)
        if self.is_narrow or item is None or item.kind in HEADINGS or not self._model.rowCount(index):
            return QRect()
        left = rect.left() + theme.SPACE + self._model.depth(index) * STEP_PX
        return QRect(left, rect.top(), GUTTER_PX, rect.height())

    def _gap_px(self, index: QModelIndex | QPersistentModelIndex) -> int:
        """Return the room between the collections and what comes after them."""
        if index.parent().isValid() or not index.row():
            return 0
        above = self._model.item(self._model.index(index.row() - 1, 0))
        return _GAP_PX if above is not None and above.kind is Kind.COLLECTIONS else 0

    def _draw_ground(self, painter: QPainter, box: QRect, state: _State, item: Item, *, is_target: bool) -> None:
        tokens = theme.tokens()
        is_opened = bool(state & _State.State_Selected)
        fill = tokens.selection if is_opened or is_target else None
        if fill is None and state & _State.State_MouseOver and item.kind not in HEADINGS:
            fill = tokens.raised
        has_ring = is_target or (state & _State.State_HasFocus and self._view.hasFocus())
        painter.setPen(QPen(tokens.accent, 2) if has_ring else Qt.PenStyle.NoPen)
        painter.setBrush(fill or Qt.BrushStyle.NoBrush)
        if fill is not None or has_ring:
            painter.drawRoundedRect(QRectF(box).adjusted(1, 1, -1, -1), theme.RADIUS_CONTROL, theme.RADIUS_CONTROL)

    def _draw_heading(self, painter: QPainter, rect: QRect, item: Item) -> None:
        tokens = theme.tokens()
        if self.is_narrow:
            painter.fillRect(rect.left() + 12, rect.top() + 4, rect.width() - 24, 1, tokens.line)
            return
        font = theme.label_font()
        font.setWeight(QFont.Weight.DemiBold)
        painter.setFont(font)
        painter.setPen(tokens.muted)
        words = rect.adjusted(theme.SPACE_3, theme.SPACE_2, -32, 0)
        painter.drawText(words, int(Qt.AlignmentFlag.AlignVCenter), wording.name_of(item))

    def _draw_narrow(self, painter: QPainter, rect: QRect, item: Item) -> None:
        middle = QPointF(rect.center()) + QPointF(0.5, 0.5)
        if item.kind in OWN | {Kind.GROUP}:
            self._draw_monogram(painter, middle, item)
            return
        self._draw_sign(painter, _centred(middle, _NARROW_ICON_PX), item)
        if item.kind is Kind.UNSAFE:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme.tokens().care)
            painter.drawEllipse(middle + QPointF(_BADGE_PX, -_BADGE_PX), _BADGE_PX / 2, _BADGE_PX / 2)

    def _draw_monogram(self, painter: QPainter, middle: QPointF, item: Item) -> None:
        """A filled patch for a project, an outlined one for a collection."""
        tokens = theme.tokens()
        box = _centred(middle, _MONOGRAM_PX)
        painter.setPen(Qt.PenStyle.NoPen if item.kind is Kind.PROJECT else QPen(tokens.edge, 1))
        painter.setBrush(tokens.line if item.kind is Kind.PROJECT else Qt.BrushStyle.NoBrush)
        painter.drawRoundedRect(box, theme.RADIUS_CONTROL, theme.RADIUS_CONTROL)
        painter.setFont(theme.small_font())
        painter.setPen(tokens.text)
        painter.drawText(box, int(Qt.AlignmentFlag.AlignCenter), wording.initials(wording.name_of(item)))

    def _draw_wide(
        self, painter: QPainter, rect: QRect, item: Item, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        tokens = theme.tokens()
        chevron = self.chevron_box(rect, index)
        if not chevron.isEmpty():
            sign = "chevron-down" if self._view.isExpanded(self._model.index_of(item.key)) else "chevron-right"
            draw_icon(painter, sign, _centred(QPointF(chevron.center()), 12), tokens.muted)
        left = rect.left() + theme.SPACE + self._model.depth(index) * STEP_PX + GUTTER_PX
        self._draw_sign(painter, _centred(QPointF(left + _ICON_PX / 2, rect.center().y() + 0.5), _ICON_PX), item)
        words = QRect(left + _ICON_PX + theme.SPACE_2, rect.top(), 0, rect.height())
        words.setRight(rect.right() - theme.SPACE_2 - theme.SPACE - self._draw_count(painter, rect, item))
        painter.setFont(theme.body_font())
        painter.setPen(tokens.text)
        name = QFontMetrics(theme.body_font()).elidedText(
            wording.name_of(item), Qt.TextElideMode.ElideRight, words.width()
        )
        painter.drawText(words, int(Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextSingleLine), name)

    def _draw_count(self, painter: QPainter, rect: QRect, item: Item) -> int:
        """Draw the count at the right, nothing for none; return the width it takes."""
        if not item.count:
            return 0
        text = f"{item.count}"
        painter.setFont(theme.label_font())
        painter.setPen(theme.tokens().care if item.kind is Kind.UNSAFE else theme.tokens().muted)
        box = rect.adjusted(0, 0, -theme.SPACE_3, 0)
        painter.drawText(box, int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight), text)
        return QFontMetrics(theme.label_font()).horizontalAdvance(text) + theme.SPACE_2

    def _draw_sign(self, painter: QPainter, box: QRectF, item: Item) -> None:
        tokens = theme.tokens()
        colour: QColor = tokens.care if item.kind is Kind.UNSAFE else tokens.muted
        draw_icon(painter, _ICONS[item.kind], box, colour)


def _centred(middle: QPointF, size_px: float) -> QRectF:
    return QRectF(middle.x() - size_px / 2, middle.y() - size_px / 2, size_px, size_px)
