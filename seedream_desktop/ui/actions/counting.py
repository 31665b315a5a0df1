"""The numbers above the gallery: how much is found, how much each filter would leave, on which days there is what."""

from __future__ import annotations

import asyncio
import logging
import time
from collections.abc import Awaitable, Callable
from typing import Final, TypeVar

from PySide6.QtCore import QObject, QTimer

from seedream_desktop.domain.query import Query
from seedream_desktop.ports.errors import StorageError
from seedream_desktop.ports.gallery import Counts
from seedream_desktop.ui.actions.browsing import Browsing
from seedream_desktop.ui.actions.undoing import Undoing
from seedream_desktop.ui.backend import Backend
from seedream_desktop.ui.main_window import MainWindow

log = logging.getLogger(__name__)
_T = TypeVar("_T")
_PAUSE_MS: Final = 400
_CHEAP_S: Final = 0.05


class Counting(QObject):
    """Counts after the pictures are shown, never before; of several wishes only the newest is answered.

    Numbers follow new orders and all that *undoing* keeps or takes back, also while the pictures stay as they were
    found. *clock* returns seconds: where the count of what is found takes longer than 50 ms, the filters go without
    numbers, for theirs would take longer still.
    """

    def __init__(
        self,
        window: MainWindow,
        backend: Backend,
        browsing: Browsing,
        undoing: Undoing,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        super().__init__(window)
        self._clock = clock
        self._header = window.header
        self._backend = backend
        self._browsing = browsing
        self._asked = 0
        self._turn = asyncio.Lock()
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(_PAUSE_MS)
        self._pause.timeout.connect(self._count)
        self._header.days_wanted.connect(lambda: backend.start(self._show_days(), "days"))
        for wish in (self._header.counts_wanted, browsing.shown, undoing.changed):
            wish.connect(self._count)

    def count_later(self) -> None:
        """Count when there is a pause: while pictures come in one after the other, numbers need not follow each."""
        self._pause.start()

    def _count(self) -> None:
        self._asked += 1
        self._backend.start(self._count_in_turn(self._asked), "counts")

    async def _count_in_turn(self, number: int) -> None:
        async with self._turn:
            if number == self._asked:
                await self._show_counts(number)

    async def _show_counts(self, number: int) -> None:
        gallery, query, scope = self._backend.gallery, self._browsing.query, self._browsing.scope
        begin_s = self._clock()
        found = await _asked(lambda: gallery.count(query))
        is_cheap = self._clock() - begin_s <= _CHEAP_S
        everything = found if query == scope else await _asked(lambda: gallery.count(scope))
        if found is not None and number == self._asked:
            self._header.show_counts(found, _of(found, everything, query))
        if self._header.wants_counts and number == self._asked:
            await self._show_filter_counts(query if is_cheap else None, number)

    async def _show_filter_counts(self, query: Query | None, number: int) -> None:
        tags = await _asked(self._backend.judging.tags)
        counts = None if query is None else await _asked(lambda: self._backend.filter_counts.counts(query))
        if number != self._asked:
            return
        if tags is not None:
            self._header.show_tags(tags)
        self._header.show_filter_counts(counts)

    async def _show_days(self) -> None:
        query = self._browsing.query
        days = await _asked(lambda: self._backend.gallery.days(query))
        self._header.show_days(() if days is None else days)


def _of(found: Counts, everything: Counts | None, query: Query) -> Counts | None:
    """Return what *found* is a part of, None when nothing is left out."""
    return None if everything == found or query.is_everything else everything


async def _asked(question: Callable[[], Awaitable[_T]]) -> _T | None:
    """Return the answer, or None when the disk does not give one."""
    try:
        return await question()
    except StorageError as error:
        log.warning("the library could not be counted: %s", error)
        return None
