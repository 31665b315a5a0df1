"""What a control says when the pointer rests on it: what it does, and the key that does the same."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QObject
from PySide6.QtWidgets import QWidget

from seedream_desktop.ui.keys.commands import CommandId, translated
from seedream_desktop.ui.keys.key_map import KeyMap, native
from seedream_desktop.ui.keys.tables import BY_ID


class KeyHint(QObject):
    """Keeps the tool tip of *control* true while the user changes keys; without *words* it is the command's name."""

    def __init__(self, control: QWidget, command: CommandId, key_map: KeyMap, words: str = "") -> None:
        super().__init__(control)
        self._control, self._command, self._key_map = control, command, key_map
        self._words = words or translated(BY_ID[command].name)
        key_map.changed.connect(self._renew)
        self._renew()

    def _renew(self) -> None:
        keys = self._key_map.keys_of(self._command)
        with_key = QCoreApplication.translate("Keys", "{what} ({key})")
        words = with_key.replace("{key}", native(keys[0])).replace("{what}", self._words) if keys else self._words
        self._control.setToolTip(words)
