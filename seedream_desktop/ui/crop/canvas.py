"""The picture with the frame over it, pulled by mouse and keys; all arithmetic is the frame's."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QPointF, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QImage, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen, QPixmap, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from seedream_desktop.ui import theme
from seedream_desktop.ui.controls.naming import set_name
from seedream_desktop.ui.crop.frame import HANDLES, Frame, Handle

_MARGIN_PX: Final = 16
_HANDLE_PX: Final = 10
_GRIP_PX: Final = 12
_STEP: Final = 0.01
_LARGE_STEP: Final = 0.1
_OUTSIDE: Final = QColor(0, 0, 0, 165)
_DARK: Final = QColor(0, 0, 0, 150)
_THIRDS: Final = QColor(255, 255, 255, 110)
_ARROWS: Final[dict[int, tuple[int, int]]] = {
    Qt.Key.Key_Left: (-1, 0),
    Qt.Key.Key_Right: (1, 0),
    Qt.Key.Key_Up: (0, -1),
    Qt.Key.Key_Down: (0, 1),
}
_CURSORS: Final[dict[int, Qt.CursorShape]] = {
    1: Qt.CursorShape.SizeFDiagCursor,
    -1: Qt.CursorShape.SizeBDiagCursor,
}


class CropCanvas(QWidget):
    """Shows one picture, fitted; `framed` tells that the user changed the frame."""

    framed = Signal()

    def __init__(self, image: QImage, frame: Frame, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._image = image
        self._fitted = QPixmap()
        self._frame = frame
        # The frame as it was taken hold of: each step starts from there, so that no rounding adds up.
        self._held: Frame | None = None
        self._pulled: Handle | None = None
        self._grabbed_at = QPointF()
        self.setMinimumSize(320, 240)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        set_name(self, "crop_frame", self.tr("Crop frame"))
        self._describe()
        theme.notifier.changed.connect(self.update)

    def frame(self) -> Frame:
        """Return the frame as it is now."""
        return self._frame

    def set_frame(self, frame: Frame) -> None:
        """Show *frame* and tell it when it is another."""
        if frame != self._frame:
            self._frame = frame
            self._describe()
            self.update()
            self.framed.emit()

    def point_of(self, x: float, y: float) -> QPointF:
        """Return where the picture's pixel (x, y) lies in the widget."""
        place = self._place()
        return QPointF(place.x() + x * place.width() / self._across, place.y() + y * place.height() / self._down)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Move the frame by arrows, pull its right and lower edge with Ctrl; ten times as far with Shift."""
        way = _ARROWS.get(event.key())
        if way is None:
            super().keyPressEvent(event)
            return
        step = _LARGE_STEP if event.modifiers() & Qt.KeyboardModifier.ShiftModifier else _STEP
        across, down = way[0] * step * self._across, way[1] * step * self._down
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            handle = Handle(abs(way[0]), abs(way[1]))
            self.set_frame(self._frame.pulled(handle, self._frame.right + across, self._frame.bottom + down))
        else:
            self.set_frame(self._frame.moved(across, down))

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Take hold of a handle, or of the frame itself."""
        point = event.position()
        handle = self._handle_at(point)
        if event.button() == Qt.MouseButton.LeftButton and (handle or self._box().contains(point)):
            self._held, self._pulled = self._frame, handle
            self._grabbed_at = self._pixel_at(point)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Pull the handle or carry the frame; without either show what a press would do."""
        at = self._pixel_at(event.position())
        if self._held is None:
            self.setCursor(self._cursor_at(event.position()))
        elif self._pulled is not None:
            self.set_frame(self._held.pulled(self._pulled, at.x(), at.y()))
        else:
            way = at - self._grabbed_at
            self.set_frame(self._held.moved(way.x(), way.y()))

    def mouseReleaseEvent(self, _event: QMouseEvent) -> None:
        """Let go."""
        self._held = None

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Fit the picture anew."""
        super().resizeEvent(event)
        self._fitted = QPixmap()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the picture, the dark outside, and the frame."""
        painter = QPainter(self)
        painter.fillRect(self.rect(), theme.tokens().ground)
        place, box = self._place(), self._box()
        painter.drawPixmap(place.toRect(), self._picture(place.toRect().size()))
        self._draw_outside(painter, place.toRect(), box.toAlignedRect())
        self._draw_thirds(painter, box)
        _draw_twice(painter, box, QPen(_DARK, 3), QPen(theme.ON_OVERLAY, 1.5))
        for handle in HANDLES:
            self._draw_handle(painter, _spot(box, handle))
        painter.setPen(QPen(theme.tokens().line, 1))
        painter.drawRect(self.rect().adjusted(0, 0, -1, -1))
        painter.end()

    @property
    def _across(self) -> int:
        return self._frame.size.width_px

    @property
    def _down(self) -> int:
        return self._frame.size.height_px

    def _place(self) -> QRectF:
        """Return where the picture lies."""
        room = QSize(max(1, self.width() - 2 * _MARGIN_PX), max(1, self.height() - 2 * _MARGIN_PX))
        scale = min(room.width() / self._across, room.height() / self._down)
        place = QRectF(0, 0, max(1.0, self._across * scale), max(1.0, self._down * scale))
        place.moveCenter(QRectF(self.rect()).center())
        return QRectF(place.toRect())

    def _box(self) -> QRectF:
        """Return where the frame lies."""
        frame = self._frame
        return QRectF(self.point_of(frame.left, frame.top), self.point_of(frame.right, frame.bottom))

    def _pixel_at(self, point: QPointF) -> QPointF:
        place = self._place()
        x = (point.x() - place.x()) * self._across / place.width()
        return QPointF(x, (point.y() - place.y()) * self._down / place.height())

    def _handle_at(self, point: QPointF) -> Handle | None:
        """Return the handle nearest to *point*, if any is near; corners before edges where they lie close."""
        box = self._box()
        near = [(_distance(_spot(box, handle), point), handle) for handle in HANDLES]
        distance, handle = min(near, key=lambda each: (each[0], -abs(each[1].across * each[1].down)))
        return handle if distance <= _GRIP_PX else None

    def _cursor_at(self, point: QPointF) -> Qt.CursorShape:
        handle = self._handle_at(point)
        if handle is None:
            inside = self._box().contains(point)
            return Qt.CursorShape.SizeAllCursor if inside else Qt.CursorShape.ArrowCursor
        straight = Qt.CursorShape.SizeHorCursor if handle.across else Qt.CursorShape.SizeVerCursor
        return _CURSORS.get(handle.across * handle.down, straight)

    def _picture(self, size: QSize) -> QPixmap:
        """Return the picture at *size*, scaled once for each."""
        if self._fitted.isNull():
            ratio = self.devicePixelRatioF()
            pixels = QSize(round(size.width() * ratio), round(size.height() * ratio))
            ways = (Qt.AspectRatioMode.IgnoreAspectRatio, Qt.TransformationMode.SmoothTransformation)
            self._fitted = QPixmap.fromImage(self._image.scaled(pixels, *ways))
            self._fitted.setDevicePixelRatio(ratio)
        return self._fitted

    def _draw_outside(self, painter: QPainter, place: QRect, box: QRect) -> None:
        inside = box.intersected(place)
        for part in (
            QRect(place.left(), place.top(), place.width(), inside.top() - place.top()),
            QRect(place.left(), inside.bottom() + 1, place.width(), place.bottom() - inside.bottom()),
            QRect(place.left(), inside.top(), inside.left() - place.left(), inside.height()),
            QRect(inside.right() + 1, inside.top(), place.right() - inside.right(), inside.height()),
        ):
            painter.fillRect(part, _OUTSIDE)

    def _draw_thirds(self, painter: QPainter, box: QRectF) -> None:
        painter.setPen(QPen(_THIRDS, 1))
        for third in (1 / 3, 2 / 3):
            x, y = box.x() + box.width() * third, box.y() + box.height() * third
            painter.drawLine(QPointF(x, box.top()), QPointF(x, box.bottom()))
            painter.drawLine(QPointF(box.left(), y), QPointF(box.right(), y))

    def _draw_handle(self, painter: QPainter, spot: QPointF) -> None:
        """Draw a grip, in the deeper accent of both schemes while the keyboard is here: white bounds it."""
        grip = QRectF(0, 0, _HANDLE_PX, _HANDLE_PX)
        grip.moveCenter(spot)
        has_focus = self.hasFocus()
        painter.setPen(QPen(theme.ON_OVERLAY, 2) if has_focus else QPen(_DARK, 1))
        painter.setBrush(theme.LIGHT.accent if has_focus else theme.ON_OVERLAY)
        painter.drawRect(grip)
        painter.setBrush(Qt.BrushStyle.NoBrush)

    def _describe(self) -> None:
        frame = self._frame
        words = self.tr(
            "Frame: {left} % from the left, {top} % from the top, {width} % wide, {height} % high, "
            "{across} × {down} pixels"
        )
        described = words.format(
            left=round(100 * frame.left / self._across),
            top=round(100 * frame.top / self._down),
            width=round(100 * frame.width / self._across),
            height=round(100 * frame.height / self._down),
            across=frame.pixels.width_px,
            down=frame.pixels.height_px,
        )
        self.setAccessibleDescription(described)


def _draw_twice(painter: QPainter, box: QRectF, *pens: QPen) -> None:
    """Draw dark, then light, so that the frame is seen on any picture."""
    for pen in pens:
        painter.setPen(pen)
        painter.drawRect(box)


def _spot(box: QRectF, handle: Handle) -> QPointF:
    x = box.center().x() + handle.across * box.width() / 2
    return QPointF(x, box.center().y() + handle.down * box.height() / 2)


def _distance(one: QPointF, other: QPointF) -> float:
    return max(abs(one.x() - other.x()), abs(one.y() - other.y()))
