"""Keys for comparing pictures."""

from __future__ import annotations

from typing import Final

from seedream_desktop.sentences.language import QT_TRANSLATE_NOOP
from seedream_desktop.ui.keys.commands import Command, CommandId, Group, Place

COMPARE: Final = (
    Command(
        CommandId.COMPARE_MODE,
        QT_TRANSLATE_NOOP("Keys", "Side by side, slider, blink"),
        Group.COMPARE,
        (Place.COMPARE,),
        ("M",),
    ),
    Command(
        CommandId.COMPARE_SWAP,
        QT_TRANSLATE_NOOP("Keys", "Blink: the other picture; else the next way to compare"),
        Group.COMPARE,
        (Place.COMPARE,),
        ("Space",),
    ),
    Command(
        CommandId.COMPARE_NEXT,
        QT_TRANSLATE_NOOP("Keys", "Mark the next picture"),
        Group.COMPARE,
        (Place.COMPARE,),
        ("PgDown",),
    ),
    Command(
        CommandId.COMPARE_PREVIOUS,
        QT_TRANSLATE_NOOP("Keys", "Mark the previous picture"),
        Group.COMPARE,
        (Place.COMPARE,),
        ("PgUp",),
    ),
    Command(
        CommandId.COMPARE_MOVE,
        QT_TRANSLATE_NOOP("Keys", "Mark another picture, move the slider"),
        Group.COMPARE,
        (Place.COMPARE,),
        is_fixed=True,
        shown=QT_TRANSLATE_NOOP("Keys", "Tab, Left, Right"),
    ),
    Command(
        CommandId.COMPARE_PICK,
        QT_TRANSLATE_NOOP("Keys", "Take the marked picture"),
        Group.COMPARE,
        (Place.COMPARE,),
        ("Return", "Enter"),
    ),
    Command(
        CommandId.LEAVE_COMPARE,
        QT_TRANSLATE_NOOP("Keys", "Leave the comparison"),
        Group.COMPARE,
        (Place.COMPARE,),
        ("Esc",),
    ),
)
