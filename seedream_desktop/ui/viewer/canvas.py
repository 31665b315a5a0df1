"""Draws one picture at any scale and lets it be moved about; must not know tasks."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from PySide6.QtCore import QPoint, QPointF, QRect, QRectF, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QMouseEvent, QPainter, QPaintEvent, QPixmap, QResizeEvent, QWheelEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from seedream_desktop.domain.judging import Change, Flag
from seedream_desktop.ui import theme
from seedream_desktop.ui.viewer.backdrop import BackdropChoice, draw_backdrop
from seedream_desktop.ui.viewer.depiction import Depiction, Sharpener
from seedream_desktop.ui.viewer.framing import Framing
from seedream_desktop.ui.viewer.marks import Marks
from seedream_desktop.ui.viewer.pyramid import Pyramid
from seedream_desktop.ui.viewer.verdict import Verdict

_WHEEL_STEP: Final = 1.2
_WHEEL_NOTCH: Final = 120
_KEY_STEP: Final = 1.5
_MARKS_AWAY_PX: Final = 12
_REST_MS: Final = 80
# More screen pixels than this take longer to draw smoothly than a frame lasts.
_SMOOTH_MOVING_PIXELS: Final = 1_500_000


class PictureCanvas(QWidget):
    """One picture, first by its preview, then by its pixels; ``zoomed`` carries screen pixels per picture pixel.

    ``framed`` carries the Framing whenever the user, and not another canvas, gave it. A canvas whose picture *may_grow*
    is filled by it however small it is.
    """

    zoomed = Signal(float)
    framed = Signal(object)

    def __init__(
        self, backdrop: BackdropChoice | None = None, parent: QWidget | None = None, *, may_grow: bool = False
    ) -> None:
        super().__init__(parent)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self._backdrop = backdrop or BackdropChoice(self)
        self._may_grow = may_grow
        self._depiction = Depiction(QSize(1, 1))
        self._sharpener = Sharpener(self)
        self._sharpener.sharpened.connect(self.update)
        self._marks = Marks(self)
        self.verdict = Verdict(self)
        self._framing = Framing(1, 1, 1, 1)
        self._grabbed_at: QPoint | None = None
        self._rest = QTimer(self)
        self._rest.setSingleShot(True)
        self._rest.setInterval(_REST_MS)
        self._rest.timeout.connect(self._sharpen)
        self._backdrop.changed.connect(self.update)
        theme.notifier.changed.connect(self.update)

    @property
    def framing(self) -> Framing:
        """How the picture lies in the window now."""
        return self._framing

    @property
    def has_pixels(self) -> bool:
        """Whether the full picture is drawn, not its preview."""
        return self._depiction.pyramid is not None

    def show_preview(self, preview: QPixmap | None, size: QSize) -> None:
        """Show another picture of *size* pixels, fitted, by its preview until its pixels come."""
        self.show_depiction(Depiction(size, preview))

    def set_preview(self, preview: QPixmap | None) -> None:
        """Draw a better preview; zoom and place stay, and so do the picture's own pixels."""
        if preview is not None and not self.has_pixels:
            self._depiction.preview = preview
            self.update()

    def show_depiction(self, depiction: Depiction) -> None:
        """Show another picture, fitted."""
        self._depiction = depiction
        self._frame(self._whole(depiction.size))

    def change_depiction(self, depiction: Depiction) -> None:
        """Show another picture in the place and at the zoom of the one before."""
        lead = self._framing
        self._depiction = depiction
        self._frame(self._whole(depiction.size).following(lead))
        self._sharpen()

    def show_pixels(self, pyramid: Pyramid) -> None:
        """Draw the picture's own pixels from now on; zoom and place stay."""
        self._depiction.set_pyramid(pyramid)
        self.renew()

    def renew(self) -> None:
        """Draw what the depiction has got by now."""
        size = self._depiction.size
        if (size.width(), size.height()) != (self._framing.picture_width, self._framing.picture_height):
            self._frame(self._whole(size))
        self._sharpen()

    def set_marks(self, stars: int, flag: Flag, *, is_favourite: bool) -> None:
        """Show 0 to 5 stars, pick or reject, and favourite in a corner; nothing is kept."""
        self._marks.show_marks(stars, flag, is_favourite=is_favourite)
        self.setAccessibleDescription(self._marks.words())
        self._place_marks()

    def tell_verdict(self, change: Change) -> None:
        """Show for a moment what was said of the picture before this one."""
        self.verdict.tell(change)
        self._place_marks()

    def draw_marks(self, *, is_on: bool) -> None:
        """Draw the marks on the picture, or leave that to a bar; they are said all the same."""
        self._marks.set_drawn(is_drawn=is_on)

    def follow(self, lead: Framing) -> None:
        """Show the part that another canvas shows of its picture, without telling it back."""
        self._frame(self._framing.following(lead))

    def fit(self) -> None:
        """Show the whole picture."""
        self._frame_by_user(self._framing.fitted())

    def zoom_to(self, scale: float, at: QPointF | None = None) -> None:
        """Zoom to *scale* (1: one picture pixel on one screen pixel) at a point, in the middle without one."""
        point = (at or QRectF(self.rect()).center()) * self.devicePixelRatioF()
        self._frame_by_user(self._framing.zoomed(scale, point.x(), point.y()))

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
        self._frame_by_user(self._framing.panned(dx * ratio, dy * ratio))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw what is exposed."""
        painter = QPainter(self)
        ratio = self.devicePixelRatioF()
        painter.scale(1 / ratio, 1 / ratio)
        exposed = QRectF(QPointF(event.rect().topLeft()) * ratio, event.rect().size().toSizeF() * ratio)
        draw_backdrop(painter, self._backdrop.current, exposed.toAlignedRect(), ratio)
        self._draw(painter, exposed.toAlignedRect())
        painter.end()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep a fitted picture fitted."""
        super().resizeEvent(event)
        window = self._window_size()
        self._frame(self._framing.resized(window.width(), window.height()))
        self._place_marks()

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

    def _frame_by_user(self, framing: Framing) -> None:
        self._frame(framing)
        self.framed.emit(framing)

    def _frame(self, framing: Framing) -> None:
        self._framing = framing
        self._rest.start()
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
        framing = Framing(size.width(), size.height(), window.width(), window.height(), margin=margin)
        return replace(framing, may_grow=self._may_grow).fitted()

    def _window_size(self) -> QSize:
        ratio = self.devicePixelRatioF()
        return QSize(max(1, round(self.width() * ratio)), max(1, round(self.height() * ratio)))

    def _sharpen(self) -> None:
        """Once the picture rests: draw it as well as can be."""
        self._sharpener.begin(self._depiction, self._framing)
        self.update()

    def _draw(self, painter: QPainter, exposed: QRect) -> None:
        self._depiction.draw(painter, self._framing, exposed, is_moving=self._is_rough(exposed))

    def _is_rough(self, exposed: QRect) -> bool:
        """Whether there is no time now to draw this much smoothly."""
        return self._rest.isActive() and exposed.width() * exposed.height() > _SMOOTH_MOVING_PIXELS

    def _place_marks(self) -> None:
        self._marks.move(_MARKS_AWAY_PX, self.height() - self._marks.height() - _MARKS_AWAY_PX)
        beside, above = self.width() - self.verdict.width(), self.height() - self.verdict.height()
        self.verdict.move(beside // 2, above - 2 * _MARKS_AWAY_PX)
