"""What the gallery says while it has nothing to show."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFont
from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget

from seedream_desktop.ui import theme
from seedream_desktop.ui.controls.label import Label
from seedream_desktop.ui.controls.naming import set_name

_WIDTH_PX = 440


class EmptyGallery(QWidget):
    """Two lines on what to do, and three prompts to begin with."""

    sample_chosen = Signal(str)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        layout = QVBoxLayout(self)
        layout.setSpacing(theme.SPACE_2)
        layout.addStretch()
        layout.addWidget(self._line(self.tr("Your pictures will appear here"), "text", strong=True))
        hint = self.tr("Describe one on the left and press Generate, or begin with one of these.")
        layout.addWidget(self._line(hint, "muted", strong=False))
        layout.addSpacing(theme.SPACE_2)
        for number, prompt in enumerate(self._samples(), start=1):
            layout.addWidget(self._sample(number, prompt), 0, Qt.AlignmentFlag.AlignHCenter)
        layout.addStretch()

    def _samples(self) -> tuple[str, str, str]:
        return (
            self.tr("A red fox in fresh snow, close portrait, soft light"),
            self.tr("Poster for a jazz night, bold flat shapes, warm colours"),
            self.tr("A small cabin by a fjord at dusk, seen from a kite"),
        )

    def _line(self, text: str, tone: str, *, strong: bool) -> Label:
        label = Label(text, self, tone=tone)
        label.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        label.setWordWrap(True)
        if strong:
            font = theme.prompt_font()
            font.setWeight(QFont.Weight.DemiBold)
            label.setFont(font)
        return label

    def _sample(self, number: int, prompt: str) -> QPushButton:
        button = QPushButton(prompt, self)
        button.setMinimumWidth(_WIDTH_PX)
        set_name(button, f"sample_prompt_{number}", self.tr("Sample prompt {number}").format(number=number))
        button.setAccessibleDescription(prompt)
        button.clicked.connect(lambda: self.sample_chosen.emit(prompt))
        return button
