"""Panels that stay as they are while their window is pulled wider or narrower, drawn once instead of at each step."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import QObject, Qt, QTimer
from PySide6.QtGui import QPainter, QPaintEvent, QPixmap
from PySide6.QtWidgets import QWidget

_STILL_MS: Final = 100


class _Still(QWidget):
    """Lies over a panel and looks like it; the mouse goes through it."""

    def __init__(self, panel: QWidget) -> None:
        super().__init__(panel.parentWidget())
        self._panel = panel
        self._picture: QPixmap = panel.grab()
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.resize(panel.size())
        self.follow()
        self.show()

    @property
    def is_true(self) -> bool:
        """Whether the panel may still look like this."""
        return self._panel.isVisible() and self._panel.size() == self.size()

    def follow(self) -> None:
        """Lie where the panel is now."""
        self.move(self._panel.pos())
        self.raise_()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the picture."""
        painter = QPainter(self)
        painter.drawPixmap(0, 0, self._picture)
        painter.end()


class Stills(QObject):
    """Holds *panels* still while their window is pulled.

    Qt draws everything in a window anew when that has another size (it keeps what is static on Windows alone, in
    `QWidgetRepaintManager::hasStaticContents`), and panels full of controls take most of the time.
    """

    def __init__(self, window: QWidget, panels: Sequence[QWidget]) -> None:
        super().__init__(window)
        self._panels = panels
        self._stills: dict[QWidget, _Still] = {}
        self._over = QTimer(self)
        self._over.setInterval(_STILL_MS)
        self._over.setSingleShot(True)
        self._over.timeout.connect(self.release)

    def hold(self) -> None:
        """Show every panel as it looks now, from the second step of a pull until the window stays as it is."""
        for panel in self._panels if self._over.isActive() else ():
            still = self._stills.get(panel)
            if still is not None and still.is_true:
                still.follow()
                continue
            self._let_go(panel)
            if panel.isVisible():
                self._stills[panel] = _Still(panel)
        self._over.start()

    def release(self) -> None:
        """Show the panels themselves."""
        self._over.stop()
        for panel in tuple(self._stills):
            self._let_go(panel)

    def _let_go(self, panel: QWidget) -> None:
        still = self._stills.pop(panel, None)
        if still is not None:
            still.hide()
            still.deleteLater()
