"""A label with several wordings of one fact, which shows the longest that fits."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from seedream_desktop.ui.controls.label import Label


class FittingLabel(Label):
    """Right-aligned; the full wording stays readable for assistive technology as its description."""

    def __init__(self, parent: QWidget | None = None, *, tone: str = "muted") -> None:
        super().__init__("", parent, tone=tone)
        self._wordings: tuple[str, ...] = ("",)
        self.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)

    def set_wordings(self, wordings: Sequence[str]) -> None:
        """Show the first of *wordings* (longest first) that fits, else the last one elided."""
        self._wordings = tuple(wordings)
        self.setAccessibleDescription(self._wordings[0])
        self.updateGeometry()
        self._fit()

    def minimumSizeHint(self) -> QSize:
        """Return no width of its own: the label takes what its neighbours leave."""
        return QSize(0, super().minimumSizeHint().height())

    def sizeHint(self) -> QSize:
        """Return the size of the full wording, so that showing a shorter one does not shrink the room."""
        width = self.fontMetrics().horizontalAdvance(self._wordings[0])
        return QSize(width, super().sizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Choose the wording anew."""
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        metrics = self.fontMetrics()
        fitting = (words for words in self._wordings if metrics.horizontalAdvance(words) <= self.width())
        last = metrics.elidedText(self._wordings[-1], Qt.TextElideMode.ElideRight, self.width())
        self.setText(next(fitting, last))
