"""Pixmaps of our own thumbnail files, read off the loop, newest wish first, kept in a bounded cache.

Must never open anything but the files that our own program wrote.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Collection
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from PySide6.QtCore import QObject, QRectF, QSize, Qt, QThreadPool, Signal
from PySide6.QtGui import QImage, QImageReader, QPainter, QPainterPath, QPixmap

THUMBNAIL_EDGES_PX: Final = (256, 512)
# Three screens of 4K at four bytes a pixel.
_CACHE_BYTES: Final = 100 * 1024 * 1024
_MOST_WISHES: Final = 400
_THREADS: Final = 2
# Half a rounded pixel more or less is no reason for bars beside a picture.
_RATIO_SLACK: Final = 0.02


@dataclass(frozen=True, slots=True)
class ThumbnailKey:
    """A picture at an exact size in device pixels, with rounded corners."""

    sha256: str
    width_px: int
    height_px: int
    radius_px: int = 0

    @property
    def edge_px(self) -> int:
        """The smallest thumbnail file that is large enough, else the largest."""
        longest = max(self.width_px, self.height_px)
        return next((edge for edge in THUMBNAIL_EDGES_PX if edge >= longest), THUMBNAIL_EDGES_PX[-1])

    @property
    def size_bytes(self) -> int:
        """The memory its pixmap takes."""
        return 4 * self.width_px * self.height_px


class _Courier(QObject):
    """Carries images from the threads to the window; belongs to no widget, so it outlives all of them."""

    arrived = Signal(object, object)


class Thumbnails(QObject):
    """Hands out pixmaps; what is not there yet is read by two threads, the newest wish first.

    While it *is_patient*, a picture that is here in any size is not wished for in another.
    """

    ready = Signal(str)
    missing = Signal(str)

    def __init__(
        self,
        path_of: Callable[[str, int], Path],
        parent: QObject | None = None,
        *,
        cache_bytes: int = _CACHE_BYTES,
    ) -> None:
        super().__init__(parent)
        self._cache_bytes = cache_bytes
        self._path_of = path_of
        self._pixmaps: OrderedDict[ThumbnailKey, QPixmap] = OrderedDict()
        self._stand_ins: dict[str, ThumbnailKey] = {}
        self._wishes: dict[ThumbnailKey, None] = {}
        self._reading: set[ThumbnailKey] = set()
        self._absent: set[str] = set()
        self._bytes = 0
        self.is_patient = False
        self._courier = _Courier()
        self._courier.arrived.connect(self._take, Qt.ConnectionType.QueuedConnection)

    def pixmap(self, key: ThumbnailKey) -> QPixmap | None:
        """Return the pixmap, or the same picture in another size, or None; what is not there is wished for."""
        found = self._pixmaps.get(key)
        if found is not None:
            self._pixmaps.move_to_end(key)
            return found
        stand_in = self.any_size(key.sha256)
        if stand_in is None or not self.is_patient:
            self._wish(key)
        return stand_in

    def any_size(self, sha256: str) -> QPixmap | None:
        """Return the picture in the size in which it came last, or None; nothing is wished for."""
        key = self._stand_ins.get(sha256)
        return self._pixmaps.get(key) if key else None

    def set_room(self, cache_bytes: int) -> None:
        """Let pixmaps take this much memory."""
        self._cache_bytes = cache_bytes
        self._make_room()

    def keep_wishes(self, wanted: Collection[ThumbnailKey]) -> None:
        """Forget every wish that is not in *wanted*."""
        self._wishes = {key: None for key in self._wishes if key in wanted}

    def made(self, sha256: str) -> None:
        """Try a picture again whose files were not there."""
        self._absent.discard(sha256)
        self.ready.emit(sha256)

    @property
    def is_idle(self) -> bool:
        """Whether nothing is wished for or read, nor will be when patience ends."""
        return not self._wishes and not self._reading and not self.is_patient

    @property
    def cached_bytes(self) -> int:
        """The memory taken by pixmaps."""
        return self._bytes

    def _wish(self, key: ThumbnailKey) -> None:
        if key in self._reading or key.sha256 in self._absent:
            return
        self._wishes.pop(key, None)
        self._wishes[key] = None
        while len(self._wishes) > _MOST_WISHES:
            del self._wishes[next(iter(self._wishes))]
        self._read_next()

    def _read_next(self) -> None:
        while self._wishes and len(self._reading) < _THREADS:
            key, _ = self._wishes.popitem()
            self._reading.add(key)
            QThreadPool.globalInstance().start(_Reading(key, self._path_of(key.sha256, key.edge_px), self._courier))

    def _take(self, key: ThumbnailKey, image: QImage) -> None:
        self._reading.discard(key)
        if image.isNull():
            self._absent.add(key.sha256)
            self.missing.emit(key.sha256)
        else:
            self._store(key, QPixmap.fromImage(image))
            self.ready.emit(key.sha256)
        self._read_next()

    def _store(self, key: ThumbnailKey, pixmap: QPixmap) -> None:
        self._pixmaps[key] = pixmap
        self._stand_ins[key.sha256] = key
        self._bytes += key.size_bytes
        self._make_room()

    def _make_room(self) -> None:
        while self._bytes > self._cache_bytes and len(self._pixmaps) > 1:
            old, _ = self._pixmaps.popitem(last=False)
            self._bytes -= old.size_bytes
            if self._stand_ins.get(old.sha256) == old:
                del self._stand_ins[old.sha256]


class _Reading:
    """One reading of a thumbnail file, run by the thread pool."""

    def __init__(self, key: ThumbnailKey, path: Path, courier: _Courier) -> None:
        self._key = key
        self._path = path
        self._courier = courier

    def __call__(self) -> None:
        self._courier.arrived.emit(self._key, read_thumbnail(self._path, self._key))


def read_thumbnail(path: Path, key: ThumbnailKey) -> QImage:
    """Return the picture at exactly the size of *key*, a null image when there is no such file."""
    image = QImageReader(str(path)).read()
    if image.isNull():
        return image
    return _rounded(_scaled(image, key), key)


def _scaled(image: QImage, key: ThumbnailKey) -> QImage:
    size = QSize(key.width_px, key.height_px)
    differs = abs(image.width() * size.height() / (image.height() * size.width()) - 1) > _RATIO_SLACK
    aspect = Qt.AspectRatioMode.KeepAspectRatio if differs else Qt.AspectRatioMode.IgnoreAspectRatio
    return image.scaled(size, aspect, Qt.TransformationMode.SmoothTransformation)


def _rounded(image: QImage, key: ThumbnailKey) -> QImage:
    whole = QImage(key.width_px, key.height_px, QImage.Format.Format_ARGB32_Premultiplied)
    whole.fill(Qt.GlobalColor.transparent)
    left, top = (key.width_px - image.width()) // 2, (key.height_px - image.height()) // 2
    path = QPainterPath()
    path.addRoundedRect(QRectF(left, top, image.width(), image.height()), key.radius_px, key.radius_px)
    painter = QPainter(whole)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setClipPath(path)
    painter.drawImage(left, top, image)
    painter.end()
    return whole
