"""What was done to pictures and can be taken back, and done again, in the order of the keys."""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Callable, Coroutine
from dataclasses import dataclass
from typing import Any, Final

from PySide6.QtCore import QObject, Signal

from seedream_desktop.domain.picture import Picture
from seedream_desktop.domain.task import Task
from seedream_desktop.ports.errors import StorageError
from seedream_desktop.sentences import failure_sentence
from seedream_desktop.ui.main_window import MainWindow

_MOST_STEPS: Final = 200


@dataclass(frozen=True, slots=True)
class Step:
    """One thing that was done.

    *reverse* takes it back and returns the step that does it again; it raises StorageError when the disk does not do
    its part, and then nothing has changed. *what* names the thing, as in "Taken back: *what*". *shown* is the picture
    it was about when it was a single one. *said* are words on how the step came about, when it may have done less than
    was asked.
    """

    what: str
    reverse: Callable[[], Coroutine[Any, Any, Step]]
    shown: tuple[Task, Picture] | None = None
    said: str = ""


class Undoing(QObject):
    """Keeps the last 200 steps of this run.

    Whoever changes something holds *turn* from the change to `keep`: each is taken back in the order it was done.
    ``changed`` tells that something was done, taken back or done again.
    """

    changed = Signal()

    def __init__(self, window: MainWindow, start: Callable[[Coroutine[Any, Any, Any], str], object]) -> None:
        super().__init__(window)
        self.turn = asyncio.Lock()
        self._window = window
        self._done: deque[Step] = deque(maxlen=_MOST_STEPS)
        self._undone: deque[Step] = deque(maxlen=_MOST_STEPS)
        window.undo_requested.connect(lambda: start(self._undo(), "undo"))
        window.redo_requested.connect(lambda: start(self._redo(), "redo"))

    def keep(self, step: Step) -> None:
        """Remember what was just done; what was undone before can no longer be done again."""
        self._done.append(step)
        self._undone.clear()
        self.changed.emit()

    async def _undo(self) -> None:
        await self._turn_back(self._done, self._undone, self.tr("Taken back: {what}"))

    async def _redo(self) -> None:
        await self._turn_back(self._undone, self._done, self.tr("Done again: {what}"))

    async def _turn_back(self, source: deque[Step], target: deque[Step], words: str) -> None:
        async with self.turn:
            if not source:
                return
            step = source[-1]
            try:
                opposite = await step.reverse()
            except StorageError as error:
                self._window.dock.set_notice(failure_sentence(error.failure), "bad")
                return
            source.pop()
            target.append(opposite)
        self.changed.emit()
        self._window.dock.set_notice(opposite.said or words.format(what=step.what), "good")
        if step.shown is not None:
            self._window.centre.return_to(*step.shown)
