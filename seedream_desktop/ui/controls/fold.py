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
        self.button.setCheckable(True)
        self.button.setIconSize(QSize(14, 14))
        self.button.toggled.connect(self._open)
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
        self._open(is_open=False)

    def is_open(self) -> bool:
        """Return whether the content is shown."""
        return self.button.isChecked()

    def open(self) -> None:
        """Show the content."""
        self.button.setChecked(True)

    def _open(self, is_open: bool) -> None:  # noqa: FBT001 - the signature of QAbstractButton.toggled
        self._content.setVisible(is_open)
        self._hint.setVisible(not is_open)
        self.button.setIcon(icon("chevron-down" if is_open else "chevron-right", "muted"))
        self.toggled.emit(is_open)
