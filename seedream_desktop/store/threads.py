"""Runs blocking work beside the event loop, on any loop, and never leaves a piece of it half waited for."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable
from concurrent.futures import Executor, Future
from typing import Any, TypeVar

from seedream_desktop.store.errors import STORE_CLOSED, trouble

log = logging.getLogger(__name__)
T = TypeVar("T")


async def run_on(executor: Executor, work: Callable[[], T]) -> T:
    """Return what *work* returns on a thread of *executor*.

    A cancelled caller does not take the work back: what was handed over to be written is written.

    Raises:
        StorageError: when *executor* is shut down.
    """
    try:
        future = executor.submit(work)
    except RuntimeError as error:
        raise trouble(STORE_CLOSED, "the store is closed") from error
    try:
        return await asyncio.shield(asyncio.wrap_future(future))
    except asyncio.CancelledError:
        future.add_done_callback(_log_unseen)
        raise


def _log_unseen(future: Future[Any]) -> None:
    if not future.cancelled() and (error := future.exception()) is not None:
        log.warning("work nobody waits for any more failed: %s", error)
