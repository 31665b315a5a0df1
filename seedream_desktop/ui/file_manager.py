"""Shows a file in the system's file manager, with the file selected where the system can do that."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path
from typing import Final

from PySide6.QtCore import QProcess, QUrl
from PySide6.QtGui import QDesktopServices

_SERVICE: Final = "org.freedesktop.FileManager1"
_WAIT_MS: Final = 3_000


def show_in_folder(path: Path, failed: Callable[[], None]) -> None:
    """Show the file; where nothing can select it, its folder. Returns at once; *failed* is told when neither works."""
    if sys.platform == "win32":
        _run("explorer.exe", [f"/select,{path}"], path, failed)
    elif sys.platform == "darwin":
        _run("/usr/bin/open", ["-R", str(path)], path, failed)
    else:
        _ask_file_manager(path, failed)


def _run(program: str, arguments: list[str], path: Path, failed: Callable[[], None]) -> None:
    is_started, _ = QProcess.startDetached(program, arguments)
    if not is_started:
        _open_folder(path, failed)


def _open_folder(path: Path, failed: Callable[[], None]) -> None:
    """Open the folder that *path* is in."""
    if not QDesktopServices.openUrl(QUrl.fromLocalFile(str(path.parent))):
        failed()


def _ask_file_manager(path: Path, failed: Callable[[], None]) -> None:
    """Ask by D-Bus (freedesktop.org, File Manager DBus Interface); without an answer the folder is opened."""
    from PySide6.QtDBus import QDBusConnection, QDBusMessage, QDBusPendingCallWatcher

    bus = QDBusConnection.sessionBus()
    if not bus.isConnected():
        _open_folder(path, failed)
        return
    message = QDBusMessage.createMethodCall(_SERVICE, "/org/freedesktop/FileManager1", _SERVICE, "ShowItems")
    message.setArguments([[QUrl.fromLocalFile(str(path)).toString(QUrl.ComponentFormattingOption.FullyEncoded)], ""])
    watcher = QDBusPendingCallWatcher(bus.asyncCall(message, _WAIT_MS))
    _waiting.add(watcher)

    def answered() -> None:
        _waiting.discard(watcher)
        if watcher.isError():
            _open_folder(path, failed)

    watcher.finished.connect(answered)


# Nobody else holds them until the answer comes.
_waiting: Final[set[object]] = set()
