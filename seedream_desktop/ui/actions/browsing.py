"""Brings the library to the gallery: the index that answers the search, and the tasks that come into sight."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable, Coroutine, Sequence
from typing import Any, Final

from PySide6.QtCore import QObject, Signal

from seedream_desktop.domain.query import Query
from seedream_desktop.domain.task import Task, TaskId
from seedream_desktop.ports.errors import StorageError
from seedream_desktop.ports.gallery import GalleryIndex
from seedream_desktop.ui.filters.wording import words_of
from seedream_desktop.ui.main_window import MainWindow
from seedream_desktop.ui.rail import Kind
from seedream_desktop.ui.rail.wording import name_of

log = logging.getLogger(__name__)
# Among the newest that fit, a task that came a moment ago is not far from the first. Others may come meanwhile.
_NEW_AT_ONCE: Final = 50


class Browsing(QObject):
    """Asks *index* for what the window wants to see; only the newest search is ever shown.

    One question is on its way at a time. What is typed meanwhile outdates it, and of all that waits only the newest
    is asked. ``brought`` carries the tasks that came into sight; ``shown`` tells that an answer is on the screen, or
    that what is counted in it may be another number now.
    """

    brought = Signal(object)
    shown = Signal()

    def __init__(
        self,
        window: MainWindow,
        index: GalleryIndex,
        start: Callable[[Coroutine[Any, Any, Any], str], object],
    ) -> None:
        super().__init__(window)
        self._window = window
        self._index = index
        self._start = start
        self._filter = Query()
        self._scope = Query()
        self._shown = Query()
        self._asked = 0
        self._turn = asyncio.Lock()
        self._added: list[Task] = []
        window.filter_changed.connect(self._use_filter)
        window.scope_changed.connect(self._use_scope)
        window.gallery.tasks_wanted.connect(self._fetch)
        window.header.first_wanted.connect(lambda: self._start(self._go_to_first(), "first picture"))

    @property
    def query(self) -> Query:
        """What the window asks for now: the filter in the place the user is in."""
        return self._filter.within(self._scope)

    @property
    def scope(self) -> Query:
        """The place the user is in."""
        return self._scope

    def show_task(self, task: Task) -> None:
        """Show a new task, if it fits what is looked for; also when the index that is read now does not know it."""
        if self._turn.locked() or not self._shown.is_everything:
            self._added.append(task)
        self._window.add_task(task)
        if self._shown.is_everything:
            self.shown.emit()
        else:
            self._start(self._show_fitting(), "new tasks")

    def note_change(self, task: Task) -> None:
        """Show a task that has come into a state that is looked for; one that left it stays until the next search."""
        if task.state in self._shown.states:
            self._added.append(task)
            self._start(self._show_fitting(), "changed tasks")

    async def show(self, *, keeps_place: bool = False) -> None:
        """Show what fits now, from the top or where the user is; returns early when something newer was asked for."""
        self._asked += 1
        number = self._asked
        async with self._turn:
            if number == self._asked:
                await self._answer(number, keeps_place=keeps_place)

    async def _answer(self, number: int, *, keeps_place: bool) -> None:
        query = self.query
        self._added.clear()
        try:
            found = await self._index.groups(query)
        except StorageError as error:
            log.warning("the library could not be read: %s", error)
            return
        if number != self._asked:
            return
        gallery = self._window.gallery
        # What was asked for meanwhile begins at the top.
        show = gallery.renew_index if keeps_place and query == self._shown else gallery.set_index
        self._shown = query
        show(found, is_everything=query.is_everything, looked_for=self._looked_for())
        if query.is_everything:
            for task in self._added:
                self._window.gallery.add_task(task)
        elif self._added:
            await self._add_fitting()
        self.shown.emit()

    def _looked_for(self) -> list[str]:
        """Return the words for what is looked for, and where, so that nobody thinks that all was searched."""
        words, item = list(words_of(self._filter)), self._window.rail.item()
        if words and item.kind is not Kind.ALL:
            words.append(self.tr("in {place}").format(place=name_of(item)))
        return words

    async def _show_fitting(self) -> None:
        async with self._turn:
            if self._added and not self._shown.is_everything:
                await self._add_fitting()
                self.shown.emit()

    async def _add_fitting(self) -> None:
        """Show those of the new tasks that fit what is shown now."""
        added, self._added = self._added, []
        try:
            newest = (await self._index.newest(self._shown, len(added) + _NEW_AT_ONCE)).ids
        except StorageError as error:
            log.warning("new tasks could not be looked for: %s", error)
            return
        for task in added:
            if task.id in newest:
                self._window.gallery.include(task)

    async def _go_to_first(self) -> None:
        """Go to the first picture once everything that was asked for before is shown."""
        async with self._turn:
            self._window.gallery.choose_first()

    def _use_filter(self, query: Query) -> None:
        self._filter = query
        self._start(self.show(), "filter")

    def _use_scope(self, scope: Query) -> None:
        self._scope = scope
        self._start(self.show(), "place")

    def _fetch(self, ids: Sequence[TaskId]) -> None:
        self._start(self._bring(ids), "tasks in sight")

    async def _bring(self, ids: Sequence[TaskId]) -> None:
        try:
            tasks: Sequence[Task] = await self._index.tasks(ids)
        except StorageError as error:
            log.warning("tasks could not be read: %s", error)
            tasks = ()
        self._window.gallery.take_tasks(tasks)
        self.brought.emit(tasks)
