"""Keys that open and close the panels of the window."""

from __future__ import annotations

from typing import Final

from seedream_desktop.sentences.language import QT_TRANSLATE_NOOP
from seedream_desktop.ui.keys.commands import Command, CommandId, Group
from seedream_desktop.ui.keys.tables.places import ANYWHERE

PANELS: Final = (
    Command(
        CommandId.TURN_RAIL,
        QT_TRANSLATE_NOOP("Keys", "Places at the left with words, or as icons"),
        Group.GENERAL,
        ANYWHERE,
        ("G",),
    ),
    Command(
        CommandId.TURN_COMPOSER, QT_TRANSLATE_NOOP("Keys", "Show or hide the composer"), Group.GENERAL, ANYWHERE, ("T",)
    ),
    Command(
        CommandId.TURN_TASKS, QT_TRANSLATE_NOOP("Keys", "Show or hide the task list"), Group.GENERAL, ANYWHERE, ("D",)
    ),
    Command(
        CommandId.HIDE_PANELS,
        QT_TRANSLATE_NOOP("Keys", "Nothing but the pictures, or all panels again"),
        Group.GENERAL,
        ANYWHERE,
        ("F8",),
    ),
    Command(
        CommandId.RESET_LAYOUT,
        QT_TRANSLATE_NOOP("Keys", "All panels as in the beginning"),
        Group.GENERAL,
        ANYWHERE,
        ("Shift+R",),
    ),
)
