"""Parts that stay as they are while their window is pulled to another size, shown as pictures instead of drawn anew."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import QObject, QPoint, QRect, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QGuiApplication, QImage, QPainter, QPaintEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

_STILL_MS: Final = 100
# Where what a window shows is known to be an image in memory; elsewhere parts are drawn once more.
_READABLE: Final = frozenset({"xcb", "offscreen"})


class ToldColumn(QVBoxLayout):
    """A column that tells by ``resizing`` when its parts are about to get other places."""

    resizing = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._size = QSize()

    def setGeometry(self, rect: QRect) -> None:
        """Tell, then lay out."""
        if rect.size() != self._size:
            self._size = rect.size()
            self.resizing.emit()
        super().setGeometry(rect)


class _Still(QWidget):
    """Lies over a part and looks like it; the mouse goes through it."""

    def __init__(self, part: QWidget, picture: QImage) -> None:
        super().__init__(part.parentWidget())
        self._part = part
        self._picture = picture
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.resize(part.size())
        self.follow()
        self.show()

    @property
    def is_true(self) -> bool:
        """Whether the part may still look like this."""
        return self._part.isVisible() and self._part.size() == self.size()

    def follow(self) -> None:
        """Lie where the part is now."""
        if self.pos() != self._part.pos():
            self.move(self._part.pos())

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the picture."""
        painter = QPainter(self)
        painter.drawImage(0, 0, self._picture)
        painter.end()


class Stills(QObject):
    """Holds *panels*, and what stands in *bars*, still while their window is pulled.

    Qt draws everything in a window anew when that has another size (it keeps what is static on Windows alone, in
    `QWidgetRepaintManager::hasStaticContents`), and controls take most of the time.
    """

    def __init__(self, window: QWidget, panels: Sequence[QWidget], bars: Sequence[QWidget]) -> None:
        super().__init__(window)
        self._window = window
        self._panels = panels
        self._bars = bars
        self._taken: dict[QWidget, QImage] = {}
        self._stills: dict[QWidget, _Still] = {}
        # What got another size in this pull may do so with every step.
        self._changing: set[QWidget] = set()
        self._over = QTimer(self)
        self._over.setInterval(_STILL_MS)
        self._over.setSingleShot(True)
        self._over.timeout.connect(self.release)

    def take(self) -> None:
        """Take the pictures of all parts, before they are laid out for another size of the window."""
        self._taken = {}
        for part in self._parts():
            picture = None if part in self._stills or part in self._changing else self._picture_of(part)
            if picture is not None:
                self._taken[part] = picture

    def hold(self) -> None:
        """Show every part that kept its size as it looked, until the window stays as it is."""
        for part in set(self._stills) | set(self._taken):
            still = self._stills.get(part)
            if still is not None and still.is_true:
                still.follow()
                continue
            self._let_go(part)
            picture = self._taken.get(part)
            if picture is not None and part.isVisible() and part.size() == picture.deviceIndependentSize().toSize():
                self._stills[part] = _Still(part, picture)
            else:
                self._changing.add(part)
        self._taken = {}
        self._over.start()

    def release(self) -> None:
        """Show the parts themselves."""
        self._over.stop()
        self._changing.clear()
        for part in tuple(self._stills):
            self._let_go(part)

    def _parts(self) -> list[QWidget]:
        only_own = Qt.FindChildOption.FindDirectChildrenOnly
        inner = [part for bar in self._bars for part in bar.findChildren(QWidget, options=only_own)]
        return [part for part in (*self._panels, *inner) if part.isVisible() and not isinstance(part, _Still)]

    def _picture_of(self, part: QWidget) -> QImage | None:
        """Return what the window shows of a part; None when that cannot be read and no pull has begun."""
        if QGuiApplication.platformName() not in _READABLE:
            return part.grab().toImage() if self._over.isActive() else None
        store = self._window.backingStore()
        shown = store.paintDevice() if store is not None else None
        if not isinstance(shown, QImage):
            return None
        ratio = self._window.devicePixelRatio()
        corner = part.mapTo(self._window, QPoint(0, 0))
        place = QRect(corner * ratio, part.size() * ratio)
        if not shown.rect().contains(place):
            return None
        picture = shown.copy(place)
        # Nothing shines through a window: copied without a look at how much of each pixel counts.
        picture.reinterpretAsFormat(QImage.Format.Format_RGB32)
        picture.setDevicePixelRatio(ratio)
        return picture

    def _let_go(self, part: QWidget) -> None:
        still = self._stills.pop(part, None)
        if still is not None:
            still.hide()
            still.deleteLater()
