"""Judging by single keys: what is marked is kept at once, shown everywhere, and can be taken back."""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import QObject

from seedream_desktop.domain.judging import Change, Flag, Judgment
from seedream_desktop.domain.picture import Picture
from seedream_desktop.domain.task import Task, TaskId
from seedream_desktop.ports import StorageError
from seedream_desktop.sentences import failure_sentence
from seedream_desktop.ui.actions.browsing import Browsing
from seedream_desktop.ui.backend import Backend
from seedream_desktop.ui.gallery.model import stored_picture
from seedream_desktop.ui.main_window import MainWindow

_MOST_STEPS: Final = 200
Decide = Callable[[Mapping[str, Judgment]], Change]
Key = tuple[TaskId, int]


@dataclass(frozen=True, slots=True)
class _Step:
    """What takes a change back, and the picture it was about when it was a single one."""

    changes: Mapping[str, Change]
    shown: tuple[Task, Picture] | None


class JudgingActions(QObject):
    """Marks the picture that is seen large, or all that are chosen in the gallery.

    One change waits for the other, so that each is decided and taken back in the order of the keys.
    """

    def __init__(self, window: MainWindow, backend: Backend, browsing: Browsing) -> None:
        super().__init__(window)
        self._window = window
        self._backend = backend
        self._turn = asyncio.Lock()
        self._steps: deque[_Step] = deque(maxlen=_MOST_STEPS)
        window.judged.connect(self._judge)
        window.favourite_requested.connect(self._turn_favourite)
        window.undo_requested.connect(self._undo)
        window.centre.picked.connect(self._pick)
        browsing.brought.connect(self._look_up)

    def _judge(self, change: Change) -> None:
        is_single = self._mark(lambda _: change)
        if is_single and (change.stars is not None or change.flag in (Flag.PICK, Flag.REJECT)):
            self._window.gallery.select_next()

    def _turn_favourite(self) -> None:
        """Make all favourites, unless they all are."""
        self._mark(lambda known: Change(is_favourite=not all(said.is_favourite for said in known.values())))

    def _pick(self, task: Task, picture: Picture) -> None:
        self._mark_one(task, picture, lambda _: Change(flag=Flag.PICK))

    def _mark(self, decide: Decide) -> bool:
        """Mark what is meant; return whether that is a single picture."""
        gallery, keys = self._window.gallery, self._window.gallery.selected_keys()
        if len(keys) > 1 and not self._window.centre.means_one:
            self._backend.start(self._mark_many(keys, decide), "judge")
            return False
        current = gallery.current()
        if current is not None:
            self._mark_one(*current, decide)
        return current is not None

    def _mark_one(self, task: Task, picture: Picture, decide: Decide) -> None:
        if picture.sha256 is not None:
            self._backend.start(self._commit([picture.sha256], decide, (task, picture)), "judge")

    async def _mark_many(self, keys: Sequence[Key], decide: Decide) -> None:
        try:
            tasks = await self._backend.gallery.tasks(list(dict.fromkeys(task_id for task_id, _ in keys)))
        except StorageError as error:
            self._say_trouble(error)
            return
        contents = _contents(keys, tasks)
        if contents and await self._commit(contents, decide, None):
            self._say(self.tr("Marked: {count} pictures").format(count=len(contents)))

    async def _commit(self, contents: Sequence[str], decide: Decide, shown: tuple[Task, Picture] | None) -> bool:
        """Keep the change and show it; False when the disk does not take it."""
        async with self._turn:
            try:
                change = decide(await self._backend.judging.judgments(contents))
                inverse = await self._backend.judging.judge(dict.fromkeys(contents, change))
                await self._show(contents)
            except StorageError as error:
                self._say_trouble(error)
                return False
            if inverse:
                self._steps.append(_Step(inverse, shown))
            return True

    def _undo(self) -> None:
        self._backend.start(self._take_back(), "take a mark back")

    async def _take_back(self) -> None:
        async with self._turn:
            if not self._steps:
                return
            step = self._steps[-1]
            try:
                await self._backend.judging.judge(step.changes)
                await self._show(step.changes)
            except StorageError as error:
                self._say_trouble(error)
                return
            self._steps.pop()
        self._say(self.tr("The last mark was taken back"))
        if step.shown is not None:
            task, picture = step.shown
            self._window.gallery.choose(task, task.pictures.index(picture))

    def _look_up(self, tasks: Sequence[Task]) -> None:
        contents = [picture.sha256 for task in tasks for picture in task.pictures if picture.sha256 is not None]
        if contents:
            self._backend.start(self._show_in_turn(contents), "marks in sight")

    async def _show_in_turn(self, contents: Iterable[str]) -> None:
        """Show marks, never older ones after newer ones."""
        async with self._turn:
            try:
                await self._show(contents)
            except StorageError as error:
                self._say_trouble(error)

    async def _show(self, contents: Iterable[str]) -> None:
        self._window.centre.show_judgments(await self._backend.judging.judgments(contents))

    def _say(self, words: str) -> None:
        self._window.dock.set_notice(words, "good")

    def _say_trouble(self, error: StorageError) -> None:
        self._window.dock.set_notice(failure_sentence(error.failure), "bad")


def _contents(keys: Iterable[Key], tasks: Iterable[Task]) -> list[str]:
    """Return the content of every picture on this disk among *keys*, each once."""
    known = {task.id: task for task in tasks}
    pictures = (stored_picture(known[task_id], index) for task_id, index in keys if task_id in known)
    return list(dict.fromkeys(picture.sha256 for picture in pictures if picture is not None and picture.sha256))
