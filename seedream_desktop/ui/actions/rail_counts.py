"""Keeps the rail true: what there is, and how much is in it, is read again after a change, never twice at a time."""

from __future__ import annotations

import logging
from dataclasses import replace
from typing import Final

from PySide6.QtCore import QObject, QTimer

from seedream_desktop.ports.errors import StorageError
from seedream_desktop.ui.actions.undoing import Undoing
from seedream_desktop.ui.backend import Backend
from seedream_desktop.ui.bridge import Bridge
from seedream_desktop.ui.main_window import MainWindow
from seedream_desktop.ui.rail import Contents, Item, Kind
from seedream_desktop.ui.rail.items import groups_among

log = logging.getLogger(__name__)
_PAUSE_MS: Final = 250


class RailCounts(QObject):
    """Reads the places of the rail anew, at most four times a second whatever happens."""

    def __init__(self, window: MainWindow, backend: Backend, bridge: Bridge, undoing: Undoing) -> None:
        super().__init__(window)
        self._window = window
        self._backend = backend
        self._is_reading = False
        self._is_outdated = False
        self._pause = QTimer(self, singleShot=True, interval=_PAUSE_MS)
        self._pause.timeout.connect(self._read_soon)
        for changed in (bridge.task_added, bridge.task_changed, bridge.picture_stored):
            changed.connect(lambda _event: self.read_again())
        undoing.changed.connect(self.read_at_once)

    def read_again(self) -> None:
        """Read everything after a short while in which more may happen."""
        if not self._pause.isActive():
            self._pause.start()

    def read_at_once(self) -> None:
        """Read everything now: the user did something and looks for what came of it."""
        self._pause.stop()
        self._read_soon()

    async def read(self) -> None:
        """Show what there is now, and once more when it changed meanwhile."""
        if self._is_reading:
            self._is_outdated = True
            return
        self._is_reading = True
        try:
            self._window.rail.show_contents(await self._contents())
        except StorageError as error:
            log.warning("the places of the rail could not be read: %s", error)
        finally:
            self._is_reading = False
        if self._is_outdated:
            self._is_outdated = False
            self.read_again()

    def _read_soon(self) -> None:
        self._backend.start(self.read(), "places")

    async def _contents(self) -> Contents:
        sorting, gallery = self._backend.sorting, self._backend.gallery
        unsafe = (await gallery.count(Item(Kind.UNSAFE).query)).tasks
        sums = replace(await sorting.sums(), unsafe=unsafe)
        collections = await sorting.collections()
        groups = {item.id: (await gallery.count(item.query)).pictures for item in groups_among(collections)}
        return Contents(await sorting.projects(), collections, sums, groups)
