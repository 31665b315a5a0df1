"""Keys in words."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from seedream_desktop.ui.keys.commands import Command, places_text, translated
from seedream_desktop.ui.keys.key_map import KeyMap, native


def keys_text(command: Command, key_map: KeyMap) -> str:
    """Return e.g. ``Ctrl+Q or Ctrl+W``, or what is done instead of a key."""
    if command.shown:
        return translated(command.shown)
    # Not a comma, which is a key itself, as is the full stop.
    between = QCoreApplication.translate("Keys", " or ")
    keys = between.join(native(key) for key in key_map.keys_of(command.id))
    return keys or QCoreApplication.translate("Keys", "no key")


def spoken(command: Command, key_map: KeyMap) -> str:
    """Return a row as one phrase, e.g. ``Search, Ctrl+F, anywhere``."""
    return ", ".join((translated(command.name), keys_text(command, key_map), places_text(command)))
