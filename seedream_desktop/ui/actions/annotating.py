"""What the inspector says of pictures: marks, tags and notes, kept at once and taken back like any other mark."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QObject

from seedream_desktop.domain.judging import Change
from seedream_desktop.domain.picture import Picture
from seedream_desktop.domain.task import Task
from seedream_desktop.ports.errors import StorageError
from seedream_desktop.sentences import failure_sentence
from seedream_desktop.ui.actions.meant import Meant
from seedream_desktop.ui.actions.undoing import Step, Undoing
from seedream_desktop.ui.backend import Backend
from seedream_desktop.ui.main_window import MainWindow

Shown = tuple[Task, Picture]


@dataclass(slots=True)
class _Writing:
    """A note that is being written: its picture, and what takes all of it back."""

    content: str
    shown: Shown | None
    inverse: dict[str, Change]


class Annotating(QObject):
    """Judges what the inspector shows; a note that is kept several times while it is written is one step of undo.

    The tags that were given to one picture or choice last can be given again by one key. *many* is set by whoever
    shows several pictures in the inspector.
    """

    def __init__(self, window: MainWindow, backend: Backend, undoing: Undoing) -> None:
        super().__init__(window)
        self.many: Meant | None = None
        self._window = window
        self._backend = backend
        self._undoing = undoing
        self._writing: _Writing | None = None
        self._last_tags: tuple[str, ...] = ()
        self._tagged: str | Meant | None = None
        self._unkept: set[asyncio.Event] = set()
        window.inspector.judged.connect(self._judge)
        window.same_tags_requested.connect(self._give_last_tags)
        window.inspector.note_written.connect(self._note)
        window.inspector.known_tags_wanted.connect(lambda: backend.start(self._offer_tags(), "tags in use"))

    async def finish(self) -> None:
        """Keep what is still being written; returns when it is on the disk or cannot be."""
        self._window.inspector.flush()
        for kept in tuple(self._unkept):
            await kept.wait()

    def _judge(self, change: Change) -> None:
        shown = self._window.inspector.shown
        meant = self.many if shown is None else Meant(one=shown)
        if meant is not None:
            self._note_tags(meant, change)
            self._start_keeping(meant, change)

    def _note_tags(self, meant: Meant, change: Change) -> None:
        """Note all tags that the same picture or choice gets one after the other, and none that it loses again."""
        target = meant if meant.one is None else meant.one[1].sha256
        is_same = target is self._tagged or (isinstance(target, str) and target == self._tagged)
        if change.adds:
            before = self._last_tags if is_same else ()
            self._last_tags, self._tagged = tuple(dict.fromkeys((*before, *change.adds))), target
        elif is_same:
            self._last_tags = tuple(tag for tag in self._last_tags if tag not in change.drops)

    def _give_last_tags(self) -> None:
        """Give them to what is chosen, and go on like any other mark by a key."""
        meant = Meant.now(self._window)
        if not self._last_tags:
            self._window.dock.set_notice(self.tr("No tag was given yet."), "care")
        elif meant is not None:
            self._start_keeping(meant, Change(adds=self._last_tags))
            tags = ", ".join(self._last_tags)
            self._window.dock.set_notice(self.tr("Tagged: {tags}").format(tags=tags), "good")
            if meant.one is not None and self._window.auto_advance.is_on:
                self._window.centre.select_next()

    def _start_keeping(self, meant: Meant, change: Change) -> None:
        kept = self._begin()
        self._backend.start(self._keep(meant, change, kept), "judge in the inspector")

    def _note(self, content: str, text: str, is_over: bool) -> None:  # noqa: FBT001 - a signal's argument
        shown = self._window.inspector.shown
        is_shown = shown is not None and shown[1].sha256 == content
        kept = self._begin()
        self._backend.start(self._keep_note(content, text, shown if is_shown else None, kept, is_over=is_over), "note")

    def _begin(self) -> asyncio.Event:
        kept = asyncio.Event()
        self._unkept.add(kept)
        return kept

    def _end(self, kept: asyncio.Event) -> None:
        self._unkept.discard(kept)
        kept.set()

    async def _keep(self, meant: Meant, change: Change, kept: asyncio.Event) -> None:
        try:
            async with self._undoing.turn:
                contents = await meant.contents(self._backend.gallery)
                inverse = await self._judge_and_show(dict.fromkeys(contents, change))
                if inverse:
                    self._undoing.keep(self._step(self._words_on(change), inverse, meant.one))
        except StorageError as error:
            self._say_trouble(error)
        finally:
            self._end(kept)

    async def _keep_note(
        self, content: str, text: str, shown: Shown | None, kept: asyncio.Event, *, is_over: bool
    ) -> None:
        try:
            async with self._undoing.turn:
                inverse = await self._judge_and_show({content: Change(note=text)})
                self._remember(content, shown, inverse)
        except StorageError as error:
            self._say_trouble(error)
        finally:
            if is_over:
                self._close_note()
            self._end(kept)

    def _remember(self, content: str, shown: Shown | None, inverse: dict[str, Change]) -> None:
        """Hold what was there before the first keeping of this writing."""
        if self._writing is not None and self._writing.content != content:
            self._close_note()
        if self._writing is None and inverse:
            self._writing = _Writing(content, shown, inverse)

    def _close_note(self) -> None:
        writing, self._writing = self._writing, None
        if writing is not None:
            self._undoing.keep(self._step(self.tr("the note"), writing.inverse, writing.shown))

    def _step(self, what: str, inverse: Mapping[str, Change], shown: Shown | None) -> Step:
        async def reverse() -> Step:
            return self._step(what, await self._judge_and_show(inverse), shown)

        return Step(what, reverse, shown)

    async def _judge_and_show(self, changes: Mapping[str, Change]) -> dict[str, Change]:
        inverse = await self._backend.judging.judge(changes)
        self._window.centre.show_judgments(await self._backend.judging.judgments(changes))
        if len(inverse) > 1:
            self._backend.start(self._take_into_search(), "words for the search")
        return inverse

    async def _take_into_search(self) -> None:
        """Read tags of very many pictures now: the next question about words would wait for it."""
        try:
            await self._backend.gallery.catch_up()
        except StorageError as error:
            self._say_trouble(error)

    async def _offer_tags(self) -> None:
        try:
            tags: Sequence[tuple[str, int]] = await self._backend.judging.tags()
        except StorageError as error:
            self._say_trouble(error)
        else:
            self._window.inspector.set_known_tags([tag for tag, _ in tags])

    def _words_on(self, change: Change) -> str:
        return self.tr("the tags") if change.adds or change.drops else self.tr("the last mark")

    def _say_trouble(self, error: StorageError) -> None:
        self._window.dock.set_notice(failure_sentence(error.failure), "bad")
