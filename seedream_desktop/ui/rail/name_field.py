"""A field that lies over a line of the rail while it gets a name, with room for why a name is refused."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QEvent, QPoint, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QFrame, QLineEdit, QVBoxLayout, QWidget

from seedream_desktop.ui import theme
from seedream_desktop.ui.controls.message_line import MessageLine
from seedream_desktop.ui.controls.naming import set_name

_WIDTH_PX: Final = 232


class _Edit(QLineEdit):
    """Esc leaves the name as it was."""

    left = Signal()
    deserted = Signal()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Tell that the keyboard went elsewhere in the window, not just to a menu or to another program."""
        super().focusOutEvent(event)
        if event.reason() not in (Qt.FocusReason.PopupFocusReason, Qt.FocusReason.ActiveWindowFocusReason):
            self.deserted.emit()

    def event(self, event: QEvent) -> bool:
        """Keep Esc from whoever else it means something to."""
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent):
            event.accept()
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Leave with Esc."""
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        else:
            super().keyPressEvent(event)


class NameField(QFrame):
    """Hidden until `ask`; ``given`` carries what was typed, which stays in the field until `close_field`."""

    given = Signal(str)
    left = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("name_field")
        self.setProperty("look", "field")
        self.setAutoFillBackground(True)
        self._before = ""
        self._edit = _Edit(self)
        self._trouble = MessageLine(self)
        self._edit.returnPressed.connect(self._give)
        self._edit.left.connect(self._leave)
        self._edit.deserted.connect(self._hide_unused)
        self._edit.textEdited.connect(lambda: self._trouble.say(""))
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.SPACE, theme.SPACE, theme.SPACE, theme.SPACE)
        column.setSpacing(theme.SPACE)
        column.addWidget(self._edit)
        column.addWidget(self._trouble)
        self.hide()

    def ask(self, spoken: str, text: str, at: QPoint) -> None:
        """Let a name be typed at the point *at* of the parent; the last part of the path *text* is marked."""
        set_name(self._edit, "name", spoken)
        self._edit.setPlaceholderText(spoken)
        self._trouble.say("")
        self._before = text
        self._edit.setText(text)
        begin = text.rfind("/") + 1
        self._edit.setSelection(begin, len(text) - begin)
        self.setFixedWidth(_WIDTH_PX)
        self.move(at)
        self._fit()
        self.show()
        self.raise_()
        self._edit.setFocus()

    def text(self) -> str:
        """Return what is typed."""
        return self._edit.text()

    def trouble(self) -> str:
        """Return why the name was refused, or ""."""
        return self._trouble.text()

    def refuse(self, sentence: str) -> None:
        """Say why the name cannot be used, and leave it to be mended."""
        self._trouble.say(sentence)
        self._fit()
        self._edit.setFocus()

    def close_field(self) -> None:
        """Vanish: the name is in use."""
        self.hide()

    def _fit(self) -> None:
        self.adjustSize()
        room = self.window().rect()
        self.move(max(0, min(self.x(), room.width() - self.width())), min(self.y(), room.height() - self.height()))

    def _give(self) -> None:
        if self._before and self._edit.text() == self._before:
            self._leave()
        else:
            self.given.emit(self._edit.text())

    def _hide_unused(self) -> None:
        """Vanish when nothing was typed; what was stays until it is kept or given up."""
        if self._edit.text().strip() in ("", self._before):
            self.hide()

    def _leave(self) -> None:
        self.hide()
        self.left.emit()
