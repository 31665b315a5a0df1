"""Small pictures of local reference files, decoded beside the event loop; results of the service never come here."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from PySide6.QtCore import QObject, QSize, Qt, QThreadPool, Signal
from PySide6.QtGui import QImage, QImageReader

# Sharp at twice the largest tile; the longest decode is that of a 36 Mpx PNG, the API page's limit.
SIDE_PX: Final = 176
_MAX_PIXELS: Final = 36_000_000


class Thumbnails(QObject):
    """Loads one thumbnail at a time per request; `loaded` brings the path and the picture, null when there is none."""

    loaded = Signal(str, QImage)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._pool = QThreadPool(self)
        self._pool.setMaxThreadCount(2)

    def request(self, path: str) -> None:
        """Load the thumbnail of *path* and emit `loaded` on this object's thread."""
        self._pool.start(lambda: self.loaded.emit(path, read_thumbnail(path)))

    def finish(self) -> None:
        """Forget what waits and let running decodes end; call before the object goes."""
        self._pool.clear()
        self._pool.waitForDone()


def read_thumbnail(path: str) -> QImage:
    """Return the picture at *path*, upright and just covering a square of 176 px, or a null image."""
    if not Path(path).is_file():
        return QImage()
    reader = QImageReader(path)
    reader.setDecideFormatFromContent(True)
    reader.setAutoTransform(True)
    size = reader.size()
    if reader.format().data() not in (b"jpeg", b"png", b"webp") or not _is_bearable(size):
        return QImage()
    side = QSize(SIDE_PX, SIDE_PX)
    if size.width() > SIDE_PX and size.height() > SIDE_PX:
        reader.setScaledSize(size.scaled(side, Qt.AspectRatioMode.KeepAspectRatioByExpanding))
    return reader.read()


def _is_bearable(size: QSize) -> bool:
    return 0 < size.width() * size.height() <= _MAX_PIXELS
