"""The prompt of a picture, to be read and marked."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from seedream_desktop.ui import theme
from seedream_desktop.ui.controls.label import Label
from seedream_desktop.ui.inspector.buttons import link

_SHORT_CHARS: Final = 600


class Prompt(QWidget):
    """Long prompts show their beginning, until all is wanted."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._text = ""
        self._is_whole = False
        self._label = Label("", self)
        self._label.setObjectName("prompt_text")
        self._label.setWordWrap(True)
        by_mouse, by_keys = (
            Qt.TextInteractionFlag.TextSelectableByMouse,
            Qt.TextInteractionFlag.TextSelectableByKeyboard,
        )
        self._label.setTextInteractionFlags(by_mouse | by_keys)
        self._more = link(self, "whole_prompt", "", "", self._turn)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.SPACE)
        column.addWidget(self._label)
        column.addWidget(self._more)

    def show_text(self, text: str) -> None:
        """Show *text*; the same one stays as long or as short as it is."""
        if text != self._text:
            self._text, self._is_whole = text, False
        self._show()

    def _turn(self) -> None:
        self._is_whole = not self._is_whole
        self._show()

    def _show(self) -> None:
        is_long = len(self._text) > _SHORT_CHARS
        cut = is_long and not self._is_whole
        self._label.setText(f"{self._text[:_SHORT_CHARS].rstrip()}…" if cut else self._text)
        words = self.tr("Show all") if cut else self.tr("Show less")
        self._more.setText(words)
        self._more.setAccessibleName(words)
        self._more.setVisible(is_long)
