"""Keys for writing an order: the prompt and its references."""

from __future__ import annotations

from typing import Final

from seedream_desktop.sentences.language import QT_TRANSLATE_NOOP
from seedream_desktop.ui.keys.commands import Command, CommandId, Group, Place

# The viewer's Ctrl+1 shows a picture pixel by pixel, so this one is not there.
_TO_REFERENCES: Final = (Place.COMPOSER, Place.GALLERY, Place.INSPECTOR, Place.TASKS)

ORDER: Final = (
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
        CommandId.OLDER_PROMPT,
        QT_TRANSLATE_NOOP("Keys", "The prompt of an order before"),
        Group.ORDER,
        (Place.PROMPT,),
        ("Alt+Up",),
    ),
    Command(
        CommandId.NEWER_PROMPT,
        QT_TRANSLATE_NOOP("Keys", "The prompt of an order after; at the end what was being written"),
        Group.ORDER,
        (Place.PROMPT,),
        ("Alt+Down",),
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
