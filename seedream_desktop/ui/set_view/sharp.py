"""Pictures of a set at exactly the size they are seen: thumbnails first, then made of all their pixels on threads."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from contextlib import suppress
from pathlib import Path
from typing import Final

from PySide6.QtCore import QObject, QRectF, QSize, Qt, QThreadPool, Signal
from PySide6.QtGui import QImage, QPainter, QPainterPath, QPixmap

from seedream_desktop.domain.picture import Picture
from seedream_desktop.ui.gallery.thumbnails import THUMBNAIL_EDGES_PX, ThumbnailKey, Thumbnails
from seedream_desktop.ui.viewer.scaling import scaled

# A whole picture is 66 MB or more until it is scaled: so never many at a time.
_MOST_OPEN: Final = 2


class SharpPictures(Thumbnails):
    """Hands out the thumbnail until the pixels have come; ``requested`` carries a Picture, answered by `take`.

    Only the pixmaps of what is shown are kept: together about as much as the screen has pixels.
    """

    requested = Signal(object)
    _made = Signal(object, object)

    def __init__(self, path_of: Callable[[str, int], Path], parent: QObject | None = None) -> None:
        super().__init__(path_of, parent)
        self._wanted: dict[ThumbnailKey, Picture] = {}
        self._sharp: dict[str, tuple[ThumbnailKey, QPixmap]] = {}
        self._open: set[str] = set()
        self._hopeless: set[str] = set()
        self._made.connect(self._keep, Qt.ConnectionType.QueuedConnection)

    @property
    def sharp(self) -> frozenset[str]:
        """The SHA-256 of every picture that is as sharp as can be at its size."""
        return frozenset(sha256 for sha256, (key, _) in self._sharp.items() if key in self._wanted)

    def pixmap(self, key: ThumbnailKey) -> QPixmap | None:
        """Return the sharp pixmap, also one of another size; before there is one, the thumbnail."""
        found = self._sharp.get(key.sha256)
        return found[1] if found is not None else super().pixmap(key)

    def want(self, pictures: Mapping[ThumbnailKey, Picture]) -> None:
        """Have these sharp, the first one first, and let go of all others."""
        self._wanted = dict(pictures)
        contents = {key.sha256 for key in self._wanted}
        self._sharp = {sha256: kept for sha256, kept in self._sharp.items() if sha256 in contents}
        self._ask()

    def take(self, sha256: str, image: QImage) -> None:
        """Scale a full picture that was asked for, on a thread; what nobody wants any more is let go."""
        key = self._key_of(sha256)
        if sha256 not in self._open or key is None:
            self._open.discard(sha256)
            self._ask()
            return
        QThreadPool.globalInstance().start(lambda: self._make(key, image))

    def give_up(self, sha256: str) -> None:
        """Note that these pixels will not come: the thumbnail is all there is."""
        self._open.discard(sha256)
        self._hopeless.add(sha256)
        self._ask()

    def rest(self) -> None:
        """Hold nothing while nobody looks."""
        self._hopeless.clear()
        self._open.clear()
        self.want({})

    def _ask(self) -> None:
        for key, picture in self._wanted.items():
            if len(self._open) >= _MOST_OPEN:
                return
            if self._lacks(key):
                self._open.add(key.sha256)
                self.requested.emit(picture)

    def _lacks(self, key: ThumbnailKey) -> bool:
        """Whether all pixels are needed: the largest thumbnail is too small, and nothing better is here."""
        if key.sha256 in self._open or key.sha256 in self._hopeless:
            return False
        kept = self._sharp.get(key.sha256)
        is_small = max(key.width_px, key.height_px) <= THUMBNAIL_EDGES_PX[-1]
        return not is_small and (kept is None or kept[0] != key)

    def _key_of(self, sha256: str) -> ThumbnailKey | None:
        return next((key for key in self._wanted if key.sha256 == sha256), None)

    def _make(self, key: ThumbnailKey, image: QImage) -> None:
        made = _at(key, image)
        # The window may have been closed meanwhile.
        with suppress(RuntimeError):
            self._made.emit(key, made)

    def _keep(self, key: ThumbnailKey, image: QImage) -> None:
        self._open.discard(key.sha256)
        if self._key_of(key.sha256) is not None:
            self._sharp[key.sha256] = (key, QPixmap.fromImage(image))
            self.ready.emit(key.sha256)
        self._ask()


def _at(key: ThumbnailKey, image: QImage) -> QImage:
    """Return the picture at the size of *key* with rounded corners; slow, so not for the window's thread."""
    room = QSize(key.width_px, key.height_px)
    size = image.size().scaled(room, Qt.AspectRatioMode.KeepAspectRatio)
    # A pixel more or less is no reason for a bar beside the picture.
    if abs(size.width() - room.width()) + abs(size.height() - room.height()) <= _NEAR_PX:
        size = room
    return _rounded(scaled(image, size), room, key.radius_px)


_NEAR_PX: Final = 6


def _rounded(image: QImage, room: QSize, radius_px: int) -> QImage:
    whole = QImage(room, QImage.Format.Format_ARGB32_Premultiplied)
    whole.fill(Qt.GlobalColor.transparent)
    left, top = (room.width() - image.width()) // 2, (room.height() - image.height()) // 2
    path = QPainterPath()
    path.addRoundedRect(QRectF(left, top, image.width(), image.height()), radius_px, radius_px)
    painter = QPainter(whole)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setClipPath(path)
    painter.drawImage(left, top, image)
    painter.end()
    return whole
