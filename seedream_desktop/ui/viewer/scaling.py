"""Makes large pictures smaller in small steps, so that a thread that does it leaves the window's thread its turns."""

from __future__ import annotations

import time
from typing import Final

from PySide6.QtCore import QSize
from PySide6.QtGui import QImage, QPainter, Qt

# Qt keeps Python's lock while it scales: one step must be shorter than what is left of a frame.
_STEP_PIXELS: Final = 2_000_000
_PAUSE_S: Final = 0.001


def halved(image: QImage) -> QImage:
    """Return *image* half as wide and high, every pixel taken into account; slow, so not for the window's thread."""
    small = _empty(image, image.width() // 2, image.height() // 2)
    rows = max(1, _STEP_PIXELS // image.width() // 2)
    for top in range(0, small.height(), rows):
        bottom = min(top + rows, small.height())
        # A last odd row goes into the last step.
        end = image.height() if bottom == small.height() else 2 * bottom
        strip = image.copy(0, 2 * top, image.width(), end - 2 * top)
        _put(small, 0, top, _smoothly(strip, small.width(), bottom - top))
    return small


def scaled(image: QImage, size: QSize) -> QImage:
    """Return *image* at *size* with every pixel taken into account; slow, so not for the window's thread.

    First the width, in strips of rows, then the height, in strips of columns: neither shows where a strip ended.
    """
    narrow = _empty(image, size.width(), image.height())
    rows = max(1, _STEP_PIXELS // image.width())
    for top in range(0, image.height(), rows):
        strip = image.copy(0, top, image.width(), min(rows, image.height() - top))
        _put(narrow, 0, top, _smoothly(strip, size.width(), strip.height()))
    small = _empty(image, size.width(), size.height())
    columns = max(1, _STEP_PIXELS // image.height())
    for left in range(0, size.width(), columns):
        strip = narrow.copy(left, 0, min(columns, size.width() - left), image.height())
        _put(small, left, 0, _smoothly(strip, strip.width(), size.height()))
    return small


def _empty(like: QImage, width_px: int, height_px: int) -> QImage:
    return QImage(max(1, width_px), max(1, height_px), like.format())


def _smoothly(strip: QImage, width_px: int, height_px: int) -> QImage:
    size = QSize(max(1, width_px), max(1, height_px))
    return strip.scaled(size, Qt.AspectRatioMode.IgnoreAspectRatio, Qt.TransformationMode.SmoothTransformation)


def _put(target: QImage, left: int, top: int, strip: QImage) -> None:
    painter = QPainter(target)
    painter.setCompositionMode(QPainter.CompositionMode.CompositionMode_Source)
    painter.drawImage(left, top, strip)
    painter.end()
    time.sleep(_PAUSE_S)
