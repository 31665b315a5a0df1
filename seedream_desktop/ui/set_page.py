"""The set as the centre uses it: its view is made when a set is first opened."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QPoint, Signal
from PySide6.QtGui import QImage

from seedream_desktop.domain.judging import Judgment
from seedream_desktop.domain.task import Task, TaskId
from seedream_desktop.ui.keys import KeyMap
from seedream_desktop.ui.on_first_use import OnFirstUse

if TYPE_CHECKING:
    from seedream_desktop.ui.set_view.view import SetView


class SetPage(QObject):
    """Passes on to the view what concerns it once it is there; the signals are the view's.

    ``view_made`` carries the SetView.
    """

    view_made = Signal(object)
    pixels_requested = Signal(object)
    current_changed = Signal(object, object)
    opened = Signal(object, object)
    closed = Signal()
    commanded = Signal(object)
    menu_requested = Signal(QPoint)
    action_requested = Signal(object, str)

    def __init__(
        self,
        thumbnail_path: Callable[[str, int], Path],
        clock: Callable[[], datetime],
        key_map: KeyMap,
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._thumbnail_path, self._clock, self._key_map, self._time_scale = thumbnail_path, clock, key_map, 1.0
        self._view: OnFirstUse[SetView] = OnFirstUse(self._make_view, self._tell_view)

    @property
    def view(self) -> SetView:
        """The page."""
        return self._view.get()

    @property
    def made_view(self) -> SetView | None:
        """The page, when a set was opened already."""
        return self._view.made

    def change_task(self, task: Task) -> None:
        """Show a task's new value."""
        if self._view.made is not None:
            self._view.made.change_task(task)

    def show_progress(self, task_id: TaskId, position: int, received_bytes: int, total_bytes: int | None) -> None:
        """Show how much of a picture has come."""
        if self._view.made is not None:
            self._view.made.show_progress(task_id, position, received_bytes, total_bytes)

    def set_time_scale(self, scale: float) -> None:
        """Multiply what is said about usual durations by *scale*."""
        self._time_scale = scale
        if self._view.made is not None:
            self._view.made.set_time_scale(scale)

    def show_judgments(self, judgments: Mapping[str, Judgment]) -> None:
        """Show what was said of pictures, by their SHA-256."""
        if self._view.made is not None:
            self._view.made.show_judgments(judgments)

    def set_pixels(self, sha256: str, image: QImage) -> None:
        """Take a full picture."""
        if self._view.made is not None:
            self._view.made.set_pixels(sha256, image)

    def set_trouble(self, sha256: str, text: str) -> None:
        """Say why a full picture cannot be shown."""
        if self._view.made is not None:
            self._view.made.set_trouble(sha256, text)

    def _make_view(self) -> SetView:
        from seedream_desktop.ui.set_view.view import SetView

        view = SetView(self._thumbnail_path, self._clock, self._key_map)
        view.set_time_scale(self._time_scale)
        view.pixels_requested.connect(self.pixels_requested)
        view.current_changed.connect(self.current_changed)
        view.opened.connect(self.opened)
        view.closed.connect(self.closed)
        view.commanded.connect(self.commanded)
        view.action_requested.connect(self.action_requested)
        view.menu_requested.connect(self.menu_requested)
        return view

    def _tell_view(self, view: SetView) -> None:
        self.view_made.emit(view)
