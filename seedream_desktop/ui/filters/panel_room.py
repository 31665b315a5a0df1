"""Gives the filters their height, and scrolls them where the pictures would have too little left."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QFrame, QScrollArea, QWidget

from seedream_desktop.ui.filters.panel import FilterPanel

_MOST_OF_WINDOW: Final = 0.4


class PanelRoom(QScrollArea):
    """As high as *panel* is at this width, up to two fifths of the window."""

    def __init__(self, panel: FilterPanel, parent: QWidget) -> None:
        super().__init__(parent)
        self.panel = panel
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setWidgetResizable(True)
        self.setWidget(panel)
        self.viewport().setAutoFillBackground(False)
        panel.setAutoFillBackground(False)

    def hasHeightForWidth(self) -> bool:
        """Return that narrow filters are higher."""
        return True

    def heightForWidth(self, width_px: int) -> int:
        """Return the height that is wanted."""
        return min(self.panel.heightForWidth(width_px), round(self.window().height() * _MOST_OF_WINDOW))

    def sizeHint(self) -> QSize:
        """Return the size that is wanted at the present width."""
        return QSize(self.panel.sizeHint().width(), self.heightForWidth(self.width()))

    def minimumSizeHint(self) -> QSize:
        """Return the width of the panel: it does not scroll sideways."""
        return QSize(self.panel.minimumSizeHint().width(), 0)
