"""The list of hosted pictures with its keys, its menu and the two buttons that follow the pointer."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from PySide6.QtCore import QEvent, QModelIndex, QPoint, Qt, Signal
from PySide6.QtGui import QAction, QFocusEvent, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QFrame, QHBoxLayout, QListView, QMenu, QToolButton, QWidget

from seedream_desktop.ui import theme
from seedream_desktop.ui.controls.naming import set_name
from seedream_desktop.ui.hosted.delegate import BUTTONS_PX, ROW_PX, HostedDelegate
from seedream_desktop.ui.hosted.model import HostedModel
from seedream_desktop.ui.hosted.row import HostedRow
from seedream_desktop.ui.hosted.thumbnails import Thumbnails
from seedream_desktop.ui.icons import icon


class HostedView(QListView):
    """Several rows can be chosen. `copy_requested`, `delete_requested` and `forget_requested` carry HostedRows."""

    copy_requested = Signal(tuple)
    delete_requested = Signal(tuple)
    forget_requested = Signal(tuple)
    chosen_changed = Signal()

    def __init__(self, model: HostedModel, clock: Callable[[], datetime], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._model = model
        self._thumbnails = Thumbnails(self)
        self._thumbnails.arrived.connect(self.viewport().update)
        self._hovered: HostedRow | None = None
        self.setModel(model)
        self.setItemDelegate(HostedDelegate(clock, self._thumbnails.image, self))
        self._prepare()
        self._buttons = self._make_buttons()
        self.selectionModel().selectionChanged.connect(self.chosen_changed)
        for changed in (model.rowsInserted, model.rowsRemoved, model.modelReset, model.dataChanged):
            changed.connect(self._leave_row)
        theme.notifier.changed.connect(self.viewport().update)

    def chosen(self) -> tuple[HostedRow, ...]:
        """Return the rows that are marked, from top to bottom."""
        numbers = sorted(index.row() for index in self.selectionModel().selectedRows())
        return tuple(row for number in numbers if (row := self._model.row_at(number)) is not None)

    def stand(self) -> None:
        """Choose the row the keyboard stands on when none is chosen: the buttons are for marked rows alone."""
        if self.hasFocus() and not self.selectionModel().hasSelection() and self._model.rowCount():
            self.setCurrentIndex(self._model.index(max(0, self.currentIndex().row())))

    def finish(self) -> None:
        """Let running decodes end; call before the view goes."""
        self._thumbnails.finish()

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Have a row chosen as soon as the keyboard comes."""
        super().focusInEvent(event)
        self.stand()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Delete and copy what is chosen; all else is the list's own."""
        if event.matches(QKeySequence.StandardKey.Copy):
            self.copy_requested.emit(self.chosen())
        elif event.key() in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
            self.delete_requested.emit(self.chosen())
        else:
            super().keyPressEvent(event)

    def leaveEvent(self, event: QEvent) -> None:
        """Take the buttons away with the pointer."""
        super().leaveEvent(event)
        self._leave_row()

    def _prepare(self) -> None:
        set_name(self, "hosted_pictures_list", self.tr("Hosted pictures"))
        self.setSelectionMode(QListView.SelectionMode.ExtendedSelection)
        self.setUniformItemSizes(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        # The dialog's own ground shows through.
        self.viewport().setAutoFillBackground(False)
        self.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setMouseTracking(True)
        self.entered.connect(self._enter_row)
        self.verticalScrollBar().valueChanged.connect(self._leave_row)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.customContextMenuRequested.connect(self._open_menu)

    def _make_buttons(self) -> QWidget:
        """The keyboard has the buttons beneath the list; these would only be more stops on its way."""
        box = QWidget(self.viewport())
        row = QHBoxLayout(box)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.SPACE)
        for picture, words, signal in (
            ("copy", self.tr("Copy link"), self.copy_requested),
            ("trash-2", self.tr("Delete now"), self.delete_requested),
        ):
            button = QToolButton()
            button.setIcon(icon(picture))
            button.setToolTip(words)
            button.setProperty("look", "quiet")
            button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
            set_name(button, f"row_{picture.replace('-', '_')}", words)
            button.clicked.connect(lambda _checked=False, emit=signal.emit: self._act_on_hovered(emit))
            row.addWidget(button)
        box.hide()
        return box

    def _act_on_hovered(self, emit: Callable[[tuple[HostedRow, ...]], None]) -> None:
        if self._hovered is not None:
            emit((self._hovered,))

    def _enter_row(self, index: QModelIndex) -> None:
        self._hovered = self._model.row_at(index.row())
        if self._hovered is None:
            return
        rect = self.visualRect(index)
        self._buttons.setGeometry(rect.right() - BUTTONS_PX, rect.center().y(), BUTTONS_PX - theme.SPACE, ROW_PX // 2)
        delete = self._buttons.findChild(QToolButton, "row_trash_2")
        if delete is not None:
            delete.setEnabled(self._hovered.is_here)
        self._buttons.show()

    def _leave_row(self) -> None:
        self._hovered = None
        self._buttons.hide()

    def _open_menu(self, place: QPoint) -> None:
        chosen = self.chosen()
        if not chosen:
            return
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._add(menu, self.tr("Copy link"), self.copy_requested.emit, chosen, is_possible=True)
        is_here = any(row.is_here for row in chosen)
        self._add(menu, self.tr("Delete now"), self.delete_requested.emit, chosen, is_possible=is_here)
        if not all(row.is_here for row in chosen):
            self._add(menu, self.tr("Forget"), self.forget_requested.emit, chosen, is_possible=True)
        menu.popup(self.viewport().mapToGlobal(place))

    def _add(
        self,
        menu: QMenu,
        words: str,
        emit: Callable[[tuple[HostedRow, ...]], None],
        rows: tuple[HostedRow, ...],
        *,
        is_possible: bool,
    ) -> None:
        action = QAction(words, menu)
        action.setEnabled(is_possible)
        action.triggered.connect(lambda: emit(rows))
        menu.addAction(action)
