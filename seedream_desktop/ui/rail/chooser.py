"""Asks into which project or collection pictures go: type to find one, or to make a new one."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import QEvent, QObject, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QDialog, QLineEdit, QListWidget, QListWidgetItem, QVBoxLayout, QWidget

from seedream_desktop.ui import theme
from seedream_desktop.ui.controls.message_line import MessageLine
from seedream_desktop.ui.controls.naming import set_name
from seedream_desktop.ui.rail import wording
from seedream_desktop.ui.rail.items import Item, Kind

_SIZE_PX: Final = (360, 340)
_ROW_PX: Final = 28
_ITEM: Final = Qt.ItemDataRole.UserRole
_MOVING: Final = frozenset({Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_PageUp, Qt.Key.Key_PageDown})


class PlaceChooser(QDialog):
    """``chosen`` carries an Item, ``made`` the name of one that is to be made first.

    *heading* says whether it is about projects or collections. The dialog stays until `accept`: a name may be refused.
    """

    chosen = Signal(object)
    made = Signal(str)

    def __init__(self, heading: Kind, items: Sequence[Item], title: str, parent: QWidget) -> None:
        super().__init__(parent)
        self._items = tuple(items)
        self._edit = QLineEdit(self)
        self._list = QListWidget(self)
        self._trouble = MessageLine(self)
        self.setWindowTitle(title)
        set_name(self, "place_chooser", title)
        self._prepare(heading)
        self._compose()
        self._show_matches("")

    def refuse(self, sentence: str) -> None:
        """Say why a name cannot be used, and leave it to be mended."""
        self._trouble.say(sentence)
        self._edit.setFocus()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Let the arrows move in the list while a name is typed."""
        is_press = watched is self._edit and event.type() == QEvent.Type.KeyPress
        if is_press and isinstance(event, QKeyEvent) and event.key() in _MOVING:
            self._list.keyPressEvent(event)
            return True
        return super().eventFilter(watched, event)

    def _prepare(self, heading: Kind) -> None:
        is_project = heading is Kind.PROJECTS
        words = (
            self.tr("Find a project, or name a new one") if is_project else self.tr("Find a collection, or name one")
        )
        set_name(self._edit, "find_place", words)
        self._edit.setPlaceholderText(words)
        self._edit.setClearButtonEnabled(True)
        self._edit.installEventFilter(self)
        self._edit.textChanged.connect(self._show_matches)
        self._edit.returnPressed.connect(self._take)
        set_name(self._list, "places", self.tr("Projects") if is_project else self.tr("Collections"))
        self._list.itemActivated.connect(self._take)
        self._list.itemClicked.connect(self._take)

    def _compose(self) -> None:
        self.resize(*_SIZE_PX)
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.SPACE_4, theme.SPACE_4, theme.SPACE_4, theme.SPACE_4)
        column.setSpacing(theme.SPACE_2)
        column.addWidget(self._edit)
        column.addWidget(self._trouble)
        column.addWidget(self._list, 1)

    def _show_matches(self, text: str) -> None:
        """List what holds all words that are typed, and last what would be made."""
        self._trouble.say("")
        self._list.clear()
        words = text.casefold().split()
        for item in self._items:
            if all(word in item.path.casefold() for word in words):
                self._add(item.path, f"{item.path}, {wording.pictures(item.count)}", item)
        name = " ".join(text.split())
        if name and name.casefold() not in {item.path.casefold() for item in self._items}:
            words_for_new = self.tr("Make “{name}”").format(name=name)
            self._add(words_for_new, words_for_new, None)
        self._list.setCurrentRow(0)
        if not self._list.count():
            self._say_nothing_is_there()

    def _say_nothing_is_there(self) -> None:
        words = self.tr("There is none yet: type a name")
        QListWidgetItem(words, self._list).setFlags(Qt.ItemFlag.NoItemFlags)

    def _add(self, text: str, spoken: str, item: Item | None) -> None:
        row = QListWidgetItem(text, self._list)
        row.setData(Qt.ItemDataRole.AccessibleTextRole, spoken)
        row.setData(_ITEM, item)
        row.setSizeHint(QSize(0, _ROW_PX))

    def _take(self) -> None:
        if self._list.currentRow() < 0:
            self.refuse(wording.bad_name(""))
            return
        item = self._list.currentItem().data(_ITEM)
        if isinstance(item, Item):
            self.chosen.emit(item)
        else:
            self.made.emit(self._edit.text())
