"""A row of buttons of which exactly one is chosen; arrows move within it and Tab leaves it."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QPushButton, QWidget


class ChoiceGroup(QFrame):
    """Holds exclusive buttons with a value each; `chosen` is emitted with the new value on every change.

    Where *takes_clicks_focus* is false a click leaves the keyboard with what had it: the group switches what another
    widget shows, and the next arrow key is meant for that one.
    """

    chosen = Signal(object)

    def __init__(self, parent: QWidget | None = None, *, takes_clicks_focus: bool = True) -> None:
        super().__init__(parent)
        # Only the chosen one is a stop of the Tab key.
        policy = Qt.FocusPolicy
        self._policies = {
            True: policy.StrongFocus if takes_clicks_focus else policy.TabFocus,
            False: policy.ClickFocus if takes_clicks_focus else policy.NoFocus,
        }
        self._choices: list[tuple[object, QPushButton]] = []

    def add_choice(self, value: object, button: QPushButton) -> None:
        """Take *button* in for *value*; the first one added is chosen."""
        button.setCheckable(True)
        # Exclusive by itself rather than by a QButtonGroup: assistive technology then calls it a radio button.
        button.setAutoExclusive(True)
        button.setFocusPolicy(self._policies[False])
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
        button.setFocusPolicy(self._policies[is_on])
        if is_on:
            self.chosen.emit(value)
