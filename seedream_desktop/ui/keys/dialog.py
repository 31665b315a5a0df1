"""The list of all keys: searched as you type, and changed by pressing another key."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QEvent, QModelIndex, QObject, QSortFilterProxyModel, Qt
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QDialog, QHBoxLayout, QHeaderView, QLineEdit, QTreeView, QVBoxLayout, QWidget

from seedream_desktop.ui import theme
from seedream_desktop.ui.controls.button import push_button
from seedream_desktop.ui.controls.label import Label
from seedream_desktop.ui.controls.naming import set_name
from seedream_desktop.ui.keys.capture import KeyCapture
from seedream_desktop.ui.keys.commands import Command, translated
from seedream_desktop.ui.keys.key_map import KeyMap
from seedream_desktop.ui.keys.model import COMMAND_ROLE, KEYS_COLUMN, NAME_COLUMN, PLACE_COLUMN, KeyListModel

_SIZE_PX: Final = (1000, 640)
_SMALLEST_PX: Final = (480, 320)
_FRAME_PX: Final = 64
_KEYS_WIDTH_PX: Final = 200
_PLACE_WIDTH_PX: Final = 320
_PLACE_FROM_PX: Final = 840


class KeyListDialog(QDialog):
    """Not modal; `open_list` shows it. Changes go into the KeyMap at once; whoever owns the settings saves them."""

    def __init__(self, key_map: KeyMap, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Keys"))
        self.setObjectName("key_list")
        self.setModal(False)
        self.setMinimumSize(*_SMALLEST_PX)
        self._key_map = key_map
        self._asked: Command | None = None
        self._refused_key = ""
        self._model = KeyListModel(key_map, self)
        self._found = _Found(self)
        self._found.setSourceModel(self._model)
        self.search = QLineEdit()
        self.list = QTreeView()
        self.capture = KeyCapture(self)
        self.said = Label("", tone="muted")
        self._make_buttons()
        self._prepare()
        self._compose()
        self._connect()
        self._fit_screen()

    def open_list(self) -> None:
        """Show what can be done by now, the search empty and ready."""
        self._model.renew()
        self.search.clear()
        self._show_all()
        self._stop_asking()
        self.show()
        self.raise_()
        self.activateWindow()
        self.search.setFocus(Qt.FocusReason.OtherFocusReason)

    def chosen(self) -> Command | None:
        """Return the command the list stands on."""
        command: Command | None = self.list.currentIndex().siblingAtColumn(NAME_COLUMN).data(COMMAND_ROLE)
        return command

    def choose(self, command: Command) -> None:
        """Stand on *command*, when it is among those found."""
        for group in range(self._found.rowCount()):
            parent = self._found.index(group, NAME_COLUMN)
            for row in range(self._found.rowCount(parent)):
                index = self._found.index(row, NAME_COLUMN, parent)
                if index.data(COMMAND_ROLE) is command:
                    self.list.setCurrentIndex(index)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Leave the room to what the commands do when there is little."""
        super().resizeEvent(event)
        self.list.setColumnHidden(PLACE_COLUMN, self.width() < _PLACE_FROM_PX)

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        """Go from the search into the list with Down, and change what it stands on with Enter."""
        if event.type() is not QEvent.Type.KeyPress or not isinstance(event, QKeyEvent):
            return False
        if event.key() == Qt.Key.Key_Down and self.search.hasFocus():
            self.list.setFocus(Qt.FocusReason.TabFocusReason)
            return True
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.list.hasFocus():
            self._ask()
            return True
        return False

    def _ask(self) -> None:
        command = self.chosen()
        if command is None or command.is_fixed:
            return
        self._asked = command
        self._say("")
        words = self.tr("Press the new key for “{name}”. Esc leaves it as it is.")
        self.capture.ask(words.format(name=translated(command.name)))

    def _take(self, key: str) -> None:
        if self._asked is None:
            return
        command = self._asked
        conflict = self._key_map.conflict(key, command.id)
        self._stop_asking()
        self.list.setFocus(Qt.FocusReason.OtherFocusReason)
        if not conflict:
            self._key_map.assign(command.id, key)
            return
        other = self._key_map.user_of(key, command.id)
        if other is not None and not other.is_fixed:
            self._asked, self._refused_key = command, key
            self._take_over.show()
            self._take_over.setFocus(Qt.FocusReason.OtherFocusReason)
        self._say(conflict)

    def _take_from_other(self) -> None:
        if self._asked is not None:
            self._key_map.assign(self._asked.id, self._refused_key)
        self._stop_asking()
        self.list.setFocus(Qt.FocusReason.OtherFocusReason)

    def _stop_asking(self) -> None:
        self._asked, self._refused_key = None, ""
        self.capture.hide()
        self._take_over.hide()
        self._say("")
        self._show_state()

    def _give_up(self) -> None:
        had_focus = self.capture.hasFocus()
        self._stop_asking()
        if had_focus:
            self.list.setFocus(Qt.FocusReason.OtherFocusReason)

    def _reset(self) -> None:
        command = self.chosen()
        if command is not None:
            self._key_map.reset(command.id)

    def _say(self, text: str) -> None:
        self.said.setText(text)
        self.said.set_tone("care" if text else "muted")

    def _show_state(self) -> None:
        """Offer what can be done with the row, and say why when nothing can."""
        command = self.chosen()
        can_change = command is not None and not command.is_fixed
        self._change.setEnabled(can_change)
        self._reset_one.setEnabled(command is not None and can_change and self._key_map.is_changed(command.id))
        if self._asked is None:
            is_fixed = command is not None and command.is_fixed
            self.said.setText(self.tr("This is how the control works; it keeps its keys.") if is_fixed else "")
            self.said.set_tone("muted")

    def _search(self, text: str) -> None:
        self._found.search(text)
        self._show_all()

    def _show_all(self) -> None:
        self.list.expandAll()
        for group in range(self._found.rowCount()):
            self.list.setFirstColumnSpanned(group, QModelIndex(), True)
        if self._found.rowCount() and self.chosen() is None:
            self.list.setCurrentIndex(self._found.index(0, NAME_COLUMN, self._found.index(0, NAME_COLUMN)))
        nothing = self.tr("No command is called that, and no key.")
        self.list.setAccessibleDescription("" if self._found.rowCount() else nothing)
        self._show_state()
        if not self._found.rowCount():
            self._say(nothing)

    def _make_buttons(self) -> None:
        self._take_over = push_button("take_over", self.tr("Use it here instead"), takes_enter=True)
        self._change = push_button("change_key", self.tr("Change…"))
        self._reset_one = push_button("reset_key", self.tr("Reset"))
        self._reset_all = push_button("reset_all_keys", self.tr("Reset all"))
        self._close = push_button("close_keys", self.tr("Close"))

    def _prepare(self) -> None:
        set_name(self.search, "search_keys", self.tr("Search keys"))
        self.search.setPlaceholderText(self.tr("Search by name or key"))
        self.search.setClearButtonEnabled(True)
        set_name(self.list, "keys", self.tr("Keys"))
        self.list.setModel(self._found)
        self.list.setFrameShape(QTreeView.Shape.NoFrame)
        self.list.setRootIsDecorated(False)
        self.list.setItemsExpandable(False)
        self.list.setIndentation(theme.SPACE_3)
        self.list.setAllColumnsShowFocus(True)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        header = self.list.header()
        header.setStretchLastSection(False)
        header.setSectionsMovable(False)
        header.setSectionResizeMode(NAME_COLUMN, QHeaderView.ResizeMode.Stretch)
        for column, width in ((KEYS_COLUMN, _KEYS_WIDTH_PX), (PLACE_COLUMN, _PLACE_WIDTH_PX)):
            header.setSectionResizeMode(column, QHeaderView.ResizeMode.Fixed)
            header.resizeSection(column, width)
        self.said.setWordWrap(True)
        self.capture.hide()
        self._take_over.hide()

    def _compose(self) -> None:
        layout = QVBoxLayout(self)
        layout.setContentsMargins(theme.SPACE_4, theme.SPACE_4, theme.SPACE_4, theme.SPACE_4)
        layout.setSpacing(theme.SPACE_3)
        layout.addWidget(self.search)
        layout.addWidget(self.list, 1)
        layout.addWidget(self.capture)
        conflict = QHBoxLayout()
        conflict.addWidget(self.said, 1)
        conflict.addWidget(self._take_over)
        layout.addLayout(conflict)
        buttons = QHBoxLayout()
        buttons.setSpacing(theme.SPACE_2)
        for button in (self._change, self._reset_one, self._reset_all):
            buttons.addWidget(button)
        buttons.addStretch(1)
        buttons.addWidget(self._close)
        layout.addLayout(buttons)

    def _connect(self) -> None:
        self.search.textChanged.connect(self._search)
        for watched in (self.search, self.list):
            watched.installEventFilter(self)
        self.list.selectionModel().currentChanged.connect(self._give_up)
        self.list.doubleClicked.connect(self._ask)
        self.capture.captured.connect(self._take)
        self.capture.given_up.connect(self._give_up)
        self._take_over.clicked.connect(self._take_from_other)
        self._change.clicked.connect(self._ask)
        self._reset_one.clicked.connect(self._reset)
        self._reset_all.clicked.connect(self._key_map.reset_all)
        self._close.clicked.connect(self.close)
        self._key_map.changed.connect(self._show_state)

    def _fit_screen(self) -> None:
        room = self.screen().availableGeometry()
        self.resize(min(_SIZE_PX[0], room.width()), min(_SIZE_PX[1], room.height() - _FRAME_PX))


class _Found(QSortFilterProxyModel):
    """The commands whose name, keys or place hold every word of the search; groups without any are left out."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._words: list[str] = []
        self.setRecursiveFilteringEnabled(True)

    def search(self, text: str) -> None:
        """Let through what holds all words of *text*."""
        self._words = text.casefold().split()
        self.invalidate()

    def filterAcceptsRow(self, row: int, parent: QModelIndex) -> bool:  # type: ignore[override]  # the stubs add a type
        """Whether a command is found; a group is there for its commands alone."""
        if not parent.isValid():
            return False
        index = self.sourceModel().index(row, NAME_COLUMN, parent)
        group = str(parent.data()).casefold()
        text = f"{index.data(Qt.ItemDataRole.AccessibleTextRole)} {group}".casefold()
        return all(word in text for word in self._words)
