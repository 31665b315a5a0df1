"""Asks about files of the user's; a network folder that keeps silent takes none of the program's own threads."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable
from concurrent.futures import Executor, Future
from typing import Any, Final, TypeVar

T = TypeVar("T")
LIMIT_S: Final = 20.0


class _DaemonThreads(Executor):
    """One thread for each call; the interpreter's end waits for none of them."""

    def submit(self, fn: Callable[..., T], /, *args: Any, **kwargs: Any) -> Future[T]:
        """Start *fn* at once."""
        future: Future[T] = Future()
        # From here on nobody can cancel it, so that its outcome can always be set.
        future.set_running_or_notify_cancel()
        threading.Thread(target=lambda: _settle(future, lambda: fn(*args, **kwargs)), daemon=True).start()
        return future


_THREADS: Final = _DaemonThreads()


async def answered(question: Callable[[], T], limit_s: float = LIMIT_S) -> T:
    """Return what *question* returns; raises TimeoutError after *limit_s* real seconds and leaves it to itself."""
    async with asyncio.timeout(limit_s):
        return await asyncio.get_running_loop().run_in_executor(_THREADS, question)


def _settle(future: Future[T], work: Callable[[], T]) -> None:
    try:
        result = work()
    except BaseException as error:  # noqa: BLE001 - whatever it is, it belongs to the one who waits
        future.set_exception(error)
    else:
        future.set_result(result)
