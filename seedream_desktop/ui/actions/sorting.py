"""Sorting pictures: into projects and collections, among the favourites, out again; all of it can be taken back."""

from __future__ import annotations

from collections.abc import Callable, Coroutine, Iterable, Mapping
from typing import Any

from PySide6.QtCore import QObject

from seedream_desktop.domain.collections import CollectionId, OfTask, ProjectId
from seedream_desktop.domain.judging import Change, Flag
from seedream_desktop.ports.errors import StorageError
from seedream_desktop.sentences import failure_sentence
from seedream_desktop.ui.actions.arranging import Arranging
from seedream_desktop.ui.actions.meant import Meant
from seedream_desktop.ui.actions.project_folders import ProjectFolders
from seedream_desktop.ui.actions.undoing import Step, Undoing
from seedream_desktop.ui.backend import Backend
from seedream_desktop.ui.keys import CommandId
from seedream_desktop.ui.main_window import MainWindow
from seedream_desktop.ui.rail import Item, Kind, wording
from seedream_desktop.ui.rail.chooser import PlaceChooser

Places = Mapping[str, ProjectId | OfTask | None]
Sort = Callable[[tuple[str, ...]], Coroutine[Any, Any, None]]


class SortingActions(QObject):
    """Acts on drops onto the rail and on the keys that sort what is meant."""

    def __init__(self, window: MainWindow, backend: Backend, undoing: Undoing) -> None:
        super().__init__(window)
        self._window = window
        self._backend = backend
        self._undoing = undoing
        self._arranging = Arranging(window, backend, undoing)
        ProjectFolders(window, backend, undoing, self._arranging)
        window.rail.pictures_dropped.connect(self._drop)
        window.sorting_requested.connect(self._sort_meant)

    def _drop(self, item: Item, contents: tuple[str, ...]) -> None:
        if item.kind is Kind.BIN:
            self._window.trash_dropped.emit(contents)
        else:
            self._start(self._put(item, contents))

    def _sort_meant(self, command: CommandId) -> None:
        meant = Meant.now(self._window)
        if meant is None:
            self._say(self.tr("Choose the pictures first."), "care")
        elif command is CommandId.TAKE_OUT:
            self._take_out(meant)
        else:
            self._choose(Kind.PROJECTS if command is CommandId.PUT_INTO_PROJECT else Kind.COLLECTIONS, meant)

    def _choose(self, heading: Kind, meant: Meant) -> None:
        """Ask where to; what is meant stays the same whatever is chosen behind the dialog."""
        is_project = heading is Kind.PROJECTS
        title = self.tr("Put into a project") if is_project else self.tr("Add to a collection")
        kind = Kind.PROJECT if is_project else Kind.COLLECTION
        items = [item for item in self._window.rail.items() if item.kind is kind]
        dialog = PlaceChooser(heading, items, title, self._window)
        dialog.chosen.connect(lambda item: self._put_meant(dialog, item, meant))
        dialog.made.connect(lambda name: self._start(self._make_and_put(dialog, heading, name, meant)))
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def _put_meant(self, dialog: PlaceChooser, item: Item, meant: Meant) -> None:
        dialog.accept()
        self._start(self._with_contents(meant, lambda contents: self._put(item, contents)))

    async def _make_and_put(self, dialog: PlaceChooser, heading: Kind, name: str, meant: Meant) -> None:
        made = await self._arranging.make(heading, name, dialog.refuse)
        if made is not None:
            self._put_meant(dialog, made, meant)

    def _take_out(self, meant: Meant) -> None:
        item = self._window.rail.item()
        if item.kind is Kind.COLLECTION:
            self._start(self._with_contents(meant, lambda contents: self._remove(item, contents)))
        elif item.kind is Kind.PROJECT:
            self._start(self._with_contents(meant, lambda contents: self._leave(item, contents)))
        elif item.kind is not Kind.BIN:
            self._say(self.tr("Open the collection or project first that the pictures are to leave."), "care")

    async def _with_contents(self, meant: Meant, sort: Sort) -> None:
        contents = await meant.contents(self._backend.gallery)
        if contents:
            await sort(contents)

    async def _put(self, item: Item, contents: tuple[str, ...]) -> None:
        """Put pictures where *item* is, say so, and remember what takes it back."""
        words = self.tr("{pictures} put into {place}")
        async with self._undoing.turn:
            match item.kind:
                case Kind.COLLECTION:
                    moved = await self._backend.sorting.add(CollectionId(item.id), contents)
                    step = self._added(item, moved, _said(words, item, len(moved)))
                case Kind.PROJECT:
                    before = await self._backend.sorting.place(dict.fromkeys(contents, ProjectId(item.id)))
                    moved = tuple(before)
                    step = self._placed(before, _said(words, item, len(moved)))
                case _:
                    inverse = await self._judge(_changes_for(item, contents))
                    moved = tuple(inverse)
                    step = self._judged(inverse, _said(words, item, len(moved)))
            self._end(step, moved, item)

    async def _remove(self, item: Item, contents: tuple[str, ...]) -> None:
        async with self._undoing.turn:
            gone = await self._backend.sorting.remove(CollectionId(item.id), contents)
            if gone:
                self._end(self._removed(item, gone, self._left_words(item, gone)), gone, item)
            else:
                words = self.tr("Nothing taken out: this lies in a collection below {place}. Open that one first.")
                self._say(words.format(place=wording.name_of(item)), "care")

    async def _leave(self, item: Item, contents: tuple[str, ...]) -> None:
        async with self._undoing.turn:
            before = await self._backend.sorting.place(dict.fromkeys(contents))
            self._end(self._placed(before, self._left_words(item, before)), before, item)

    def _left_words(self, item: Item, contents: Iterable[str]) -> str:
        return _said(self.tr("{pictures} taken out of {place}"), item, len(tuple(contents)))

    def _end(self, step: Step, moved: Iterable[str], item: Item) -> None:
        if not tuple(moved):
            words = self.tr("Nothing to do: {place} is right already.")
            self._say(words.format(place=wording.name_of(item)), "")
            return
        self._undoing.keep(step)
        self._window.rail.show_again()
        self._say(step.what, "good")

    def _added(self, item: Item, contents: tuple[str, ...], what: str) -> Step:
        async def reverse() -> Step:
            gone = await self._backend.sorting.remove(CollectionId(item.id), contents)
            self._window.rail.show_again()
            return self._removed(item, gone, what)

        return Step(what, reverse)

    def _removed(self, item: Item, contents: tuple[str, ...], what: str) -> Step:
        async def reverse() -> Step:
            added = await self._backend.sorting.add(CollectionId(item.id), contents)
            self._window.rail.show_again()
            return self._added(item, added, what)

        return Step(what, reverse)

    def _placed(self, before: Places, what: str) -> Step:
        async def reverse() -> Step:
            after = await self._backend.sorting.place(before)
            self._window.rail.show_again()
            return self._placed(after, what)

        return Step(what, reverse)

    def _judged(self, inverse: Mapping[str, Change], what: str) -> Step:
        async def reverse() -> Step:
            return self._judged(await self._judge(inverse), what)

        return Step(what, reverse)

    async def _judge(self, changes: Mapping[str, Change]) -> dict[str, Change]:
        inverse = await self._backend.judging.judge(changes)
        self._window.centre.show_judgments(await self._backend.judging.judgments(changes))
        return inverse

    def _start(self, work: Coroutine[Any, Any, None]) -> None:
        self._backend.start(self._told(work), "sorting")

    async def _told(self, work: Coroutine[Any, Any, None]) -> None:
        try:
            await work
        except StorageError as error:
            self._say(failure_sentence(error.failure), "bad")

    def _say(self, words: str, tone: str) -> None:
        self._window.dock.set_notice(words, tone)  # type: ignore[arg-type]  # one of the tones, as above


def _said(words: str, item: Item, count: int) -> str:
    return words.format(pictures=wording.pictures(count), place=wording.name_of(item))


def _changes_for(item: Item, contents: Iterable[str]) -> dict[str, Change]:
    change = Change(flag=Flag.PICK) if item.kind is Kind.PICKED else Change(is_favourite=True)
    return dict.fromkeys(contents, change)
