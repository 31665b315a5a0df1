"""Keys for choosing pictures and for doing something with them."""

from __future__ import annotations

from typing import Final

from seedream_desktop.sentences.language import QT_TRANSLATE_NOOP
from seedream_desktop.ui.keys.commands import Command, CommandId, Group, Place
from seedream_desktop.ui.keys.tables.places import PICTURES, SEEN_OR_LISTED

ALL_PICTURES: Final = (
    Command(
        CommandId.MOVE_IN_GALLERY,
        QT_TRANSLATE_NOOP("Keys", "Go to another picture"),
        Group.PICTURES,
        (Place.GALLERY,),
        ("Left", "Right", "Up", "Down", "Home", "End", "PgUp", "PgDown"),
        is_fixed=True,
        shown=QT_TRANSLATE_NOOP("Keys", "arrows, Home, End, Page Up, Page Down"),
    ),
    Command(
        CommandId.EXTEND_CHOICE,
        QT_TRANSLATE_NOOP("Keys", "Choose a range, go without choosing"),
        Group.PICTURES,
        (Place.GALLERY,),
        is_fixed=True,
        shown=QT_TRANSLATE_NOOP("Keys", "the same with Shift, with Ctrl"),
    ),
    Command(
        CommandId.TOGGLE_CHOICE,
        QT_TRANSLATE_NOOP("Keys", "Choose one more, or not"),
        Group.PICTURES,
        (Place.GALLERY,),
        ("Ctrl+Space",),
        is_fixed=True,
    ),
    Command(
        CommandId.CHOOSE_ALL,
        QT_TRANSLATE_NOOP("Keys", "Choose all"),
        Group.PICTURES,
        (Place.GALLERY,),
        ("Ctrl+A",),
        is_fixed=True,
    ),
    Command(
        CommandId.OPEN,
        QT_TRANSLATE_NOOP("Keys", "Open the picture, or press the card's button"),
        Group.PICTURES,
        (Place.GALLERY,),
        ("Return", "Enter"),
        is_fixed=True,
    ),
    Command(
        CommandId.QUICK_LOOK,
        QT_TRANSLATE_NOOP("Keys", "Look at the picture large, while held or until pressed again"),
        Group.PICTURES,
        (Place.GALLERY,),
        ("Space",),
    ),
    Command(
        CommandId.OPEN_SET,
        QT_TRANSLATE_NOOP("Keys", "See all pictures of the order side by side"),
        Group.PICTURES,
        PICTURES,
        ("S",),
    ),
    Command(
        CommandId.PICTURE_MENU,
        QT_TRANSLATE_NOOP("Keys", "Open the picture's menu"),
        Group.PICTURES,
        (Place.GALLERY,),
        ("Menu",),
        is_fixed=True,
    ),
    Command(
        CommandId.THUMBNAIL_SIZE,
        QT_TRANSLATE_NOOP("Keys", "Larger or smaller thumbnails"),
        Group.PICTURES,
        (Place.GALLERY,),
        is_fixed=True,
        shown=QT_TRANSLATE_NOOP("Keys", "Ctrl and the wheel"),
    ),
    Command(
        CommandId.EMPTY_SEARCH,
        QT_TRANSLATE_NOOP("Keys", "Empty the search; when it is empty, go back to the pictures"),
        Group.PICTURES,
        (Place.SEARCH,),
        ("Esc",),
        is_fixed=True,
    ),
    Command(
        CommandId.LEAVE_SEARCH,
        QT_TRANSLATE_NOOP("Keys", "From the search to the pictures, to the first of them"),
        Group.PICTURES,
        (Place.SEARCH,),
        ("Down", "Return", "Enter"),
        is_fixed=True,
        shown=QT_TRANSLATE_NOOP("Keys", "Down, Enter"),
    ),
    Command(
        CommandId.SEARCH_HERE,
        QT_TRANSLATE_NOOP("Keys", "Search, while no text is written"),
        Group.PICTURES,
        (Place.GALLERY, Place.VIEWER),
        ("/",),
    ),
    Command(
        CommandId.GO_TO_DAY,
        QT_TRANSLATE_NOOP("Keys", "Go to a day"),
        Group.PICTURES,
        (Place.GALLERY, Place.VIEWER),
        ("J",),
    ),
    Command(
        CommandId.COPY_PICTURE,
        QT_TRANSLATE_NOOP("Keys", "Copy the picture"),
        Group.PICTURES,
        SEEN_OR_LISTED,
        ("Ctrl+C",),
    ),
    Command(
        CommandId.COPY_PROMPT,
        QT_TRANSLATE_NOOP("Keys", "Copy its prompt"),
        Group.PICTURES,
        SEEN_OR_LISTED,
        ("Ctrl+Shift+C",),
    ),
    Command(
        CommandId.COPY_PATH,
        QT_TRANSLATE_NOOP("Keys", "Copy its file path"),
        Group.PICTURES,
        SEEN_OR_LISTED,
        ("Ctrl+Alt+C",),
    ),
    Command(
        CommandId.OPEN_WITH,
        QT_TRANSLATE_NOOP("Keys", "Open with another program"),
        Group.PICTURES,
        SEEN_OR_LISTED,
        ("Ctrl+O",),
    ),
    Command(
        CommandId.SHOW_IN_FOLDER,
        QT_TRANSLATE_NOOP("Keys", "Show in folder"),
        Group.PICTURES,
        SEEN_OR_LISTED,
        ("Ctrl+Shift+E",),
    ),
    Command(
        CommandId.USE_AS_REFERENCE, QT_TRANSLATE_NOOP("Keys", "Use as reference"), Group.PICTURES, PICTURES, ("E",)
    ),
    Command(
        CommandId.REMIX,
        QT_TRANSLATE_NOOP("Keys", "Use its prompt and settings"),
        Group.PICTURES,
        PICTURES,
        ("R", "Ctrl+D"),
    ),
    Command(
        CommandId.USE_EVERYTHING,
        QT_TRANSLATE_NOOP("Keys", "Use everything, references too"),
        Group.PICTURES,
        PICTURES,
        ("A",),
    ),
    Command(
        CommandId.NEXT_FRAME, QT_TRANSLATE_NOOP("Keys", "Next frame from this one"), Group.PICTURES, PICTURES, ("N",)
    ),
    Command(
        CommandId.FIND_MADE_WITH,
        QT_TRANSLATE_NOOP("Keys", "Find what was made with it"),
        Group.PICTURES,
        PICTURES,
        ("Shift+E",),
    ),
    Command(
        CommandId.INSPECTOR, QT_TRANSLATE_NOOP("Keys", "Show or hide the details"), Group.PICTURES, PICTURES, ("I",)
    ),
    Command(CommandId.COMPARE, QT_TRANSLATE_NOOP("Keys", "Compare what is chosen"), Group.PICTURES, PICTURES, ("C",)),
)
