"""The viewer as the window knows it: a slim bar above one large picture, and its keys."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QImage, QKeyEvent, QPixmap, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from seedream_desktop.domain.picture import Picture
from seedream_desktop.domain.task import Task
from seedream_desktop.ui import theme
from seedream_desktop.ui.controls.label import Label
from seedream_desktop.ui.controls.naming import set_name
from seedream_desktop.ui.gallery.wording import one_line
from seedream_desktop.ui.icons import icon
from seedream_desktop.ui.viewer.canvas import PictureCanvas
from seedream_desktop.ui.viewer.pyramid import Pyramid, PyramidBuilder
from seedream_desktop.ui.viewer.wording import headline

_PAN_PX: Final = 80
_CTRL: Final = Qt.KeyboardModifier.ControlModifier
_BAR_PX: Final = 44


class Viewer(QWidget):
    """One picture large. Shows the preview at once and asks for the pixels, which come by `set_pixels`."""

    pixels_requested = Signal(object)
    closed = Signal()
    next_requested = Signal()
    previous_requested = Signal()
    save_requested = Signal(object, object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        set_name(self, "viewer", self.tr("Viewer"))
        self._task: Task | None = None
        self._picture: Picture | None = None
        self.canvas = PictureCanvas(self)
        self._facts = Label("", self, tone="muted")
        self._zoom = Label("", self, tone="muted")
        self._trouble = Label("", self, tone="care")
        self._builder = PyramidBuilder(self)
        self.setFocusProxy(self.canvas)
        self._lay_out()
        self._builder.built.connect(self._show_built, Qt.ConnectionType.QueuedConnection)
        self.canvas.zoomed.connect(self._show_zoom)

    def show_picture(self, task: Task, picture: Picture, preview: QPixmap | None) -> None:
        """Show a picture of *task*, by its preview until its pixels come; the same one again changes nothing seen."""
        is_same = self._picture is not None and picture.sha256 == self._picture.sha256
        self._task, self._picture = task, picture
        self._facts.setText(headline(task, picture))
        self.canvas.setAccessibleName(f"{one_line(task.request.prompt)}, {headline(task, picture)}")
        if is_same:
            return
        self._say("")
        self.canvas.show_preview(preview, _size_of(task, picture))
        self.pixels_requested.emit(picture)

    def set_pixels(self, sha256: str, image: QImage) -> None:
        """Take the full picture; one that is no longer shown is let go."""
        if self._picture is not None and self._picture.sha256 == sha256:
            self._builder.build(sha256, image)

    def set_trouble(self, sha256: str, text: str) -> None:
        """Say in a sentence why the full picture of *sha256* cannot be shown."""
        if self._picture is not None and self._picture.sha256 == sha256:
            self._say(text)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Zoom, move, step on, save and leave; other keys go on to the window."""
        action = self._action_of(Qt.Key(event.key()), event.modifiers())
        if action is None:
            event.ignore()
        else:
            action()

    def showEvent(self, event: QShowEvent) -> None:
        """Take the keyboard."""
        super().showEvent(event)
        self.canvas.setFocus(Qt.FocusReason.OtherFocusReason)

    def _action_of(self, key: Qt.Key, modifiers: Qt.KeyboardModifier) -> Callable[[], None] | None:
        if modifiers & _CTRL:
            return self._with_ctrl().get(key)
        if modifiers & Qt.KeyboardModifier.AltModifier:
            return None
        return {**self._plain(), **self._arrows()}.get(key)

    def _with_ctrl(self) -> dict[Qt.Key, Callable[[], None]]:
        return {
            Qt.Key.Key_0: self.canvas.fit,
            Qt.Key.Key_1: self._show_pixels_one_to_one,
            Qt.Key.Key_Plus: self.canvas.zoom_in,
            Qt.Key.Key_Equal: self.canvas.zoom_in,
            Qt.Key.Key_Minus: self.canvas.zoom_out,
            Qt.Key.Key_S: self._save,
        }

    def _plain(self) -> dict[Qt.Key, Callable[[], None]]:
        return {
            Qt.Key.Key_Escape: self.closed.emit,
            Qt.Key.Key_Z: self.canvas.toggle,
            Qt.Key.Key_Plus: self.canvas.zoom_in,
            Qt.Key.Key_Equal: self.canvas.zoom_in,
            Qt.Key.Key_Minus: self.canvas.zoom_out,
            Qt.Key.Key_PageDown: self.next_requested.emit,
            Qt.Key.Key_PageUp: self.previous_requested.emit,
        }

    def _arrows(self) -> dict[Qt.Key, Callable[[], None]]:
        """Up and Down move the picture; so do Left and Right while it is wider than the window, else they step on."""
        pans = self.canvas.framing.pans_sideways
        return {
            Qt.Key.Key_Up: lambda: self.canvas.pan(0, _PAN_PX),
            Qt.Key.Key_Down: lambda: self.canvas.pan(0, -_PAN_PX),
            Qt.Key.Key_Left: (lambda: self.canvas.pan(_PAN_PX, 0)) if pans else self.previous_requested.emit,
            Qt.Key.Key_Right: (lambda: self.canvas.pan(-_PAN_PX, 0)) if pans else self.next_requested.emit,
        }

    def _show_pixels_one_to_one(self) -> None:
        self.canvas.zoom_to(1.0)

    def _save(self) -> None:
        if self._task is not None and self._picture is not None:
            self.save_requested.emit(self._task, self._picture)

    def _say(self, text: str) -> None:
        self._trouble.setText(text)
        self._trouble.setVisible(bool(text))

    def _show_zoom(self, scale: float) -> None:
        self._zoom.setText(self.tr("{percent} %").format(percent=round(scale * 100)))

    def _show_built(self, sha256: str, pyramid: Pyramid) -> None:
        if self._picture is not None and self._picture.sha256 == sha256:
            self.canvas.show_pixels(pyramid)

    def _lay_out(self) -> None:
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self._bar())
        layout.addWidget(self._trouble)
        layout.addWidget(self.canvas, 1)
        self._trouble.setContentsMargins(theme.SPACE_4, 0, theme.SPACE_4, theme.SPACE_2)
        self._trouble.setWordWrap(True)
        self._trouble.hide()

    def _bar(self) -> QWidget:
        bar = QWidget(self)
        bar.setFixedHeight(_BAR_PX)
        row = QHBoxLayout(bar)
        row.setContentsMargins(theme.SPACE_2, 0, theme.SPACE_4, 0)
        row.setSpacing(theme.SPACE_2)
        row.addWidget(self._sign("arrow-left", "back_to_gallery", self.tr("Back to gallery"), self.closed.emit))
        row.addWidget(self._facts, 1)
        row.addWidget(self._sign("chevron-left", "previous", self.tr("Previous picture"), self.previous_requested.emit))
        row.addWidget(self._sign("chevron-right", "next", self.tr("Next picture"), self.next_requested.emit))
        row.addSpacing(theme.SPACE_2)
        row.addWidget(self._zoom)
        row.addWidget(self._button("fit", self.tr("Fit"), self.canvas.fit))
        row.addWidget(self._button("100", self.tr("100 %"), self._show_pixels_one_to_one))
        row.addWidget(self._button("viewer_save_as", self.tr("Save as"), self._save))
        return bar

    def _sign(self, sign: str, object_name: str, spoken: str, action: Callable[[], None]) -> QPushButton:
        button = self._button(object_name, "", action)
        button.setProperty("look", "quiet")
        button.setIcon(icon(sign))
        button.setIconSize(QSize(18, 18))
        button.setToolTip(spoken)
        button.setAccessibleName(spoken)
        return button

    def _button(self, object_name: str, text: str, action: Callable[[], None]) -> QPushButton:
        button = QPushButton(text, self)
        set_name(button, object_name, text)
        # Without the lambda, clicked would hand its checked state to the action.
        button.clicked.connect(lambda: action())  # noqa: PLW0108 - drops the signal's argument
        return button


def _size_of(task: Task, picture: Picture) -> QSize:
    size = picture.size or task.request.pixels
    return QSize(size.width_px, size.height_px) if size else QSize(1, 1)
