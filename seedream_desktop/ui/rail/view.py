"""The tree of the rail: what keys, clicks and drags over it mean; it changes nothing itself."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import (
    QEvent,
    QItemSelectionModel,
    QModelIndex,
    QPersistentModelIndex,
    Qt,
    QTimer,
    Signal,
)
from PySide6.QtGui import (
    QContextMenuEvent,
    QDragEnterEvent,
    QDragLeaveEvent,
    QDragMoveEvent,
    QDropEvent,
    QFocusEvent,
    QKeyEvent,
    QMouseEvent,
    QResizeEvent,
)
from PySide6.QtWidgets import QAbstractItemView, QFrame, QMenu, QTreeView, QWidget

from seedream_desktop.ui import theme
from seedream_desktop.ui.controls.naming import set_name
from seedream_desktop.ui.intake.forms import Forms
from seedream_desktop.ui.intake.own import own_contents
from seedream_desktop.ui.rail.delegate import RailDelegate
from seedream_desktop.ui.rail.items import HEADINGS, OWN, Item, Kind
from seedream_desktop.ui.rail.model import RailModel

_EXPAND_AFTER_MS: Final = 600
_Selecting = QItemSelectionModel.SelectionFlag


class RailView(QTreeView):
    """The line that is open is the selected one; the keyboard may stand on another.

    ``open_requested``, ``rename_requested``, ``delete_requested`` and ``folder_requested`` carry an Item,
    ``new_requested`` the Kind of a heading, ``pictures_dropped`` an Item and a tuple of SHA-256s; ``empty_requested``
    is about the trash. ``clicked_open``: a line was opened by the mouse, which leaves the keyboard to the pictures.
    """

    clicked_open = Signal()
    open_requested = Signal(object)
    rename_requested = Signal(object)
    delete_requested = Signal(object)
    folder_requested = Signal(object)
    new_requested = Signal(object)
    empty_requested = Signal()
    pictures_dropped = Signal(object, tuple)

    def __init__(self, model: RailModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._model = model
        self._dragged: tuple[str, ...] = ()
        self._standing = QPersistentModelIndex()
        self.setModel(model)
        self.delegate = RailDelegate(self, model)
        self.setItemDelegate(self.delegate)
        self._hovering = QTimer(self, singleShot=True, interval=_EXPAND_AFTER_MS)
        self._hovering.timeout.connect(self._expand_target)
        self._prepare()
        model.rowsInserted.connect(self._show_nested)
        theme.notifier.changed.connect(self.viewport().update)

    def select(self, index: QModelIndex) -> None:
        """Mark the line that is open."""
        self.selectionModel().select(index, _Selecting.ClearAndSelect)

    def selectionCommand(self, _index: QModelIndex | QPersistentModelIndex, _event: QEvent | None = None) -> _Selecting:
        """Let keys and clicks move the keyboard's place alone: what is open is decided elsewhere."""
        return _Selecting.NoUpdate

    def current_item(self) -> Item | None:
        """Return the line the keyboard stands on."""
        return self._model.item(self.currentIndex())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the one column as wide as the view."""
        super().resizeEvent(event)
        self.setColumnWidth(0, self.viewport().width())

    def stand_on(self, index: QModelIndex) -> None:
        """Let the keyboard stand on a line, now or when it comes."""
        self._standing = QPersistentModelIndex(index)
        if self.hasFocus():
            self.setCurrentIndex(index)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Stand where the keyboard was the last time, at first on the open line."""
        if not self.currentIndex().isValid():
            standing = self._standing
            kept = self._model.index(standing.row(), 0, standing.parent()) if standing.isValid() else QModelIndex()
            opened = next(iter(self.selectedIndexes()), self._model.index(0, 0))
            self.setCurrentIndex(kept if kept.isValid() else opened)
        super().focusInEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Stand nowhere: Qt tells screen readers that the current line has the keyboard, whoever has it."""
        super().focusOutEvent(event)
        if event.reason() not in (Qt.FocusReason.PopupFocusReason, Qt.FocusReason.ActiveWindowFocusReason):
            self._stand_nowhere()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter opens, F2 renames, Del deletes; all else is the tree's own."""
        item = self.current_item()
        if item is None:
            super().keyPressEvent(event)
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
            self._activate(item)
        elif event.key() == Qt.Key.Key_F2 and item.kind in OWN:
            self.rename_requested.emit(item)
        elif event.key() == Qt.Key.Key_Delete and item.kind in OWN:
            self.delete_requested.emit(item)
        else:
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Open and close at the chevron."""
        index = self.indexAt(event.position().toPoint())
        if self.delegate.chevron_box(self.visualRect(index), index).contains(event.position().toPoint()):
            self.setExpanded(index, not self.isExpanded(index))
            return
        super().mousePressEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Stand nowhere after a click either, unless the keyboard is here."""
        super().mouseReleaseEvent(event)
        if not self.hasFocus():
            self._stand_nowhere()

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Pop up what can be done with the line, at the pointer or at the line."""
        by_key = event.reason() is QContextMenuEvent.Reason.Keyboard
        index = self.currentIndex() if by_key else self.indexAt(event.pos())
        item = self._model.item(index)
        if item is None:
            return
        self.setFocus(Qt.FocusReason.MouseFocusReason)
        self.setCurrentIndex(index)
        place = self.visualRect(index).center() if by_key else event.pos()
        self._menu(item).popup(self.viewport().mapToGlobal(place))

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Take pictures of our own gallery, nothing else."""
        mime = event.mimeData()
        contents = own_contents(Forms(mime), len(mime.urls()))
        self._dragged = tuple(dict.fromkeys(content for content in contents if content is not None))
        if self._dragged:
            super().dragEnterEvent(event)
            _accept(event)
        else:
            event.ignore()

    def dragMoveEvent(self, event: QDragMoveEvent) -> None:
        """Light up the line under the pointer when it takes pictures."""
        super().dragMoveEvent(event)
        index = self.indexAt(event.position().toPoint())
        self._aim(index)
        if self._target() is not None:
            _accept(event)
        else:
            event.ignore()

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        """Put the light out."""
        super().dragLeaveEvent(event)
        self._aim(QModelIndex())

    def dropEvent(self, event: QDropEvent) -> None:
        """Tell which pictures were let go on which line."""
        self._aim(self.indexAt(event.position().toPoint()))
        target, contents = self._target(), self._dragged
        super().dragLeaveEvent(QDragLeaveEvent())
        self._aim(QModelIndex())
        if target is None or not contents:
            event.ignore()
            return
        _accept(event)
        self.pictures_dropped.emit(target, contents)

    def _prepare(self) -> None:
        set_name(self, "rail", self.tr("Places"))
        self.setHeaderHidden(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.header().setMinimumSectionSize(1)
        self.header().setStretchLastSection(False)
        self.setRootIsDecorated(False)
        self.setIndentation(0)
        self.setItemsExpandable(True)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setTabKeyNavigation(False)
        self.setExpandsOnDoubleClick(False)
        self.setMouseTracking(True)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setDragDropMode(QAbstractItemView.DragDropMode.DropOnly)
        self.setDropIndicatorShown(False)
        # The rail's own ground shows through.
        self.viewport().setAutoFillBackground(False)
        self.clicked.connect(self._click)
        self.expandAll()

    def _stand_nowhere(self) -> None:
        self._standing = QPersistentModelIndex(self.currentIndex())
        self.selectionModel().clearCurrentIndex()

    def _click(self, index: QModelIndex) -> None:
        item = self._model.item(index)
        if item is not None and item.kind not in HEADINGS:
            self._activate(item)
            self.clicked_open.emit()

    def _activate(self, item: Item) -> None:
        if item.kind in HEADINGS:
            self.new_requested.emit(item.kind)
        else:
            self.open_requested.emit(item)

    def _show_nested(self, parent: QModelIndex) -> None:
        """Headings are always open, and so is a group that has just got its first line."""
        if self._model.rowCount(parent) == 1 or self._model.item(parent.parent()) is None:
            self.setExpanded(parent, True)

    def _aim(self, index: QModelIndex) -> None:
        if self.delegate.target == index:
            return
        self.delegate.target = QPersistentModelIndex(index)
        self._hovering.start()
        self.viewport().update()

    def _target(self) -> Item | None:
        item = self._model.item(self.delegate.target)
        return item if item is not None and item.takes_pictures else None

    def _expand_target(self) -> None:
        index = self.delegate.target
        if index.isValid() and self._model.rowCount(index):
            self.expand(self._model.index(index.row(), 0, index.parent()))

    def _menu(self, item: Item) -> QMenu:
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        if item.can_open:
            menu.addAction(self.tr("Open")).triggered.connect(lambda: self.open_requested.emit(item))
        if item.kind in OWN:
            menu.addAction(self.tr("Rename …")).triggered.connect(lambda: self.rename_requested.emit(item))
            if item.kind is Kind.PROJECT:
                menu.addAction(self.tr("Folder …")).triggered.connect(lambda: self.folder_requested.emit(item))
            menu.addAction(self.tr("Delete, keep the pictures")).triggered.connect(
                lambda: self.delete_requested.emit(item)
            )
        if item.kind is Kind.BIN:
            emptying = menu.addAction(self.tr("Empty the trash …"))
            emptying.setEnabled(item.count > 0)
            emptying.triggered.connect(self.empty_requested)
        menu.addSeparator()
        menu.addAction(self.tr("New project …")).triggered.connect(lambda: self.new_requested.emit(Kind.PROJECTS))
        menu.addAction(self.tr("New collection …")).triggered.connect(lambda: self.new_requested.emit(Kind.COLLECTIONS))
        return menu


def _accept(event: QDropEvent) -> None:
    event.setDropAction(Qt.DropAction.CopyAction)
    event.accept()
