"""A row of buttons of which exactly one is chosen; arrows move within it and Tab leaves it."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QPushButton, QWidget


class ChoiceGroup(QFrame):
    """Holds exclusive buttons with a value each; `chosen` is emitted with the new value on every change."""

    chosen = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._choices: list[tuple[object, QPushButton]] = []

    def add_choice(self, value: object, button: QPushButton) -> None:
        """Take *button* in for *value*; the first one added is chosen."""
        button.setCheckable(True)
        # Exclusive by itself rather than by a QButtonGroup: assistive technology then calls it a radio button.
        button.setAutoExclusive(True)
        button.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        button.toggled.connect(lambda is_on: self._on_toggled(value, button, is_on=is_on))
        self._choices.append((value, button))
        if len(self._choices) == 1:
            button.setChecked(True)

    def value(self) -> object:
        """Return the value of the chosen button, or None while there is none."""
        return next((value for value, button in self._choices if button.isChecked()), None)

    def set_value(self, value: object) -> None:
        """Choose the button of *value*; an unknown value changes nothing."""
        for known, button in self._choices:
            if known == value:
                button.setChecked(True)

    def buttons(self) -> list[QPushButton]:
        """Return the buttons in their order."""
        return [button for _value, button in self._choices]

    def _on_toggled(self, value: object, button: QPushButton, *, is_on: bool) -> None:
        # Only the chosen one is a stop of the Tab key.
        button.setFocusPolicy(Qt.FocusPolicy.StrongFocus if is_on else Qt.FocusPolicy.ClickFocus)
        if is_on:
            self.chosen.emit(value)
