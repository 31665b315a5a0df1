"""Brings the engine's facts to the parts of the window that show them."""

from __future__ import annotations

from decimal import Decimal

from PySide6.QtCore import QObject

from seedream_desktop.domain.events import Connection, PictureProgressed, PictureStored
from seedream_desktop.domain.failure import Failure
from seedream_desktop.sentences import failure_sentence
from seedream_desktop.sentences.connection import connection_sentence
from seedream_desktop.ui.actions.browsing import Browsing
from seedream_desktop.ui.bridge import Bridge
from seedream_desktop.ui.main_window import MainWindow


class News(QObject):
    """Listens to the bridge for the window."""

    def __init__(self, window: MainWindow, bridge: Bridge, browsing: Browsing) -> None:
        super().__init__(window)
        self._window = window
        bridge.task_added.connect(browsing.show_task)
        bridge.task_changed.connect(window.change_task)
        bridge.picture_progressed.connect(self._show_progress)
        bridge.picture_stored.connect(self._show_stored)
        bridge.balance_read.connect(self._show_balance)
        bridge.connection_changed.connect(self._show_connection)
        bridge.storage_troubled.connect(self._show_storage_trouble)
        bridge.storage_recovered.connect(lambda: window.dock.set_condition("", ""))

    def _show_progress(self, event: PictureProgressed) -> None:
        self._window.centre.show_progress(event.task_id, event.position, event.received_bytes, event.total_bytes)

    def _show_stored(self, event: PictureStored) -> None:
        self._window.change_task(event.task)
        if event.picture.sha256 is not None:
            self._window.gallery.thumbnail_made(event.picture.sha256)
            self._window.inspector.thumbnail_made(event.picture.sha256)

    def _show_balance(self, balance_usd: Decimal) -> None:
        self._window.dock.set_balance(balance_usd)
        self._window.composer.set_balance(balance_usd)

    def _show_connection(self, connection: Connection) -> None:
        if connection is Connection.READY:
            self._window.dock.set_condition("", "")
        else:
            self._window.dock.set_condition(connection_sentence(connection), "care")

    def _show_storage_trouble(self, failure: Failure) -> None:
        self._window.dock.set_condition(failure_sentence(failure), "bad")
