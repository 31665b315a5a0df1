"""Runs the service on a loopback port until a signal, or the end of standard input, asks it to leave."""

from __future__ import annotations

import contextlib
import os
import signal
import socket
import sys
import threading
from collections.abc import Iterator

import uvicorn
from starlette.types import ASGIApp

from seedream_desktop.simulator.wire import WireProtocol

HOST = "127.0.0.1"


class Server(uvicorn.Server):
    """uvicorn's server, leaving at once and with exit code 0: a simulator owes nobody an answer."""

    def leave(self, *_: object) -> None:
        """Ask the server to end; safe from any thread and from a signal handler."""
        self.force_exit = True
        self.should_exit = True

    @contextlib.contextmanager
    def capture_signals(self) -> Iterator[None]:
        """Do nothing: `serve` has seen to the signals, and uvicorn would raise them again at the end."""
        yield


def listen(port: int) -> socket.socket:
    """A socket bound to loopback; *port* 0 takes a free one. Raises: OSError when the port is taken."""
    # asyncio switches Nagle's delay off only where the protocol is named; without, each kept-alive call takes 40 ms
    listener = socket.socket(socket.AF_INET, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    if os.name != "nt":  # there it would let two servers share the port
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    listener.bind((HOST, port))
    listener.listen(2048)
    return listener


def serve(app: ASGIApp, listener: socket.socket, greeting: str, *, exit_with_stdin: bool) -> None:
    """Print *greeting* as the first line, then answer on *listener* until asked to leave."""
    config = uvicorn.Config(
        app,
        http=WireProtocol,
        ws="none",
        loop="asyncio",
        lifespan="on",
        log_config=None,
        log_level="critical",
        access_log=False,
        backlog=2048,
        timeout_graceful_shutdown=0,
    )
    server = Server(config)
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, server.leave)
    if exit_with_stdin:
        threading.Thread(target=_watch_stdin, args=(server,), name="stdin", daemon=True).start()
    sys.stdout.write(greeting + "\n")
    sys.stdout.flush()
    server.run(sockets=[listener])


def _watch_stdin(server: Server) -> None:
    """Leave when the parent closes our standard input, or dies, which closes it too.

    Reads the descriptor itself: a thread blocked in `sys.stdin` would trouble the interpreter's end.
    """
    while os.read(0, 4096):
        pass
    server.leave()
