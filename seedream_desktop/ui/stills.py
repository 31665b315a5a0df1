"""Parts that stay as they are while their window is pulled to another size, shown as pictures instead of drawn anew."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Final

from PySide6.QtCore import QEvent, QObject, QPoint, QRect, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QGuiApplication, QImage, QPainter, QPaintEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

_STILL_MS: Final = 100
# After the start and after a pull there is more urgent work.
_PREPARE_MS: Final = 1_000
# Where what a window shows is known to be an image in memory; elsewhere parts are drawn once more.
_READABLE: Final = frozenset({"xcb", "offscreen"})
_ELSEWHERE: Final = frozenset({QEvent.Type.Show, QEvent.Type.Move, QEvent.Type.Resize})


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
        """Whether the part may still look like this."""
        return self._part.isVisible() and self._part.size() == self._picture.deviceIndependentSize().toSize()

    def prepare(self) -> bool:
        """Have memory for the part in its size, which is given at the first touch; return whether that was new."""
        size = self._part.size() * self._part.devicePixelRatio()
        if self._picture.size() == size:
            return False
        self.ensurePolished()
        # What shines through a window counts for nothing.
        self._picture = QImage(size, QImage.Format.Format_RGB32)
        self._picture.fill(0)
        return True

    def take(self, shown: QImage | None) -> bool:
        """Look like the part in a picture of its window, or without one as it draws itself; return whether it can."""
        if shown is None:
            self._picture = self._part.grab().toImage()
            return True
        self.prepare()
        ratio = self._part.devicePixelRatio()
        place = QRect(self._part.mapTo(self.window(), QPoint(0, 0)) * ratio, self._picture.size())
        # Both alike, for a pixel to stay a pixel.
        self._picture.setDevicePixelRatio(shown.devicePixelRatio())
        painter = QPainter(self._picture)
        painter.drawImage(QPoint(0, 0), shown, place)
        painter.end()
        self._picture.setDevicePixelRatio(ratio)
        return shown.rect().contains(place)

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
        self._waiting: list[QWidget] = []
        # Panels that were not drawn in their place yet: something else may be there on the screen.
        self._undrawn: set[QObject] = set()
        self._taken: set[QWidget] = set()
        self._is_pulled = False
        self._is_readable = QGuiApplication.platformName() in _READABLE
        self._over = self._timer(self.release)
        self._preparing = self._timer(self._prepare_one)
        self._preparing.start(_PREPARE_MS)
        for watched in (window, *panels):
            watched.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Note which panels came or moved since the window was drawn."""
        kind = event.type()
        if kind is QEvent.Type.UpdateRequest and watched is self._window:
            self._undrawn.clear()
        elif kind in _ELSEWHERE and watched is not self._window:
            self._undrawn.add(watched)
        return False

    def take(self, size: QSize) -> None:
        """Take the pictures of some more parts, before all is laid out for another size of the window than *size*.

        Of the parts in bars it is one at each step: the first steps of a pull are seen too.
        """
        if not self._is_pulled:
            self._waiting = [part for part in self._parts() if part not in self._undrawn]
        self._taken.clear()
        shown = self._shown(size)
        # Where the screen cannot be read parts are drawn, and not for a single step.
        if shown is not None or (self._is_pulled and not self._is_readable):
            panels = sum(part in self._panels for part in self._waiting)
            count = 1 if self._is_pulled else panels
            batch, self._waiting = self._waiting[:count], self._waiting[count:]
            self._taken = {part for part in batch if self._still_of(part).take(shown)}

    def hold(self) -> None:
        """Show every part that kept its size as it looked, until the window stays as it is.

        What got another size may do so with every step, and is not held again in this pull.
        """
        for part in self._held | self._taken:
            still = self._stills[part]
            if still.is_true:
                still.follow()
                self._held.add(part)
            else:
                self._let_go(part)
        self._is_pulled = True
        self._over.start(_STILL_MS)

    def release(self) -> None:
        """Show the parts themselves."""
        self._over.stop()
        self._is_pulled = False
        for part in tuple(self._held):
            self._let_go(part)
        self._preparing.start(_PREPARE_MS)

    def _prepare_one(self) -> None:
        """Have ready what the next pull will need, for its first step is seen too."""
        if self._is_readable and any(self._still_of(part).prepare() for part in self._panels if part.isVisible()):
            self._preparing.start(0)

    def _parts(self) -> list[QWidget]:
        """Return what may be held, the costly ones first."""
        only_own = Qt.FindChildOption.FindDirectChildrenOnly
        inner = [part for bar in self._bars for part in bar.findChildren(QWidget, options=only_own)]
        parts = [part for part in (*self._panels, *inner) if not isinstance(part, _Still)]
        return [part for part in parts if part.isVisible() and not part.isWindow()]

    def _shown(self, size: QSize) -> QImage | None:
        """Return what the window shows when it was drawn in this size; None also where that cannot be read."""
        store = self._window.backingStore() if self._is_readable else None
        shown = store.paintDevice() if store is not None else None
        return shown if isinstance(shown, QImage) and shown.size() == size * self._window.devicePixelRatio() else None

    def _still_of(self, part: QWidget) -> _Still:
        still = self._stills.get(part)
        if still is None:
            still = self._stills[part] = _Still(part)
        return still

    def _let_go(self, part: QWidget) -> None:
        self._held.discard(part)
        self._stills[part].hide()

    def _timer(self, action: Callable[[], None]) -> QTimer:
        timer = QTimer(self)
        timer.setSingleShot(True)
        timer.timeout.connect(action)
        return timer
