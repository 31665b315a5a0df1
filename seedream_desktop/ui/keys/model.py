"""The list of keys as a tree model: groups, and in them commands; must not decide anything."""

from __future__ import annotations

from typing import Any, Final

from PySide6.QtCore import QAbstractItemModel, QModelIndex, QObject, QPersistentModelIndex, QSize, Qt
from PySide6.QtGui import QFont

from seedream_desktop.ui.keys.commands import Command, Group, places_text, translated
from seedream_desktop.ui.keys.key_map import KeyMap
from seedream_desktop.ui.keys.wording import keys_text, spoken

COMMAND_ROLE: Final = Qt.ItemDataRole.UserRole
NAME_COLUMN: Final = 0
KEYS_COLUMN: Final = 1
PLACE_COLUMN: Final = 2
_NO_PARENT: Final = QModelIndex()
_ROW_PX: Final = 26
_GROUP_PX: Final = 36
# What an index of a group holds instead of the number of its group.
_TOP: Final = 0


class KeyListModel(QAbstractItemModel):
    """Three columns: what it does, its keys, where. ``COMMAND_ROLE`` holds the Command, None for a group."""

    def __init__(self, key_map: KeyMap, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._key_map = key_map
        self._groups: list[tuple[Group, list[Command]]] = []
        key_map.changed.connect(self._tell_keys)
        self.renew()

    def renew(self) -> None:
        """List what can be done in the window by now."""
        self.beginResetModel()
        commands = self._key_map.commands()
        grouped = [(group, [command for command in commands if command.group is group]) for group in Group]
        self._groups = [(group, inside) for group, inside in grouped if inside]
        self.endResetModel()

    def index(self, row: int, column: int, parent: QModelIndex | QPersistentModelIndex = _NO_PARENT) -> QModelIndex:
        """Return the index of a group, or of a command in its group."""
        if not self.hasIndex(row, column, parent):
            return QModelIndex()
        return self.createIndex(row, column, parent.row() + 1 if parent.isValid() else _TOP)

    def parent(self, index: QModelIndex | QPersistentModelIndex = _NO_PARENT) -> Any:
        """Return the group of a command."""
        if not index.isValid() or index.internalId() == _TOP:
            return QModelIndex()
        return self.createIndex(int(index.internalId()) - 1, NAME_COLUMN, _TOP)

    def rowCount(self, parent: QModelIndex | QPersistentModelIndex = _NO_PARENT) -> int:
        """Return the number of groups, or of commands in a group."""
        if not parent.isValid():
            return len(self._groups)
        is_group = parent.internalId() == _TOP and parent.column() == NAME_COLUMN
        return len(self._groups[parent.row()][1]) if is_group else 0

    def columnCount(self, _parent: QModelIndex | QPersistentModelIndex = _NO_PARENT) -> int:
        """Return 3."""
        return PLACE_COLUMN + 1

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return the names of the columns."""
        if orientation is not Qt.Orientation.Horizontal or role != Qt.ItemDataRole.DisplayRole:
            return None
        return (self.tr("What it does"), self.tr("Keys"), self.tr("Where"))[section]

    def data(self, index: QModelIndex | QPersistentModelIndex, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return the words of a cell, of a whole row for assistive technology, or the Command."""
        command = self.command_at(index)
        if command is None:
            return self._group_data(index, role) if index.isValid() else None
        match role:
            case Qt.ItemDataRole.DisplayRole | Qt.ItemDataRole.ToolTipRole:
                return self._words(command)[index.column()]
            case Qt.ItemDataRole.AccessibleTextRole:
                return spoken(command, self._key_map) if index.column() == NAME_COLUMN else None
            case Qt.ItemDataRole.FontRole:
                return self._font(command, index.column())
            case Qt.ItemDataRole.SizeHintRole:
                return QSize(0, _ROW_PX)
        return command if role == COMMAND_ROLE else None

    def command_at(self, index: QModelIndex | QPersistentModelIndex) -> Command | None:
        """Return the command of a row, None for a group."""
        if not index.isValid() or index.internalId() == _TOP:
            return None
        return self._groups[int(index.internalId()) - 1][1][index.row()]

    def flags(self, index: QModelIndex | QPersistentModelIndex) -> Qt.ItemFlag:
        """Groups are headings: they can be neither chosen nor changed."""
        if self.command_at(index) is None:
            return Qt.ItemFlag.ItemIsEnabled if index.isValid() else Qt.ItemFlag.NoItemFlags
        return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable

    def _group_data(self, index: QModelIndex | QPersistentModelIndex, role: int) -> Any:
        if index.column() != NAME_COLUMN:
            return None
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return translated(self._groups[index.row()][0])
        if role == Qt.ItemDataRole.SizeHintRole:
            return QSize(0, _GROUP_PX)
        return _bold() if role == Qt.ItemDataRole.FontRole else None

    def _font(self, command: Command, column: int) -> QFont | None:
        """Keys that the user chose stand out."""
        return _bold() if column == KEYS_COLUMN and self._key_map.is_changed(command.id) else None

    def _words(self, command: Command) -> tuple[str, str, str]:
        return translated(command.name), keys_text(command, self._key_map), places_text(command)

    def _tell_keys(self) -> None:
        for row, (_group, commands) in enumerate(self._groups):
            group = self.index(row, NAME_COLUMN)
            first = self.index(0, NAME_COLUMN, group)
            self.dataChanged.emit(first, self.index(len(commands) - 1, PLACE_COLUMN, group))


def _bold() -> QFont:
    font = QFont()
    font.setBold(True)
    return font
