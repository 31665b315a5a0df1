"""Pictures, their prompts and their paths on the clipboard."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import QMimeData, QObject, QUrl
from PySide6.QtGui import QGuiApplication

from seedream_desktop.domain.task import Task
from seedream_desktop.ports.errors import StorageError, UndecodableError
from seedream_desktop.sentences import failure_sentence
from seedream_desktop.ui.actions.meant import Meant, Shown
from seedream_desktop.ui.actions.rendering import rendered
from seedream_desktop.ui.backend import Backend
from seedream_desktop.ui.drag_out import MOST_FILES, OutFile, Outgoing, file_of
from seedream_desktop.ui.intake.own import mark_own
from seedream_desktop.ui.main_window import MainWindow

_MOST_PATHS: Final = MOST_FILES


class Copying(QObject):
    """Answers the keys and the menu; one picture is copied as pixels too."""

    def __init__(self, window: MainWindow, backend: Backend) -> None:
        super().__init__(window)
        self._window = window
        self._backend = backend
        self._outgoing = Outgoing(backend.working_dir / "outgoing")
        window.action_requested.connect(self._act)

    def _act(self, task: Task, action: str) -> None:
        meant = Meant.now(self._window)
        if action == "copy_prompt":
            QGuiApplication.clipboard().setText(task.request.prompt)
            self._window.dock.set_notice(self.tr("The prompt is on the clipboard"), "good")
        elif action == "copy_picture" and meant is not None:
            self._backend.start(self._copy(meant), "copy picture")
        elif action == "copy_path" and meant is not None:
            self._backend.start(self._copy_paths(meant), "copy path")

    async def _copy(self, meant: Meant) -> None:
        pictures = await self._pictures(meant)
        files = await asyncio.to_thread(self._files_of, pictures)
        if not files:
            if pictures:
                self._window.dock.set_notice(self.tr("The picture could not be copied"), "bad")
            return
        data = _files_data(files)
        if len(pictures) == 1:
            try:
                data.setImageData(await rendered(self._backend, pictures[0][1]))
            except (UndecodableError, StorageError, OSError):
                self._window.dock.set_notice(self.tr("The picture could not be copied"), "bad")
                return
        QGuiApplication.clipboard().setMimeData(data)
        one = self.tr("The picture is on the clipboard")
        self._say(meant, files, one, self.tr("{count} pictures are on the clipboard"))

    async def _copy_paths(self, meant: Meant) -> None:
        files = await asyncio.to_thread(_places_of, await self._pictures(meant))
        if files:
            QGuiApplication.clipboard().setText("\n".join(str(file.path) for file in files))
            one = self.tr("The file's path is on the clipboard")
            self._say(meant, files, one, self.tr("{count} paths are on the clipboard"))

    def _say(self, meant: Meant, files: Sequence[OutFile], one: str, several: str) -> None:
        words = one if len(files) == 1 else several.format(count=len(files))
        left_out = len(meant.many) - len(files)
        if left_out > 0:
            words = self.tr("{words}; {count} were left out").format(words=words, count=left_out)
        self._window.dock.set_notice(words, "care" if left_out > 0 else "good")

    async def _pictures(self, meant: Meant) -> tuple[Shown, ...]:
        """Return what is meant, at most as many as another program can be expected to take."""
        try:
            return await Meant(meant.one, meant.many[:_MOST_PATHS]).pictures(self._backend.gallery)
        except StorageError as error:
            self._window.dock.set_notice(failure_sentence(error.failure), "bad")
            return ()

    def _files_of(self, pictures: Sequence[Shown]) -> list[OutFile]:
        """Return the copies in the library or others made for this; other programs may write into them."""
        found = (self._outgoing.file(*shown) for shown in pictures)
        return [file for file in found if file is not None]


def _places_of(pictures: Sequence[Shown]) -> list[OutFile]:
    """Return where the pictures are for good: a copy made for others is gone at the next start."""
    found = ((file_of(picture), picture.sha256) for _, picture in pictures)
    return [OutFile(path, sha256 or "") for path, sha256 in found if path is not None]


def _files_data(files: Sequence[OutFile]) -> QMimeData:
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(file.path)) for file in files])
    mark_own(data, [file.sha256 for file in files])
    return data
