"""One window to a data folder: a second start shows the first one's window and ends."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from pathlib import Path
from typing import Final

from PySide6.QtNetwork import QLocalServer, QLocalSocket

_CONNECT_LIMIT_MS: Final = 500


def raise_first(data_dir: Path) -> bool:
    """Ask the program that works in *data_dir* to show its window; False when none answers."""
    socket = QLocalSocket()
    socket.connectToServer(_name(data_dir))
    if not socket.waitForConnected(_CONNECT_LIMIT_MS):
        return False
    socket.disconnectFromServer()
    return True


class RaiseRequests:
    """Listens for later starts; *show* brings the window to the front."""

    def __init__(self, data_dir: Path, show: Callable[[], None]) -> None:
        self._show = show
        self._server = QLocalServer()
        self._server.setSocketOptions(QLocalServer.SocketOption.UserAccessOption)
        self._server.newConnection.connect(self._answer)
        # What a killed program left behind would keep the name; whoever holds the data folder owns it.
        QLocalServer.removeServer(_name(data_dir))
        self._server.listen(_name(data_dir))

    def close(self) -> None:
        """Listen no more."""
        self._server.close()

    def _answer(self) -> None:
        while self._server.hasPendingConnections():
            self._server.nextPendingConnection().deleteLater()
        self._show()


def _name(data_dir: Path) -> str:
    digest = hashlib.sha256(str(data_dir.resolve()).encode()).hexdigest()
    return f"seedream-desktop-{digest[:16]}"
