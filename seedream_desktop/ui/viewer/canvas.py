"""Draws one picture at any scale and lets it be moved about; must not know tasks."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QPoint, QPointF, QRect, QRectF, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QImage, QMouseEvent, QPainter, QPaintEvent, QPixmap, QResizeEvent, QWheelEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from seedream_desktop.ui import theme
from seedream_desktop.ui.viewer.framing import Framing
from seedream_desktop.ui.viewer.pyramid import Pyramid

_WHEEL_STEP: Final = 1.2
_WHEEL_NOTCH: Final = 120
_KEY_STEP: Final = 1.5
_SHARPEN_MS: Final = 80
# From here on single pixels are to be seen as they are.
_PIXELS_FROM_SCALE: Final = 2.0


class PictureCanvas(QWidget):
    """One picture, first by its preview, then by its pixels; ``zoomed`` carries screen pixels per picture pixel."""

    zoomed = Signal(float)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self._preview = QPixmap()
        self._pyramid: Pyramid | None = None
        self._sharp = QPixmap()
        self._framing = Framing(1, 1, 1, 1)
        self._grabbed_at: QPoint | None = None
        self._sharpen_soon = QTimer(self)
        self._sharpen_soon.setSingleShot(True)
        self._sharpen_soon.setInterval(_SHARPEN_MS)
        self._sharpen_soon.timeout.connect(self._sharpen)
        theme.notifier.changed.connect(self.update)

    @property
    def framing(self) -> Framing:
        """How the picture lies in the window now."""
        return self._framing

    @property
    def has_pixels(self) -> bool:
        """Whether the full picture is drawn, not its preview."""
        return self._pyramid is not None

    def show_preview(self, preview: QPixmap | None, size: QSize) -> None:
        """Show another picture of *size* pixels, fitted, by its preview until its pixels come."""
        self._preview = preview or QPixmap()
        self._pyramid = None
        self._sharp = QPixmap()
        self._frame(self._whole(size))

    def show_pixels(self, pyramid: Pyramid) -> None:
        """Draw the picture's own pixels from now on; zoom and place stay."""
        self._pyramid = pyramid
        size = pyramid.full.size()
        if (size.width(), size.height()) != (self._framing.picture_width, self._framing.picture_height):
            self._frame(self._whole(size))
        self._sharpen()

    def fit(self) -> None:
        """Show the whole picture."""
        self._frame(self._framing.fitted())

    def zoom_to(self, scale: float, at: QPointF | None = None) -> None:
        """Zoom to *scale* (1: one picture pixel on one screen pixel) at a point, in the middle without one."""
        point = (at or QRectF(self.rect()).center()) * self.devicePixelRatioF()
        self._frame(self._framing.zoomed(scale, point.x(), point.y()))

    def zoom_in(self) -> None:
        """Zoom one step in."""
        self.zoom_to(self._framing.scale * _KEY_STEP)

    def zoom_out(self) -> None:
        """Zoom one step out."""
        self.zoom_to(self._framing.scale / _KEY_STEP)

    def toggle(self, at: QPointF | None = None) -> None:
        """Change between the whole picture and 100 %."""
        if self._framing.is_fit:
            self.zoom_to(1.0, at)
        else:
            self.fit()

    def pan(self, dx: float, dy: float) -> None:
        """Move the picture by widget pixels."""
        ratio = self.devicePixelRatioF()
        self._frame(self._framing.panned(dx * ratio, dy * ratio))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw what is exposed."""
        painter = QPainter(self)
        painter.fillRect(event.rect(), theme.tokens().ground)
        ratio = self.devicePixelRatioF()
        painter.scale(1 / ratio, 1 / ratio)
        exposed = QRectF(QPointF(event.rect().topLeft()) * ratio, event.rect().size().toSizeF() * ratio)
        self._draw(painter, exposed.toAlignedRect())
        painter.end()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep a fitted picture fitted."""
        super().resizeEvent(event)
        window = self._window_size()
        self._frame(self._framing.resized(window.width(), window.height()))

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Zoom at the cursor."""
        steps = event.angleDelta().y() / _WHEEL_NOTCH
        self.zoom_to(self._framing.scale * _WHEEL_STEP**steps, event.position())

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Take hold of the picture."""
        if event.button() is Qt.MouseButton.LeftButton and not self._framing.is_fit:
            self._grabbed_at = event.position().toPoint()
            self.setCursor(Qt.CursorShape.ClosedHandCursor)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Move the picture along."""
        if self._grabbed_at is not None:
            point = event.position().toPoint()
            way, self._grabbed_at = point - self._grabbed_at, point
            self.pan(way.x(), way.y())

    def mouseReleaseEvent(self, _event: QMouseEvent) -> None:
        """Let go of the picture."""
        self._grabbed_at = None
        self._show_cursor()

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Change between the whole picture and 100 % at this point."""
        self.toggle(event.position())

    def _frame(self, framing: Framing) -> None:
        has_zoomed = framing.scale != self._framing.scale
        self._framing = framing
        if has_zoomed or self._sharp.isNull():
            self._sharpen_soon.start()
        self._show_cursor()
        self.update()
        self.zoomed.emit(framing.scale)

    def _show_cursor(self) -> None:
        if self._grabbed_at is None:
            shape = Qt.CursorShape.ArrowCursor if self._framing.is_fit else Qt.CursorShape.OpenHandCursor
            self.setCursor(shape)

    def _whole(self, size: QSize) -> Framing:
        """Return the framing that shows a picture of *size* pixels whole, a little away from what is around it."""
        window, margin = self._window_size(), round(theme.SPACE_4 * self.devicePixelRatioF())
        return Framing(size.width(), size.height(), window.width(), window.height(), margin=margin).fitted()

    def _window_size(self) -> QSize:
        ratio = self.devicePixelRatioF()
        return QSize(max(1, round(self.width() * ratio)), max(1, round(self.height() * ratio)))

    def _sharpen(self) -> None:
        """Once the size rests: scale the fitted picture as well as can be, and keep that."""
        framing = self._framing
        if self._pyramid is not None and framing.is_fit and framing.scale < 1:
            level = self._pyramid.level_for(framing.scale)
            self._sharp = QPixmap.fromImage(_smoothly(level, QSize(framing.width, framing.height)))
        self.update()

    def _draw(self, painter: QPainter, exposed: QRect) -> None:
        framing = self._framing
        whole = QRect(framing.left, framing.top, framing.width, framing.height)
        if self._pyramid is None:
            painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
            self._draw_preview(painter, whole)
        elif framing.is_fit and self._sharp.size() == whole.size():
            painter.drawPixmap(whole.topLeft(), self._sharp)
        else:
            self._draw_part(painter, whole, exposed.intersected(whole), self._pyramid)

    def _draw_preview(self, painter: QPainter, whole: QRect) -> None:
        """Draw the gallery's thumbnail; what its rounded corners lack comes from just inside of them."""
        away = theme.RADIUS_PICTURE
        painter.drawPixmap(whole, self._preview, self._preview.rect().adjusted(away, away, -away, -away))
        painter.drawPixmap(whole, self._preview)

    def _draw_part(self, painter: QPainter, whole: QRect, seen: QRect, pyramid: Pyramid) -> None:
        scale = self._framing.scale
        level = pyramid.level_for(scale)
        across, down = level.width() / whole.width(), level.height() / whole.height()
        source = QRectF(
            (seen.x() - whole.x()) * across, (seen.y() - whole.y()) * down, seen.width() * across, seen.height() * down
        )
        is_smooth = scale < _PIXELS_FROM_SCALE and scale != 1
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, is_smooth)
        painter.drawImage(QRectF(seen), level, source)


def _smoothly(image: QImage, size: QSize) -> QImage:
    return image.scaled(size, Qt.AspectRatioMode.IgnoreAspectRatio, Qt.TransformationMode.SmoothTransformation)
