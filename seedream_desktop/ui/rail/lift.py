"""Keeps the rail within reach while pictures of our own gallery are dragged: it takes them itself."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QTimer
from PySide6.QtGui import QDragEnterEvent, QWindow
from PySide6.QtWidgets import QWidget

from seedream_desktop.ui.intake.forms import Forms
from seedream_desktop.ui.intake.own import PICTURE_FORMAT


class Lift(QObject):
    """Raises *lifted*, a child of its window, above what veils the window during a drag."""

    def __init__(self, lifted: QWidget) -> None:
        super().__init__(lifted)
        self._lifted = lifted
        self._watched: QWindow | None = None
        lifted.window().installEventFilter(self)

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        """Follow the drags that come into the window; the veil rises while this event is told, the rest after it."""
        if event.type() in (QEvent.Type.Show, QEvent.Type.WinIdChange):
            self._follow_window()
        elif isinstance(event, QDragEnterEvent) and PICTURE_FORMAT in Forms(event.mimeData()).names:
            QTimer.singleShot(0, self._lifted.raise_)
        return False

    def _follow_window(self) -> None:
        handle = self._lifted.window().windowHandle()
        if handle is not None and handle is not self._watched:
            handle.installEventFilter(self)
            self._watched = handle
