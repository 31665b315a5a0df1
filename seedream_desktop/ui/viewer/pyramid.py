"""A picture with its halves, quarters and so on, so that drawing it small costs what is drawn and not what it holds."""

from __future__ import annotations

from contextlib import suppress
from typing import Final

from PySide6.QtCore import QObject, QThreadPool, Signal
from PySide6.QtGui import QColorSpace, QImage

from seedream_desktop.ui.viewer.scaling import halved

_SMALLEST_PX: Final = 512


class Pyramid:
    """Levels of one picture: the full one first, each next one half as wide and high."""

    def __init__(self, levels: tuple[QImage, ...]) -> None:
        self.levels = levels

    @property
    def full(self) -> QImage:
        """The picture itself."""
        return self.levels[0]

    def level_for(self, scale: float) -> QImage:
        """Return the smallest level that has at least one pixel for every screen pixel at *scale*."""
        wanted = self.full.width() * scale
        return next((level for level in reversed(self.levels) if level.width() >= wanted), self.full)


def build_pyramid(image: QImage) -> Pyramid:
    """Return the levels of *image* in the screen's colours; slow, so not for the window's thread."""
    level = _for_screen(image)
    levels = [level]
    while max(level.width(), level.height()) > 2 * _SMALLEST_PX:
        level = halved(level)
        levels.append(level)
    return Pyramid(tuple(levels))


def _for_screen(image: QImage) -> QImage:
    srgb = QColorSpace(QColorSpace.NamedColorSpace.SRgb)
    if image.colorSpace().isValid() and image.colorSpace() != srgb:
        image = image.convertedToColorSpace(srgb)
    if image.hasAlphaChannel():
        return image.convertToFormat(QImage.Format.Format_ARGB32_Premultiplied)
    return image.convertToFormat(QImage.Format.Format_RGB32)


class PyramidBuilder(QObject):
    """Builds pyramids on a thread; ``built`` carries the picture's SHA-256 and its Pyramid."""

    built = Signal(str, object)

    def build(self, sha256: str, image: QImage) -> None:
        """Begin; only the result says when it is done."""
        QThreadPool.globalInstance().start(lambda: self._build(sha256, image))

    def _build(self, sha256: str, image: QImage) -> None:
        pyramid = build_pyramid(image)
        # The window may have been closed meanwhile.
        with suppress(RuntimeError):
            self.built.emit(sha256, pyramid)
