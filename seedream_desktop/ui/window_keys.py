"""Which key of the window does what, and where it holds."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QWidget

from seedream_desktop.domain.judging import Change, Flag
from seedream_desktop.ui.keys import CommandId, Keys
from seedream_desktop.ui.viewer.window import ViewerWindow

if TYPE_CHECKING:
    from seedream_desktop.ui.main_window import MainWindow

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


class WindowKeys(QObject):
    """Installs the keys of the main window and of the second one."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._window = window
        self._keys = Keys(window.key_map, window)
        self._install()

    def install_in_second(self, second: ViewerWindow) -> None:
        """Give the second window the keys that are about the picture it shows."""
        self._keys.install(second, self._copy_handlers() | self._judging_handlers())

    def _install(self) -> None:
        window = self._window
        self._keys.install(window, self._general_handlers())
        # The composer's own: no other place must send an order.
        window.key_map.offer([CommandId.GENERATE])
        window.key_map.changed.connect(self._tell_generate_keys)
        # Only where no text is written, and where the picture that is meant is seen.
        for place in (window.centre.gallery_page, window.viewer, window.inspector):
            self._keys.install(place, self._picture_handlers() | self._judging_handlers())
        for place in (window.gallery, window.viewer):
            self._keys.install(place, self._copy_handlers())
        # Not in the viewer, whose Ctrl+1 shows a picture pixel by pixel.
        for place in (window.composer, window.centre.gallery_page, window.inspector, window.tasks):
            for number in range(1, 10):
                _add_key(f"Ctrl+{number}", place, partial(window.composer.references.select, number))

    def _tell_generate_keys(self) -> None:
        self._window.composer.set_generate_keys(self._window.key_map.keys_of(CommandId.GENERATE))

    def _general_handlers(self) -> Handlers:
        return {
            CommandId.FOCUS_PROMPT: self._window.composer.focus_prompt,
            CommandId.SEARCH: self._window.centre.search,
            CommandId.SETTINGS: self._window.settings_requested.emit,
            CommandId.SAVE_AS: self._window.save_current,
            CommandId.CLOSE_WINDOW: self._window.close,
            CommandId.KEY_LIST: self._window.list_keys,
            CommandId.SECOND_WINDOW: self._window.centre.open_second,
            CommandId.FULL_SCREEN: self._window.toggle_full_screen,
        }

    def _picture_handlers(self) -> Handlers:
        return {
            CommandId.USE_AS_REFERENCE: partial(self._ask_of_picture, "reference"),
            CommandId.REMIX: partial(self._ask_of_task, "remix"),
            CommandId.USE_EVERYTHING: partial(self._ask_of_task, "reuse"),
            CommandId.INSPECTOR: self._window.toggle_inspector,
            CommandId.COMPARE: self._window.compare,
        }

    def _judging_handlers(self) -> Handlers:
        marks: Handlers = {command: partial(self._window.judged.emit, change) for command, change in _JUDGED.items()}
        return marks | {
            CommandId.FAVOURITE: self._window.favourite_requested.emit,
            CommandId.UNDO: self._window.undo_requested.emit,
            CommandId.REDO: self._window.redo_requested.emit,
        }

    def _copy_handlers(self) -> Handlers:
        return {
            CommandId.COPY_PICTURE: partial(self._ask_of_picture, "copy_picture"),
            CommandId.COPY_PROMPT: partial(self._ask_of_task, "copy_prompt"),
        }

    def _ask_of_picture(self, action: str) -> None:
        current = self._window.gallery.current()
        if current is not None:
            self._window.action_requested.emit(current[0], action)

    def _ask_of_task(self, action: str) -> None:
        task = self._window.gallery.current_task()
        if task is not None:
            self._window.action_requested.emit(task, action)


def _add_key(keys: str, place: QWidget, action: Callable[[], object]) -> None:
    """Let *keys* do *action* while the keyboard is in *place*."""
    shortcut = QShortcut(QKeySequence(keys), place, action)
    shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
