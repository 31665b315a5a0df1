"""Where a picture is seen large: the viewer, the second window and the quick look, which show the same."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QPoint, Signal
from PySide6.QtGui import QImage, QPixmap
from PySide6.QtWidgets import QWidget

from seedream_desktop.domain.judging import Change, Judgment
from seedream_desktop.domain.picture import Picture
from seedream_desktop.domain.task import Task
from seedream_desktop.ui.gallery.view import Gallery
from seedream_desktop.ui.keys import KeyMap
from seedream_desktop.ui.on_first_use import OnFirstUse
from seedream_desktop.ui.previews import Previews
from seedream_desktop.ui.viewer.backdrop import BackdropChoice

if TYPE_CHECKING:
    from seedream_desktop.ui.quick_look import QuickLook
    from seedream_desktop.ui.viewer.viewer import Viewer
    from seedream_desktop.ui.viewer.window import ViewerWindow

Neighbours = tuple[Picture | None, Picture | None]


class Large(QObject):
    """Gives each of them the preview, the marks and the pixels of what it shows; marks are those of *gallery*.

    Each is made at its first use. Signals are those of a `Viewer`, whichever it is, ``closed`` that of the one in the
    main window. ``viewer_made`` and ``second_made`` carry the viewer and the second window when they are made.
    """

    pixels_requested = Signal(object)
    save_requested = Signal(object, object)
    next_requested = Signal()
    previous_requested = Signal()
    judged = Signal(object)
    favourite_clicked = Signal()
    menu_requested = Signal(QPoint)
    closed = Signal()
    viewer_made = Signal(object)
    second_made = Signal(object)

    def __init__(
        self,
        gallery: Gallery,
        previews: Previews,
        key_map: KeyMap,
        backdrop: BackdropChoice,
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._gallery, self._key_map, self._backdrop = gallery, key_map, backdrop
        self._previews = previews
        previews.came.connect(self._show_preview)
        self._viewer: OnFirstUse[Viewer] = OnFirstUse(self._make_viewer, self._tell_viewer)
        self._quick_look = OnFirstUse(self._make_quick_look, self._connect_quick_look)
        self.second: ViewerWindow | None = None

    @property
    def viewer(self) -> Viewer:
        """The viewer in the main window."""
        return self._viewer.get()

    @property
    def made_viewer(self) -> Viewer | None:
        """The viewer in the main window, when a picture was opened already."""
        return self._viewer.made

    @property
    def quick_look(self) -> QuickLook:
        """What lies over the gallery while a key is held."""
        return self._quick_look.get()

    @property
    def is_over_gallery(self) -> bool:
        """Whether a picture is seen large while the gallery is the page: by a quick look or in the second window."""
        return self._looked_at() is not None or (self.second is not None and self.second.isActiveWindow())

    @property
    def shows_second(self) -> bool:
        """Whether the second window is on a screen."""
        return self.second is not None and self.second.isVisible()

    def turn_quick_look(self, *, may_open: bool) -> None:
        """Stop the quick look, or show the gallery's current picture in one when it *may_open*."""
        current = self._gallery.current()
        if self._looked_at() is not None:
            self.close_quick_look()
        elif may_open and current is not None:
            self.quick_look.open(*current, self._preview(current[1]))
            self._finish_look(current[1])

    def close_quick_look(self) -> None:
        """Stop the quick look, when there is one."""
        if self._quick_look.made is not None:
            self._quick_look.made.close_look()

    def step_quick_look(self, task: Task, picture: Picture) -> None:
        """Show another picture in the quick look while there is one."""
        if self._looked_at() is not None:
            self.quick_look.show_picture(task, picture, self._preview(picture))
            self._finish_look(picture)

    def open_second(self, window: QWidget) -> None:
        """Show the second window beside *window*, on another screen when there is one."""
        if self.second is None:
            from seedream_desktop.ui.viewer.window import ViewerWindow

            self.second = ViewerWindow(key_map=self._key_map, backdrop=self._backdrop)
            self._connect(self.second.viewer)
            self.second_made.emit(self.second)
        self.second.open_beside(window)

    def close_second(self) -> None:
        """Close the second window for good."""
        if self.second is not None:
            self.second.close()
            self.second.deleteLater()
            self.second = None

    def show_picture(self, task: Task, picture: Picture, neighbours: Neighbours) -> None:
        """Show a picture in the viewer."""
        self._show_in(self.viewer, task, picture, neighbours)

    def show_in_second(self, task: Task, picture: Picture, neighbours: Neighbours) -> None:
        """Show a picture in the second window, when there is one."""
        if self.second is not None:
            self._show_in(self.second.viewer, task, picture, neighbours)

    def show_judgments(self, judgments: Mapping[str, Judgment]) -> None:
        """Show what was said of pictures, by their SHA-256; the gallery has been told before."""
        looked_at = self._looked_at()
        if looked_at is not None and looked_at.sha256 in judgments:
            self.quick_look.set_judgment(self._gallery.judgment(looked_at))
        for viewer in self._viewers():
            if viewer.picture is not None and viewer.picture.sha256 in judgments:
                self._show_marks(viewer, viewer.picture)

    def tell_verdict(self, change: Change) -> None:
        """Show for a moment what was said of the picture that was seen large before this one."""
        for large in self._all():
            if large.isVisible():
                large.canvas.tell_verdict(change)

    def set_pixels(self, sha256: str, image: QImage) -> None:
        """Give a picture's pixels to whoever waits for them."""
        for large in self._all():
            large.set_pixels(sha256, image)

    def set_trouble(self, sha256: str, text: str) -> None:
        """Say why a picture's pixels cannot be shown."""
        for large in self._all():
            large.set_trouble(sha256, text)

    def _all(self) -> tuple[Viewer | QuickLook, ...]:
        look = self._quick_look.made
        return self._viewers() if look is None else (*self._viewers(), look)

    def _viewers(self) -> tuple[Viewer, ...]:
        first = () if self._viewer.made is None else (self._viewer.made,)
        return first if self.second is None else (*first, self.second.viewer)

    def _looked_at(self) -> Picture | None:
        return None if self._quick_look.made is None else self._quick_look.made.picture

    def _make_viewer(self) -> Viewer:
        from seedream_desktop.ui.viewer.viewer import Viewer

        viewer = Viewer(key_map=self._key_map, backdrop=self._backdrop)
        self._connect(viewer)
        viewer.closed.connect(self.closed)
        return viewer

    def _tell_viewer(self, viewer: Viewer) -> None:
        self.viewer_made.emit(viewer)

    def _make_quick_look(self) -> QuickLook:
        from seedream_desktop.ui.quick_look import QuickLook

        return QuickLook(self._gallery, self._key_map, self._backdrop)

    def _connect_quick_look(self, look: QuickLook) -> None:
        look.pixels_requested.connect(self.pixels_requested)

    def _connect(self, viewer: Viewer) -> None:
        viewer.pixels_requested.connect(self.pixels_requested)
        viewer.save_requested.connect(self.save_requested)
        viewer.next_requested.connect(self.next_requested)
        viewer.previous_requested.connect(self.previous_requested)
        viewer.judged.connect(self.judged)
        viewer.favourite_clicked.connect(self.favourite_clicked)
        viewer.menu_requested.connect(self.menu_requested)

    def _show_in(self, viewer: Viewer, task: Task, picture: Picture, neighbours: Neighbours) -> None:
        viewer.show_picture(task, picture, self._preview(picture))
        self._show_marks(viewer, picture)
        viewer.set_neighbours(*neighbours)
        self._previews.expect(picture, *reversed(neighbours))

    def _preview(self, picture: Picture) -> QPixmap | None:
        """Return what there is: the preview, else what the gallery shows, which may be small."""
        return self._previews.of(picture) or self._gallery.preview(picture)

    def _show_preview(self, sha256: str) -> None:
        for large in self._all():
            if large.picture is not None and large.picture.sha256 == sha256:
                large.set_preview(self._preview(large.picture))

    def _show_marks(self, viewer: Viewer, picture: Picture) -> None:
        said = self._gallery.judgment(picture)
        viewer.set_marks(said.stars, said.flag, is_favourite=said.is_favourite)

    def _finish_look(self, picture: Picture) -> None:
        before, after = self._gallery.neighbours()
        self.quick_look.set_judgment(self._gallery.judgment(picture))
        self.quick_look.expect(after)
        self._previews.expect(picture, after, before)
