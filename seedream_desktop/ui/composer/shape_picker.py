"""The shapes of the picture, each drawn to its true proportion, and what the chosen one measures."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QPen, QPixmap
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from seedream_desktop.domain.pixels import PixelSize
from seedream_desktop.domain.request import AspectRatio
from seedream_desktop.ui import theme
from seedream_desktop.ui.controls.choice_group import ChoiceGroup
from seedream_desktop.ui.controls.fitting_label import FittingLabel
from seedream_desktop.ui.controls.label import Label
from seedream_desktop.ui.controls.naming import set_name, snake_case

_TILE_HEIGHT_PX: Final = 48
_DRAWING_PX: Final = 22.0
_SHORTEST_PX: Final = 10.0
_PRINT_DPI: Final = 300
_CM_PER_INCH: Final = 2.54


class ShapeTile(QPushButton):
    """A button with an outline of *proportion* (width to height), dashed for None, over its name."""

    def __init__(self, name: str, proportion: float | None, parent: QWidget | None = None) -> None:
        super().__init__(name, parent)
        self._proportion = proportion
        self._drawn: tuple[object, QPixmap] = (None, QPixmap())
        self.setFont(theme.small_font())
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        theme.notifier.changed.connect(self.update)

    def sizeHint(self) -> QSize:
        """Return a narrow tile; the row gives all of them the same width."""
        return QSize(30, _TILE_HEIGHT_PX)

    def minimumSizeHint(self) -> QSize:
        """Return the width of the name."""
        return QSize(self.fontMetrics().horizontalAdvance(self.text()), _TILE_HEIGHT_PX)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw what was drawn before unless it looks different now: a window that is pulled draws all nine again."""
        ratio, chosen = self.devicePixelRatioF(), theme.tokens()
        look = (self.size(), ratio, self.isChecked(), self.hasFocus(), self.underMouse(), id(chosen), self.font())
        if self._drawn[0] != look:
            self._drawn = (look, self._picture(ratio))
        QPainter(self).drawPixmap(0, 0, self._drawn[1])

    def _picture(self, ratio: float) -> QPixmap:
        """Return the background, the outline and the name in the theme's colours."""
        picture = QPixmap((self.size().toSizeF() * ratio).toSize())
        picture.setDevicePixelRatio(ratio)
        picture.fill(Qt.GlobalColor.transparent)
        chosen = theme.tokens()
        painter = QPainter(picture)
        painter.setFont(self.font())
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._draw_ground(painter)
        strong = chosen.accent if self.isChecked() else chosen.muted
        pen = QPen(strong, 1.4)
        if self._proportion is None:
            pen.setDashPattern([1.5, 2.0])
        painter.setPen(pen)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRoundedRect(self._outline(), 2, 2)
        painter.setPen(chosen.text if self.isChecked() or self.underMouse() else chosen.muted)
        words = self.rect().adjusted(0, 0, 0, -5)
        painter.drawText(words, Qt.AlignmentFlag.AlignBottom | Qt.AlignmentFlag.AlignHCenter, self.text())
        painter.end()
        return picture

    def _draw_ground(self, painter: QPainter) -> None:
        chosen = theme.tokens()
        painter.setPen(Qt.PenStyle.NoPen)
        box = QRectF(self.rect())
        if self.isChecked():
            painter.setBrush(chosen.selection)
            painter.drawRoundedRect(box, theme.RADIUS_CONTROL, theme.RADIUS_CONTROL)
        if self.hasFocus():
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(chosen.accent, 2))
            painter.drawRoundedRect(box.adjusted(1, 1, -1, -1), theme.RADIUS_CONTROL, theme.RADIUS_CONTROL)

    def _outline(self) -> QRectF:
        proportion = self._proportion or 1.0
        width = _DRAWING_PX * min(1.0, proportion)
        height = _DRAWING_PX / max(1.0, proportion)
        if self._proportion in (None, 1.0):
            width = height = _DRAWING_PX * 0.78
        box = QRectF(0, 0, max(width, _SHORTEST_PX), max(height, _SHORTEST_PX))
        box.moveCenter(QRectF(0, 5, self.width(), _DRAWING_PX).center())
        return box


class ShapePicker(QWidget):
    """Auto and the eight ratios; `chosen` brings an AspectRatio, or None for Auto."""

    chosen = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.group = ChoiceGroup()
        self._facts = FittingLabel()
        self._facts.setFont(theme.label_font())
        self._compose()
        self.group.chosen.connect(self.chosen)

    def value(self) -> AspectRatio | None:
        """Return the chosen ratio, or None where the model chooses."""
        value = self.group.value()
        return value if isinstance(value, AspectRatio) else None

    def set_value(self, ratio: AspectRatio | None) -> None:
        """Choose *ratio*."""
        self.group.set_value(ratio)

    def show_size(self, size: PixelSize | None) -> None:
        """Say how large the picture will be: exact pixels, and centimetres in print."""
        if size is None:
            self._facts.set_wordings([self.tr("the model chooses")])
            return
        pixels = self.tr("{width} × {height}").format(width=size.width_px, height=size.height_px)
        on_paper = self.tr("{width} × {height} cm").format(width=_cm(size.width_px), height=_cm(size.height_px))
        at_print = self.tr("{pixels} · {on_paper} at {dpi} dpi")
        full = at_print.format(pixels=pixels, on_paper=on_paper, dpi=_PRINT_DPI)
        self._facts.set_wordings([full, f"{pixels} · {on_paper}", pixels])

    def facts(self) -> str:
        """Return what is shown of the size."""
        return self._facts.text()

    def _compose(self) -> None:
        label = Label(self.tr("Shape"), tone="muted")
        label.setFont(theme.label_font())
        head = QHBoxLayout()
        head.setSpacing(theme.SPACE_2)
        head.addWidget(label)
        head.addWidget(self._facts, 1)
        self.group.setAccessibleName(self.tr("Shape"))
        tiles = QHBoxLayout(self.group)
        tiles.setContentsMargins(0, 0, 0, 0)
        tiles.setSpacing(0)
        self._add_tile(tiles, self.tr("Auto"), None)
        for ratio in AspectRatio:
            self._add_tile(tiles, ratio.value, ratio)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(6)
        layout.addLayout(head)
        layout.addWidget(self.group)

    def _add_tile(self, tiles: QHBoxLayout, name: str, ratio: AspectRatio | None) -> None:
        tile = ShapeTile(name, None if ratio is None else _proportion(ratio))
        set_name(tile, "auto" if ratio is None else snake_case(ratio.value), name)
        self.group.add_choice(ratio, tile)
        tiles.addWidget(tile, 1)


def _proportion(ratio: AspectRatio) -> float:
    width, height = ratio.value.split(":")
    return int(width) / int(height)


def _cm(pixels: int) -> int:
    return round(pixels / _PRINT_DPI * _CM_PER_INCH)
