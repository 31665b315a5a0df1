"""The grid of the reference tiles with the button that adds some, as large as the width allows."""

from __future__ import annotations

from PySide6.QtCore import QRect, QSize
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QPushButton, QSizePolicy, QWidget

from seedream_desktop.ui.composer.reference_view import COLUMNS, ReferenceView
from seedream_desktop.ui.composer.tile_painter import GAP_PX

_EMPTY_HEIGHT_PX = 56


class ReferenceTiles(QWidget):
    """Four columns, as many rows as it takes; the button stands behind the last tile, or alone and wide."""

    def __init__(self, view: ReferenceView, add: QPushButton, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._view = view
        self._add = add
        view.setParent(self)
        add.setParent(self)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        """Return the height of the rows at the present width."""
        return QSize(200, self.height())

    def arrange(self) -> None:
        """Give every tile its place for the present number and width."""
        count = self._view.model().rowCount()
        side = (self.width() - GAP_PX * (COLUMNS - 1)) // COLUMNS
        rows = -(-(count + 1) // COLUMNS)
        self.setFixedHeight(rows * (side + GAP_PX) - GAP_PX if count else _EMPTY_HEIGHT_PX)
        self._view.set_tile_side(side)
        # The last tile's gap hangs over the edge; a little more keeps the last column from wrapping.
        self._view.setGeometry(0, 0, COLUMNS * (side + GAP_PX) + 4, self.height() + GAP_PX)
        row, column = divmod(count, COLUMNS)
        place = QRect(column * (side + GAP_PX), row * (side + GAP_PX), side, side)
        self._add.setGeometry(place if count else self.rect())
        self._add.raise_()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Arrange the tiles for the new width."""
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self.arrange()
