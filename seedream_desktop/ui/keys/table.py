"""Every key of the program as data: what it does, where, and whether it can be changed."""

from __future__ import annotations

from typing import Final

from seedream_desktop.sentences.language import QT_TRANSLATE_NOOP
from seedream_desktop.ui.keys.commands import Command, CommandId, Group, Place

_PICTURES: Final = (Place.GALLERY, Place.VIEWER, Place.INSPECTOR)
_SEEN: Final = (Place.VIEWER, Place.COMPARE)
_ANYWHERE: Final = (Place.ANYWHERE,)
# The viewer's Ctrl+1 shows a picture pixel by pixel, so this one is not there.
_TO_REFERENCES: Final = (Place.COMPOSER, Place.GALLERY, Place.INSPECTOR, Place.TASKS)

_GENERAL: Final = (
    Command(
        CommandId.GENERATE,
        QT_TRANSLATE_NOOP("Keys", "Generate"),
        Group.GENERAL,
        _ANYWHERE,
        ("Ctrl+Return", "Ctrl+Enter"),
    ),
    Command(
        CommandId.FOCUS_PROMPT, QT_TRANSLATE_NOOP("Keys", "Go to the prompt"), Group.GENERAL, _ANYWHERE, ("Ctrl+L",)
    ),
    Command(CommandId.SEARCH, QT_TRANSLATE_NOOP("Keys", "Search"), Group.GENERAL, _ANYWHERE, ("Ctrl+F",)),
    Command(
        CommandId.SAVE_AS, QT_TRANSLATE_NOOP("Keys", "Save the picture as …"), Group.GENERAL, _ANYWHERE, ("Ctrl+S",)
    ),
    Command(CommandId.UNDO, QT_TRANSLATE_NOOP("Keys", "Undo"), Group.GENERAL, _PICTURES, ("Ctrl+Z",)),
    Command(CommandId.SETTINGS, QT_TRANSLATE_NOOP("Keys", "Settings"), Group.GENERAL, _ANYWHERE, ("Ctrl+,",)),
    Command(CommandId.KEY_LIST, QT_TRANSLATE_NOOP("Keys", "This list of keys"), Group.GENERAL, _ANYWHERE, ("?", "F1")),
    Command(CommandId.FULL_SCREEN, QT_TRANSLATE_NOOP("Keys", "Full screen"), Group.GENERAL, _ANYWHERE, ("F11",)),
    Command(
        CommandId.SECOND_WINDOW,
        QT_TRANSLATE_NOOP("Keys", "Picture in a window of its own"),
        Group.GENERAL,
        _ANYWHERE,
        ("Shift+F11",),
    ),
    Command(
        CommandId.CLOSE_WINDOW,
        QT_TRANSLATE_NOOP("Keys", "Close the program"),
        Group.GENERAL,
        _ANYWHERE,
        ("Ctrl+Q", "Ctrl+W"),
    ),
)
_ORDER: Final = (
    Command(
        CommandId.PASTE,
        QT_TRANSLATE_NOOP("Keys", "Paste pictures, files and links as references"),
        Group.ORDER,
        (Place.COMPOSER,),
        ("Ctrl+V",),
        is_fixed=True,
    ),
    Command(
        CommandId.MENTION,
        QT_TRANSLATE_NOOP("Keys", "Put in a reference"),
        Group.ORDER,
        (Place.PROMPT,),
        ("@",),
        is_fixed=True,
    ),
    Command(
        CommandId.MENTION_CHOICE,
        QT_TRANSLATE_NOOP("Keys", "Choose from the references offered"),
        Group.ORDER,
        (Place.PROMPT,),
        is_fixed=True,
        shown=QT_TRANSLATE_NOOP("Keys", "Up, Down, Enter, Tab, Esc"),
    ),
    Command(
        CommandId.LEAVE_PROMPT,
        QT_TRANSLATE_NOOP("Keys", "Leave the prompt"),
        Group.ORDER,
        (Place.PROMPT,),
        ("Tab", "Shift+Tab"),
        is_fixed=True,
    ),
    Command(
        CommandId.GO_TO_REFERENCE,
        QT_TRANSLATE_NOOP("Keys", "Go to a reference by its number"),
        Group.ORDER,
        _TO_REFERENCES,
        tuple(f"Ctrl+{number}" for number in range(1, 10)),
        is_fixed=True,
        shown=QT_TRANSLATE_NOOP("Keys", "Ctrl+1 … Ctrl+9"),
    ),
    Command(
        CommandId.MOVE_REFERENCE,
        QT_TRANSLATE_NOOP("Keys", "Move the reference to another place"),
        Group.ORDER,
        (Place.REFERENCES,),
        tuple(f"{way}+{arrow}" for way in ("Alt", "Ctrl") for arrow in ("Left", "Right", "Up", "Down")),
        is_fixed=True,
        shown=QT_TRANSLATE_NOOP("Keys", "Alt or Ctrl and an arrow"),
    ),
    Command(
        CommandId.REMOVE_REFERENCE,
        QT_TRANSLATE_NOOP("Keys", "Remove the reference"),
        Group.ORDER,
        (Place.REFERENCES,),
        ("Del", "Backspace"),
        is_fixed=True,
    ),
    Command(
        CommandId.CROP_REFERENCE,
        QT_TRANSLATE_NOOP("Keys", "Crop the reference"),
        Group.ORDER,
        (Place.REFERENCES,),
        ("Return", "Enter"),
        is_fixed=True,
    ),
    Command(
        CommandId.REFERENCE_MENU,
        QT_TRANSLATE_NOOP("Keys", "Open the reference's menu"),
        Group.ORDER,
        (Place.REFERENCES,),
        ("R", "Shift+F10"),
        is_fixed=True,
    ),
    Command(
        CommandId.UNDO_REFERENCE,
        QT_TRANSLATE_NOOP("Keys", "Undo, redo a change of the references"),
        Group.ORDER,
        (Place.REFERENCES,),
        ("Ctrl+Z", "Ctrl+Shift+Z"),
        is_fixed=True,
    ),
)
_ALL_PICTURES: Final = (
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
        QT_TRANSLATE_NOOP("Keys", "Empty the search"),
        Group.PICTURES,
        (Place.SEARCH,),
        ("Esc",),
        is_fixed=True,
    ),
    Command(
        CommandId.COPY_PICTURE,
        QT_TRANSLATE_NOOP("Keys", "Copy the picture"),
        Group.PICTURES,
        (Place.GALLERY, Place.VIEWER),
        ("Ctrl+C",),
    ),
    Command(
        CommandId.COPY_PROMPT,
        QT_TRANSLATE_NOOP("Keys", "Copy its prompt"),
        Group.PICTURES,
        (Place.GALLERY, Place.VIEWER),
        ("Ctrl+Shift+C",),
    ),
    Command(
        CommandId.USE_AS_REFERENCE, QT_TRANSLATE_NOOP("Keys", "Use as reference"), Group.PICTURES, _PICTURES, ("E",)
    ),
    Command(
        CommandId.REMIX, QT_TRANSLATE_NOOP("Keys", "Use its prompt and settings"), Group.PICTURES, _PICTURES, ("R",)
    ),
    Command(
        CommandId.USE_EVERYTHING,
        QT_TRANSLATE_NOOP("Keys", "Use everything, references too"),
        Group.PICTURES,
        _PICTURES,
        ("A",),
    ),
    Command(
        CommandId.INSPECTOR, QT_TRANSLATE_NOOP("Keys", "Show or hide the details"), Group.PICTURES, _PICTURES, ("I",)
    ),
    Command(CommandId.COMPARE, QT_TRANSLATE_NOOP("Keys", "Compare what is chosen"), Group.PICTURES, _PICTURES, ("C",)),
)
_STARS: Final = (
    (CommandId.STARS_0, QT_TRANSLATE_NOOP("Keys", "No stars")),
    (CommandId.STARS_1, QT_TRANSLATE_NOOP("Keys", "1 star")),
    (CommandId.STARS_2, QT_TRANSLATE_NOOP("Keys", "2 stars")),
    (CommandId.STARS_3, QT_TRANSLATE_NOOP("Keys", "3 stars")),
    (CommandId.STARS_4, QT_TRANSLATE_NOOP("Keys", "4 stars")),
    (CommandId.STARS_5, QT_TRANSLATE_NOOP("Keys", "5 stars")),
)
_JUDGING: Final = (
    *(
        Command(command, name, Group.JUDGING, _PICTURES, (str(number),))
        for number, (command, name) in enumerate(_STARS)
    ),
    Command(CommandId.PICK, QT_TRANSLATE_NOOP("Keys", "Pick"), Group.JUDGING, _PICTURES, ("P",)),
    Command(CommandId.REJECT, QT_TRANSLATE_NOOP("Keys", "Reject"), Group.JUDGING, _PICTURES, ("X",)),
    Command(
        CommandId.UNMARK, QT_TRANSLATE_NOOP("Keys", "Neither picked nor rejected"), Group.JUDGING, _PICTURES, ("U",)
    ),
    Command(CommandId.FAVOURITE, QT_TRANSLATE_NOOP("Keys", "Favourite, or not"), Group.JUDGING, _PICTURES, ("F", ".")),
    Command(CommandId.TRASH, QT_TRANSLATE_NOOP("Keys", "Put into the trash"), Group.JUDGING, _PICTURES, ("Del",)),
)
_VIEWER: Final = (
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
        _SEEN,
        ("Left", "Right", "Up", "Down"),
        is_fixed=True,
        shown=QT_TRANSLATE_NOOP("Keys", "arrows, drag"),
    ),
    Command(
        CommandId.TOGGLE_ZOOM, QT_TRANSLATE_NOOP("Keys", "Change between whole and 100 %"), Group.VIEWER, _SEEN, ("Z",)
    ),
    Command(CommandId.FIT, QT_TRANSLATE_NOOP("Keys", "Show the whole picture"), Group.VIEWER, _SEEN, ("Ctrl+0",)),
    Command(CommandId.ONE_TO_ONE, QT_TRANSLATE_NOOP("Keys", "100 %"), Group.VIEWER, _SEEN, ("Ctrl+1",)),
    Command(
        CommandId.ZOOM_IN, QT_TRANSLATE_NOOP("Keys", "Zoom in"), Group.VIEWER, _SEEN, ("+", "=", "Ctrl++", "Ctrl+=")
    ),
    Command(CommandId.ZOOM_OUT, QT_TRANSLATE_NOOP("Keys", "Zoom out"), Group.VIEWER, _SEEN, ("-", "Ctrl+-")),
    Command(
        CommandId.ZOOM_AT_POINTER,
        QT_TRANSLATE_NOOP("Keys", "Zoom at the pointer; whole or 100 % there"),
        Group.VIEWER,
        _SEEN,
        is_fixed=True,
        shown=QT_TRANSLATE_NOOP("Keys", "wheel, double click"),
    ),
    Command(CommandId.BACKDROP, QT_TRANSLATE_NOOP("Keys", "Next background"), Group.VIEWER, _SEEN, ("B",)),
    Command(
        CommandId.LEAVE_VIEWER,
        QT_TRANSLATE_NOOP("Keys", "Back to the gallery"),
        Group.VIEWER,
        (Place.VIEWER,),
        ("Esc",),
    ),
)
_COMPARE: Final = (
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
_DIALOGS: Final = (
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
        _ANYWHERE,
        is_fixed=True,
        shown=QT_TRANSLATE_NOOP("Keys", "Esc"),
    ),
)

COMMANDS: Final = (*_GENERAL, *_ORDER, *_ALL_PICTURES, *_JUDGING, *_VIEWER, *_COMPARE, *_DIALOGS)
BY_ID: Final = {command.id: command for command in COMMANDS}
