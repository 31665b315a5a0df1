"""The meter of a connected set: references and images together, of the 15 that the model makes at most."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QProgressBar, QSizePolicy, QWidget

from seedream_desktop.domain.request import MAX_SET_PICTURES
from seedream_desktop.ui import theme
from seedream_desktop.ui.controls.naming import set_name

_BAR_PX: Final = 4
_GAP_PX: Final = 5


class PictureMeter(QProgressBar):
    """One small bar under its words: references first, then the images asked for; in the warning colour beyond 15."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._references = 0
        self._images = 0
        self.setRange(0, MAX_SET_PICTURES)
        self.setFont(theme.label_font())
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        set_name(self, "pictures_in_the_set", self.tr("References and images of the set"))
        theme.notifier.changed.connect(self.update)
        self.show_counts(0, 1)

    def show_counts(self, references: int, images: int) -> None:
        """Show so many *references* and *images*."""
        self._references, self._images = references, images
        self.setValue(min(references + images, MAX_SET_PICTURES))
        self.setAccessibleDescription(f"{self._words()} {self.text()}")
        self.update()

    def text(self) -> str:
        """Return the number beside the bar, e.g. ``7 of 15``."""
        return self.tr("{count} of {limit}").format(count=self._references + self._images, limit=MAX_SET_PICTURES)

    def is_beyond(self) -> bool:
        """Return whether there are more than the model makes."""
        return self._references + self._images > MAX_SET_PICTURES

    def sizeHint(self) -> QSize:
        """Return the size of a line of text over the bar."""
        return QSize(160, self.fontMetrics().height() + _GAP_PX + _BAR_PX)

    def minimumSizeHint(self) -> QSize:
        """Return the same height, and no width of its own."""
        return QSize(80, self.sizeHint().height())

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the words, and the bar beneath them."""
        chosen = theme.tokens()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(chosen.care if self.is_beyond() else chosen.muted)
        painter.drawText(self.rect(), Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft, self._words())
        painter.drawText(self.rect(), Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignRight, self.text())
        painter.setPen(Qt.PenStyle.NoPen)
        self._draw_bar(painter, QRectF(0, self.height() - _BAR_PX, self.width(), _BAR_PX))

    def _draw_bar(self, painter: QPainter, bar: QRectF) -> None:
        """One cell for each picture, so that 15 can be counted; references and images differ."""
        chosen = theme.tokens()
        full = chosen.care if self.is_beyond() else chosen.accent
        step = (bar.width() + 2) / MAX_SET_PICTURES
        for place in range(MAX_SET_PICTURES):
            is_reference = place < self._references
            is_image = place < self._references + self._images
            painter.setBrush(chosen.muted if is_reference else full if is_image else chosen.line)
            painter.drawRoundedRect(QRectF(bar.x() + place * step, bar.y(), step - 2, bar.height()), 1.5, 1.5)

    def _words(self) -> str:
        return self.tr("References + images")
