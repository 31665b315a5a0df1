"""The one place where the engine's events become Qt signals."""

from __future__ import annotations

from typing import assert_never

from PySide6.QtCore import QObject, Signal

from seedream_desktop.domain.events import (
    BalanceRead,
    ConnectionChanged,
    Event,
    PictureProgressed,
    PictureStored,
    ReferenceHosted,
    ReferenceUnhosted,
    StorageRecovered,
    StorageTroubled,
    TaskAdded,
    TaskChanged,
)


class Bridge(QObject):
    """Relays events; give `relay` to the engine's bus."""

    task_added = Signal(object)
    task_changed = Signal(object)
    picture_progressed = Signal(object)
    picture_stored = Signal(object)
    balance_read = Signal(object)
    connection_changed = Signal(object)
    reference_hosted = Signal(object)
    reference_unhosted = Signal(str, str)
    storage_troubled = Signal(object)
    storage_recovered = Signal()

    def relay(self, event: Event) -> None:  # noqa: C901 - one line for each event
        """Emit the signal for *event*."""
        match event:
            case TaskAdded(task):
                self.task_added.emit(task)
            case TaskChanged(task):
                self.task_changed.emit(task)
            case PictureProgressed():
                self.picture_progressed.emit(event)
            case PictureStored():
                self.picture_stored.emit(event)
            case BalanceRead(balance_usd):
                self.balance_read.emit(balance_usd)
            case ConnectionChanged(connection):
                self.connection_changed.emit(connection)
            case ReferenceHosted(hosted):
                self.reference_hosted.emit(hosted)
            case ReferenceUnhosted(sha256, host):
                self.reference_unhosted.emit(sha256, host)
            case StorageTroubled(failure):
                self.storage_troubled.emit(failure)
            case StorageRecovered():
                self.storage_recovered.emit()
            case _:
                assert_never(event)
