"""The list of reference tiles: remove, reorder by mouse or keyboard; what may be dropped is the composer's matter."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import QAction, QContextMenuEvent, QFocusEvent, QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QAbstractItemView, QApplication, QFrame, QListView, QMenu, QWidget

from seedream_desktop.ui import theme
from seedream_desktop.ui.composer.reference_model import ReferenceModel
from seedream_desktop.ui.composer.tile_painter import GAP_PX, TilePainter
from seedream_desktop.ui.controls.naming import set_name


class ReferenceView(QListView):
    """Tiles in rows; Delete removes, Alt with an arrow or the mouse moves. `paste_requested`: Ctrl+V was pressed."""

    paste_requested = Signal()

    def __init__(self, model: ReferenceModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._model = model
        self._tiles = TilePainter(self)
        self._dragged: int | None = None
        self._pressed_at = QPoint()
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

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Remove with Delete, move with Alt and an arrow, paste with the system's key."""
        has_alt = event.modifiers() == Qt.KeyboardModifier.AltModifier
        if event.key() in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
            self._remove_current()
        elif has_alt and event.key() in (Qt.Key.Key_Left, Qt.Key.Key_Right):
            self._move_current(-1 if event.key() == Qt.Key.Key_Left else 1)
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Stand on a tile as soon as the keyboard comes here, so that something can be done with it."""
        super().focusInEvent(event)
        if not self.currentIndex().isValid() and self._model.rowCount():
            self.setCurrentIndex(self._model.index(0))

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Remove by the sign, or begin to move a tile."""
        point = event.position().toPoint()
        index = self.indexAt(point)
        if event.button() == Qt.MouseButton.LeftButton and index.isValid():
            if self._tiles.remove_sign(self.visualRect(index)).contains(point):
                self._model.remove(index.row())
                return
            self._dragged = index.row()
            self._pressed_at = point
        super().mousePressEvent(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Let the pressed tile change places with the one under the pointer."""
        if self._dragged is None:
            super().mouseMoveEvent(event)
            return
        point = event.position().toPoint()
        target = self.indexAt(point)
        is_drag = (point - self._pressed_at).manhattanLength() >= QApplication.startDragDistance()
        if is_drag and target.isValid() and self._model.move(self._dragged, target.row()):
            self._dragged = target.row()
            self.setCurrentIndex(self._model.index(self._dragged))

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """End the move."""
        self._dragged = None
        super().mouseReleaseEvent(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Offer what the keys do, for those who look for it."""
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        has_tile = self.currentIndex().isValid()
        for text, act, is_possible in (
            (self.tr("Move earlier"), lambda: self._move_current(-1), has_tile),
            (self.tr("Move later"), lambda: self._move_current(1), has_tile),
            (self.tr("Remove"), self._remove_current, has_tile),
            (self.tr("Paste picture or link"), self.paste_requested.emit, True),
        ):
            action = QAction(text, menu)
            action.setEnabled(is_possible)
            action.triggered.connect(act)
            menu.addAction(action)
        menu.popup(event.globalPos())

    def tile_rect(self, row: int) -> QRect:
        """Return where in the viewport the tile of *row* is drawn."""
        return self._tiles.tile(self.visualRect(self._model.index(row)))

    def _lay_out(self) -> None:
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFlow(QListView.Flow.LeftToRight)
        self.setWrapping(True)
        self.setResizeMode(QListView.ResizeMode.Adjust)
        self.setUniformItemSizes(True)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setAcceptDrops(False)
        self.viewport().setAutoFillBackground(False)

    def _remove_current(self) -> None:
        row = self.currentIndex().row()
        self._model.remove(row)
        if self._model.rowCount():
            self.setCurrentIndex(self._model.index(min(row, self._model.rowCount() - 1)))

    def _move_current(self, step: int) -> None:
        row = self.currentIndex().row()
        if self._model.move(row, row + step):
            self.setCurrentIndex(self._model.index(row + step))
