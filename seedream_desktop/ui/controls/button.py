"""A named push button, which leaves the Enter key to the dialog around it."""

from __future__ import annotations

from PySide6.QtWidgets import QPushButton

from seedream_desktop.ui.controls.naming import set_name


def push_button(object_name: str, text: str, spoken: str = "", *, takes_enter: bool = False) -> QPushButton:
    """Return a button with *text*, called *spoken* aloud, or as it is labelled where that says enough.

    Enter in a dialog means its default button, unless the keyboard stands on one that *takes_enter* itself.
    """
    button = QPushButton(text)
    button.setAutoDefault(takes_enter)
    set_name(button, object_name, spoken or text)
    return button
