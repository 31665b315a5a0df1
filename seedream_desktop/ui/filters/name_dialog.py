"""Asks for the name of a search."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QLineEdit, QVBoxLayout, QWidget

from seedream_desktop.domain.collections import MAX_NAME_CHARS
from seedream_desktop.ui import theme
from seedream_desktop.ui.controls.label import Label
from seedream_desktop.ui.controls.naming import set_name

_WIDTH_PX = 380


class NameDialog(QDialog):
    """``named`` carries the name; the dialog stays until whoever keeps it calls `accept`, or says why not."""

    named = Signal(str)

    def __init__(self, title: str, hint: str, name: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle(title)
        self.setObjectName("name_of_search")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setMinimumWidth(_WIDTH_PX)
        self.field = QLineEdit(name, self)
        set_name(self.field, "search_name", self.tr("Name of the search"))
        self.field.setMaxLength(MAX_NAME_CHARS)
        self.field.selectAll()
        self.said = Label(hint, self, tone="muted")
        self.said.setWordWrap(True)
        buttons = QDialogButtonBox.StandardButton
        self.buttons = QDialogButtonBox(buttons.Save | buttons.Cancel, self)
        self.field.textChanged.connect(self._allow)
        self.buttons.accepted.connect(lambda: self.named.emit(self.field.text()))
        self.buttons.rejected.connect(self.reject)
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.SPACE_4, theme.SPACE_4, theme.SPACE_4, theme.SPACE_4)
        column.setSpacing(theme.SPACE_3)
        for part in (self.field, self.said, self.buttons):
            column.addWidget(part)
        self._allow()

    def refuse(self, sentence: str) -> None:
        """Say why this name cannot be; what was written stays."""
        self.said.set_tone("bad")
        self.said.setText(sentence)
        self.field.setFocus(Qt.FocusReason.OtherFocusReason)

    def _allow(self) -> None:
        self.buttons.button(QDialogButtonBox.StandardButton.Save).setEnabled(bool(self.field.text().strip()))
