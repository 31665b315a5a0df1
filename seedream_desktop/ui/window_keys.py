"""Which key of the window does what, and where it holds."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QWidget

from seedream_desktop.domain.judging import Change, Flag
from seedream_desktop.ui.centre import Centre
from seedream_desktop.ui.composer.composer import Composer
from seedream_desktop.ui.inspector import Inspector
from seedream_desktop.ui.key_tips import name_keys
from seedream_desktop.ui.keys import CommandId, KeyMap, Keys
from seedream_desktop.ui.rail import Rail
from seedream_desktop.ui.tasks.panel import TaskList

if TYPE_CHECKING:
    from seedream_desktop.ui.compare.view import CompareView
    from seedream_desktop.ui.set_view.view import SetView
    from seedream_desktop.ui.viewer.viewer import Viewer
    from seedream_desktop.ui.viewer.window import ViewerWindow

Handlers = dict[CommandId, Callable[[], object]]
_STARS: Final = (
    CommandId.STARS_0,
    CommandId.STARS_1,
    CommandId.STARS_2,
    CommandId.STARS_3,
    CommandId.STARS_4,
    CommandId.STARS_5,
)
_JUDGED: Final = {
    **{command: Change(stars=stars) for stars, command in enumerate(_STARS)},
    CommandId.PICK: Change(flag=Flag.PICK),
    CommandId.REJECT: Change(flag=Flag.REJECT),
    CommandId.UNMARK: Change(flag=Flag.NONE),
}


@dataclass(frozen=True, slots=True)
class Parts:
    """The parts of the main window in which keys hold."""

    composer: Composer
    centre: Centre
    inspector: Inspector
    tasks: TaskList
    rail: Rail


class WindowKeys(QObject):
    """Installs the keys of the main window and of the second one.

    ``judged`` carries a Change, ``action_requested`` the Task that is meant and what is wanted of it. *general* are
    the keys that hold in the whole window, with what they do there.
    """

    judged = Signal(object)
    favourite_requested = Signal()
    undo_requested = Signal()
    redo_requested = Signal()
    trash_requested = Signal()
    rejects_trash_requested = Signal()
    compare_requested = Signal()
    auto_advance_toggled = Signal()
    inspector_toggled = Signal()
    action_requested = Signal(object, str)
    sorting_requested = Signal(object)
    writing_requested = Signal(object)
    same_tags_requested = Signal()
    older_prompt_requested = Signal()
    newer_prompt_requested = Signal()

    def __init__(self, window: QWidget, parts: Parts, key_map: KeyMap, general: Handlers) -> None:
        super().__init__(window)
        self._parts = parts
        self._key_map = key_map
        self._keys = Keys(key_map, window)
        self._keys.install(window, general)
        self._install()

    def install_in_second(self, second: ViewerWindow) -> None:
        """Give the second window the keys that are about the picture it shows."""
        self._keys.install(second, self._copy_handlers() | self._judging_handlers())

    def for_menu(self) -> Handlers:
        """Return everything the keys can do with the picture that is meant, for a menu to offer."""
        return self._about_picture() | self._copy_handlers()

    def _install(self) -> None:
        parts, centre = self._parts, self._parts.centre
        # The composer's own: no other place must send an order.
        self._key_map.offer([CommandId.GENERATE])
        self._key_map.changed.connect(self._tell_generate_keys)
        # Only where no text is written, and where the picture that is meant is seen.
        for place in (centre.gallery_page, parts.inspector):
            self._keys.install(place, self._about_picture())
        self._keys.install(parts.composer.editor, self._recall_handlers())
        self._keys.install(parts.rail, self._undo_handlers())
        self._keys.install(centre.gallery_page, self._finding_handlers())
        look: Handlers = {CommandId.QUICK_LOOK: centre.toggle_quick_look}
        self._keys.install(centre.gallery, self._copy_handlers() | look)
        centre.set_page.view_made.connect(self._install_in_set)
        centre.large.viewer_made.connect(self._install_in_viewer)
        centre.comparison.view_made.connect(self._install_in_comparison)
        # Not in the viewer, whose Ctrl+1 shows a picture pixel by pixel.
        for part in (parts.composer, centre.gallery_page, parts.inspector, parts.tasks):
            for number in range(1, 10):
                _add_key(f"Ctrl+{number}", part, partial(parts.composer.references.select, number))

        name_keys(centre.header, self._key_map)
        parts.inspector.page_made.connect(lambda page: name_keys(page, self._key_map))

    def _install_in_set(self, set_view: SetView) -> None:
        self._keys.install(set_view, self._about_picture() | self._copy_handlers())

    def _install_in_viewer(self, viewer: Viewer) -> None:
        self._keys.install(viewer, self._about_picture() | self._finding_handlers() | self._copy_handlers())

    def _install_in_comparison(self, view: CompareView) -> None:
        # A comparison needs its pictures: there they are rejected, and thrown away afterwards.
        self._keys.install(view, self._marking_handlers() | self._copy_handlers())

    def _about_picture(self) -> Handlers:
        about = self._picture_handlers() | self._judging_handlers()
        return about | self._sorting_handlers() | self._writing_handlers()

    def _recall_handlers(self) -> Handlers:
        return {
            CommandId.OLDER_PROMPT: self.older_prompt_requested.emit,
            CommandId.NEWER_PROMPT: self.newer_prompt_requested.emit,
        }

    def _tell_generate_keys(self) -> None:
        self._parts.composer.set_generate_keys(self._key_map.keys_of(CommandId.GENERATE))

    def _picture_handlers(self) -> Handlers:
        return {
            CommandId.USE_AS_REFERENCE: partial(self._ask_of_picture, "reference"),
            CommandId.NEXT_FRAME: partial(self._ask_of_picture, "next_frame"),
            CommandId.REMIX: partial(self._ask_of_task, "remix"),
            CommandId.USE_EVERYTHING: partial(self._ask_of_task, "reuse"),
            CommandId.FIND_MADE_WITH: self._parts.centre.find_made_with,
            CommandId.INSPECTOR: self.inspector_toggled.emit,
            CommandId.COMPARE: self.compare_requested.emit,
            CommandId.OPEN_SET: self._parts.centre.open_set,
        }

    def _judging_handlers(self) -> Handlers:
        return self._marking_handlers() | {
            CommandId.TRASH: self.trash_requested.emit,
            CommandId.TRASH_REJECTS: self.rejects_trash_requested.emit,
        }

    def _marking_handlers(self) -> Handlers:
        marks: Handlers = {command: partial(self.judged.emit, change) for command, change in _JUDGED.items()}
        others: Handlers = {
            CommandId.FAVOURITE: self.favourite_requested.emit,
            CommandId.AUTO_ADVANCE: self.auto_advance_toggled.emit,
        }
        return marks | others | self._undo_handlers()

    def _undo_handlers(self) -> Handlers:
        return {CommandId.UNDO: self.undo_requested.emit, CommandId.REDO: self.redo_requested.emit}

    def _sorting_handlers(self) -> Handlers:
        wanted = (CommandId.ADD_TO_COLLECTION, CommandId.PUT_INTO_PROJECT, CommandId.TAKE_OUT)
        return {command: partial(self.sorting_requested.emit, command) for command in wanted}

    def _writing_handlers(self) -> Handlers:
        fields = (CommandId.WRITE_TAG, CommandId.WRITE_NOTE)
        written: Handlers = {command: partial(self.writing_requested.emit, command) for command in fields}
        return written | {CommandId.SAME_TAGS: self.same_tags_requested.emit}

    def _finding_handlers(self) -> Handlers:
        centre = self._parts.centre
        return {CommandId.SEARCH_HERE: centre.search, CommandId.GO_TO_DAY: centre.ask_day}

    def _copy_handlers(self) -> Handlers:
        return {
            CommandId.COPY_PICTURE: partial(self._ask_of_picture, "copy_picture"),
            CommandId.COPY_PROMPT: partial(self._ask_of_task, "copy_prompt"),
            CommandId.COPY_PATH: partial(self._ask_of_picture, "copy_path"),
            CommandId.OPEN_WITH: partial(self._ask_of_picture, "open_with"),
            CommandId.SHOW_IN_FOLDER: partial(self._ask_of_picture, "folder"),
        }

    def _ask_of_picture(self, action: str) -> None:
        current = self._parts.centre.current()
        if current is not None:
            self.action_requested.emit(current[0], action)

    def _ask_of_task(self, action: str) -> None:
        task = self._parts.centre.current_task()
        if task is not None:
            self.action_requested.emit(task, action)


def _add_key(keys: str, place: QWidget, action: Callable[[], object]) -> None:
    """Let *keys* do *action* while the keyboard is in *place*."""
    shortcut = QShortcut(QKeySequence(keys), place, action)
    shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
