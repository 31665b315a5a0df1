"""The next frame of a story: the order of a picture once more, for one image, with that picture as a reference."""

from __future__ import annotations

import asyncio
from dataclasses import replace

from PySide6.QtCore import QObject

from seedream_desktop.domain.picture import Picture
from seedream_desktop.domain.reference import Reference
from seedream_desktop.domain.request import MAX_REFERENCES, GenerationRequest, Mode
from seedream_desktop.domain.task import Task
from seedream_desktop.ui.actions.gathering import first_present
from seedream_desktop.ui.actions.meant import Meant
from seedream_desktop.ui.actions.reusing import Reusing
from seedream_desktop.ui.backend import Backend
from seedream_desktop.ui.main_window import MainWindow


class NextFrame(QObject):
    """Fills the composer; nothing is sent."""

    def __init__(self, window: MainWindow, backend: Backend, reusing: Reusing) -> None:
        super().__init__(window)
        self._window = window
        self._backend = backend
        self._reusing = reusing
        window.action_requested.connect(self._act)

    def _act(self, _task: Task, action: str) -> None:
        if action != "next_frame":
            return
        meant = Meant.now(self._window)
        if meant is not None and meant.one is not None:
            self.follow(*meant.one)
        else:
            self._window.dock.set_notice(self.tr("Choose the one picture that the next frame follows."), "care")

    def follow(self, task: Task, picture: Picture, how: str = "") -> None:
        """Begin the frame after *picture*, which was known by *how* when it came from elsewhere."""
        self._backend.start(self._continue(task, picture, how), "next frame")

    async def _continue(self, task: Task, picture: Picture, how: str) -> None:
        if picture.path is None:
            return
        file = await asyncio.to_thread(first_present, picture.saved_path, picture.path)
        request = following(task.request, Reference(file))
        words = self.tr("The picture is Figure {number}. Write what comes next.")
        if how:
            words = self.tr("{how}: it is Figure {number}. Write what comes next.")
        self._reusing.use_request(request, words.format(how=how, number=len(request.references)))


def following(request: GenerationRequest, frame: Reference) -> GenerationRequest:
    """Return the order of the next frame: the figures in its prompt stay true, *frame* stands behind them."""
    own = request.references if request.mode is Mode.IMAGE_TO_IMAGE else ()
    references = (*own[: MAX_REFERENCES - 1], frame)
    return replace(request, mode=Mode.IMAGE_TO_IMAGE, references=references, count=1, sequence=False)
