"""Which panels of the window are open: by the room there is, until the user says otherwise."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QObject, QSettings
from PySide6.QtWidgets import QWidget

from seedream_desktop.ui.dock import Dock
from seedream_desktop.ui.rail import Rail
from seedream_desktop.ui.rail.rail import NARROW_PX, WIDE_PX

# Below these widths a panel makes room for the pictures.
_WORDS_FROM_PX: Final = 1600
_INSPECTOR_FROM_PX: Final = 1360
# With less the parts above the pictures would lie over one another.
_PICTURES_PX: Final = 400
_SECTION: Final = "panels"


class Panels(QObject):
    """Opens and closes the rail, the composer, the inspector and the task list; *refuge* gets a lost keyboard."""

    def __init__(
        self, window: QWidget, rail: Rail, composer: QWidget, inspector: QWidget, dock: Dock, refuge: QWidget
    ) -> None:
        super().__init__(window)
        self._window = window
        self._rail, self._composer, self._inspector = rail, composer, inspector
        self._dock, self._refuge = dock, refuge
        self._are_hidden = False
        self._shows_composer = True
        # Where both have no room, the one that was asked for last is seen.
        self._prefers_inspector = False
        # None: by the room there is.
        self._wants_words: bool | None = None
        self._wants_inspector: bool | None = None
        dock.toggled.connect(self._note_tasks)
        self._shows_tasks = False

    def fit(self) -> None:
        """Bring every panel into the state it should have in the room there is now."""
        width = self._window.width()
        words = width >= _WORDS_FROM_PX if self._wants_words is None else self._wants_words
        inspector = width >= _INSPECTOR_FROM_PX if self._wants_inspector is None else self._wants_inspector
        composer = self._shows_composer
        if self._has_room(NARROW_PX, self._composer, self._inspector):
            self._prefers_inspector = False
        elif composer and inspector:
            composer, inspector = not self._prefers_inspector, self._prefers_inspector
        words = words and self._has_room_for_words(composer=composer, inspector=inspector)
        if self._rail.is_narrow is words:
            self._rail.set_narrow(not words)
        self._show(self._rail, is_open=not self._are_hidden)
        self._show(self._composer, is_open=composer and not self._are_hidden)
        self._show(self._inspector, is_open=inspector and not self._are_hidden)

    def toggle_rail(self) -> None:
        """Show words beside the icons of the rail, or not, from now on; without room for both the details go."""
        if not self._are_hidden:
            self._wants_words = self._rail.is_narrow
            open_now = {"composer": self._composer.isVisible(), "inspector": self._inspector.isVisible()}
            if not self._has_room_for_words(**open_now):
                self._wants_inspector = False
        self._reveal()

    def toggle_composer(self) -> None:
        """Show or hide the composer; without room for both the details go."""
        self._shows_composer = self._are_hidden or self._composer.isHidden()
        self._prefers_inspector = not self._shows_composer
        self._reveal()

    def toggle_inspector(self) -> None:
        """Show or hide the details, from now on; without room the rail goes without words, and then the composer."""
        self._wants_inspector = self._prefers_inspector = self._inspector.isHidden()
        self._reveal()

    def toggle_tasks(self) -> None:
        """Open or close the list of tasks."""
        self._dock.set_open(not self._shows_tasks)

    def toggle_all(self) -> None:
        """Leave the pictures alone in the window, or bring back what was there before."""
        self._are_hidden = not self._are_hidden
        tasks = self._shows_tasks
        self._dock.set_open(tasks and not self._are_hidden)
        self._shows_tasks = tasks
        self.fit()

    def reset(self) -> None:
        """Open and close all as in the beginning."""
        self._are_hidden, self._shows_composer, self._prefers_inspector = False, True, False
        self._wants_words = self._wants_inspector = None
        self._dock.set_open(False)
        self.fit()

    def show_composer(self) -> None:
        """Bring the composer back, for there is something to do in it."""
        if self._composer.isHidden():
            self._shows_composer, self._prefers_inspector = True, False
            self._reveal()

    def show_inspector(self) -> None:
        """Bring the details, for something is to be written in them."""
        if self._inspector.isHidden():
            self._wants_inspector = self._prefers_inspector = True
            self._reveal()

    def save(self, settings: QSettings) -> None:
        """Keep what is open for the next start."""
        settings.setValue(f"{_SECTION}/rail", _written(self._wants_words))
        settings.setValue(f"{_SECTION}/inspector", _written(self._wants_inspector))
        settings.setValue(f"{_SECTION}/composer", _written(self._shows_composer))
        settings.setValue(f"{_SECTION}/tasks", _written(self._shows_tasks))
        settings.setValue(f"{_SECTION}/hidden", _written(self._are_hidden))

    def load(self, settings: QSettings) -> None:
        """Open what was open the last time."""
        self._wants_words = _read(settings, "rail")
        self._wants_inspector = _read(settings, "inspector")
        self._shows_composer = _read(settings, "composer") is not False
        self._shows_tasks = _read(settings, "tasks") is True
        self._are_hidden = _read(settings, "hidden") is True
        tasks = self._shows_tasks
        self._dock.set_open(tasks and not self._are_hidden)
        self._shows_tasks = tasks
        self.fit()

    def _has_room_for_words(self, *, composer: bool, inspector: bool) -> bool:
        return self._has_room(WIDE_PX, *[self._composer] * composer, *[self._inspector] * inspector)

    def _has_room(self, rail_px: int, *panels: QWidget) -> bool:
        """Whether the pictures have theirs beside a rail of this width and *panels*."""
        return self._window.width() - rail_px - sum(panel.maximumWidth() for panel in panels) >= _PICTURES_PX

    def _reveal(self) -> None:
        """What the user asks for is seen, also when all was hidden."""
        if self._are_hidden:
            self.toggle_all()
        else:
            self.fit()

    def _note_tasks(self, is_open: bool) -> None:  # noqa: FBT001 - a signal's argument
        self._shows_tasks = is_open

    def _show(self, panel: QWidget, *, is_open: bool) -> None:
        focused = self._window.focusWidget()
        if not is_open and focused is not None and panel.isAncestorOf(focused):
            self._refuge.setFocus()
        panel.setVisible(is_open)


def _written(wish: bool | None) -> str:  # noqa: FBT001 - the value itself
    return "" if wish is None else "open" if wish else "closed"


def _read(settings: QSettings, name: str) -> bool | None:
    value = settings.value(f"{_SECTION}/{name}")
    return {"open": True, "closed": False}.get(str(value))
