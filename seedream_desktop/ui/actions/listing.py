"""Fills the task list: the newest tasks and all that are open at once, older ones when its end comes into sight."""

from __future__ import annotations

import logging
from collections.abc import Callable, Coroutine
from datetime import datetime, time
from typing import Any, Final

from PySide6.QtCore import QObject

from seedream_desktop.domain.task import Task
from seedream_desktop.ports.errors import StorageError
from seedream_desktop.ports.tasks import TaskStore
from seedream_desktop.ui.main_window import MainWindow

log = logging.getLogger(__name__)

_PAGE: Final = 200


class Listing(QObject):
    """Asks *tasks* for what the list shows and for the sums at the foot; *clock* returns the wall clock, aware."""

    def __init__(
        self,
        window: MainWindow,
        tasks: TaskStore,
        start: Callable[[Coroutine[Any, Any, Any], str], object],
        clock: Callable[[], datetime],
    ) -> None:
        super().__init__(window)
        self._window = window
        self._tasks = tasks
        self._clock = clock
        window.tasks.older_wanted.connect(lambda oldest: start(self._show_older(oldest), "older tasks"))

    async def show(self) -> None:
        """Show the newest tasks; raises StorageError."""
        await self._show_page(None)

    async def complete(self) -> None:
        """Count what is open and what was made today, and list all that is open."""
        midnight = datetime.combine(self._clock().astimezone().date(), time()).astimezone()
        try:
            self._window.count(await self._tasks.standings(midnight))
            self._window.show_tasks(await self._tasks.unfinished())
        except StorageError as error:
            log.warning("open tasks could not be read: %s", error)

    async def _show_older(self, oldest: Task) -> None:
        try:
            await self._show_page(oldest)
        except StorageError as error:
            log.warning("older tasks could not be read: %s", error)

    async def _show_page(self, before: Task | None) -> None:
        page = await self._tasks.newest(_PAGE, before)
        self._window.show_tasks(page)
        self._window.tasks.set_oldest(page[-1] if len(page) == _PAGE else None)
