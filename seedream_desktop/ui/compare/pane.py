"""One picture of a comparison with its caption; the marked one has a frame."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QEvent, QObject, QRect, Qt, Signal
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QVBoxLayout, QWidget

from seedream_desktop.domain.judging import Flag, Judgment
from seedream_desktop.ui import theme
from seedream_desktop.ui.compare.contender import Contender
from seedream_desktop.ui.controls.fitting_label import FittingLabel
from seedream_desktop.ui.signs import words_of
from seedream_desktop.ui.viewer.backdrop import BackdropChoice
from seedream_desktop.ui.viewer.canvas import PictureCanvas

_FRAME_PX: Final = 2
_VEIL_PART: Final = 0.6
_CAPTION_PX: Final = 7 * theme.SPACE
# What a picture that is seen whole leaves of its pane: frame and margins, and below them the caption.
_EDGES_PX: Final = 2 * (_FRAME_PX + theme.SPACE_4)
AROUND_PX: Final = (_EDGES_PX, _EDGES_PX + _CAPTION_PX)


class Veil(QWidget):
    """Lets what lies below step back; the mouse goes through it."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        theme.notifier.changed.connect(self.update)
        self.hide()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the ground over all, so that a part of it shines through."""
        veil = QColor(theme.tokens().ground)
        veil.setAlphaF(_VEIL_PART)
        painter = QPainter(self)
        painter.fillRect(self.rect(), veil)
        painter.end()


class Pane(QWidget):
    """``activated`` tells that the keyboard or the mouse came here."""

    activated = Signal()

    def __init__(self, backdrop: BackdropChoice, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._is_active = False
        self._said = ""
        self.canvas = PictureCanvas(backdrop, self, may_grow=True)
        self._veil = Veil(self.canvas)
        self._caption = FittingLabel(self)
        self._caption.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._caption.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self._caption.setContentsMargins(theme.SPACE, 0, theme.SPACE, 0)
        self._caption.setFixedHeight(_CAPTION_PX)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(_FRAME_PX, _FRAME_PX, _FRAME_PX, _FRAME_PX)
        layout.setSpacing(0)
        layout.addWidget(self.canvas, 1)
        layout.addWidget(self._caption)
        # Below the marks: that a picture was rejected is to be read all the same.
        self._veil.lower()
        self.canvas.installEventFilter(self)
        theme.notifier.changed.connect(self.update)
        self.hide()

    def show_contender(self, contender: Contender) -> None:
        """Show a picture and say which it is."""
        self.canvas.show_depiction(contender.depiction)
        self.canvas.setAccessibleName(contender.spoken)
        self._caption.set_wordings(contender.wordings)

    def set_active(self, *, is_active: bool) -> None:
        """Mark it as the one that would be picked, or not."""
        self._is_active = is_active
        self._caption.set_tone("text" if is_active else "muted")
        self._describe()
        self.update()

    def set_judgment(self, judgment: Judgment) -> None:
        """Show what was said of the picture; a rejected one steps back."""
        self.canvas.set_marks(judgment.stars, judgment.flag, is_favourite=judgment.is_favourite)
        self._said = words_of(judgment)
        self._veil.setVisible(judgment.flag is Flag.REJECT)
        self._describe()

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        """Notice when the keyboard comes to the picture, and keep the veil over it."""
        if event.type() is QEvent.Type.FocusIn:
            self.activated.emit()
        elif event.type() is QEvent.Type.Resize:
            self._veil.setGeometry(self.canvas.rect())
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

    def _describe(self) -> None:
        marked = self.tr("marked") if self._is_active else ""
        self.canvas.setAccessibleDescription(", ".join(filter(None, (marked, self._said))))
