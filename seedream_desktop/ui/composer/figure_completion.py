"""An ``@`` typed in the prompt becomes a figure: follows what is typed, and passes the keys to the list meanwhile."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Final

from PySide6.QtCore import QObject, QRect, Qt, Signal
from PySide6.QtGui import QKeyEvent, QTextCursor
from PySide6.QtWidgets import QPlainTextEdit

from seedream_desktop.domain.figures import figure
from seedream_desktop.ui.composer.figure_popup import FigureChoice, FigurePopup

# The wide form is what Japanese and Chinese input methods give.
_SIGNS: Final = ("@", "\uff20")
_NO_SPACE_AFTER: Final = "([{\"'“‘«¿¡/-–—\u00a0"
_NO_SPACE_BEFORE: Final = " ,.;:!?)]}"
_KEYS: Final = (
    Qt.Key.Key_Up,
    Qt.Key.Key_Down,
    Qt.Key.Key_Return,
    Qt.Key.Key_Enter,
    Qt.Key.Key_Tab,
    Qt.Key.Key_Escape,
)


class FigureCompletion(QObject):
    """Opens the list at an ``@`` that begins a word and puts ``Figure N`` there. `inserted`: one was chosen."""

    inserted = Signal()

    def __init__(self, editor: QPlainTextEdit, choices: Callable[[], Sequence[FigureChoice]]) -> None:
        super().__init__(editor)
        self._editor = editor
        self._choices = choices
        self._popup: FigurePopup | None = None
        self._sign: QTextCursor | None = None
        self._spare_space: int | None = None
        editor.cursorPositionChanged.connect(self.follow)
        editor.textChanged.connect(self.follow)

    def is_open(self) -> bool:
        """Return whether the list is shown."""
        return self._sign is not None

    def on_typed(self, text: str) -> None:
        """Open the list when *text*, which was just typed or composed, ends in a sign that begins a word."""
        cursor = self._editor.textCursor()
        if text.endswith(_SIGNS) and not _is_in_word(self._before(cursor, 2)[:-1]):
            cursor.movePosition(QTextCursor.MoveOperation.Left)
            # Text typed at the sign goes behind it.
            cursor.setKeepPositionOnInsert(True)
            self._sign = cursor
            self.follow()

    def follow(self) -> None:
        """Keep the list at what is typed behind the sign; close it once that is something else, or out of sight."""
        if self._sign is None:
            return
        wanted, place = self._wanted(), self._editor.cursorRect(self._sign)
        if wanted is None or not self._editor.hasFocus() or not self._is_seen(place):
            self.close()
            return
        popup = self._shown_popup()
        popup.offer(self._choices(), wanted)
        popup.show_at(place, self._editor.viewport())

    def takes(self, event: QKeyEvent) -> bool:
        """Return whether the open list has a use for the key."""
        plain = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        return self.is_open() and plain == Qt.KeyboardModifier.NoModifier and event.key() in _KEYS

    def press(self, event: QKeyEvent) -> None:
        """Let the list have a key that it takes: go to a line, choose one, or close."""
        popup = self._shown_popup()
        number = popup.current()
        if event.key() in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            popup.step(1 if event.key() == Qt.Key.Key_Down else -1)
        elif event.key() != Qt.Key.Key_Escape and number is not None:
            self._insert(number)
        else:
            self.close()

    def close(self) -> None:
        """Take the list away and leave the text as it is."""
        self._sign = None
        if self._popup is not None:
            self._popup.hide()

    def mend_space(self, typed: str) -> None:
        """Before *typed* goes in: neither a comma nor a second space needs the one behind the figure just inserted."""
        cursor = self._editor.textCursor()
        if not typed:
            return
        if typed in _NO_SPACE_BEFORE and cursor.position() == self._spare_space and not cursor.hasSelection():
            cursor.deletePreviousChar()
        self._spare_space = None

    def _is_seen(self, place: QRect) -> bool:
        return self._editor.viewport().visibleRegion().intersects(place)

    def _wanted(self) -> str | None:
        """Return what stands between sign and cursor, or None when that is no search any more."""
        cursor = self._editor.textCursor()
        typed = self._typed()
        if cursor.hasSelection() or not typed.startswith(_SIGNS) or any(char.isspace() for char in typed):
            return None
        return typed[1:]

    def _typed(self) -> str:
        cursor = QTextCursor(self._editor.textCursor())
        if self._sign is None or cursor.position() <= self._sign.position():
            return ""
        cursor.setPosition(self._sign.position(), QTextCursor.MoveMode.KeepAnchor)
        return cursor.selectedText()

    def _shown_popup(self) -> FigurePopup:
        if self._popup is None:
            self._popup = FigurePopup(self._editor.window())
            self._popup.chosen.connect(self._insert)
        return self._popup

    def _insert(self, number: int) -> None:
        sign = self._sign
        if sign is None:
            return
        cursor = self._editor.textCursor()
        cursor.setPosition(sign.position(), QTextCursor.MoveMode.KeepAnchor)
        self.close()
        before, after = self._before(sign, 1), self._after()
        lead = "" if not before or before.isspace() or before in _NO_SPACE_AFTER else " "
        trail = " " if not after or after.isalnum() else ""
        cursor.insertText(f"{lead}{figure(number)}{trail}")
        self._editor.setTextCursor(cursor)
        self._spare_space = cursor.position() if trail else None
        self.inserted.emit()

    def _before(self, cursor: QTextCursor, count: int) -> str:
        text, at = cursor.block().text(), cursor.positionInBlock()
        units = text.encode("utf-16-le", "surrogatepass")[: 2 * at]
        return units.decode("utf-16-le", "surrogatepass")[-count:]

    def _after(self) -> str:
        cursor = self._editor.textCursor()
        text, at = cursor.block().text(), cursor.positionInBlock()
        units = text.encode("utf-16-le", "surrogatepass")[2 * at :]
        return units.decode("utf-16-le", "surrogatepass")[:1]


def _is_in_word(before: str) -> bool:
    """Return whether an ``@`` behind *before* goes on with a word, as in the address of a mail."""
    return bool(before) and (before.isalnum() or before == "_")
