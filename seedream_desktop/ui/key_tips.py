"""Tells under the pointer which key does the same as a button, as the user has the keys now."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from seedream_desktop.ui.keys import CommandId, KeyMap
from seedream_desktop.ui.keys.key_map import native

COMMANDS: Final = {
    "search": CommandId.SEARCH,
    "filter": CommandId.FILTERS,
    "go_to_day": CommandId.GO_TO_DAY,
    "pick": CommandId.PICK,
    "reject": CommandId.REJECT,
    "favourite": CommandId.FAVOURITE,
    "use_as_reference": CommandId.USE_AS_REFERENCE,
    "remix": CommandId.REMIX,
    "use_everything": CommandId.USE_EVERYTHING,
    "next_frame": CommandId.NEXT_FRAME,
    "copy_prompt": CommandId.COPY_PROMPT,
    "show_in_folder": CommandId.SHOW_IN_FOLDER,
    "open_with": CommandId.OPEN_WITH,
}
"""What the controls with these object names do."""


class KeyTips(QObject):
    """Adds to the tool tips of all controls in *parents* that have a key; their own words stay before it."""

    def __init__(self, key_map: KeyMap, *parents: QWidget) -> None:
        super().__init__(parents[0])
        self._key_map = key_map
        self._words = {
            control: (control.toolTip() or control.accessibleName(), command)
            for name, command in COMMANDS.items()
            for parent in parents
            for control in parent.findChildren(QWidget, name)
        }
        key_map.changed.connect(self._show)
        self._show()

    def _show(self) -> None:
        for control, (words, command) in self._words.items():
            keys = self._key_map.keys_of(command)
            tip = self.tr("{words} ({key})").format(words=words, key=native(keys[0])) if keys else words
            control.setToolTip(tip)
