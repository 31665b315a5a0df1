"""Pictures as they are seen large until their pixels come: thumbnails at the size they have on the disk."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Final

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QPixmap

from seedream_desktop.domain.picture import Picture
from seedream_desktop.ui.gallery.thumbnails import THUMBNAIL_EDGES_PX, ThumbnailKey, Thumbnails

_CACHE_BYTES: Final = 12 * 1024 * 1024


class Previews(QObject):
    """Reads them from where *thumbnail_path* says; ``came`` carries the SHA-256 of one that was waited for."""

    came = Signal(str)

    def __init__(self, thumbnail_path: Callable[[str, int], Path], parent: QObject) -> None:
        super().__init__(parent)
        self._thumbnails = Thumbnails(thumbnail_path, self, cache_bytes=_CACHE_BYTES)
        self._thumbnails.ready.connect(self.came)

    def of(self, picture: Picture) -> QPixmap | None:
        """Return the preview of *picture*; when it is not here, it is read."""
        key = _key(picture)
        return None if key is None else self._thumbnails.pixmap(key)

    def expect(self, *pictures: Picture | None) -> None:
        """Have the previews of these read, the first one first, and no others."""
        keys = [key for picture in pictures if picture is not None and (key := _key(picture)) is not None]
        self._thumbnails.keep_wishes(keys)
        # The newest wish is granted first.
        for key in reversed(keys):
            self._thumbnails.pixmap(key)


def _key(picture: Picture) -> ThumbnailKey | None:
    if picture.sha256 is None or picture.size is None:
        return None
    width, height, edge = picture.size.width_px, picture.size.height_px, THUMBNAIL_EDGES_PX[-1]
    longest = max(width, height)
    return ThumbnailKey(picture.sha256, max(1, round(width * edge / longest)), max(1, round(height * edge / longest)))
