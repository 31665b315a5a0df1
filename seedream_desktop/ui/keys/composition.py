"""Knows whether letters are still being put together by an input method, when every key belongs to that."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QGuiApplication, QInputMethodEvent
from PySide6.QtWidgets import QWidget
from shiboken6 import isValid


class Composition(QObject):
    """Looks at the events of the field that has the keyboard, and of no other object."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._field: QObject | None = None
        self.is_under_way = False
        app = QGuiApplication.instance()
        if isinstance(app, QGuiApplication):
            app.focusObjectChanged.connect(self._watch)
            self._watch(app.focusObject())

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        """Note what the input method is doing; nothing is kept from the field."""
        if event.type() is QEvent.Type.InputMethod and isinstance(event, QInputMethodEvent):
            self.is_under_way = bool(event.preeditString())
        return False

    def _watch(self, focused: QObject | None) -> None:
        # A field of a dialog that goes away may be gone before the keyboard leaves it.
        if self._field is not None and isValid(self._field):
            self._field.removeEventFilter(self)
            self._field.destroyed.disconnect(self._forget)
        self._field, self.is_under_way = None, False
        if isinstance(focused, QWidget) and focused.testAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled):
            self._field = focused
            focused.installEventFilter(self)
            focused.destroyed.connect(self._forget)

    def _forget(self) -> None:
        self._field, self.is_under_way = None, False
