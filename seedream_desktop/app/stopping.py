"""Every wish to end the program (Ctrl+C, SIGTERM, Quit, the end of the session) as one request for an orderly stop."""

from __future__ import annotations

import signal
import socket
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import FrameType

from PySide6.QtCore import QEvent, QSocketNotifier
from PySide6.QtWidgets import QApplication


class Application(QApplication):
    """The application; told to quit while somebody watches over its end, it asks for a stop.

    Qt would end the loop in the middle of a step. This is no event filter, because one on the application is handed
    every event of every object, which in Python takes longer than most of them are worth.
    """

    def __init__(self, arguments: list[str]) -> None:
        super().__init__(arguments)
        self._ask: Callable[[], None] | None = None

    @contextmanager
    def asking(self, ask: Callable[[], None]) -> Iterator[None]:
        """Call *ask* in the place of quitting."""
        self._ask = ask
        try:
            yield
        finally:
            self._ask = None

    def event(self, event: QEvent) -> bool:
        """Keep Quit from Qt."""
        if event.type() is QEvent.Type.Quit and self._ask is not None:
            self._ask()
            event.ignore()
            return True
        return super().event(event)


class Signals:
    """Notices Ctrl+C and SIGTERM although Qt sleeps in C++, where Python's handlers do not run."""

    def __init__(self, ask: Callable[[], None]) -> None:
        self._ask = ask
        self._reader, self._writer = socket.socketpair()
        self._reader.setblocking(False)
        self._writer.setblocking(False)
        self._old_wakeup = signal.set_wakeup_fd(self._writer.fileno(), warn_on_full_buffer=False)
        self._notifier = QSocketNotifier(self._reader.fileno(), QSocketNotifier.Type.Read)
        self._notifier.activated.connect(self._drain)
        self._old = {number: signal.signal(number, self._handle) for number in (signal.SIGINT, signal.SIGTERM)}

    def close(self) -> None:
        """Put the handlers back."""
        self._notifier.setEnabled(False)
        signal.set_wakeup_fd(self._old_wakeup)
        for number, handler in self._old.items():
            signal.signal(number, handler)
        self._reader.close()
        self._writer.close()

    def _drain(self) -> None:
        """Return to Python for a moment, which runs the handler."""
        self._reader.recv(64)

    def _handle(self, _number: int, _frame: FrameType | None) -> None:
        self._ask()
