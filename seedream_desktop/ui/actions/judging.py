"""Judging by single keys: what is marked is kept at once, shown everywhere, and can be taken back."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence

from PySide6.QtCore import QObject

from seedream_desktop.domain.judging import Change, Flag, Judgment
from seedream_desktop.domain.picture import Picture
from seedream_desktop.domain.task import Task
from seedream_desktop.ports.errors import StorageError
from seedream_desktop.sentences import failure_sentence
from seedream_desktop.ui.actions.browsing import Browsing
from seedream_desktop.ui.actions.meant import Meant, Shown
from seedream_desktop.ui.actions.undoing import Step, Undoing
from seedream_desktop.ui.backend import Backend
from seedream_desktop.ui.main_window import MainWindow

Decide = Callable[[Mapping[str, Judgment]], Change]


class JudgingActions(QObject):
    """Marks the picture that is seen large, or all that are chosen.

    A verdict by a key on one picture goes on to the next one, unless the user turned that off; a click stays.

    One change waits for the other, so that each is decided and taken back in the order of the keys.
    """

    def __init__(self, window: MainWindow, backend: Backend, browsing: Browsing, undoing: Undoing) -> None:
        super().__init__(window)
        self._window = window
        self._backend = backend
        self._undoing = undoing
        window.judged.connect(self._judge)
        window.clicked.connect(self._mark_clicked)
        window.favourite_requested.connect(self._turn_favourite)
        window.centre.picked.connect(self._pick)
        browsing.brought.connect(self._look_up)

    def _judge(self, change: Change) -> None:
        meant = Meant.now(self._window)
        self._mark(meant, lambda _: change)
        is_verdict = change.stars is not None or change.flag in (Flag.PICK, Flag.REJECT)
        if meant is not None and meant.one is not None and is_verdict and self._window.auto_advance.is_on:
            self._window.centre.go_on_after(change)

    def _mark_clicked(self, change: Change) -> None:
        self._mark(Meant.now(self._window), lambda _: change)

    def _turn_favourite(self) -> None:
        """Make all favourites, unless they all are."""
        self._mark(
            Meant.now(self._window),
            lambda known: Change(is_favourite=not all(said.is_favourite for said in known.values())),
        )

    def _pick(self, task: Task, picture: Picture) -> None:
        self._mark(Meant(one=(task, picture)), lambda _: Change(flag=Flag.PICK))

    def _mark(self, meant: Meant | None, decide: Decide) -> None:
        if meant is not None:
            self._backend.start(self._mark_meant(meant, decide), "judge")

    async def _mark_meant(self, meant: Meant, decide: Decide) -> None:
        try:
            async with self._undoing.turn:
                contents = await meant.contents(self._backend.gallery)
                if contents:
                    await self._commit(contents, decide, meant.one)
        except StorageError as error:
            self._say_trouble(error)
            return
        if contents and meant.one is None:
            self._say(self.tr("Marked: {count} pictures").format(count=len(contents)))

    async def _commit(self, contents: Sequence[str], decide: Decide, shown: Shown | None) -> None:
        """Keep the change, show it, and remember what takes it back; raises StorageError."""
        change = decide(await self._backend.judging.judgments(contents))
        inverse = await self._judge_and_show(dict.fromkeys(contents, change))
        if inverse:
            self._undoing.keep(self._step(inverse, shown))

    def _step(self, inverse: Mapping[str, Change], shown: Shown | None) -> Step:
        async def reverse() -> Step:
            return self._step(await self._judge_and_show(inverse), shown)

        return Step(self.tr("the last mark"), reverse, shown)

    async def _judge_and_show(self, changes: Mapping[str, Change]) -> dict[str, Change]:
        inverse = await self._backend.judging.judge(changes)
        await self._show(changes)
        return inverse

    def _look_up(self, tasks: Sequence[Task]) -> None:
        contents = [picture.sha256 for task in tasks for picture in task.pictures if picture.sha256 is not None]
        if contents:
            self._backend.start(self._show_in_turn(contents), "marks in sight")

    async def _show_in_turn(self, contents: Iterable[str]) -> None:
        """Show marks, never older ones after newer ones."""
        async with self._undoing.turn:
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
