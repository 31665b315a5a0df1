"""Finished pictures: looking at all their pixels, saving, copying, and finding them in the folder."""

from __future__ import annotations

import asyncio
import uuid
from pathlib import Path
from typing import Final

from PySide6.QtCore import QMimeData, QObject, QUrl
from PySide6.QtGui import QDesktopServices, QGuiApplication, QImage
from PySide6.QtWidgets import QFileDialog

from seedream_desktop.domain.naming import picture_name
from seedream_desktop.domain.picture import Picture
from seedream_desktop.domain.pixels import PixelSize
from seedream_desktop.domain.task import Task
from seedream_desktop.ports import StorageError, UndecodableError
from seedream_desktop.sentences import failure_sentence
from seedream_desktop.ui.backend import Backend
from seedream_desktop.ui.main_window import MainWindow

_BYTES_PER_PIXEL: Final = 4


class PictureActions(QObject):
    """Acts on pictures that are on this disk."""

    def __init__(self, window: MainWindow, backend: Backend) -> None:
        super().__init__(window)
        self._window = window
        self._backend = backend
        self._last_folder: Path | None = None
        self._loading: set[str] = set()
        window.save_requested.connect(self._ask_where)
        window.action_requested.connect(self._act)
        window.centre.pixels_requested.connect(self._load_pixels)
        window.gallery.thumbnail_missing.connect(self._rebuild_thumbnails)

    def _act(self, task: Task, action: str) -> None:
        current = self._window.centre.current()
        picture = current[1] if current and current[0].id == task.id else None
        if picture is None or picture.path is None:
            return
        if action == "copy_picture":
            self._backend.start(self._copy(picture), "copy picture")
        elif action == "folder":
            folder = Path(picture.saved_path or picture.path).parent
            QDesktopServices.openUrl(QUrl.fromLocalFile(str(folder)))

    def _ask_where(self, task: Task, picture: Picture) -> None:
        if picture.path is None:
            return
        original = Path(picture.path)
        name = picture_name(
            task.created_at, task.request.prompt, task.id, picture.position, original.suffix.lstrip(".")
        )
        dialog = QFileDialog(self._window, self.tr("Save picture"))
        dialog.setObjectName("save_picture")
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setDefaultSuffix(original.suffix.lstrip("."))
        if self._last_folder is not None:
            dialog.setDirectory(str(self._last_folder))
        dialog.selectFile(name)
        dialog.fileSelected.connect(lambda target: self._backend.start(self._save(original, Path(target)), "save as"))
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    async def _save(self, original: Path, chosen: Path) -> None:
        self._last_folder = chosen.parent
        target = _with_true_ending(chosen, original)
        try:
            await self._backend.save_copy(original, target)
        except StorageError as error:
            self._window.dock.set_notice(failure_sentence(error.failure), "bad")
        else:
            self._window.dock.set_notice(self.tr("Saved as {name}").format(name=target.name), "good")

    def _load_pixels(self, picture: Picture) -> None:
        """Have a picture decoded; two that ask for the same one at a time are both answered by the first."""
        if picture.path is not None and picture.sha256 is not None and picture.sha256 not in self._loading:
            self._loading.add(picture.sha256)
            self._backend.start(self._show_pixels(picture, picture.sha256), "all pixels")

    async def _show_pixels(self, picture: Picture, sha256: str) -> None:
        try:
            image = await self._render(picture)
        except (UndecodableError, OSError):
            words = self.tr("This picture's file cannot be opened any more.")
            self._window.centre.show_trouble(sha256, words)
        else:
            self._window.centre.show_pixels(sha256, image)
        finally:
            self._loading.discard(sha256)

    async def _copy(self, picture: Picture) -> None:
        try:
            image = await self._render(picture)
        except (UndecodableError, OSError):
            self._window.dock.set_notice(self.tr("The picture could not be copied"), "bad")
            return
        data = QMimeData()
        data.setImageData(image)
        data.setUrls([QUrl.fromLocalFile(str(picture.saved_path or picture.path))])
        QGuiApplication.clipboard().setMimeData(data)
        self._window.dock.set_notice(self.tr("The picture is on the clipboard"), "good")

    async def _render(self, picture: Picture) -> QImage:
        """Return all pixels, decoded by the worker; raises UndecodableError or OSError."""
        into = self._backend.working_dir / "pixels" / f"{picture.sha256}.{uuid.uuid4().hex}"
        size = await self._backend.pixels.render(Path(picture.path or ""), into)
        pixels = await asyncio.to_thread(_read_and_remove, into)
        # The copy owns its pixels; the buffer would die with this coroutine. Made off the loop: it is up to 66 MB.
        return await asyncio.to_thread(_image_of, pixels, size)

    def _rebuild_thumbnails(self, task: Task, picture: Picture) -> None:
        self._backend.start(self._rebuild(task, picture), "thumbnails")

    async def _rebuild(self, task: Task, picture: Picture) -> None:
        made = await self._backend.engine.rebuild_thumbnails(task, picture.position)
        if made and picture.sha256 is not None:
            self._window.gallery.thumbnail_made(picture.sha256)


def _with_true_ending(chosen: Path, original: Path) -> Path:
    """Return the name with the ending of what is really in the file: a JPEG is not saved as a PNG."""
    ending = chosen.suffix.lower().replace(".jpeg", ".jpg")
    return chosen if ending == original.suffix else chosen.with_suffix(original.suffix)


def _image_of(pixels: bytes, size: PixelSize) -> QImage:
    bytes_per_line = size.width_px * _BYTES_PER_PIXEL
    return QImage(pixels, size.width_px, size.height_px, bytes_per_line, QImage.Format.Format_RGB32).copy()


def _read_and_remove(path: Path) -> bytes:
    try:
        return path.read_bytes()
    finally:
        path.unlink(missing_ok=True)
