"""The one limiter for every call to the service: evenly spread, few at a time, slower after a 429."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from typing import Final

from seedream_desktop.domain.pacing import MAX_CALLS_PER_S

# More requests inside httpx at once make it rescan its queue for seconds.
MAX_AT_ONCE: Final = 16
_SLOWEST_INTERVAL_S: Final = 1.0
_RECOVERY: Final = 0.98


def _loop_s() -> float:
    """Return the time that `asyncio.sleep` counts by."""
    return asyncio.get_running_loop().time()


class Pace:
    """Grants calls at real time, whatever the time scale: the service's limits do not shrink with it."""

    def __init__(
        self,
        now_s: Callable[[], float] = _loop_s,
        sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
    ) -> None:
        self._now_s = now_s
        self._sleep = sleep
        self._interval_s = 1 / MAX_CALLS_PER_S
        self._next_s = 0.0
        self._free_calls = asyncio.Semaphore(MAX_AT_ONCE)
        self._paid_calls = asyncio.Semaphore(MAX_AT_ONCE)

    @asynccontextmanager
    async def free_call(self) -> AsyncIterator[None]:
        """Hold one of the places for status and balance calls."""
        async with self._free_calls:
            await self._turn()
            yield

    @asynccontextmanager
    async def paid_call(self) -> AsyncIterator[None]:
        """Hold one of the places for submits; a hanging submit must not keep the polls waiting."""
        async with self._paid_calls:
            await self._turn()
            yield

    def slow_down(self) -> None:
        """Halve the rate after a 429; it recovers with every call granted."""
        self._interval_s = min(self._interval_s * 2, _SLOWEST_INTERVAL_S)

    async def _turn(self) -> None:
        now_s = self._now_s()
        turn_s = max(now_s, self._next_s)
        self._next_s = turn_s + self._interval_s
        self._interval_s = max(self._interval_s * _RECOVERY, 1 / MAX_CALLS_PER_S)
        if turn_s > now_s:
            await self._sleep(turn_s - now_s)
