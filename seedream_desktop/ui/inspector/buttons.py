"""Buttons of the panel."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton, QWidget

from seedream_desktop.ui import theme
from seedream_desktop.ui.controls.naming import set_name


def button(parent: QWidget, object_name: str, text: str, spoken: str, press: Callable[[], None]) -> QPushButton:
    """Return a button with *text* that is called *spoken* aloud."""
    made = QPushButton(text, parent)
    set_name(made, object_name, spoken)
    made.clicked.connect(press)
    return made


def link(parent: QWidget, object_name: str, text: str, spoken: str, press: Callable[[], None]) -> QPushButton:
    """Return a button that looks like words to follow."""
    made = button(parent, object_name, text, spoken, press)
    made.setProperty("look", "link")
    made.setFont(theme.label_font())
    made.setCursor(Qt.CursorShape.PointingHandCursor)
    if spoken != text:
        made.setToolTip(spoken)
    return made
