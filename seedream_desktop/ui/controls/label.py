"""The one kind of label in the window: it shows text as it is and never reads it as markup."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QWidget


class Label(QLabel):
    """A label that is always plain text, so that words from outside cannot draw or link anything.

    *tone* is ``"text"``, ``"muted"``, ``"faint"``, ``"good"``, ``"care"`` or ``"bad"``; the style sheet colours it.
    """

    def __init__(self, text: str = "", parent: QWidget | None = None, *, tone: str = "text") -> None:
        super().__init__(parent)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setText(text)
        self.set_tone(tone)

    def set_tone(self, tone: str) -> None:
        """Show the text in the colour of the token named *tone*."""
        self.setProperty("tone", tone)
        if not self.testAttribute(Qt.WidgetAttribute.WA_WState_Polished):
            return
        # Polishing anew makes the style sheet forget a font that was set by hand.
        font = self.font()
        self.style().unpolish(self)
        self.style().polish(self)
        self.setFont(font)
