"""Icons drawn from the shipped SVG files in the theme's colours, sharp at every pixel ratio."""

from __future__ import annotations

from functools import cache
from math import ceil, floor
from typing import Final

from PySide6.QtCore import QByteArray, QPoint, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QIcon, QIconEngine, QPainter, QPixmap, QPixmapCache
from PySide6.QtSvg import QSvgRenderer

from seedream_desktop.ui import theme
from seedream_desktop.ui.resources import resource_path


def icon(name: str, colour: str = "text") -> QIcon:
    """Return the icon ``resources/icons/<name>.svg`` in the colour token *colour*; it follows the theme live.

    Raises:
        FileNotFoundError: when there is no such icon.
    """
    _source(name)
    return QIcon(_Engine(name, colour))


def draw_icon(painter: QPainter, name: str, rect: QRectF, colour: QColor) -> None:
    """Draw the icon *name* into *rect*, for widgets that paint themselves."""
    corner = QPoint(floor(rect.x()), floor(rect.y()))
    painter.drawPixmap(corner, _pixmap(name, rect.translated(-corner), colour, painter.device().devicePixelRatio()))


def _pixmap(name: str, rect: QRectF, colour: QColor, ratio: float) -> QPixmap:
    """Return the icon drawn into *rect*, which begins within the first pixel; the file is parsed once for each look."""
    key = f"{name}-{colour.name()}-{rect.getRect()}-{ratio}"
    pixmap = QPixmap()
    if QPixmapCache.find(key, pixmap):
        return pixmap
    pixmap = QPixmap(ceil(rect.right() * ratio), ceil(rect.bottom() * ratio))
    pixmap.setDevicePixelRatio(ratio)
    pixmap.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixmap)
    _render(painter, name, rect, colour)
    painter.end()
    QPixmapCache.insert(key, pixmap)
    return pixmap


def _render(painter: QPainter, name: str, rect: QRectF, colour: QColor) -> None:
    svg = _source(name).replace("currentColor", colour.name())
    QSvgRenderer(QByteArray(svg.encode())).render(painter, rect)


@cache
def _source(name: str) -> str:
    return resource_path(f"icons/{name}.svg").read_text(encoding="utf-8")


class _Engine(QIconEngine):
    """Draws one SVG file in the colour that the theme has at the moment of drawing."""

    # PySide6 6.11 frees a clone as soon as Python lets go of it, while Qt still draws with it.
    _clones: Final[list[QIconEngine]] = []

    def __init__(self, name: str, colour: str) -> None:
        super().__init__()
        self._name = name
        self._colour = colour

    def paint(self, painter: QPainter, rect: QRect, mode: QIcon.Mode, _state: QIcon.State) -> None:
        """Draw the icon into *rect*, greyed when disabled."""
        draw_icon(painter, self._name, QRectF(rect), self._colour_in(mode))

    def pixmap(self, size: QSize, mode: QIcon.Mode, _state: QIcon.State) -> QPixmap:
        """Return the icon at *size* device pixels."""
        return _pixmap(self._name, QRectF(QPoint(0, 0), size), self._colour_in(mode), 1.0)

    def clone(self) -> QIconEngine:
        """Return an engine that draws the same."""
        engine = _Engine(self._name, self._colour)
        self._clones.append(engine)
        return engine

    def _colour_in(self, mode: QIcon.Mode) -> QColor:
        chosen = theme.tokens()
        if mode is QIcon.Mode.Disabled:
            return chosen.faint
        colour: QColor = getattr(chosen, self._colour)
        return colour
