"""Every wish to end the program (Ctrl+C, SIGTERM, Quit, the end of the session) as one request for an orderly stop."""

from __future__ import annotations

import signal
import socket
from collections.abc import Callable
from types import FrameType

from PySide6.QtCore import QCoreApplication, QEvent, QObject, QSocketNotifier


class QuitFilter(QObject):
    """Asks for a stop when Qt is told to quit, which would end the loop in the middle of a step."""

    def __init__(self, ask: Callable[[], None]) -> None:
        super().__init__()
        self._ask = ask

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Swallow the application's Quit events."""
        if event.type() is QEvent.Type.Quit and watched is QCoreApplication.instance():
            self._ask()
            event.ignore()
            return True
        return False


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
