"""Runs a blocking call so that it can hold up neither the event loop nor the end of the process.

`asyncio.to_thread` will not do for calls that may never return: the interpreter waits for its threads at exit.
"""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable
from contextlib import suppress
from functools import partial
from typing import TypeVar

T = TypeVar("T")


async def call_in_daemon_thread(function: Callable[[], T], limit_s: float, name: str) -> T:
    """Return what *function* returns, called in a new thread called *name*.

    Raises:
        TimeoutError: after *limit_s* real seconds; the thread is left to itself and its outcome is dropped.
    """
    loop = asyncio.get_running_loop()
    outcome: asyncio.Future[T] = loop.create_future()

    def work() -> None:
        try:
            settle = partial(outcome.set_result, function())
        except Exception as error:  # noqa: BLE001 - whatever it is, it belongs to the one who waits
            settle = partial(outcome.set_exception, error)
        with suppress(RuntimeError):  # the loop is closed: nobody waits any more
            loop.call_soon_threadsafe(_settle_once, outcome, settle)

    threading.Thread(target=work, name=name, daemon=True).start()
    async with asyncio.timeout(limit_s):
        return await outcome


def _settle_once(outcome: asyncio.Future[T], settle: Callable[[], None]) -> None:
    if not outcome.done():
        settle()
