"""The way from the pictures to the fields in which something is written about them, and back."""

from __future__ import annotations

from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import QWidget

from seedream_desktop.ui.inspector import Inspector
from seedream_desktop.ui.keys import CommandId
from seedream_desktop.ui.panels import Panels


class Writing(QObject):
    """Takes the keyboard to the field that a command asks for; when that is left, it goes where it was or *home*."""

    def __init__(self, inspector: Inspector, panels: Panels, home: QWidget) -> None:
        super().__init__(inspector)
        self._inspector, self._panels, self._home = inspector, panels, home
        self._from = home
        inspector.left.connect(self._return)

    def begin(self, command: CommandId) -> None:
        """Go to the tags or to the note of what is chosen."""
        focused = self._inspector.window().focusWidget()
        if focused is not None and not self._inspector.isAncestorOf(focused):
            self._from = focused
        self._panels.show_inspector()
        if command is CommandId.WRITE_TAG:
            self._inspector.write_tag()
        else:
            self._inspector.write_note()

    def _return(self) -> None:
        back = self._from if self._from.isVisible() else self._home
        back.setFocus(Qt.FocusReason.OtherFocusReason)
