"""Cropping a reference: shows its whole picture, and takes the part that was chosen."""

from __future__ import annotations

import asyncio
import uuid
from dataclasses import replace
from pathlib import Path
from typing import Final

from PySide6.QtCore import QObject
from PySide6.QtGui import QImage

from seedream_desktop.domain.pixels import PixelSize
from seedream_desktop.domain.reference import Crop, Reference
from seedream_desktop.ports.errors import StorageError, UnusableReferenceError
from seedream_desktop.sentences import failure_sentence, reference_fault_sentence
from seedream_desktop.ui.actions.gathering import is_there
from seedream_desktop.ui.backend import Backend
from seedream_desktop.ui.main_window import MainWindow

# Sharp on a large screen at twice the dialog's usual size.
_PREVIEW_PX: Final = 2048


class CropActions(QObject):
    """Opens the crop dialog for a tile of the strip; the picture itself stays as it is."""

    def __init__(self, window: MainWindow, backend: Backend) -> None:
        super().__init__(window)
        self._window = window
        self._backend = backend
        self._strip = window.composer.references
        self._strip.crop_requested.connect(lambda key: backend.start(self._open(key), "crop"))

    async def _open(self, key: int) -> None:
        reference = self._reference(key)
        if reference is None:
            return
        try:
            whole = await self._whole(reference)
            image, size = await self._preview(whole)
        except UnusableReferenceError as error:
            self._strip.refuse(reference_fault_sentence(error.fault, error.name))
        except StorageError as error:
            self._strip.refuse(failure_sentence(error.failure))
        else:
            self._show(key, whole, image, size)

    def _show(self, key: int, whole: Reference, image: QImage, size: PixelSize) -> None:
        from seedream_desktop.ui.crop.dialog import CropDialog

        title = self.tr("Crop {name}").format(name=whole.name)
        dialog = CropDialog(image, whole.crop, title, self._window, size=size)
        dialog.chosen.connect(lambda crop: self._use(key, whole, crop))
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def _use(self, key: int, whole: Reference, crop: Crop | None) -> None:
        present = self._reference(key)
        # A link that is not cut stays a link: it needs no host.
        if present is not None and present.crop != crop:
            self._strip.replace(key, replace(whole, crop=crop, sha256=None, role=present.role))

    def _reference(self, key: int) -> Reference | None:
        return next((entry.reference for entry in self._strip.entries() if entry.key == key), None)

    async def _whole(self, reference: Reference) -> Reference:
        """Return the file that holds the whole picture: the user's own, or our copy where that is a link or gone."""
        if not reference.is_link and await is_there(reference.source):
            return reference
        return await self._backend.engine.references.as_file(reference)

    async def _preview(self, whole: Reference) -> tuple[QImage, PixelSize]:
        path = self._backend.working_dir / "pixels" / f"{uuid.uuid4().hex}.jpg"
        try:
            size = await self._backend.pixels.preview(Path(whole.source), path, _PREVIEW_PX)
            content = await asyncio.to_thread(path.read_bytes)
            return await asyncio.to_thread(QImage.fromData, content), size
        finally:
            await asyncio.to_thread(path.unlink, missing_ok=True)
