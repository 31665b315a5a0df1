"""Paints the frames of a set and tells which one the mouse is on; must not decide what a key or a click means."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from pathlib import Path
from typing import Final

from PySide6.QtCore import QMargins, QPoint, QRect, Qt, QTimer, Signal
from PySide6.QtGui import (
    QContextMenuEvent,
    QFocusEvent,
    QHideEvent,
    QImage,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QResizeEvent,
    QShowEvent,
)
from PySide6.QtWidgets import QSizePolicy, QWidget

from seedream_desktop.domain.judging import Judgment
from seedream_desktop.domain.picture import Picture
from seedream_desktop.domain.task import Task, TaskId
from seedream_desktop.ui import theme
from seedream_desktop.ui.gallery import wording
from seedream_desktop.ui.gallery.cards import CardButtons
from seedream_desktop.ui.gallery.layout import (
    CARD,
    CARD_BUTTON_HEIGHT_PX,
    CARD_PADDING_PX,
    MARGIN_PX,
    Box,
    Measures,
    card_height_px,
)
from seedream_desktop.ui.gallery.model import is_running, tile_of
from seedream_desktop.ui.gallery.painting import LINE_PX, qrect
from seedream_desktop.ui.gallery.proxies import CellProxies
from seedream_desktop.ui.gallery.scene import Scene
from seedream_desktop.ui.gallery.thumbnails import ThumbnailKey
from seedream_desktop.ui.set_view.arrangement import arrange
from seedream_desktop.ui.set_view.frames import Frame, Frames
from seedream_desktop.ui.set_view.roles import install_role
from seedream_desktop.ui.set_view.sharp import SharpPictures
from seedream_desktop.ui.signs import words_of

_GAP_PX: Final = 12
_SECOND_MS: Final = 1000
# While the window is being pulled larger, nothing is read for sizes that pass by.
_REST_MS: Final = 150


class SetCanvas(QWidget):
    """All frames at once. ``pressed`` carries a frame's number and the modifiers, ``opened`` a number.

    ``card_pressed`` carries the id of a task whose card's button was pressed, ``menu_wanted`` a point on the screen;
    ``second_passed`` is told while something is being made.
    """

    pressed = Signal(int, object)
    opened = Signal(int)
    menu_wanted = Signal(QPoint)
    card_pressed = Signal(str)
    pixels_requested = Signal(object)
    second_passed = Signal()

    def __init__(
        self,
        frames: Frames,
        thumbnail_path: Callable[[str, int], Path],
        clock: Callable[[], datetime],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        install_role()
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self._frames = frames
        self.pictures = SharpPictures(thumbnail_path, self)
        self._buttons = CardButtons(self)
        self._scene = Scene(self.pictures, frames.selection, clock, self._buttons.width_px)
        self._proxies = CellProxies(self)
        self.boxes: tuple[Box, ...] = ()
        self._seconds = self._timer(_SECOND_MS, self._tick, single=False)
        self._rest = self._timer(_REST_MS, self._want_sharp, single=True)
        self._connect()

    def renew(self) -> None:
        """Lay out and draw the frames there are now."""
        room = self.rect().marginsRemoved(_margins())
        found = arrange([frame.ratio for frame in self._frames.frames], room.width(), room.height(), _GAP_PX)
        boxes = (Box(box.x + room.x(), box.y + room.y(), box.width, box.height) for box in found)
        self.boxes = tuple(map(self._fitted, self._frames.frames, boxes))
        self._place_buttons()
        self._rest.start()
        self._run_clock()
        self.show_choice()

    def show_choice(self) -> None:
        """Draw and name what is chosen now."""
        cells = zip(self._frames.frames, self.boxes, strict=False)
        self._proxies.show([(qrect(box), self._name(frame), self._description(frame)) for frame, box in cells])
        self.update()

    def tell_current(self) -> None:
        """Tell a screen reader where the keyboard stands."""
        self._proxies.tell_current(self._frames.number)

    def show_judgments(self, judgments: Mapping[str, Judgment]) -> None:
        """Show what was said of pictures, by their SHA-256."""
        self._scene.judged.take(judgments, (frame.task for frame in self._frames.frames))
        self.show_choice()

    def judgment(self, picture: Picture) -> Judgment:
        """Return what was said of a picture, as far as it was shown here."""
        return self._scene.judged.of(picture.sha256)

    def show_progress(self, task_id: TaskId, position: int, received_bytes: int, total_bytes: int | None) -> None:
        """Show how much of a picture has come."""
        self._scene.note_progress(task_id, position, received_bytes, total_bytes)
        self.update()

    def forget_progress(self, task: Task) -> None:
        """Drop what is no longer on its way."""
        self._scene.forget_progress(task)

    def set_time_scale(self, scale: float) -> None:
        """Multiply what is said about usual durations by *scale*."""
        self._scene.time_scale = scale

    def set_pixels(self, sha256: str, image: QImage) -> None:
        """Take a full picture."""
        self.pictures.take(sha256, image)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw every frame, and rings around the chosen ones."""
        painter = QPainter(self)
        painter.fillRect(event.rect(), theme.tokens().ground)
        self._scene.brush.pixel_ratio = self.devicePixelRatioF()
        has_focus = self.hasFocus()
        for frame, box in zip(self._frames.frames, self.boxes, strict=False):
            self._scene.paint_cell(painter, frame.task, frame.key, box)
            self._scene.paint_rings(painter, frame.key, box, has_focus=has_focus)
        painter.end()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Lay out for the new room."""
        super().resizeEvent(event)
        self.renew()

    def showEvent(self, event: QShowEvent) -> None:
        """Take up what rested while nobody looked."""
        super().showEvent(event)
        self.renew()

    def hideEvent(self, event: QHideEvent) -> None:
        """Give back the memory, and let the clock rest."""
        super().hideEvent(event)
        self._seconds.stop()
        self._rest.stop()
        if not event.spontaneous():
            self.pictures.rest()

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Show where the keyboard stands."""
        super().focusInEvent(event)
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Hide where the keyboard stands."""
        super().focusOutEvent(event)
        self.update()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Tell which frame was pressed."""
        number = self._under(event.position().toPoint())
        if number is None:
            return
        key, selection = self._frames.frames[number].key, self._frames.selection
        if event.button() is Qt.MouseButton.RightButton and key in selection.chosen:
            # The menu is about all that are chosen.
            selection.current = key
        else:
            self.pressed.emit(number, event.modifiers())

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Tell which frame is to be opened."""
        number = self._under(event.position().toPoint())
        if number is not None and event.button() is Qt.MouseButton.LeftButton:
            self.opened.emit(number)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Ask for the menu of the current frame, at the pointer or in its middle."""
        if self.boxes and event.reason() is QContextMenuEvent.Reason.Keyboard:
            middle = qrect(self.boxes[self._frames.number]).center()
            self.menu_wanted.emit(self.mapToGlobal(middle))
        elif self._under(event.pos()) is not None:
            self.menu_wanted.emit(event.globalPos())

    def _connect(self) -> None:
        self.pictures.ready.connect(self._update_picture)
        self.pictures.requested.connect(self.pixels_requested)
        self._buttons.pressed.connect(self.card_pressed)
        self._proxies.chosen.connect(lambda number: self.pressed.emit(number, Qt.KeyboardModifier.NoModifier))
        theme.notifier.changed.connect(self._restyle)

    def _timer(self, interval_ms: int, action: Callable[[], None], *, single: bool) -> QTimer:
        timer = QTimer(self)
        timer.setInterval(interval_ms)
        timer.setSingleShot(single)
        timer.timeout.connect(action)
        return timer

    def _tick(self) -> None:
        self.update()
        self.second_passed.emit()

    def _restyle(self) -> None:
        self._scene.brush.refresh()
        self._buttons.refresh()
        self.renew()

    def _fitted(self, frame: Frame, box: Box) -> Box:
        """Return a card's own height in the middle of its box; a picture fills it."""
        if frame.index != CARD:
            return box
        # The plan of a card counts with the gallery's margins.
        measures = Measures(box.width + 2 * MARGIN_PX, line_px=LINE_PX)
        height = min(box.height, card_height_px(self._scene.card_shape(frame.task), measures))
        return Box(box.x, box.y + (box.height - height) // 2, box.width, height)

    def _place_buttons(self) -> None:
        cells = zip(self._frames.frames, self.boxes, strict=False)
        self._buttons.show([self._button(frame, box) for frame, box in cells if frame.index == CARD])

    def _button(self, frame: Frame, box: Box) -> tuple[TaskId, QRect, str]:
        text = wording.card_words(frame.task).button
        width = self._buttons.width_px(text)
        top = box.y + (box.height - CARD_BUTTON_HEIGHT_PX) // 2
        return frame.task.id, QRect(box.right - CARD_PADDING_PX - width, top, width, CARD_BUTTON_HEIGHT_PX), text

    def _want_sharp(self) -> None:
        """Have the current frame sharp first, then the others in reading order."""
        if not self.isVisible():
            return
        ratio, number = self.devicePixelRatioF(), self._frames.number
        cells = [*zip(self._frames.frames, self.boxes, strict=False)]
        ordered = [*cells[number:], *cells[:number]]
        self.pictures.want(
            {
                key: frame.picture
                for frame, box in ordered
                if frame.picture is not None and (key := self._key(frame, box, ratio)) is not None
            }
        )
        self.update()

    def _key(self, frame: Frame, box: Box, ratio: float) -> ThumbnailKey | None:
        return self._scene.thumbnail_key(tile_of(frame.task, frame.index), box, ratio)

    def _run_clock(self) -> None:
        if self.isVisible() and any(is_running(frame.task) for frame in self._frames.frames):
            self._seconds.start()
        else:
            self._seconds.stop()

    def _name(self, frame: Frame) -> str:
        return wording.card_name(frame.task) if frame.index == CARD else wording.tile_name(frame.task, frame.index)

    def _description(self, frame: Frame) -> str:
        chosen = self.tr("Chosen") if frame.key in self._frames.selection.chosen else ""
        said = words_of(self._scene.judged.of_tile(frame.task, frame.index))
        return ", ".join(filter(None, (chosen, said)))

    def _update_picture(self, sha256: str) -> None:
        for frame, box in zip(self._frames.frames, self.boxes, strict=False):
            if frame.picture is not None and frame.picture.sha256 == sha256:
                self.update(qrect(box))

    def _under(self, point: QPoint) -> int | None:
        found = (number for number, box in enumerate(self.boxes) if box.contains(point.x(), point.y()))
        return next(found, None)


def _margins() -> QMargins:
    return QMargins(theme.SPACE_4, theme.SPACE_2, theme.SPACE_4, theme.SPACE_4)
