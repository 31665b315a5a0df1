"""Keeps the rail within reach while pictures of our own gallery are dragged: it takes them itself."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject
from PySide6.QtGui import QDragEnterEvent, QWindow
from PySide6.QtWidgets import QWidget

from seedream_desktop.ui.intake.forms import Forms
from seedream_desktop.ui.intake.own import PICTURE_FORMAT


class Lift(QObject):
    """Raises *lifted* above *overlay*, which veils the window during every drag; both are children of one widget."""

    def __init__(self, lifted: QWidget, overlay: QWidget) -> None:
        super().__init__(lifted)
        self._lifted = lifted
        self._overlay = overlay
        self._watched: QWindow | None = None
        self._is_own = False
        overlay.installEventFilter(self)
        overlay.window().installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Note what a drag carries before the overlay does, and follow the overlay to the top."""
        if isinstance(event, QDragEnterEvent):
            self._is_own = PICTURE_FORMAT in Forms(event.mimeData()).names
        elif watched is self._overlay and event.type() == QEvent.Type.ZOrderChange and self._is_own:
            self._lifted.raise_()
        elif event.type() in (QEvent.Type.Show, QEvent.Type.WinIdChange):
            self._follow_window()
        return False

    def _follow_window(self) -> None:
        handle = self._overlay.window().windowHandle()
        if handle is not None and handle is not self._watched:
            handle.installEventFilter(self)
            self._watched = handle
