"""A quick look: the gallery's current picture large over the gallery, while a key is held or until it is pressed again.

The keyboard stays in the gallery: so its arrows step on, and its keys judge, while the picture is seen large.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Final

from PySide6.QtCore import QEvent, QObject, QSize, Qt, Signal
from PySide6.QtGui import QHideEvent, QImage, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPixmap
from PySide6.QtWidgets import QVBoxLayout, QWidget

from seedream_desktop.domain.judging import Judgment
from seedream_desktop.domain.picture import Picture
from seedream_desktop.domain.task import Task
from seedream_desktop.ui import theme
from seedream_desktop.ui.controls.label import Label
from seedream_desktop.ui.controls.naming import set_name
from seedream_desktop.ui.gallery.wording import one_line
from seedream_desktop.ui.keys import CommandId, KeyMap, Place
from seedream_desktop.ui.viewer.backdrop import BackdropChoice
from seedream_desktop.ui.viewer.canvas import PictureCanvas
from seedream_desktop.ui.viewer.pyramid import Pyramid
from seedream_desktop.ui.viewer.supply import PixelSupply
from seedream_desktop.ui.viewer.wording import headline

# A key held for longer is meant to show the picture only that long.
_HELD_S: Final = 0.4
_CAPTION_PX: Final = 32
_STEPS: Final = frozenset(
    {
        Qt.Key.Key_Left,
        Qt.Key.Key_Right,
        Qt.Key.Key_Up,
        Qt.Key.Key_Down,
        Qt.Key.Key_Home,
        Qt.Key.Key_End,
        Qt.Key.Key_PageUp,
        Qt.Key.Key_PageDown,
    }
)
_MODIFIERS: Final = frozenset({Qt.Key.Key_Shift, Qt.Key.Key_Control, Qt.Key.Key_Alt, Qt.Key.Key_Meta, Qt.Key.Key_AltGr})


class QuickLook(QWidget):
    """Lies over *gallery*, whose keys it watches; asks for pixels, which come by `set_pixels`.

    *elapsed_s* is a clock that never goes back.
    """

    pixels_requested = Signal(object)
    closed = Signal()

    def __init__(
        self,
        gallery: QWidget,
        key_map: KeyMap,
        backdrop: BackdropChoice,
        elapsed_s: Callable[[], float] = time.monotonic,
    ) -> None:
        super().__init__(gallery.parentWidget())
        set_name(self, "quick_look", self.tr("Quick look"))
        self._gallery, self._key_map, self._elapsed_s = gallery, key_map, elapsed_s
        self._opened_at_s = 0.0
        self._picture: Picture | None = None
        self.canvas = PictureCanvas(backdrop, self)
        self.canvas.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._caption = Label("", self, tone="muted")
        self._caption.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._caption.setFixedHeight(_CAPTION_PX)
        self._supply = PixelSupply(self)
        self._supply.requested.connect(self.pixels_requested)
        self._supply.ready.connect(self._show_ready)
        self._lay_out()
        gallery.installEventFilter(self)
        theme.notifier.changed.connect(self.update)
        self.hide()

    @property
    def picture(self) -> Picture | None:
        """The picture on show; None while nothing is shown."""
        return self._picture if self.isVisible() else None

    def open(self, task: Task, picture: Picture, preview: QPixmap | None) -> None:
        """Come into sight with this picture."""
        self._opened_at_s = self._elapsed_s()
        self.setGeometry(self._gallery.geometry())
        self.show_picture(task, picture, preview)
        self.show()
        self.raise_()

    def show_picture(self, task: Task, picture: Picture, preview: QPixmap | None) -> None:
        """Show a picture by its preview until its pixels come."""
        self._picture = picture
        self._caption.setText(headline(task, picture))
        self.canvas.setAccessibleName(f"{one_line(task.request.prompt)}, {headline(task, picture)}")
        size = picture.size or task.request.pixels
        self.canvas.show_preview(preview, QSize(size.width_px, size.height_px) if size else QSize(1, 1))
        pyramid = self._supply.show(picture)
        if pyramid is not None:
            self.canvas.show_pixels(pyramid)

    def set_preview(self, preview: QPixmap | None) -> None:
        """Take a better preview of the picture on show, unless its pixels are here."""
        self.canvas.set_preview(preview)

    def expect(self, following: Picture | None) -> None:
        """Have this picture made ready, too."""
        self._supply.expect(following)

    def set_judgment(self, judgment: Judgment) -> None:
        """Show what was said of the picture."""
        self.canvas.set_marks(judgment.stars, judgment.flag, is_favourite=judgment.is_favourite)

    def set_pixels(self, sha256: str, image: QImage) -> None:
        """Take the full picture; one that nobody waits for any more is let go."""
        self._supply.take(sha256, image)

    def set_trouble(self, sha256: str, text: str) -> None:
        """Say why the full picture cannot be shown."""
        self._supply.give_up(sha256)
        if self._picture is not None and self._picture.sha256 == sha256:
            self._caption.setText(text)

    def close_look(self) -> None:
        """Go out of sight."""
        if self.isVisible():
            self.hide()
            self.closed.emit()

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        """Keep to the gallery's place, and close with the keys that do not step on."""
        if not self.isVisible():
            return False
        if event.type() is QEvent.Type.Resize:
            self.setGeometry(self._gallery.geometry())
        elif event.type() in (QEvent.Type.FocusOut, QEvent.Type.Hide):
            self.close_look()
        elif isinstance(event, QKeyEvent):
            return self._closes(event)
        return False

    def hideEvent(self, event: QHideEvent) -> None:
        """Give back the memory of what is not on show."""
        super().hideEvent(event)
        self._supply.rest()

    def mousePressEvent(self, _event: QMouseEvent) -> None:
        """Close with a click beside the picture."""
        self.close_look()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the ground of the caption: what lies below must not shine through."""
        painter = QPainter(self)
        painter.fillRect(self.rect(), theme.tokens().panel)
        painter.end()

    def _closes(self, event: QKeyEvent) -> bool:
        """Close when the key says so, and return whether the gallery must not see it: Esc and the key itself."""
        if event.type() is QEvent.Type.KeyRelease:
            was_held = not event.isAutoRepeat() and self._elapsed_s() - self._opened_at_s >= _HELD_S
            if was_held and self._is_own(event):
                self.close_look()
            return False
        if event.type() is not QEvent.Type.KeyPress or event.isAutoRepeat():
            return False
        key = Qt.Key(event.key())
        if key in _STEPS or key in _MODIFIERS:
            return False
        self.close_look()
        return key is Qt.Key.Key_Escape or self._is_own(event)

    def _is_own(self, event: QKeyEvent) -> bool:
        return self._key_map.command_at(Place.GALLERY, event.keyCombination()) is CommandId.QUICK_LOOK

    def _show_ready(self, _sha256: str, pyramid: Pyramid) -> None:
        self.canvas.show_pixels(pyramid)

    def _lay_out(self) -> None:
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self.canvas, 1)
        layout.addWidget(self._caption)
