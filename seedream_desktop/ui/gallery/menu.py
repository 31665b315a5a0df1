"""The menu of a picture wherever it is seen."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final

from PySide6.QtCore import QObject, QPoint, Qt
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QMenu, QWidget

from seedream_desktop.ui.keys import CommandId, KeyMap

Handlers = Mapping[CommandId, Callable[[], object]]
# What is about the order alone and can be done before there is a picture.
_OF_TASK: Final = frozenset(
    {CommandId.OPEN_SET, CommandId.REMIX, CommandId.USE_EVERYTHING, CommandId.COPY_PROMPT, CommandId.COMPARE}
)


class PictureMenu(QObject):
    """What can be done with a picture, in the gallery, in a set, in a comparison and in the viewer.

    *handlers* is what the window can do: what is not among it is not offered. Keys are shown as the user has them.
    """

    def __init__(self, key_map: KeyMap, handlers: Handlers, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._key_map = key_map
        self._handlers = handlers

    def open_at(self, place: QPoint, over: QWidget, *, has_picture: bool, leaving: str, is_thrown: bool) -> QMenu:
        """Pop up the menu at a point of the screen, and return it; it goes away by itself.

        Without a picture on this disk only what is about its order can be chosen. *leaving* says how it leaves where
        it is shown, empty where it cannot; one that is in the trash is not thrown away again.
        """
        menu = QMenu(over)
        menu.setObjectName("picture_menu")
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._add_part(menu, self._looking(), has_picture=has_picture)
        self._add_judging(menu, has_picture=has_picture)
        self._add_part(menu, self._reusing(), has_picture=has_picture)
        self._add_part(menu, self._copying(), has_picture=has_picture)
        self._add_part(menu, self._files(), has_picture=has_picture)
        self._add_part(menu, self._sorting(leaving, is_thrown=is_thrown), has_picture=has_picture)
        menu.popup(place)
        return menu

    def _looking(self) -> Mapping[CommandId, str]:
        return {
            CommandId.OPEN: self.tr("Open"),
            CommandId.OPEN_SET: self.tr("Open the set"),
            CommandId.COMPARE: self.tr("Compare"),
            CommandId.SECOND_WINDOW: self.tr("Open in a window of its own"),
        }

    def _marks(self) -> Mapping[CommandId, str]:
        return {
            CommandId.STARS_5: self.tr("5 stars"),
            CommandId.STARS_4: self.tr("4 stars"),
            CommandId.STARS_3: self.tr("3 stars"),
            CommandId.STARS_2: self.tr("2 stars"),
            CommandId.STARS_1: self.tr("1 star"),
            CommandId.STARS_0: self.tr("No stars"),
        }

    def _flags(self) -> Mapping[CommandId, str]:
        return {
            CommandId.PICK: self.tr("Pick"),
            CommandId.REJECT: self.tr("Reject"),
            CommandId.UNMARK: self.tr("Neither"),
            CommandId.FAVOURITE: self.tr("Favourite, or not"),
        }

    def _words(self) -> Mapping[CommandId, str]:
        return {
            CommandId.WRITE_TAG: self.tr("Write a tag"),
            CommandId.SAME_TAGS: self.tr("Tag like the last one"),
            CommandId.WRITE_NOTE: self.tr("Write a note"),
        }

    def _reusing(self) -> Mapping[CommandId, str]:
        return {
            CommandId.USE_AS_REFERENCE: self.tr("Use as reference"),
            CommandId.REMIX: self.tr("Use its prompt and settings"),
            CommandId.USE_EVERYTHING: self.tr("Use everything, references too"),
            CommandId.NEXT_FRAME: self.tr("Next frame from this one"),
            CommandId.FIND_MADE_WITH: self.tr("Find what was made with it"),
        }

    def _copying(self) -> Mapping[CommandId, str]:
        return {
            CommandId.COPY_PICTURE: self.tr("Copy the picture"),
            CommandId.COPY_PATH: self.tr("Copy the file's path"),
            CommandId.COPY_PROMPT: self.tr("Copy its prompt"),
        }

    def _files(self) -> Mapping[CommandId, str]:
        return {
            CommandId.SAVE_AS: self.tr("Save as"),
            CommandId.SHOW_IN_FOLDER: self.tr("Show in folder"),
            CommandId.OPEN_WITH: self.tr("Open with"),
        }

    def _sorting(self, leaving: str, *, is_thrown: bool) -> Mapping[CommandId, str]:
        wanted = {
            CommandId.ADD_TO_COLLECTION: self.tr("Add to a collection"),
            CommandId.PUT_INTO_PROJECT: self.tr("Put into a project"),
            CommandId.TAKE_OUT: leaving,
            CommandId.TRASH: "" if is_thrown else self.tr("Put into the trash"),
        }
        return {command: words for command, words in wanted.items() if words}

    def _add_judging(self, menu: QMenu, *, has_picture: bool) -> None:
        judging = QMenu(self.tr("Judge"), menu)
        judging.setObjectName("judge_menu")
        self._add_part(judging, self._marks(), has_picture=has_picture)
        self._add_part(judging, self._flags(), has_picture=has_picture)
        self._add_part(judging, self._words(), has_picture=has_picture)
        judging.setEnabled(has_picture)
        if not judging.isEmpty():
            menu.addSeparator()
            menu.addMenu(judging)

    def _add_part(self, menu: QMenu, part: Mapping[CommandId, str], *, has_picture: bool) -> None:
        """Add what of a part can be done, below a line."""
        menu.addSeparator()
        for command, text in part.items():
            if command in self._handlers:
                action = self._add(menu, command, text)
                action.setEnabled(has_picture or command in _OF_TASK)

    def _add(self, menu: QMenu, command: CommandId, text: str) -> QAction:
        action = menu.addAction(text)
        action.setObjectName(command.value)
        keys = self._key_map.keys_of(command)
        if keys:
            action.setShortcut(QKeySequence.fromString(keys[0], QKeySequence.SequenceFormat.PortableText))
            action.setShortcutVisibleInContextMenu(True)
        handler = self._handlers[command]
        action.triggered.connect(lambda _is_checked: handler())
        return action
