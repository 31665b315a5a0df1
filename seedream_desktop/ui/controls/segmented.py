"""A segmented control: a few words side by side, one of them chosen."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QHBoxLayout, QPushButton, QSizePolicy, QWidget

from seedream_desktop.ui.controls.choice_group import ChoiceGroup
from seedream_desktop.ui.controls.naming import set_name, snake_case


class Segmented(ChoiceGroup):
    """Shows *choices*, pairs of a value and the word for it, in equal widths; the value is the ``objectName``."""

    def __init__(
        self, choices: Sequence[tuple[object, str]], parent: QWidget | None = None, *, takes_clicks_focus: bool = True
    ) -> None:
        super().__init__(parent, takes_clicks_focus=takes_clicks_focus)
        self.setProperty("look", "well")
        layout = QHBoxLayout(self)
        layout.setContentsMargins(2, 2, 2, 2)
        layout.setSpacing(2)
        for value, text in choices:
            button = QPushButton(text)
            button.setProperty("look", "segment")
            button.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
            button.setMinimumWidth(button.fontMetrics().horizontalAdvance(text) + 24)
            set_name(button, snake_case(str(value)), text)
            self.add_choice(value, button)
            layout.addWidget(button, 1)
