"""Tells under the pointer which key does the same as a button, as the user has the keys now."""

from __future__ import annotations

from typing import Final

from PySide6.QtWidgets import QWidget

from seedream_desktop.ui.keys import CommandId, KeyHint, KeyMap

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
    "add_tag": CommandId.WRITE_TAG,
    "note": CommandId.WRITE_NOTE,
    "show_in_folder": CommandId.SHOW_IN_FOLDER,
    "open_with": CommandId.OPEN_WITH,
}
"""What the controls with these object names do."""


def name_keys(part: QWidget, key_map: KeyMap) -> None:
    """Let the tool tips of all controls in *part* that have a key name it, after their own words."""
    for name, command in COMMANDS.items():
        for control in part.findChildren(QWidget, name):
            KeyHint(control, command, key_map, control.toolTip() or control.accessibleName())
