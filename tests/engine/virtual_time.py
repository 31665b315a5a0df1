"""A loop whose clock jumps to the next timer as soon as nothing else is left to do: days pass in milliseconds.

Only threads take real time; while one of them works for the loop, the clock waits for it.
"""

from __future__ import annotations

import asyncio
import selectors
from collections.abc import Callable
from typing import Any, Final, TypeVar, TypeVarTuple

T = TypeVar("T")
Ts = TypeVarTuple("Ts")
_START_S: Final = 1000.0


class NothingWillHappenError(Exception):
    """Every coroutine waits for another one: without this the test would hang until its limit."""


class _JumpingSelector(selectors.DefaultSelector):
    def __init__(self) -> None:
        super().__init__()
        self.now_s = _START_S
        self.threads = 0

    def select(self, timeout: float | None = None) -> list[tuple[selectors.SelectorKey, int]]:
        ready = super().select(0)
        if ready or (timeout is not None and timeout <= 0):
            return ready
        if self.threads:
            return super().select(timeout)
        if timeout is None:
            raise NothingWillHappenError
        self.now_s += timeout
        return []


class VirtualLoop(asyncio.SelectorEventLoop):
    """An event loop in virtual time."""

    def __init__(self) -> None:
        self._jumping = _JumpingSelector()
        super().__init__(self._jumping)

    def time(self) -> float:
        """Return the virtual seconds."""
        return self._jumping.now_s

    def run_in_executor(self, executor: Any, func: Callable[[*Ts], T], *args: *Ts) -> asyncio.Future[T]:
        """Run *func* in a thread; time stands still meanwhile."""
        future = super().run_in_executor(executor, func, *args)
        self._jumping.threads += 1
        future.add_done_callback(self._thread_ended)
        return future

    async def shutdown_default_executor(self, timeout: float | None = None) -> None:
        """End the threads; this is done by a thread, too."""
        self._jumping.threads += 1
        await super().shutdown_default_executor()

    def _thread_ended(self, _future: object) -> None:
        self._jumping.threads -= 1
