"""The switch that tells the model what each reference is for, over the very sentence that is then sent."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from seedream_desktop.ui import theme
from seedream_desktop.ui.controls.few_lines import FewLines
from seedream_desktop.ui.controls.naming import set_name
from seedream_desktop.ui.controls.switch_row import SwitchRow

# With a role for each of 14 references the sentence would push the shapes out of sight.
_MOST_LINES: Final = 3


class RoleLine(QWidget):
    """Hidden while no reference has a role. `toggled`: the user switched."""

    toggled = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        title = self.tr("Tell the model the roles")
        self._switch = SwitchRow(title, self.tr("sent after the prompt:"))
        set_name(self._switch, "tell_the_model_the_roles", title)
        self._preview = FewLines(_MOST_LINES, tone="faint")
        self._preview.setObjectName("role_line")
        self._preview.setFont(theme.label_font())
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(2)
        layout.addWidget(self._switch)
        layout.addWidget(self._preview)
        self._switch.toggled.connect(lambda _is_on: self._on_toggled())
        self.hide()

    def is_on(self) -> bool:
        """Return whether the roles are to be told."""
        return self._switch.isChecked()

    def turn(self, *, on: bool) -> None:
        """Switch on or off."""
        self._switch.setChecked(on)

    def text(self) -> str:
        """Return the sentence, of which a long one is cut off where it is shown."""
        return self._preview.words

    def show_line(self, sentence: str) -> None:
        """Show *sentence*; an empty one hides all of it."""
        self._preview.set_words(sentence)
        self.setVisible(bool(sentence))

    def _on_toggled(self) -> None:
        self._preview.set_tone("text" if self.is_on() else "faint")
        self.toggled.emit()
