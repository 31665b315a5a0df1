"""Small duties beside the work: a daily backup, a swept library, a tidy trash, and waking up with the machine."""

from __future__ import annotations

import asyncio
import logging
from typing import Final

from seedream_desktop.api.client import ApixoService
from seedream_desktop.engine.engine import Engine
from seedream_desktop.engine.trash import Trash
from seedream_desktop.ports.errors import StorageError
from seedream_desktop.store.opening import Store
from seedream_desktop.system.clock import AbsenceWatch

log = logging.getLogger(__name__)

_BACKUP_EVERY_S: Final = 24 * 3600.0
# The start belongs to the user.
_FIRST_AFTER_S: Final = 30.0
_LOOK_EVERY_S: Final = 5.0


async def wake_with_the_machine(engine: Engine, service: ApixoService) -> None:
    """Notice, until cancelled, that the machine slept: drop the dead connections and ask for every task anew."""
    watch = AbsenceWatch()
    while True:
        await asyncio.sleep(_LOOK_EVERY_S)
        missed_s = watch.missed_s(_LOOK_EVERY_S)
        if missed_s:
            log.info("woken after %.0f s", missed_s)
            await service.drop_connections()
            engine.wake()


async def read_for_search(store: Store) -> None:
    """Let the search find what was saved since the last time, which a crash may have left unread."""
    try:
        await store.gallery.catch_up()
    except StorageError as error:
        log.warning("the search does not know everything yet: %s", error)


async def keep_house(store: Store, trash: Trash) -> None:
    """Do the duties until cancelled; one that fails is logged and done the next day."""
    await asyncio.sleep(_FIRST_AFTER_S)
    while True:
        try:
            await store.library.sweep()
            await store.back_up_when_older_than(_BACKUP_EVERY_S)
            await trash.tidy()
        except StorageError as error:
            log.warning("housekeeping: %s", error)
        await asyncio.sleep(_BACKUP_EVERY_S)
