"""One sentence across the window, with at most one button, for what concerns everything in it."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QWidget

from seedream_desktop.ui import theme
from seedream_desktop.ui.controls.message_line import MessageLine
from seedream_desktop.ui.controls.naming import set_name


class NoticeBar(QWidget):
    """Hidden while there is nothing to say."""

    pressed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._line = MessageLine()
        self._button = QPushButton()
        self._button.clicked.connect(self.pressed)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(theme.SPACE_4, theme.SPACE_2, theme.SPACE_4, theme.SPACE_2)
        layout.setSpacing(theme.SPACE_4)
        layout.addWidget(self._line, 1)
        layout.addWidget(self._button)
        theme.notifier.changed.connect(self.update)
        self.hide()

    def say(self, text: str, tone: str, button: str = "") -> None:
        """Show *text* in a tone, and a button when it has words; an empty *text* hides the bar."""
        self._line.say(text, tone)
        self._button.setText(button)
        self._button.setVisible(bool(button))
        if button:
            set_name(self._button, "notice_button", button)
        self.setVisible(bool(text))

    def text(self) -> str:
        """Return the sentence shown, or ""."""
        return self._line.text()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the panel and the line beneath it."""
        painter = QPainter(self)
        tokens = theme.tokens()
        painter.fillRect(self.rect(), tokens.panel)
        painter.fillRect(0, self.height() - 1, self.width(), 1, tokens.line)
        painter.end()
