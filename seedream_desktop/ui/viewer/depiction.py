"""One picture as it can be drawn: by its preview, by its pixels, and at rest as well as can be."""

from __future__ import annotations

from contextlib import suppress
from typing import Final

from PySide6.QtCore import QObject, QRect, QRectF, QSize, Qt, QThreadPool, Signal
from PySide6.QtGui import QImage, QPainter, QPixmap

from seedream_desktop.ui import theme
from seedream_desktop.ui.viewer.framing import Framing
from seedream_desktop.ui.viewer.pyramid import Pyramid
from seedream_desktop.ui.viewer.scaling import scaled

# From here on single pixels are to be seen as they are.
_PIXELS_FROM_SCALE: Final = 2.0


class Depiction:
    """Holds no place and no zoom: those come as a Framing."""

    def __init__(self, size: QSize, preview: QPixmap | None = None) -> None:
        self.size = size
        self.preview = preview or QPixmap()
        self.pyramid: Pyramid | None = None
        self.sharp = QImage()

    def set_pyramid(self, pyramid: Pyramid) -> None:
        """Draw the picture's own pixels from now on."""
        self.pyramid = pyramid
        self.size = pyramid.full.size()
        self.sharp = QImage()

    def forget_pixels(self) -> None:
        """Draw the preview again, and hold no more memory than that needs."""
        self.pyramid = None
        self.sharp = QImage()

    def draw(self, painter: QPainter, framing: Framing, exposed: QRect, *, is_moving: bool) -> None:
        """Draw the *exposed* part in device pixels; rougher while it is moving, where that would take too long."""
        whole = QRect(framing.left, framing.top, framing.width, framing.height)
        seen = exposed.intersected(whole)
        if self.pyramid is None:
            self._draw_preview(painter, whole)
        elif framing.is_fit and self.sharp.size() == whole.size():
            painter.drawImage(seen, self.sharp, seen.translated(-whole.topLeft()))
        else:
            painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, _is_smooth(framing.scale, is_moving))
            self._draw_part(painter, whole, seen, self.pyramid.level_for(framing.scale))

    def _draw_preview(self, painter: QPainter, whole: QRect) -> None:
        """Draw the gallery's thumbnail; what its rounded corners lack comes from just inside of them."""
        away = theme.RADIUS_PICTURE
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        painter.drawPixmap(whole, self.preview, self.preview.rect().adjusted(away, away, -away, -away))
        painter.drawPixmap(whole, self.preview)

    def _draw_part(self, painter: QPainter, whole: QRect, seen: QRect, level: QImage) -> None:
        across, down = level.width() / whole.width(), level.height() / whole.height()
        source = QRectF(
            (seen.x() - whole.x()) * across, (seen.y() - whole.y()) * down, seen.width() * across, seen.height() * down
        )
        painter.drawImage(QRectF(seen), level, source)


class Sharpener(QObject):
    """Scales pictures that are seen whole to just the size they have on the screen; ``sharpened`` when one is done."""

    sharpened = Signal()
    _scaled = Signal(object, object, object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._scaled.connect(self._take, Qt.ConnectionType.QueuedConnection)

    def begin(self, depiction: Depiction, framing: Framing) -> None:
        """Begin, on a thread, unless it is done already or the picture is not seen whole."""
        size, pyramid = QSize(framing.width, framing.height), depiction.pyramid
        if pyramid is None or not framing.is_fit or framing.scale >= 1 or depiction.sharp.size() == size:
            return
        QThreadPool.globalInstance().start(lambda: self._scale(depiction, pyramid, size))

    def _scale(self, depiction: Depiction, pyramid: Pyramid, size: QSize) -> None:
        small = scaled(pyramid.level_for(size.width() / pyramid.full.width()), size)
        # The window may have been closed meanwhile.
        with suppress(RuntimeError):
            self._scaled.emit(depiction, pyramid, small)

    def _take(self, depiction: Depiction, pyramid: Pyramid, sharp: QImage) -> None:
        if depiction.pyramid is pyramid:
            depiction.sharp = sharp
            self.sharpened.emit()


def _is_smooth(scale: float, is_moving: bool) -> bool:  # noqa: FBT001 - the one question asked here
    return not is_moving and scale < _PIXELS_FROM_SCALE and scale != 1
