"""The search field: tells its text when the typing pauses, and leads on to the pictures."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QAction, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QLineEdit, QWidget

from seedream_desktop.ui.controls.naming import set_name
from seedream_desktop.ui.icons import icon

_PAUSE_MS: Final = 120
_LEAST_PX, _MOST_PX = 90, 320
# The two signs inside the field, and what Qt keeps free around the words.
_SIGNS_PX: Final = 78
_ENTER: Final = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class SearchEdit(QLineEdit):
    """``searched`` carries the text; ``left_down`` and ``entered`` tell that the user goes on to the pictures.

    Enter does not wait for the pause: the text is told before ``entered``.
    """

    searched = Signal(str)
    left_down = Signal()
    entered = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        set_name(self, "search", self.tr("Search"))
        self._wordings = (
            self.tr("Search prompts, tags, notes, names"),
            self.tr("Search prompts and tags"),
            self.tr("Search prompts"),
            self.tr("Search"),
        )
        self.setPlaceholderText(self._wordings[0])
        self.setToolTip(self._wordings[0])
        self.setClearButtonEnabled(True)
        self.setMinimumWidth(_LEAST_PX)
        self.setMaximumWidth(_MOST_PX)
        self._name_buttons()
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(_PAUSE_MS)
        self._pause.timeout.connect(self._tell)
        self.textChanged.connect(self._wait)

    def show_text(self, text: str) -> None:
        """Let *text* stand in the field without telling it; what was typed and not told yet is told no more."""
        if text != self.text():
            self.setText(text)
        self._pause.stop()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Say as much of what is searched as there is room for."""
        super().resizeEvent(event)
        room_px = self.width() - _SIGNS_PX
        fitting = (words for words in self._wordings if self.fontMetrics().horizontalAdvance(words) <= room_px)
        self.setPlaceholderText(next(fitting, self._wordings[-1]))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Empty the search with Esc, go to the pictures with Down, Enter, and Esc when it is empty."""
        key = event.key()
        if key == Qt.Key.Key_Escape and self.text():
            self.clear()
        elif key in (Qt.Key.Key_Down, Qt.Key.Key_Escape):
            self.left_down.emit()
        elif key in _ENTER and not event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self._enter()
        else:
            super().keyPressEvent(event)

    def _enter(self) -> None:
        if self._pause.isActive():
            self._pause.stop()
            self._tell()
        self.entered.emit()

    def _tell(self) -> None:
        self.searched.emit(self.text())

    def _wait(self) -> None:
        self._pause.start()

    def _name_buttons(self) -> None:
        """Give the two signs inside the field words: a screen reader comes by both."""
        sign = self.addAction(icon("search", "faint"), QLineEdit.ActionPosition.LeadingPosition)
        sign.setText(self.tr("Search icon"))
        clear = self.findChild(QAction, "_q_qlineeditclearaction")
        if isinstance(clear, QAction):
            clear.setText(self.tr("Empty the search"))
