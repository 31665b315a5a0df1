"""Small pictures of the program's own kept files, read beside the event loop; must open no other files."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from PySide6.QtCore import QObject, QSize, Qt, QThreadPool, Signal
from PySide6.QtGui import QImage, QImageReader

# Sharp at twice the size it is drawn in.
_SIDE_PX: Final = 96
_THREADS: Final = 2


class Thumbnails(QObject):
    """Reads each file once; `arrived` tells that there is a new picture to show."""

    arrived = Signal()
    _read = Signal(str, QImage)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._images: dict[Path, QImage | None] = {}
        self._pool = QThreadPool(self)
        self._pool.setMaxThreadCount(_THREADS)
        self._read.connect(self._take)

    def image(self, file: Path) -> QImage | None:
        """Return the small picture of *file*, or None while it is being read or when it cannot be."""
        if file not in self._images:
            self._images[file] = None
            self._pool.start(lambda: self._read.emit(str(file), read_small(file)))
        return self._images[file]

    def finish(self) -> None:
        """Forget what waits and let what is being read end; call before this object goes."""
        self._pool.clear()
        self._pool.waitForDone()

    def _take(self, file: str, image: QImage) -> None:
        if not image.isNull():
            self._images[Path(file)] = image
            self.arrived.emit()


def read_small(file: Path) -> QImage:
    """Return the picture scaled to cover a square of 96 px, or a null image."""
    reader = QImageReader(str(file))
    size = reader.size()
    if min(size.width(), size.height()) > _SIDE_PX:
        square = QSize(_SIDE_PX, _SIDE_PX)
        reader.setScaledSize(size.scaled(square, Qt.AspectRatioMode.KeepAspectRatioByExpanding))
    return reader.read()
