"""The grid of reference tiles: what keys, mouse and drags over it mean; it changes no reference itself."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QEvent, QKeyCombination, QModelIndex, QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import (
    QContextMenuEvent,
    QDragEnterEvent,
    QDragLeaveEvent,
    QDragMoveEvent,
    QDropEvent,
    QFocusEvent,
    QKeyEvent,
    QKeySequence,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPixmap,
)
from PySide6.QtWidgets import QAbstractItemView, QApplication, QFrame, QListView, QWidget

from seedream_desktop.ui import theme
from seedream_desktop.ui.composer.reference_model import ReferenceModel
from seedream_desktop.ui.composer.tile_painter import GAP_PX, TilePainter
from seedream_desktop.ui.controls.naming import set_name
from seedream_desktop.ui.intake.reading import may_hold_references

COLUMNS: Final = 4
_STEPS: Final[dict[int, int]] = {
    Qt.Key.Key_Left: -1,
    Qt.Key.Key_Right: 1,
    Qt.Key.Key_Up: -COLUMNS,
    Qt.Key.Key_Down: COLUMNS,
}
_MOVING: Final = (Qt.KeyboardModifier.AltModifier, Qt.KeyboardModifier.ControlModifier)
# The menu key comes as a context menu event; of this one Qt knows on Windows only.
_MENU_KEYS: Final = QKeyCombination(Qt.KeyboardModifier.ShiftModifier, Qt.Key.Key_F10)
_LINE_PX: Final = 3


class ReferenceView(QListView):
    """Tells what is wanted by row: `move_wanted` brings the row and the row it shall have afterwards.

    `menu_wanted` brings a row (-1 beside the tiles) and a place on the screen; `dropped_at` brings the QMimeData and
    how many tiles stand before the place where it was let go.
    """

    remove_wanted = Signal(int)
    move_wanted = Signal(int, int)
    crop_wanted = Signal(int)
    menu_wanted = Signal(int, QPoint)
    undo_wanted = Signal()
    redo_wanted = Signal()
    paste_requested = Signal()
    dropped_at = Signal(object, int)

    def __init__(self, model: ReferenceModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._model = model
        self._tiles = TilePainter(self)
        self._pressed: tuple[int, QPoint] | None = None
        self._held_at: QPoint | None = None
        self._ghost = QPixmap()
        self._gap: int | None = None
        self.setModel(model)
        self.setItemDelegate(self._tiles)
        self._lay_out()
        self.setMouseTracking(True)
        set_name(self, "references", self.tr("References"))
        theme.notifier.changed.connect(self.viewport().update)

    def set_tile_side(self, side_px: int) -> None:
        """Draw the tiles *side_px* wide and high."""
        self._tiles.side_px = side_px
        self.setGridSize(QSize(side_px + GAP_PX, side_px + GAP_PX))

    def tile_rect(self, row: int) -> QRect:
        """Return where in the viewport the tile of *row* is drawn."""
        return self._tiles.tile(self.visualRect(self._model.index(row)))

    def gap_at(self, point: QPoint) -> int:
        """Return how many tiles stand before *point* of the viewport, read in rows."""
        cell = self._tiles.side_px + GAP_PX
        row = min(max(0, point.y() // cell), self._model.rowCount() // COLUMNS)
        column = min(max(0, (point.x() + cell // 2) // cell), COLUMNS)
        return min(row * COLUMNS + column, self._model.rowCount())

    def mark_gap(self, gap: int | None) -> None:
        """Show the line where something would be put, before the tile of row *gap*; None takes it away."""
        self._gap = gap
        self.viewport().update()

    def event(self, event: QEvent) -> bool:
        """Keep the keys that mean something on a tile from the window's shortcuts."""
        if event.type() is QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent) and self._is_ours(event):
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Do what the keys mean; moves of the focus are Qt's, by `moveCursor`."""
        row = self.currentIndex().row()
        if event.matches(QKeySequence.StandardKey.Undo):
            self.undo_wanted.emit()
        elif event.matches(QKeySequence.StandardKey.Redo):
            self.redo_wanted.emit()
        elif event.matches(QKeySequence.StandardKey.Paste):
            self.paste_requested.emit()
        elif event.modifiers() in _MOVING and event.key() in _STEPS:
            self._want_move(row, row + _STEPS[event.key()])
        elif event.keyCombination() == _MENU_KEYS:
            self._want_menu()
        elif not self._has_worked(row, event):
            super().keyPressEvent(event)

    def moveCursor(self, action: QAbstractItemView.CursorAction, modifiers: Qt.KeyboardModifier) -> QModelIndex:
        """Step through the rows of tiles as they are seen; sideways goes on in the next one."""
        row, last = self.currentIndex().row(), self._model.rowCount() - 1
        steps = {
            QAbstractItemView.CursorAction.MoveLeft: row - 1,
            QAbstractItemView.CursorAction.MoveRight: row + 1,
            QAbstractItemView.CursorAction.MoveUp: row - COLUMNS if row >= COLUMNS else row,
            QAbstractItemView.CursorAction.MoveDown: row + COLUMNS if row // COLUMNS < last // COLUMNS else row,
        }
        if action in steps and last >= 0:
            return self._model.index(min(max(0, steps[action]), last))
        return super().moveCursor(action, modifiers)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Stand on a tile as soon as the keyboard comes here, so that something can be done with it."""
        super().focusInEvent(event)
        if not self.currentIndex().isValid() and self._model.rowCount():
            self.setCurrentIndex(self._model.index(0))

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Remove by the sign, or take hold of a tile."""
        point = event.position().toPoint()
        index = self.indexAt(point)
        if event.button() == Qt.MouseButton.LeftButton and index.isValid():
            if self._tiles.remove_sign(self.visualRect(index)).contains(point):
                self.remove_wanted.emit(index.row())
                return
            self._pressed = (index.row(), point)
        super().mousePressEvent(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Carry the pressed tile along, with a line where it would be put."""
        if self._pressed is None:
            super().mouseMoveEvent(event)
            return
        point = event.position().toPoint()
        row, pressed_at = self._pressed
        if self._held_at is None and (point - pressed_at).manhattanLength() >= QApplication.startDragDistance():
            self._lift(row)
        if self._tiles.lifted_row is not None:
            self._held_at = point
            self.mark_gap(self.gap_at(point))

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Put the tile where the line is."""
        row, gap = self._tiles.lifted_row, self._gap
        self._let_go()
        super().mouseReleaseEvent(event)
        if row is not None and gap is not None:
            self._want_move(row, gap - (gap > row))

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Crop the picture under the pointer."""
        index = self.indexAt(event.position().toPoint())
        self._let_go()
        if event.button() == Qt.MouseButton.LeftButton and index.isValid():
            self.crop_wanted.emit(index.row())

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Ask for the menu of the tile under the pointer, or of the chosen one when a key asked."""
        if event.reason() is QContextMenuEvent.Reason.Keyboard:
            self._want_menu()
            return
        index = self.indexAt(self.viewport().mapFromGlobal(event.globalPos()))
        if index.isValid():
            self.setCurrentIndex(index)
        self.menu_wanted.emit(index.row(), event.globalPos())

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Let in what may hold pictures."""
        if may_hold_references(event.mimeData()):
            event.acceptProposedAction()
            self.mark_gap(self.gap_at(event.position().toPoint()))
        else:
            event.ignore()

    def dragMoveEvent(self, event: QDragMoveEvent) -> None:
        """Let the line follow the pointer."""
        event.accept()
        self.mark_gap(self.gap_at(event.position().toPoint()))

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        """Take the line away."""
        event.accept()
        self.mark_gap(None)

    def dropEvent(self, event: QDropEvent) -> None:
        """Tell what was let go, and between which tiles; the source keeps its own."""
        gap = self.gap_at(event.position().toPoint())
        self.mark_gap(None)
        event.setDropAction(Qt.DropAction.CopyAction)
        event.accept()
        self.dropped_at.emit(event.mimeData(), gap)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the tiles, then the one that hangs at the pointer, and the line over both."""
        super().paintEvent(event)
        painter = QPainter(self.viewport())
        if self._held_at is not None:
            half = QPoint(self._tiles.side_px // 2, self._tiles.side_px // 2)
            painter.setOpacity(0.85)
            painter.drawPixmap(self._held_at - half, self._ghost)
            painter.setOpacity(1)
        if self._gap is not None:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme.tokens().accent)
            painter.drawRoundedRect(self._line_of(self._gap), 1.5, 1.5)
        painter.end()

    def _lay_out(self) -> None:
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFlow(QListView.Flow.LeftToRight)
        self.setWrapping(True)
        self.setResizeMode(QListView.ResizeMode.Adjust)
        self.setUniformItemSizes(True)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setAcceptDrops(True)
        self.viewport().setAutoFillBackground(False)

    def _line_of(self, gap: int) -> QRect:
        """Return the place of the line before the tile of row *gap*, behind the last one in a full row."""
        cell, side = self._tiles.side_px + GAP_PX, self._tiles.side_px
        row, column = divmod(gap, COLUMNS)
        if gap and column == 0 and gap == self._model.rowCount():
            row, column = row - 1, COLUMNS
        middle = column * cell - GAP_PX // 2
        return QRect(max(0, middle - _LINE_PX // 2), row * cell, _LINE_PX, side)

    def _is_ours(self, event: QKeyEvent) -> bool:
        keys = (QKeySequence.StandardKey.Undo, QKeySequence.StandardKey.Redo, QKeySequence.StandardKey.Paste)
        if any(event.matches(key) for key in keys):
            return True
        if event.modifiers() in _MOVING:
            return event.key() in _STEPS
        plain = (Qt.Key.Key_R, Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Delete, Qt.Key.Key_Backspace)
        return event.modifiers() == Qt.KeyboardModifier.NoModifier and event.key() in plain

    def _has_worked(self, row: int, event: QKeyEvent) -> bool:
        """Do what a plain key means for the chosen tile; return whether it means anything."""
        if row < 0 or event.modifiers() not in (Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.KeypadModifier):
            return False
        match event.key():
            case Qt.Key.Key_Delete | Qt.Key.Key_Backspace:
                self.remove_wanted.emit(row)
            case Qt.Key.Key_Return | Qt.Key.Key_Enter:
                self.crop_wanted.emit(row)
            case Qt.Key.Key_R:
                self._want_menu()
            case Qt.Key.Key_Escape if self._held_at is not None:
                self._let_go()
            case _:
                return False
        return True

    def _want_move(self, row: int, target: int) -> None:
        if row >= 0 and row != target and 0 <= target < self._model.rowCount():
            self.move_wanted.emit(row, target)

    def _want_menu(self) -> None:
        row = self.currentIndex().row()
        place = self.tile_rect(row).center() if row >= 0 else QPoint()
        self.menu_wanted.emit(row, self.viewport().mapToGlobal(place))

    def _lift(self, row: int) -> None:
        self._ghost = self._tiles.alone(self._model.index(row), self.devicePixelRatioF())
        self._tiles.lifted_row = row

    def _let_go(self) -> None:
        self._pressed = None
        self._held_at = None
        self._tiles.lifted_row = None
        self.mark_gap(None)
