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
    """A column that tells by ``resizing`` when its parts are about to get other places, and in which size they were."""

    resizing = Signal(QSize)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._size = QSize()

    def setGeometry(self, rect: QRect) -> None:
        """Tell, then lay out."""
        before, self._size = self._size, rect.size()
        if before != self._size:
            self.resizing.emit(before)
        super().setGeometry(rect)


class _Still(QWidget):
    """Lies over a part and looks like it, while that keeps its size; the mouse goes through it."""

    def __init__(self, part: QWidget) -> None:
        super().__init__(part.parentWidget())
        self._part = part
        self._picture = QImage()
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.hide()

    @property
    def is_true(self) -> bool:
        """Whether the part may still look like the picture."""
        return self._part.isVisible() and self._part.size() == self._picture.deviceIndependentSize().toSize()

    def take(self, picture: QImage) -> None:
        """Look like *picture* when it is shown again."""
        self._picture = picture

    def follow(self) -> None:
        """Lie where the part is now."""
        if self.geometry() != self._part.geometry():
            self.setGeometry(self._part.geometry())
        if self.isHidden():
            self.raise_()
            self.show()

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
        self._stills: dict[QWidget, _Still] = {}
        self._held: set[QWidget] = set()
        self._taken: set[QWidget] = set()
        # What got another size in this pull may do so with every step.
        self._changing: set[QWidget] = set()
        # Memory that is new takes longer to be had than to be written to.
        self._room: dict[QWidget, QImage] = {}
        self._is_readable = QGuiApplication.platformName() in _READABLE
        self._over = QTimer(self)
        self._over.setInterval(_STILL_MS)
        self._over.setSingleShot(True)
        self._over.timeout.connect(self.release)

    def take(self, size: QSize) -> None:
        """Take the pictures of all parts, before they are laid out for another size of the window than *size*."""
        self._taken.clear()
        if self._held:
            return
        shown = self._shown(size)
        for part in self._parts():
            picture = None if part in self._changing else self._picture_of(part, shown)
            if picture is not None:
                self._still_of(part).take(picture)
                self._taken.add(part)

    def hold(self) -> None:
        """Show every part that kept its size as it looked, until the window stays as it is."""
        for part in self._held | self._taken:
            still = self._stills[part]
            if still.is_true:
                still.follow()
                self._held.add(part)
            else:
                self._let_go(part)
                self._changing.add(part)
        self._over.start()

    def release(self) -> None:
        """Show the parts themselves."""
        self._over.stop()
        self._changing.clear()
        for part in tuple(self._held):
            self._let_go(part)

    def _parts(self) -> list[QWidget]:
        only_own = Qt.FindChildOption.FindDirectChildrenOnly
        inner = [part for bar in self._bars for part in bar.findChildren(QWidget, options=only_own)]
        return [part for part in (*self._panels, *inner) if part.isVisible() and not isinstance(part, _Still)]

    def _shown(self, size: QSize) -> QImage | None:
        """Return what the window shows when it was drawn in this size; None also where that cannot be read."""
        store = self._window.backingStore() if self._is_readable else None
        shown = store.paintDevice() if store is not None else None
        return shown if isinstance(shown, QImage) and shown.size() == size * self._window.devicePixelRatio() else None

    def _picture_of(self, part: QWidget, shown: QImage | None) -> QImage | None:
        """Return how a part looks; where the screen cannot be read it is drawn, and not for a single step."""
        if shown is None:
            return part.grab().toImage() if self._over.isActive() and not self._is_readable else None
        ratio = self._window.devicePixelRatio()
        place = QRect(part.mapTo(self._window, QPoint(0, 0)) * ratio, part.size() * ratio)
        if not shown.rect().contains(place):
            return None
        picture = self._room_for(part, place.size())
        # Both alike, for a pixel to stay a pixel.
        picture.setDevicePixelRatio(shown.devicePixelRatio())
        painter = QPainter(picture)
        painter.drawImage(QPoint(0, 0), shown, place)
        painter.end()
        picture.setDevicePixelRatio(ratio)
        return picture

    def _room_for(self, part: QWidget, size: QSize) -> QImage:
        """Return an image of *size* device pixels; what shines through a window counts for nothing."""
        room = self._room.get(part)
        if room is None or room.size() != size:
            room = self._room[part] = QImage(size, QImage.Format.Format_RGB32)
        return room

    def _let_go(self, part: QWidget) -> None:
        self._held.discard(part)
        self._stills[part].hide()

    def _still_of(self, part: QWidget) -> _Still:
        still = self._stills.get(part)
        if still is None:
            still = self._stills[part] = _Still(part)
        return still
