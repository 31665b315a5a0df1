"""The viewer as the window knows it: a slim bar above one large picture, and its keys."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QSize, Signal
from PySide6.QtGui import QContextMenuEvent, QHideEvent, QImage, QKeyEvent, QPixmap, QShowEvent, Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from seedream_desktop.domain.judging import Flag, Judgment
from seedream_desktop.domain.picture import Picture
from seedream_desktop.domain.task import Task
from seedream_desktop.ui import theme
from seedream_desktop.ui.controls.label import Label
from seedream_desktop.ui.controls.naming import set_name
from seedream_desktop.ui.gallery.wording import one_line
from seedream_desktop.ui.keys import CommandId, KeyMap, Place
from seedream_desktop.ui.viewer.backdrop import BackdropChoice
from seedream_desktop.ui.viewer.bar import ViewerBar
from seedream_desktop.ui.viewer.canvas import PictureCanvas
from seedream_desktop.ui.viewer.depiction import Depiction
from seedream_desktop.ui.viewer.handling import Handlers, arrow_step, handler_of, pans, zoom_handlers
from seedream_desktop.ui.viewer.pyramid import Pyramid
from seedream_desktop.ui.viewer.supply import PixelSupply
from seedream_desktop.ui.viewer.wording import headline


class Viewer(QWidget):
    """One picture large. Shows the preview at once and asks for the pixels, which come by `set_pixels`.

    *key_map* and *backdrop* are shared with whatever else shows pictures; without them the viewer has its own.
    """

    pixels_requested = Signal(object)
    closed = Signal()
    next_requested = Signal()
    previous_requested = Signal()
    save_requested = Signal(object, object)
    judged = Signal(object)
    favourite_clicked = Signal()
    menu_requested = Signal(QPoint)

    def __init__(
        self,
        parent: QWidget | None = None,
        *,
        key_map: KeyMap | None = None,
        backdrop: BackdropChoice | None = None,
    ) -> None:
        super().__init__(parent)
        set_name(self, "viewer", self.tr("Viewer"))
        self._task: Task | None = None
        self._picture: Picture | None = None
        self._neighbours: tuple[Picture | None, Picture | None] = (None, None)
        self._goes_forward = True
        self._keys = key_map or KeyMap(self)
        self._backdrop = backdrop or BackdropChoice(self)
        self.canvas = PictureCanvas(self._backdrop, self)
        self.bar = ViewerBar(self)
        self.bar.show_keys(self._keys)
        self._trouble = Label("", self, tone="care")
        self._supply = PixelSupply(self)
        self._handlers = self._make_handlers()
        self._keys.offer(self._handlers)
        self.setFocusProxy(self.canvas)
        self._lay_out()
        self.show_bar(is_shown=True)
        self._supply.requested.connect(self.pixels_requested)
        self._supply.ready.connect(self._show_ready)
        self.canvas.zoomed.connect(self.bar.set_scale)
        self.bar.judged.connect(self.judged)
        self.bar.favourite_clicked.connect(self.favourite_clicked)
        self.bar.pressed.connect(lambda command: self._handlers[command]())

    @property
    def picture(self) -> Picture | None:
        """The picture on show."""
        return self._picture

    def show_picture(self, task: Task, picture: Picture, preview: QPixmap | None) -> None:
        """Show a picture of *task*, by its preview until its pixels come; the same one again changes nothing seen."""
        is_same = self._picture is not None and picture.sha256 == self._picture.sha256
        self._task, self._picture = task, picture
        self.bar.set_facts(headline(task, picture))
        self.canvas.setAccessibleName(f"{one_line(task.request.prompt)}, {headline(task, picture)}")
        if is_same:
            return
        self._note_direction(picture)
        self._say("")
        self.set_marks(0, Flag.NONE, is_favourite=False)
        self._show_preview(preview, _size_of(task, picture))
        pyramid = self._supply.show(picture)
        if pyramid is not None:
            self.canvas.show_pixels(pyramid)

    def set_preview(self, preview: QPixmap | None) -> None:
        """Take a better preview of the picture on show, unless its pixels are here."""
        self.canvas.set_preview(preview)

    def set_neighbours(self, previous: Picture | None, following: Picture | None) -> None:
        """Say what lies beside the picture on show: the one in the direction of travel is made ready, too."""
        self._neighbours = (previous, following)
        self._supply.expect(following if self._goes_forward else previous)

    def set_marks(self, stars: int, flag: Flag, *, is_favourite: bool) -> None:
        """Show how the picture was judged; another picture begins without marks."""
        self.canvas.set_marks(stars, flag, is_favourite=is_favourite)
        self.bar.rating.show_judgment(Judgment(stars, flag, is_favourite))

    def show_bar(self, *, is_shown: bool) -> None:
        """Show or hide the bar; without it the marks are drawn on the picture."""
        self.bar.setVisible(is_shown)
        self.canvas.draw_marks(is_on=not is_shown)

    def set_pixels(self, sha256: str, image: QImage) -> None:
        """Take the full picture; one that nobody waits for any more is let go."""
        self._supply.take(sha256, image)

    def set_trouble(self, sha256: str, text: str) -> None:
        """Say in a sentence why the full picture of *sha256* cannot be shown."""
        self._supply.give_up(sha256)
        if self._picture is not None and self._picture.sha256 == sha256:
            self._say(text)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Zoom, move, step on, save and leave; other keys go on to the window."""
        handler, step = handler_of(event, Place.VIEWER, self._keys, self._handlers), arrow_step(event)
        if handler is not None:
            handler()
        elif not pans(event, self.canvas):
            self._step(step) if step else event.ignore()

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Ask for the menu of the picture, at the pointer or in the middle."""
        by_key = event.reason() is QContextMenuEvent.Reason.Keyboard
        self.menu_requested.emit(self.mapToGlobal(self.canvas.geometry().center()) if by_key else event.globalPos())

    def showEvent(self, event: QShowEvent) -> None:
        """Take the keyboard."""
        super().showEvent(event)
        self.canvas.setFocus(Qt.FocusReason.OtherFocusReason)

    def hideEvent(self, event: QHideEvent) -> None:
        """Give back the memory of what is not on show."""
        super().hideEvent(event)
        self._supply.rest()

    def _make_handlers(self) -> Handlers:
        return {
            **zoom_handlers(self.canvas, self._backdrop),
            CommandId.LEAVE_VIEWER: self.closed.emit,
            CommandId.NEXT_PICTURE: lambda: self._step(1),
            CommandId.PREVIOUS_PICTURE: lambda: self._step(-1),
            CommandId.SAVE_AS: self._save,
        }

    def _step(self, step: int) -> None:
        self._goes_forward = step > 0
        (self.next_requested if step > 0 else self.previous_requested).emit()

    def _show_preview(self, preview: QPixmap | None, size: QSize) -> None:
        """Show another picture; one as large as the last is seen at the same zoom and place while they are compared."""
        framing = self.canvas.framing
        has_same_size = (size.width(), size.height()) == (framing.picture_width, framing.picture_height)
        if self.isVisible() and has_same_size and not framing.is_fit:
            self.canvas.change_depiction(Depiction(size, preview))
        else:
            self.canvas.show_preview(preview, size)

    def _note_direction(self, picture: Picture) -> None:
        previous, following = (beside.sha256 if beside else None for beside in self._neighbours)
        if picture.sha256 is not None and picture.sha256 in (previous, following):
            self._goes_forward = picture.sha256 == following
        self._neighbours = (None, None)

    def _save(self) -> None:
        if self._task is not None and self._picture is not None:
            self.save_requested.emit(self._task, self._picture)

    def _say(self, text: str) -> None:
        self._trouble.setText(text)
        self._trouble.setVisible(bool(text))

    def _show_ready(self, _sha256: str, pyramid: Pyramid) -> None:
        self.canvas.show_pixels(pyramid)

    def _lay_out(self) -> None:
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self.bar)
        layout.addWidget(self._trouble)
        layout.addWidget(self.canvas, 1)
        self._trouble.setContentsMargins(theme.SPACE_4, 0, theme.SPACE_4, theme.SPACE_2)
        self._trouble.setWordWrap(True)
        self._trouble.hide()


def _size_of(task: Task, picture: Picture) -> QSize:
    size = picture.size or task.request.pixels
    return QSize(size.width_px, size.height_px) if size else QSize(1, 1)
