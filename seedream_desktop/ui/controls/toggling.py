"""Checkable buttons: what the user turns told apart from what the program shows.

Mouse and keys let Qt tell ``clicked`` and ``toggled``, assistive technology lets it tell ``toggled`` alone.
"""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QSignalBlocker
from PySide6.QtWidgets import QAbstractButton


def on_user_toggle(button: QAbstractButton, action: Callable[[], object]) -> None:
    """Do *action* whenever *button* is turned, by mouse, key or assistive technology, but not by `show_checked`."""
    button.toggled.connect(lambda _is_on: action())


def show_checked(button: QAbstractButton, *, is_on: bool) -> None:
    """Show a button as on or off without doing what the user's turn of it would do."""
    with QSignalBlocker(button):
        button.setChecked(is_on)
