"""Keys for projects and collections."""

from __future__ import annotations

from typing import Final

from seedream_desktop.sentences.language import QT_TRANSLATE_NOOP
from seedream_desktop.ui.keys.commands import Command, CommandId, Group, Place
from seedream_desktop.ui.keys.tables.places import PICTURES

SORTING: Final = (
    Command(
        CommandId.ADD_TO_COLLECTION,
        QT_TRANSLATE_NOOP("Keys", "Add to a collection"),
        Group.SORTING,
        PICTURES,
        ("Ctrl+G",),
    ),
    Command(
        CommandId.PUT_INTO_PROJECT,
        QT_TRANSLATE_NOOP("Keys", "Put into a project"),
        Group.SORTING,
        PICTURES,
        ("Ctrl+Shift+G",),
    ),
    Command(
        CommandId.TAKE_OUT,
        QT_TRANSLATE_NOOP("Keys", "Take out of the collection, project or trash that is open"),
        Group.SORTING,
        PICTURES,
        ("Backspace",),
    ),
    Command(
        CommandId.OPEN_PLACE,
        QT_TRANSLATE_NOOP("Keys", "Open the place, or make a project or collection at its heading"),
        Group.SORTING,
        (Place.RAIL,),
        ("Return", "Enter", "Space"),
        is_fixed=True,
    ),
    Command(
        CommandId.RENAME_PLACE,
        QT_TRANSLATE_NOOP("Keys", "Rename the project or collection"),
        Group.SORTING,
        (Place.RAIL,),
        ("F2",),
        is_fixed=True,
    ),
    Command(
        CommandId.DELETE_PLACE,
        QT_TRANSLATE_NOOP("Keys", "Delete the project or collection, keep its pictures"),
        Group.SORTING,
        (Place.RAIL,),
        ("Del",),
        is_fixed=True,
    ),
    Command(
        CommandId.PLACE_MENU,
        QT_TRANSLATE_NOOP("Keys", "Open the menu of the place"),
        Group.SORTING,
        (Place.RAIL,),
        ("Menu",),
        is_fixed=True,
    ),
)
