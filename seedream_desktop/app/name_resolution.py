"""Looks names up on threads that nobody waits for: a name server that keeps silent must not hold the program's end."""

from __future__ import annotations

import asyncio
import socket
import sys
from collections.abc import Coroutine
from functools import partial
from typing import Any, Final, TypeVar

from seedream_desktop.system.daemon_thread import call_in_daemon_thread

T = TypeVar("T")
# Shorter than the deadlines of calls, so that a lookup ends by its own.
LOOKUP_LIMIT_S: Final = 10.0


class ImpatientLookups:
    """For a loop: its `getaddrinfo` gives up after 10 s and leaves its thread to itself; CPython waits for its own."""

    async def getaddrinfo(
        self,
        host: str | bytes | None,
        port: str | int | bytes | None,
        *,
        family: int = 0,
        type: int = 0,  # noqa: A002 - asyncio's name
        proto: int = 0,
        flags: int = 0,
    ) -> list[Any]:
        """Return what the system knows of *host*; raises OSError, TimeoutError among them."""
        look_up = partial(socket.getaddrinfo, host, port, family, type, proto, flags)
        return await call_in_daemon_thread(look_up, LOOKUP_LIMIT_S, "name lookup")


if sys.platform == "win32":

    class CommandLoop(ImpatientLookups, asyncio.ProactorEventLoop):
        """The loop of a command on Windows."""

else:

    class CommandLoop(ImpatientLookups, asyncio.SelectorEventLoop):
        """The loop of a command."""


def run_to_end(work: Coroutine[Any, Any, T]) -> T:
    """Run a command's *work* on a loop of its own, as `asyncio.run` does, and return what it returns."""
    with asyncio.Runner(loop_factory=CommandLoop) as runner:
        return runner.run(work)
