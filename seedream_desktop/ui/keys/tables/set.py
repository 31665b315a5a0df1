"""Keys for looking at several pictures side by side."""

from __future__ import annotations

from typing import Final

from seedream_desktop.sentences.language import QT_TRANSLATE_NOOP
from seedream_desktop.ui.keys.commands import Command, CommandId, Group, Place

SET: Final = (
    Command(
        CommandId.MOVE_IN_SET,
        QT_TRANSLATE_NOOP("Keys", "Go to another picture of the set"),
        Group.SET,
        (Place.SET,),
        ("Left", "Right", "Up", "Down", "Home", "End"),
        is_fixed=True,
        shown=QT_TRANSLATE_NOOP("Keys", "arrows, Home, End"),
    ),
    Command(
        CommandId.CHOOSE_IN_SET,
        QT_TRANSLATE_NOOP("Keys", "Choose several: a range, one more, all"),
        Group.SET,
        (Place.SET,),
        ("Ctrl+Space", "Ctrl+A"),
        is_fixed=True,
        shown=QT_TRANSLATE_NOOP("Keys", "Shift and arrows, Ctrl+Space, Ctrl+A"),
    ),
    Command(
        CommandId.OPEN_FROM_SET,
        QT_TRANSLATE_NOOP("Keys", "Open the picture in the viewer"),
        Group.SET,
        (Place.SET,),
        ("Return", "Enter"),
        is_fixed=True,
    ),
    Command(
        CommandId.LEAVE_SET,
        QT_TRANSLATE_NOOP("Keys", "Back to the gallery"),
        Group.SET,
        (Place.SET,),
        ("Esc",),
    ),
)
