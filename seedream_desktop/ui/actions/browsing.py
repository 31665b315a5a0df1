"""Brings the library to the gallery: the index that answers the search, and the tasks that come into sight."""

from __future__ import annotations

import logging
from collections.abc import Callable, Coroutine, Sequence
from typing import Any

from PySide6.QtCore import QObject, Signal

from seedream_desktop.domain.query import Query
from seedream_desktop.domain.task import Task, TaskId
from seedream_desktop.ports import GalleryIndex, StorageError
from seedream_desktop.ui.main_window import MainWindow

log = logging.getLogger(__name__)


class Browsing(QObject):
    """Asks *index* for what the window wants to see; only the newest search is ever shown.

    ``brought`` carries the tasks that came into sight.
    """

    brought = Signal(object)

    def __init__(
        self,
        window: MainWindow,
        index: GalleryIndex,
        start: Callable[[Coroutine[Any, Any, Any], str], None],
    ) -> None:
        super().__init__(window)
        self._window = window
        self._index = index
        self._start = start
        self._filter = Query()
        self._scope = Query()
        self._asked = 0
        self._added: list[Task] = []
        window.filter_changed.connect(self._use_filter)
        window.scope_changed.connect(self._use_scope)
        window.gallery.tasks_wanted.connect(self._fetch)

    def show_task(self, task: Task) -> None:
        """Show a new task, also when the index that is read now does not know it yet."""
        self._added.append(task)
        self._window.add_task(task)

    @property
    def query(self) -> Query:
        """What is shown: what fits the filter in the place the user is in."""
        return self._filter.within(self._scope)

    async def show(self, *, keeps_place: bool = False) -> None:
        """Show what fits now, from the top or where the user is, unless something else was asked for meanwhile."""
        query = self.query
        self._asked += 1
        number = self._asked
        self._added.clear()
        try:
            found = await self._index.groups(query)
        except StorageError as error:
            log.warning("the library could not be read: %s", error)
            return
        if number == self._asked:
            gallery = self._window.gallery
            show = gallery.renew_index if keeps_place else gallery.set_index
            show(found, is_everything=query.is_everything)
            for task in self._added:
                self._window.gallery.add_task(task)

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
