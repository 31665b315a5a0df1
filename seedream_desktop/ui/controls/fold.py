"""A button that opens and closes what lies beneath it."""

from __future__ import annotations

from PySide6.QtCore import QSize, Signal
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from seedream_desktop.ui import theme
from seedream_desktop.ui.controls.label import Label
from seedream_desktop.ui.controls.naming import set_name
from seedream_desktop.ui.icons import icon


class Fold(QWidget):
    """Shows *title* as a button, *hint* beside it while closed, and *content* while open; closed at first."""

    toggled = Signal(bool)

    def __init__(self, title: str, hint: str, content: QWidget, object_name: str) -> None:
        super().__init__()
        self._content = content
        self._hint = Label(hint, tone="faint")
        self._hint.setFont(theme.label_font())
        self.button = QPushButton(title)
        self.button.setProperty("look", "fold")
        self.button.setIconSize(QSize(14, 14))
        self.button.clicked.connect(lambda: self._turn(is_open=not self.is_open()))
        set_name(self.button, object_name, title)
        head = QHBoxLayout()
        head.setSpacing(theme.SPACE)
        head.addWidget(self.button)
        head.addWidget(self._hint)
        head.addStretch(1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(theme.SPACE_2)
        layout.addLayout(head)
        layout.addWidget(content)
        self._turn(is_open=False)

    def is_open(self) -> bool:
        """Return whether the content is shown."""
        return not self._content.isHidden()

    def open(self) -> None:
        """Show the content."""
        self._turn(is_open=True)

    def _turn(self, *, is_open: bool) -> None:
        self._content.setVisible(is_open)
        self._hint.setVisible(not is_open)
        self.button.setIcon(icon("chevron-down" if is_open else "chevron-right", "muted"))
        self.toggled.emit(is_open)
