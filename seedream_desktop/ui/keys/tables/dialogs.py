"""Keys of the smaller windows."""

from __future__ import annotations

from typing import Final

from seedream_desktop.sentences.language import QT_TRANSLATE_NOOP
from seedream_desktop.ui.keys.commands import Command, CommandId, Group, Place
from seedream_desktop.ui.keys.tables.places import ANYWHERE

DIALOGS: Final = (
    Command(
        CommandId.MOVE_CROP,
        QT_TRANSLATE_NOOP("Keys", "Move the frame; with Shift ten times as far"),
        Group.DIALOGS,
        (Place.CROP,),
        ("Left", "Right", "Up", "Down"),
        is_fixed=True,
        shown=QT_TRANSLATE_NOOP("Keys", "arrows"),
    ),
    Command(
        CommandId.SIZE_CROP,
        QT_TRANSLATE_NOOP("Keys", "Make the frame larger or smaller"),
        Group.DIALOGS,
        (Place.CROP,),
        ("Ctrl+Left", "Ctrl+Right", "Ctrl+Up", "Ctrl+Down"),
        is_fixed=True,
        shown=QT_TRANSLATE_NOOP("Keys", "Ctrl and an arrow"),
    ),
    Command(
        CommandId.COPY_HOSTED_LINK,
        QT_TRANSLATE_NOOP("Keys", "Copy the link"),
        Group.DIALOGS,
        (Place.HOSTED,),
        ("Ctrl+C",),
        is_fixed=True,
    ),
    Command(
        CommandId.DELETE_HOSTED,
        QT_TRANSLATE_NOOP("Keys", "Delete from the host"),
        Group.DIALOGS,
        (Place.HOSTED,),
        ("Del", "Backspace"),
        is_fixed=True,
    ),
    Command(
        CommandId.CANCEL_DROP,
        QT_TRANSLATE_NOOP("Keys", "Leave the choice of what to do with a dropped picture"),
        Group.DIALOGS,
        ANYWHERE,
        is_fixed=True,
        shown=QT_TRANSLATE_NOOP("Keys", "Esc"),
    ),
)
