"""The slider for the size of the thumbnails, with what it makes of a picture at its ends."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QSlider, QWidget

from seedream_desktop.ui import theme
from seedream_desktop.ui.controls.naming import set_name
from seedream_desktop.ui.gallery.layout import DEFAULT_ROW_HEIGHT_PX, MAX_ROW_HEIGHT_PX, MIN_ROW_HEIGHT_PX
from seedream_desktop.ui.icons import draw_icon

_STEP_PX: Final = 12
_PAGE_PX: Final = 48
_LEAST_PX, _MOST_PX = 60, 112
_SMALL_SIGN_PX: Final = 12
_LARGE_SIGN_PX: Final = 18


class SizeSign(QWidget):
    """A picture at one end of the slider, as small or large as what the slider makes there."""

    def __init__(self, side_px: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFixedSize(side_px, side_px)
        theme.notifier.changed.connect(self.update)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the sign."""
        draw_icon(QPainter(self), "image", QRectF(self.rect()), theme.tokens().muted)


class SizeSlider(QWidget):
    """``changed`` carries the height of the rows in pixels."""

    changed = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.slider = QSlider(Qt.Orientation.Horizontal, self)
        set_name(self.slider, "thumbnail_size", self.tr("Thumbnail size"))
        self.slider.setToolTip(self.tr("Thumbnail size"))
        self.slider.setRange(MIN_ROW_HEIGHT_PX, MAX_ROW_HEIGHT_PX)
        self.slider.setValue(DEFAULT_ROW_HEIGHT_PX)
        self.slider.setSingleStep(_STEP_PX)
        self.slider.setPageStep(_PAGE_PX)
        self._signs = SizeSign(_SMALL_SIGN_PX, self), SizeSign(_LARGE_SIGN_PX, self)
        self.set_tight(is_tight=False)
        self.slider.valueChanged.connect(self.changed)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.SPACE_2)
        for part in (self._signs[0], self.slider, self._signs[1]):
            row.addWidget(part)

    def set_tight(self, *, is_tight: bool) -> None:
        """Take little room, or the usual."""
        self.slider.setFixedWidth(_LEAST_PX if is_tight else _MOST_PX)
        for sign in self._signs:
            sign.setVisible(not is_tight)
