"""Keys that hold in the whole window."""

from __future__ import annotations

import sys
from typing import Final

from seedream_desktop.sentences.language import QT_TRANSLATE_NOOP
from seedream_desktop.ui.keys.commands import Command, CommandId, Group
from seedream_desktop.ui.keys.tables.places import ANYWHERE, UNDOABLE

# On a Mac it writes a letter.
_AS_IN_INVOKEAI: Final = () if sys.platform == "darwin" else ("Alt+A",)

GENERAL: Final = (
    Command(
        CommandId.GENERATE,
        QT_TRANSLATE_NOOP("Keys", "Generate"),
        Group.GENERAL,
        ANYWHERE,
        ("Ctrl+Return", "Ctrl+Enter"),
    ),
    Command(
        CommandId.FOCUS_PROMPT,
        QT_TRANSLATE_NOOP("Keys", "Go to the prompt"),
        Group.GENERAL,
        ANYWHERE,
        ("Ctrl+L", *_AS_IN_INVOKEAI),
    ),
    Command(CommandId.SEARCH, QT_TRANSLATE_NOOP("Keys", "Search"), Group.GENERAL, ANYWHERE, ("Ctrl+F",)),
    Command(
        CommandId.FILTERS,
        QT_TRANSLATE_NOOP("Keys", "Show or hide the filters"),
        Group.GENERAL,
        ANYWHERE,
        ("Ctrl+Shift+F",),
    ),
    Command(
        CommandId.SAVE_AS, QT_TRANSLATE_NOOP("Keys", "Save the picture as …"), Group.GENERAL, ANYWHERE, ("Ctrl+S",)
    ),
    Command(CommandId.UNDO, QT_TRANSLATE_NOOP("Keys", "Undo"), Group.GENERAL, UNDOABLE, ("Ctrl+Z",)),
    Command(
        CommandId.REDO,
        QT_TRANSLATE_NOOP("Keys", "Do again what was undone"),
        Group.GENERAL,
        UNDOABLE,
        ("Ctrl+Shift+Z", "Ctrl+Y"),
    ),
    Command(CommandId.SETTINGS, QT_TRANSLATE_NOOP("Keys", "Settings"), Group.GENERAL, ANYWHERE, ("Ctrl+,",)),
    Command(CommandId.KEY_LIST, QT_TRANSLATE_NOOP("Keys", "This list of keys"), Group.GENERAL, ANYWHERE, ("?", "F1")),
    Command(CommandId.FULL_SCREEN, QT_TRANSLATE_NOOP("Keys", "Full screen"), Group.GENERAL, ANYWHERE, ("F11",)),
    Command(
        CommandId.SECOND_WINDOW,
        QT_TRANSLATE_NOOP("Keys", "Picture in a window of its own; there: close it"),
        Group.GENERAL,
        ANYWHERE,
        ("Shift+F11",),
    ),
    Command(
        CommandId.CLOSE_WINDOW,
        QT_TRANSLATE_NOOP("Keys", "Close the program"),
        Group.GENERAL,
        ANYWHERE,
        ("Ctrl+Q", "Ctrl+W"),
    ),
)
