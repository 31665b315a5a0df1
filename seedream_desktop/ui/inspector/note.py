"""A few lines in the user's own words about one picture; kept while they are written."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QSize, Qt, QTimer, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QPlainTextEdit, QSizePolicy, QWidget

from seedream_desktop.ui import theme
from seedream_desktop.ui.controls.naming import set_name

_PAUSE_MS: Final = 800
_LINES: Final = range(2, 7)


class NoteField(QPlainTextEdit):
    """``written`` carries the content (SHA-256) that the note is about, the text, and whether the writing is over.

    ``left`` wants the keyboard back among the pictures.

    It is told after a pause of 0.8 s, and at once when the keyboard leaves or another picture is shown.
    """

    written = Signal(str, str, bool)
    left = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        set_name(self, "note", self.tr("Note"))
        self.setPlaceholderText(self.tr("Write a note"))
        self.setTabChangesFocus(True)
        self.setFont(theme.label_font())
        # Its words begin where those of the tag field above it do.
        self.document().setDocumentMargin(theme.SPACE_2)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self._content: str | None = None
        self._told = ""
        self._is_open = False
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(_PAUSE_MS)
        self._pause.timeout.connect(lambda: self._tell(is_over=False))
        self.textChanged.connect(self._follow)

    def show_note(self, content: str | None, text: str) -> None:
        """Show the note of a picture; what the user is writing about the same one stays."""
        if content != self._content:
            self.flush()
        elif self._is_open:
            return
        self._content = content
        self._told = text
        self.setEnabled(content is not None)
        if self.toPlainText() != text:
            self.blockSignals(True)
            self.setPlainText(text)
            self.blockSignals(False)
        self.updateGeometry()

    def flush(self) -> None:
        """Tell what is written, and that the writing is over."""
        if self._is_open:
            self._tell(is_over=True)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Let Escape and Ctrl+Enter end the writing."""
        is_enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if event.key() == Qt.Key.Key_Escape or (is_enter and event.modifiers() & Qt.KeyboardModifier.ControlModifier):
            self.flush()
            self.left.emit()
            return
        super().keyPressEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Keep what was written, unless only a menu is open."""
        super().focusOutEvent(event)
        if event.reason() is not Qt.FocusReason.PopupFocusReason:
            self.flush()

    def sizeHint(self) -> QSize:
        """Return the height of two to six lines, as many as are written."""
        lines = max(_LINES.start, min(_LINES.stop - 1, round(self.document().size().height())))
        return QSize(0, lines * self.fontMetrics().lineSpacing() + 2 * theme.SPACE_3)

    def _follow(self) -> None:
        self.updateGeometry()
        if self._content is not None and (self._is_open or self.toPlainText() != self._told):
            self._is_open = True
            self._pause.start()

    def _tell(self, *, is_over: bool) -> None:
        self._pause.stop()
        self._is_open = not is_over
        self._told = self.toPlainText()
        if self._content is not None:
            self.written.emit(self._content, self._told, is_over)
