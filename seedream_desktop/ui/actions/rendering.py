"""All pixels of a picture, decoded by the imaging worker."""

from __future__ import annotations

import asyncio
import uuid
from pathlib import Path
from typing import Final

from PySide6.QtGui import QImage

from seedream_desktop.domain.picture import Picture
from seedream_desktop.domain.pixels import PixelSize
from seedream_desktop.ui.backend import Backend

_BYTES_PER_PIXEL: Final = 4


async def rendered(backend: Backend, picture: Picture) -> QImage:
    """Return all pixels; raises UndecodableError, StorageError or OSError."""
    into = backend.working_dir / "pixels" / f"{picture.sha256}.{uuid.uuid4().hex}"
    size = await backend.pixels.render(Path(picture.path or ""), into)
    pixels = await asyncio.to_thread(_read_and_remove, into)
    # The copy owns its pixels; the buffer would die with this coroutine. Made off the loop: it is up to 66 MB.
    return await asyncio.to_thread(_image_of, pixels, size)


def _image_of(pixels: bytes, size: PixelSize) -> QImage:
    bytes_per_line = size.width_px * _BYTES_PER_PIXEL
    return QImage(pixels, size.width_px, size.height_px, bytes_per_line, QImage.Format.Format_RGB32).copy()


def _read_and_remove(path: Path) -> bytes:
    try:
        return path.read_bytes()
    finally:
        path.unlink(missing_ok=True)
