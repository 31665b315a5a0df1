"""Small duties beside the work: a backup a day, and what a crashed copy left in the library swept up."""

from __future__ import annotations

import asyncio
import logging
from typing import Final

from seedream_desktop.ports import StorageError
from seedream_desktop.store.opening import Store

log = logging.getLogger(__name__)

_BACKUP_EVERY_S: Final = 24 * 3600.0
# The start belongs to the user.
_FIRST_AFTER_S: Final = 30.0


async def keep_house(store: Store) -> None:
    """Do the duties until cancelled; one that fails is logged and done the next day."""
    await asyncio.sleep(_FIRST_AFTER_S)
    while True:
        try:
            await store.library.sweep()
            await store.back_up_when_older_than(_BACKUP_EVERY_S)
        except StorageError as error:
            log.warning("housekeeping: %s", error)
        await asyncio.sleep(_BACKUP_EVERY_S)
