"""Asks for the name of a search."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QDialog, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from seedream_desktop.domain.collections import MAX_NAME_CHARS
from seedream_desktop.ui import theme
from seedream_desktop.ui.controls.button import push_button
from seedream_desktop.ui.controls.label import Label
from seedream_desktop.ui.controls.naming import set_name

_WIDTH_PX: Final = 380


class NameDialog(QDialog):
    """``named`` carries the name; the dialog stays until whoever keeps it calls `accept`, or says why not."""

    named = Signal(str)

    def __init__(self, title: str, hint: str, name: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle(title)
        self.setObjectName("name_of_search")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setMinimumWidth(_WIDTH_PX)
        self.field = QLineEdit(self)
        set_name(self.field, "search_name", self.tr("Name of the search"))
        self.field.setMaxLength(MAX_NAME_CHARS)
        self.field.setText(name)
        self.field.selectAll()
        self.said = Label(hint, self, tone="muted")
        self.said.setWordWrap(True)
        self.said.setVisible(bool(hint))
        self.keep = push_button("keep_name", self.tr("Save"))
        self.keep.setDefault(True)
        self.keep.setProperty("look", "primary")
        self._cancel = push_button("cancel_name", self.tr("Cancel"))
        self._lay_out()
        self.field.textChanged.connect(self._allow)
        self.keep.clicked.connect(lambda: self.named.emit(self.field.text()))
        self._cancel.clicked.connect(self.reject)
        self._allow()

    def refuse(self, sentence: str) -> None:
        """Say why this name cannot be; what was written stays."""
        self.said.set_tone("bad")
        self.said.setText(sentence)
        self.said.show()
        self.field.setFocus(Qt.FocusReason.OtherFocusReason)

    def _allow(self) -> None:
        self.keep.setEnabled(bool(self.field.text().strip()))

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.SPACE_4, theme.SPACE_4, theme.SPACE_4, theme.SPACE_4)
        column.setSpacing(theme.SPACE_3)
        column.addWidget(self.field)
        column.addWidget(self.said)
        row = QHBoxLayout()
        row.setSpacing(theme.SPACE_2)
        row.addStretch(1)
        row.addWidget(self._cancel)
        row.addWidget(self.keep)
        column.addLayout(row)
