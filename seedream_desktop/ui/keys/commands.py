"""What every command is made of, and where keys can act; the table itself is in `table`."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from PySide6.QtCore import QCoreApplication

from seedream_desktop.sentences.language import QT_TRANSLATE_NOOP


class Place(StrEnum):
    """Where the keyboard has to be for a key to act."""

    ANYWHERE = "anywhere"
    COMPOSER = "composer"
    PROMPT = "prompt"
    REFERENCES = "references"
    SEARCH = "search"
    GALLERY = "gallery"
    VIEWER = "viewer"
    COMPARE = "compare"
    SET = "set"
    INSPECTOR = "inspector"
    TASKS = "tasks"
    CROP = "crop"
    HOSTED = "hosted"
    RAIL = "rail"


class Group(StrEnum):
    """The headings of the list, in its order."""

    GENERAL = QT_TRANSLATE_NOOP("Keys", "General")
    ORDER = QT_TRANSLATE_NOOP("Keys", "Prompt and references")
    PICTURES = QT_TRANSLATE_NOOP("Keys", "Pictures")
    JUDGING = QT_TRANSLATE_NOOP("Keys", "Judging")
    SORTING = QT_TRANSLATE_NOOP("Keys", "Projects and collections")
    SET = QT_TRANSLATE_NOOP("Keys", "Set")
    VIEWER = QT_TRANSLATE_NOOP("Keys", "Viewer")
    COMPARE = QT_TRANSLATE_NOOP("Keys", "Compare")
    DIALOGS = QT_TRANSLATE_NOOP("Keys", "Other windows")


class CommandId(StrEnum):
    """What is kept in the settings; never renamed."""

    GENERATE = "generate"
    FOCUS_PROMPT = "focus_prompt"
    SEARCH = "search"
    SEARCH_HERE = "search_here"
    FILTERS = "filters"
    GO_TO_DAY = "go_to_day"
    SAVE_AS = "save_as"
    SETTINGS = "settings"
    KEY_LIST = "key_list"
    CLOSE_WINDOW = "close_window"
    FULL_SCREEN = "full_screen"
    SECOND_WINDOW = "second_window"
    UNDO = "undo"
    REDO = "redo"
    PASTE = "paste"
    MENTION = "mention"
    MENTION_CHOICE = "mention_choice"
    LEAVE_PROMPT = "leave_prompt"
    OLDER_PROMPT = "older_prompt"
    NEWER_PROMPT = "newer_prompt"
    GO_TO_REFERENCE = "go_to_reference"
    MOVE_REFERENCE = "move_reference"
    REMOVE_REFERENCE = "remove_reference"
    CROP_REFERENCE = "crop_reference"
    REFERENCE_MENU = "reference_menu"
    UNDO_REFERENCE = "undo_reference"
    EMPTY_SEARCH = "empty_search"
    LEAVE_SEARCH = "leave_search"
    MOVE_IN_GALLERY = "move_in_gallery"
    EXTEND_CHOICE = "extend_choice"
    TOGGLE_CHOICE = "toggle_choice"
    CHOOSE_ALL = "choose_all"
    OPEN = "open"
    PICTURE_MENU = "picture_menu"
    COPY_PICTURE = "copy_picture"
    COPY_PROMPT = "copy_prompt"
    COPY_PATH = "copy_path"
    OPEN_WITH = "open_with"
    SHOW_IN_FOLDER = "show_in_folder"
    THUMBNAIL_SIZE = "thumbnail_size"
    USE_AS_REFERENCE = "use_as_reference"
    NEXT_FRAME = "next_frame"
    REMIX = "remix"
    USE_EVERYTHING = "use_everything"
    FIND_MADE_WITH = "find_made_with"
    INSPECTOR = "inspector"
    TRASH = "trash"
    TRASH_REJECTS = "trash_rejects"
    COMPARE = "compare"
    OPEN_SET = "open_set"
    LEAVE_SET = "leave_set"
    MOVE_IN_SET = "move_in_set"
    CHOOSE_IN_SET = "choose_in_set"
    OPEN_FROM_SET = "open_from_set"
    QUICK_LOOK = "quick_look"
    AUTO_ADVANCE = "auto_advance"
    STARS_0 = "stars_0"
    STARS_1 = "stars_1"
    STARS_2 = "stars_2"
    STARS_3 = "stars_3"
    STARS_4 = "stars_4"
    STARS_5 = "stars_5"
    PICK = "pick"
    REJECT = "reject"
    UNMARK = "unmark"
    FAVOURITE = "favourite"
    WRITE_TAG = "write_tag"
    SAME_TAGS = "same_tags"
    WRITE_NOTE = "write_note"
    NEXT_PICTURE = "next_picture"
    PREVIOUS_PICTURE = "previous_picture"
    MOVE_IN_VIEWER = "move_in_viewer"
    TOGGLE_ZOOM = "toggle_zoom"
    FIT = "fit"
    ONE_TO_ONE = "one_to_one"
    ZOOM_IN = "zoom_in"
    ZOOM_OUT = "zoom_out"
    ZOOM_AT_POINTER = "zoom_at_pointer"
    BACKDROP = "backdrop"
    LEAVE_VIEWER = "leave_viewer"
    COMPARE_MODE = "compare_mode"
    COMPARE_SWAP = "compare_swap"
    COMPARE_NEXT = "compare_next"
    COMPARE_PREVIOUS = "compare_previous"
    COMPARE_MOVE = "compare_move"
    COMPARE_PICK = "compare_pick"
    LEAVE_COMPARE = "leave_compare"
    MOVE_CROP = "move_crop"
    SIZE_CROP = "size_crop"
    COPY_HOSTED_LINK = "copy_hosted_link"
    DELETE_HOSTED = "delete_hosted"
    CANCEL_DROP = "cancel_drop"
    TURN_RAIL = "turn_rail"
    TURN_COMPOSER = "turn_composer"
    TURN_TASKS = "turn_tasks"
    HIDE_PANELS = "hide_panels"
    RESET_LAYOUT = "reset_layout"
    ADD_TO_COLLECTION = "add_to_collection"
    PUT_INTO_PROJECT = "put_into_project"
    TAKE_OUT = "take_out"
    OPEN_PLACE = "open_place"
    RENAME_PLACE = "rename_place"
    DELETE_PLACE = "delete_place"
    PLACE_MENU = "place_menu"


@dataclass(frozen=True, slots=True)
class Command:
    """One line of the list. *name* and *shown* are in English; *keys* are the default ones as portable text.

    A fixed command is a part of how a control works and keeps its keys; *shown* stands for keys that are too many, or
    for what is done with the mouse.
    """

    id: CommandId
    name: str
    group: Group
    places: tuple[Place, ...]
    keys: tuple[str, ...] = ()
    is_fixed: bool = False
    shown: str = ""

    def meets(self, other: Command) -> bool:
        """Whether there is a place in which both act, so that they cannot have the same key."""
        return bool(_reach(self) & _reach(other)) or Place.ANYWHERE in (*self.places, *other.places)


_WITHIN: Final = {Place.COMPOSER: frozenset({Place.PROMPT, Place.REFERENCES})}
_PLACE_NAMES: Final = {
    Place.ANYWHERE: QT_TRANSLATE_NOOP("Keys", "anywhere"),
    Place.COMPOSER: QT_TRANSLATE_NOOP("Keys", "composer"),
    Place.PROMPT: QT_TRANSLATE_NOOP("Keys", "prompt"),
    Place.REFERENCES: QT_TRANSLATE_NOOP("Keys", "references"),
    Place.SEARCH: QT_TRANSLATE_NOOP("Keys", "search"),
    Place.GALLERY: QT_TRANSLATE_NOOP("Keys", "gallery"),
    Place.VIEWER: QT_TRANSLATE_NOOP("Keys", "viewer"),
    Place.COMPARE: QT_TRANSLATE_NOOP("Keys", "compare"),
    Place.SET: QT_TRANSLATE_NOOP("Keys", "set"),
    Place.INSPECTOR: QT_TRANSLATE_NOOP("Keys", "inspector"),
    Place.TASKS: QT_TRANSLATE_NOOP("Keys", "tasks"),
    Place.CROP: QT_TRANSLATE_NOOP("Keys", "crop"),
    Place.RAIL: QT_TRANSLATE_NOOP("Keys", "places"),
    Place.HOSTED: QT_TRANSLATE_NOOP("Keys", "hosted pictures"),
}


def translated(text: str) -> str:
    """Return a text of the table in the program's language."""
    return QCoreApplication.translate("Keys", text)


def places_text(command: Command) -> str:
    """Return e.g. ``gallery, viewer``."""
    return ", ".join(translated(_PLACE_NAMES[place]) for place in command.places)


def _reach(command: Command) -> set[Place]:
    inner = (_WITHIN.get(place, frozenset()) for place in command.places)
    return set(command.places).union(*inner)
