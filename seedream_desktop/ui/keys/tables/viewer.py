"""Keys for looking at one picture."""

from __future__ import annotations

from typing import Final

from seedream_desktop.sentences.language import QT_TRANSLATE_NOOP
from seedream_desktop.ui.keys.commands import Command, CommandId, Group, Place
from seedream_desktop.ui.keys.tables.places import SEEN

VIEWER: Final = (
    Command(
        CommandId.NEXT_PICTURE, QT_TRANSLATE_NOOP("Keys", "Next picture"), Group.VIEWER, (Place.VIEWER,), ("PgDown",)
    ),
    Command(
        CommandId.PREVIOUS_PICTURE,
        QT_TRANSLATE_NOOP("Keys", "Previous picture"),
        Group.VIEWER,
        (Place.VIEWER,),
        ("PgUp",),
    ),
    Command(
        CommandId.MOVE_IN_VIEWER,
        QT_TRANSLATE_NOOP("Keys", "Move a picture larger than the view, else step on"),
        Group.VIEWER,
        SEEN,
        ("Left", "Right", "Up", "Down"),
        is_fixed=True,
        shown=QT_TRANSLATE_NOOP("Keys", "arrows, drag"),
    ),
    Command(
        CommandId.TOGGLE_ZOOM, QT_TRANSLATE_NOOP("Keys", "Change between whole and 100 %"), Group.VIEWER, SEEN, ("Z",)
    ),
    Command(CommandId.FIT, QT_TRANSLATE_NOOP("Keys", "Show the whole picture"), Group.VIEWER, SEEN, ("Ctrl+0",)),
    Command(CommandId.ONE_TO_ONE, QT_TRANSLATE_NOOP("Keys", "100 %"), Group.VIEWER, SEEN, ("Ctrl+1",)),
    Command(
        CommandId.ZOOM_IN, QT_TRANSLATE_NOOP("Keys", "Zoom in"), Group.VIEWER, SEEN, ("+", "=", "Ctrl++", "Ctrl+=")
    ),
    Command(CommandId.ZOOM_OUT, QT_TRANSLATE_NOOP("Keys", "Zoom out"), Group.VIEWER, SEEN, ("-", "Ctrl+-")),
    Command(
        CommandId.ZOOM_AT_POINTER,
        QT_TRANSLATE_NOOP("Keys", "Zoom at the pointer; whole or 100 % there"),
        Group.VIEWER,
        SEEN,
        is_fixed=True,
        shown=QT_TRANSLATE_NOOP("Keys", "wheel, double click"),
    ),
    Command(CommandId.BACKDROP, QT_TRANSLATE_NOOP("Keys", "Next background"), Group.VIEWER, SEEN, ("B",)),
    Command(
        CommandId.LEAVE_VIEWER,
        QT_TRANSLATE_NOOP("Keys", "Back to the gallery or the set"),
        Group.VIEWER,
        (Place.VIEWER,),
        ("Esc",),
    ),
)
