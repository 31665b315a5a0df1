"""One picture of a comparison with its caption; the marked one has a frame."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QEvent, QObject, QRect, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QVBoxLayout, QWidget

from seedream_desktop.ui import theme
from seedream_desktop.ui.compare.contender import Contender
from seedream_desktop.ui.controls.label import Label
from seedream_desktop.ui.viewer.backdrop import BackdropChoice
from seedream_desktop.ui.viewer.canvas import PictureCanvas

_FRAME_PX: Final = 2


class Pane(QWidget):
    """``activated`` tells that the keyboard or the mouse came here."""

    activated = Signal()

    def __init__(self, backdrop: BackdropChoice, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._is_active = False
        self.canvas = PictureCanvas(backdrop, self, may_grow=True)
        self._caption = Label("", self, tone="muted")
        self._caption.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._caption.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self._caption.setContentsMargins(theme.SPACE, 0, theme.SPACE, 0)
        self._caption.setFixedHeight(7 * theme.SPACE)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(_FRAME_PX, _FRAME_PX, _FRAME_PX, _FRAME_PX)
        layout.setSpacing(0)
        layout.addWidget(self.canvas, 1)
        layout.addWidget(self._caption)
        self.canvas.installEventFilter(self)
        theme.notifier.changed.connect(self.update)
        self.hide()

    def show_contender(self, contender: Contender) -> None:
        """Show a picture and say which it is."""
        self.canvas.show_depiction(contender.depiction)
        self.canvas.setAccessibleName(contender.spoken)
        self._caption.setText(contender.label)

    def set_active(self, *, is_active: bool) -> None:
        """Mark it as the one that would be picked, or not."""
        self._is_active = is_active
        self._caption.set_tone("text" if is_active else "muted")
        self.canvas.setAccessibleDescription(self.tr("marked") if is_active else "")
        self.update()

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        """Notice when the keyboard comes to the picture."""
        if event.type() is QEvent.Type.FocusIn:
            self.activated.emit()
        return False

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the frame around the marked one."""
        painter = QPainter(self)
        chosen = theme.tokens()
        painter.fillRect(self.rect(), chosen.panel)
        if self._is_active:
            inner = QRect(self.rect()).adjusted(1, 1, -1, -1)
            painter.setPen(QPen(chosen.accent, _FRAME_PX))
            painter.drawRect(inner)
        painter.end()
