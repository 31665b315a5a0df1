"""Owns every coroutine that outlives its caller; the only place where asyncio tasks are made."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Coroutine
from typing import Any

log = logging.getLogger(__name__)


class Supervisor:
    """Keeps strong references, logs what fails, and ends everything at shutdown."""

    def __init__(self) -> None:
        self._running: set[asyncio.Task[Any]] = set()
        self._is_closed = False

    def start(self, coroutine: Coroutine[Any, Any, Any], name: str) -> asyncio.Task[Any] | None:
        """Run *coroutine* until it ends or the supervisor closes; None when it is closed already."""
        if self._is_closed:
            coroutine.close()
            return None
        running = asyncio.get_running_loop().create_task(coroutine, name=name)
        self._running.add(running)
        running.add_done_callback(self._ended)
        return running

    async def close(self) -> None:
        """Cancel what still runs and wait for it."""
        self._is_closed = True
        running = tuple(self._running)
        for task in running:
            task.cancel()
        await asyncio.gather(*running, return_exceptions=True)

    def _ended(self, task: asyncio.Task[Any]) -> None:
        self._running.discard(task)
        if not task.cancelled() and (error := task.exception()) is not None:
            log.error("%s ended unexpectedly", task.get_name(), exc_info=error)
