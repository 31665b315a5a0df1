"""Gets ready what may be dragged out: a drag begins at once, so its files are there before it."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from pathlib import Path
from typing import Final

from PySide6.QtCore import QObject, QTimer

from seedream_desktop.domain.picture import Picture
from seedream_desktop.domain.task import Task, TaskId
from seedream_desktop.ports.errors import StorageError, UndecodableError
from seedream_desktop.ui.actions.meant import Meant, Shown
from seedream_desktop.ui.backend import Backend
from seedream_desktop.ui.drag_out import MOST_FILES, OutFile, Outgoing
from seedream_desktop.ui.main_window import MainWindow
from seedream_desktop.ui.recipes import recipe_of

_REST_MS: Final = 60
# Each takes the worker some 50 ms; a picture beyond goes as it is.
_MOST_INSCRIBED: Final = 20


class Leaving(QObject):
    """Follows what is chosen and hands its files to the gallery."""

    def __init__(self, window: MainWindow, backend: Backend) -> None:
        super().__init__(window)
        self._window = window
        self._backend = backend
        self._outgoing = Outgoing(backend.working_dir / "outgoing")
        self._turn = 0
        self._resting = QTimer(self, singleShot=True, interval=_REST_MS)
        self._resting.timeout.connect(self._prepare)
        window.gallery.choice_changed.connect(self._resting.start)
        window.gallery.drag_fell_short.connect(self._tell_left_out)

    def prepare_again(self) -> None:
        """Forget the files that are ready: whether they tell how they were made may have been changed."""
        self._window.gallery.set_outgoing((), ())
        self._prepare()

    def _prepare(self) -> None:
        self._turn += 1
        if self._window.gallery.chosen_count > MOST_FILES:
            return  # a drag of so many is refused
        keys = tuple(self._window.gallery.selected_keys())
        if keys:
            self._backend.start(self._get_ready(keys, self._turn), "files for other programs")

    async def _get_ready(self, keys: tuple[tuple[TaskId, int], ...], turn: int) -> None:
        try:
            pictures = await Meant(many=keys).pictures(self._backend.gallery)
        except StorageError:
            return  # the drag takes what the gallery has
        if turn == self._turn:
            files = await self._files(pictures)
            self._window.gallery.set_outgoing(keys, files)

    async def _files(self, pictures: Sequence[Shown]) -> list[OutFile]:
        files = await asyncio.to_thread(lambda: [self._outgoing.file(*shown) for shown in pictures])
        settings = await asyncio.to_thread(self._backend.settings.load)
        if settings.copies_carry_recipe:
            for number, shown in enumerate(pictures[:_MOST_INSCRIBED]):
                files[number] = await self._with_recipe(*shown) or files[number]
        return [file for file in files if file is not None]

    async def _with_recipe(self, task: Task, picture: Picture) -> OutFile | None:
        """Return a file of the picture that tells how it was made; None when that cannot be done."""
        try:
            target = await asyncio.to_thread(self._outgoing.place, task, picture, with_recipe=True)
            if not await asyncio.to_thread(target.exists):
                await self._backend.traces.inscribe(Path(picture.path or ""), target, recipe_of(task))
        except (StorageError, UndecodableError, OSError):
            return None
        return OutFile(target, picture.sha256 or "")

    def _tell_left_out(self, left_out: int) -> None:
        if self._window.gallery.chosen_count > MOST_FILES:
            words = self.tr("{count} pictures are chosen, and at most {most} can be dragged at once.")
        else:
            words = self.tr("{count} of the chosen pictures were left out of the drag.")
        self._window.dock.set_notice(words.format(count=left_out, most=MOST_FILES), "care")
