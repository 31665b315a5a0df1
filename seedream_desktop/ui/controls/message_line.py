"""A sentence beside the control it is about, with a sign before it; gone when there is nothing to say."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QWidget

from seedream_desktop.ui import theme
from seedream_desktop.ui.controls.label import Label
from seedream_desktop.ui.icons import icon

_SIGNS = {"bad": "circle-alert", "care": "triangle-alert", "good": "circle-check", "muted": "info"}


class MessageLine(QWidget):
    """Shows one sentence in a tone: ``"bad"``, ``"care"``, ``"good"`` or ``"muted"``; screen readers hear it."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._tone = "bad"
        self._sign = Label()
        self._sign.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self._words = Label()
        self._words.setFont(theme.label_font())
        self._words.setWordWrap(True)
        self._words.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(6)
        layout.addWidget(self._sign, 0, Qt.AlignmentFlag.AlignTop)
        layout.addWidget(self._words, 1)
        theme.notifier.changed.connect(self._draw_sign)
        self.hide()

    def text(self) -> str:
        """Return the sentence shown, or "" while there is none."""
        return self._words.text()

    def say(self, text: str, tone: str = "bad") -> None:
        """Show *text*; an empty one hides the line."""
        is_new = text != self._words.text()
        self._tone = tone
        self._words.setText(text)
        self._words.set_tone(tone)
        self._draw_sign()
        self.setVisible(bool(text))
        if is_new and text:
            QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self, text))

    def _draw_sign(self) -> None:
        sign = icon(_SIGNS[self._tone], self._tone)
        self._sign.setPixmap(sign.pixmap(QSize(14, 14), self.devicePixelRatioF()))
