"""What a picture that was dropped on the window is to do: be a reference, bring its settings back, or be found."""

from __future__ import annotations

import hashlib
import stat
from pathlib import Path
from typing import Final

from PySide6.QtCore import QObject

from seedream_desktop.domain.task import Task
from seedream_desktop.system.daemon_thread import call_in_daemon_thread
from seedream_desktop.ui.backend import Backend
from seedream_desktop.ui.drop_overlay import Target
from seedream_desktop.ui.intake.offer import Intake
from seedream_desktop.ui.main_window import MainWindow

# No picture of the service is larger.
_MOST_BYTES: Final = 64 * 1024 * 1024
_SILENCE_S: Final = 20.0


class DropActions(QObject):
    """Acts on the targets of the drop overlay; a picture of ours is known by its bytes."""

    def __init__(self, window: MainWindow, backend: Backend) -> None:
        super().__init__(window)
        self._window = window
        self._backend = backend
        window.drop_overlay.dropped.connect(self._take)

    def _take(self, offered: Intake, target: Target) -> None:
        if target is Target.REFERENCE:
            self._window.composer.pictures_offered.emit(offered, None)
        else:
            self._backend.start(self._recognise(offered, target), "recognise a picture")

    async def _recognise(self, offered: Intake, target: Target) -> None:
        offer = offered.items[0]
        sha256 = offer.sha256 or await _content_of(Path(offer.path or ""))
        task = await self._backend.tasks.with_picture(sha256) if sha256 else None
        if task is None or sha256 is None:
            words = self.tr("This picture was not made here, or it was changed since.")
            self._window.dock.set_notice(words, "care")
        elif target is Target.SETTINGS:
            self._window.composer.set_request(task.request)
            self._window.composer.focus_prompt()
        else:
            self._find(task, sha256)

    def _find(self, task: Task, sha256: str) -> None:
        index = next(index for index, picture in enumerate(task.pictures) if picture.sha256 == sha256)
        self._window.show_gallery()
        if not self._window.gallery.choose(task, index):
            # The gallery chooses it once everything is shown again.
            self._window.header.clear_search()


async def _content_of(path: Path) -> str | None:
    """Return the hash of a file, without waiting for a network folder that keeps silent."""
    try:
        return await call_in_daemon_thread(lambda: _sha256_of(path), _SILENCE_S, "read a dropped file")
    except TimeoutError:
        return None


def _sha256_of(path: Path) -> str | None:
    """Return the hash of what may be a picture of ours; reading from a pipe would never end, from a film for long."""
    try:
        found = path.stat()
        if not stat.S_ISREG(found.st_mode) or found.st_size > _MOST_BYTES:
            return None
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except (OSError, ValueError):  # ValueError: a NUL in the path
        return None
