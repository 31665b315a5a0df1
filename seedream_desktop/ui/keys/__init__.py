"""All keys of the program: the table, the user's changes, and what binds them to a window."""

from __future__ import annotations

from seedream_desktop.ui.keys.commands import Command, CommandId, Group, Place
from seedream_desktop.ui.keys.hint import KeyHint
from seedream_desktop.ui.keys.install import Keys
from seedream_desktop.ui.keys.key_map import KeyMap

__all__ = ["Command", "CommandId", "Group", "KeyHint", "KeyMap", "Keys", "Place"]
