"""Where a second window goes, as plain rectangles."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import QPoint, QRect, QSize

_SMALLEST_BESIDE_PX: Final = 480
_PART: Final = 0.6


def place_of_second(screens: Sequence[QRect], home: QRect, window: QRect) -> QRect:
    """Return the place of a second window; *screens* is what each has free, *home* the one that *window* is on.

    Another whole screen when there is one; else the wider strip beside the window; else over its lower right part.
    """
    others = [screen for screen in screens if screen != home]
    if others:
        return others[0]
    right = QRect(QPoint(window.right() + 1, home.top()), QPoint(home.right(), home.bottom()))
    left = QRect(home.topLeft(), QPoint(window.left() - 1, home.bottom()))
    widest = max(right, left, key=QRect.width)
    return widest if widest.width() >= _SMALLEST_BESIDE_PX else _over(home)


def _over(home: QRect) -> QRect:
    size = QSize(round(home.width() * _PART), round(home.height() * _PART))
    return QRect(home.bottomRight() - QPoint(size.width() - 1, size.height() - 1), size)
