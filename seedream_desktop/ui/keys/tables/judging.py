"""Keys that say what a picture is worth."""

from __future__ import annotations

from typing import Final

from seedream_desktop.sentences.language import QT_TRANSLATE_NOOP
from seedream_desktop.ui.keys.commands import Command, CommandId, Group
from seedream_desktop.ui.keys.tables.places import JUDGED, PICTURES

_STARS: Final = (
    (CommandId.STARS_0, QT_TRANSLATE_NOOP("Keys", "No stars")),
    (CommandId.STARS_1, QT_TRANSLATE_NOOP("Keys", "1 star")),
    (CommandId.STARS_2, QT_TRANSLATE_NOOP("Keys", "2 stars")),
    (CommandId.STARS_3, QT_TRANSLATE_NOOP("Keys", "3 stars")),
    (CommandId.STARS_4, QT_TRANSLATE_NOOP("Keys", "4 stars")),
    (CommandId.STARS_5, QT_TRANSLATE_NOOP("Keys", "5 stars")),
)

JUDGING: Final = (
    *(Command(command, name, Group.JUDGING, JUDGED, (str(number),)) for number, (command, name) in enumerate(_STARS)),
    Command(CommandId.PICK, QT_TRANSLATE_NOOP("Keys", "Pick"), Group.JUDGING, JUDGED, ("P",)),
    Command(CommandId.REJECT, QT_TRANSLATE_NOOP("Keys", "Reject"), Group.JUDGING, JUDGED, ("X",)),
    Command(CommandId.UNMARK, QT_TRANSLATE_NOOP("Keys", "Neither picked nor rejected"), Group.JUDGING, JUDGED, ("U",)),
    Command(CommandId.FAVOURITE, QT_TRANSLATE_NOOP("Keys", "Favourite, or not"), Group.JUDGING, JUDGED, ("F", ".")),
    Command(CommandId.WRITE_TAG, QT_TRANSLATE_NOOP("Keys", "Write a tag"), Group.JUDGING, PICTURES, ("K",)),
    Command(
        CommandId.SAME_TAGS,
        QT_TRANSLATE_NOOP("Keys", "Give it the tags that were given last"),
        Group.JUDGING,
        PICTURES,
        ("Shift+K",),
    ),
    Command(CommandId.WRITE_NOTE, QT_TRANSLATE_NOOP("Keys", "Write a note"), Group.JUDGING, PICTURES, ("F2",)),
    Command(CommandId.TRASH, QT_TRANSLATE_NOOP("Keys", "Put into the trash"), Group.JUDGING, PICTURES, ("Del",)),
    Command(
        CommandId.AUTO_ADVANCE,
        QT_TRANSLATE_NOOP("Keys", "Go on to the next picture after a mark, or stay"),
        Group.JUDGING,
        JUDGED,
        ("Shift+Space",),
    ),
    Command(
        CommandId.TRASH_REJECTS,
        QT_TRANSLATE_NOOP("Keys", "Put all rejected into the trash"),
        Group.JUDGING,
        PICTURES,
        ("Ctrl+Backspace", "Ctrl+Del"),
    ),
)
