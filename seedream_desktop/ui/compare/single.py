"""One picture at a time in the place of another, so that the eye sees what differs."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from seedream_desktop.domain.judging import Judgment
from seedream_desktop.ui import theme
from seedream_desktop.ui.compare.contender import Contender
from seedream_desktop.ui.controls.fitting_label import FittingLabel
from seedream_desktop.ui.viewer.backdrop import BackdropChoice
from seedream_desktop.ui.viewer.canvas import PictureCanvas


class Single(QWidget):
    """A picture with its caption; another one takes exactly its place."""

    def __init__(self, backdrop: BackdropChoice, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.canvas = PictureCanvas(backdrop, self, may_grow=True)
        self._caption = FittingLabel(self, tone="text")
        self._caption.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._caption.setFixedHeight(7 * theme.SPACE)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self.canvas, 1)
        layout.addWidget(self._caption)

    def show_contender(self, contender: Contender) -> None:
        """Show this picture in the place and at the zoom of the one before."""
        self.canvas.change_depiction(contender.depiction)
        self.canvas.setAccessibleName(contender.spoken)
        self._caption.set_wordings(contender.wordings)

    def set_judgment(self, judgment: Judgment) -> None:
        """Show what was said of the picture."""
        self.canvas.set_marks(judgment.stars, judgment.flag, is_favourite=judgment.is_favourite)
