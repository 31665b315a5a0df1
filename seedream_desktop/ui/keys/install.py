"""Binds commands to a window as shortcuts; the keys come from the user's KeyMap and follow it live."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from typing import Final

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QWidget

from seedream_desktop.ui.keys.commands import CommandId, Place
from seedream_desktop.ui.keys.composition import Composition
from seedream_desktop.ui.keys.key_map import KeyMap
from seedream_desktop.ui.keys.tables import BY_ID

# Holding one of these down must not order, judge or close again and again.
_REPEATING: Final = frozenset(
    {
        CommandId.NEXT_PICTURE,
        CommandId.PREVIOUS_PICTURE,
        CommandId.UNDO,
        CommandId.OLDER_PROMPT,
        CommandId.NEWER_PROMPT,
    }
)


class Keys(QObject):
    """Shortcuts of one window. Text fields keep the letters typed into them; an input method keeps every key."""

    def __init__(self, key_map: KeyMap, parent: QObject) -> None:
        super().__init__(parent)
        self._key_map = key_map
        self._shortcuts: list[tuple[CommandId, QShortcut]] = []
        self._composition = Composition(self)
        key_map.changed.connect(self._rebind)

    def install(self, window: QWidget, handlers: Mapping[CommandId, Callable[[], object]]) -> None:
        """Let the keys of these commands call their handlers.

        A command that acts anywhere does so in the whole window *window* is in, another one while the keyboard is in
        *window*: a part of the window can be given, and the same command again for another part.

        Raises:
            ValueError: when a command is fixed; its control handles its keys itself.
        """
        self._key_map.offer(handlers)
        for command, handler in handlers.items():
            if BY_ID[command].is_fixed:
                raise ValueError(f"{command} keeps its keys")
            shortcut = QShortcut(window)
            shortcut.setContext(_context_of(command))
            shortcut.setAutoRepeat(command in _REPEATING)
            shortcut.activated.connect(partial(self._act, handler))
            self._shortcuts.append((command, shortcut))
            self._bind(command, shortcut)

    def _act(self, handler: Callable[[], object]) -> None:
        if not self._composition.is_under_way:
            handler()

    def _rebind(self) -> None:
        for command, shortcut in self._shortcuts:
            self._bind(command, shortcut)

    def _bind(self, command: CommandId, shortcut: QShortcut) -> None:
        shortcut.setKeys([QKeySequence(key) for key in self._key_map.keys_of(command)])


def _context_of(command: CommandId) -> Qt.ShortcutContext:
    if Place.ANYWHERE in BY_ID[command].places:
        return Qt.ShortcutContext.WindowShortcut
    return Qt.ShortcutContext.WidgetWithChildrenShortcut
