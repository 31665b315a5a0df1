"""The field in which a key is pressed instead of written."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QEvent, QRect, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from seedream_desktop.ui import theme
from seedream_desktop.ui.controls.naming import set_name
from seedream_desktop.ui.keys.key_map import portable

_HEIGHT_PX: Final = 32
_ONLY_MODIFIERS: Final = frozenset(
    {
        Qt.Key.Key_Shift,
        Qt.Key.Key_Control,
        Qt.Key.Key_Alt,
        Qt.Key.Key_AltGr,
        Qt.Key.Key_Meta,
        Qt.Key.Key_CapsLock,
        Qt.Key.Key_NumLock,
        Qt.Key.Key_unknown,
    }
)


class KeyCapture(QWidget):
    """Takes every key while it has the keyboard, Tab and the window's own too; Esc, or leaving it, gives up.

    ``captured`` carries the key as portable text.
    """

    captured = Signal(str)
    given_up = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        set_name(self, "new_key", self.tr("New key"))
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled, False)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setFixedHeight(_HEIGHT_PX)
        self._text = ""

    def ask(self, text: str) -> None:
        """Show *text* and take the keyboard."""
        self._text = text
        self.setAccessibleDescription(text)
        self.show()
        self.setFocus(Qt.FocusReason.OtherFocusReason)
        self.update()

    def event(self, event: QEvent) -> bool:
        """Take the keys before shortcuts, buttons and Tab get them."""
        if event.type() is QEvent.Type.ShortcutOverride:
            event.accept()
            return True
        if event.type() is QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            self._take(event)
            return True
        return super().event(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Give up when the user goes on elsewhere."""
        super().focusOutEvent(event)
        if event.reason() is not Qt.FocusReason.ActiveWindowFocusReason and self.isVisible():
            self.given_up.emit()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the field with what is asked."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        chosen = theme.tokens()
        painter.setPen(QPen(chosen.accent, 2))
        painter.setBrush(chosen.field)
        painter.drawRoundedRect(QRect(self.rect()).adjusted(1, 1, -1, -1), theme.RADIUS_CONTROL, theme.RADIUS_CONTROL)
        painter.setPen(chosen.text)
        place = self.rect().adjusted(theme.SPACE_2, 0, -theme.SPACE_2, 0)
        words = painter.fontMetrics().elidedText(self._text, Qt.TextElideMode.ElideRight, place.width())
        painter.drawText(place, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, words)
        painter.end()

    def _take(self, event: QKeyEvent) -> None:
        key = Qt.Key(event.key())
        if key in _ONLY_MODIFIERS:
            return
        if key is Qt.Key.Key_Escape and event.modifiers() == Qt.KeyboardModifier.NoModifier:
            self.given_up.emit()
        else:
            self.captured.emit(portable(event.keyCombination()))
