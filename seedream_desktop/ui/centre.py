"""The middle of the window: the gallery, one picture large, or several compared, and what leads from one to another."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime
from pathlib import Path
from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from seedream_desktop.domain.judging import Judgment
from seedream_desktop.domain.picture import Picture
from seedream_desktop.domain.task import Task
from seedream_desktop.ui.compare.view import CompareView
from seedream_desktop.ui.filters import GalleryHeader
from seedream_desktop.ui.gallery.view import Gallery
from seedream_desktop.ui.keys import KeyMap
from seedream_desktop.ui.viewer.backdrop import BackdropChoice
from seedream_desktop.ui.viewer.viewer import Viewer
from seedream_desktop.ui.viewer.window import ViewerWindow

_COMPARED: Final = range(2, 5)
Shown = tuple[Task, Picture]


class Centre(QStackedWidget):
    """Shows one of its pages; a second window follows the gallery's current picture beside it.

    ``pixels_requested`` carries a Picture, to be answered by `show_pixels` or `show_trouble`. ``picked`` carries the
    Task and the Picture that was taken in a comparison, ``second_made`` the second window when it is made,
    ``judgments_shown`` what was just said of pictures, by their SHA-256.
    """

    pixels_requested = Signal(object)
    save_requested = Signal(object, object)
    picked = Signal(object, object)
    second_made = Signal(object)
    judgments_shown = Signal(object)

    def __init__(
        self,
        thumbnail_path: Callable[[str, int], Path],
        clock: Callable[[], datetime],
        key_map: KeyMap,
        backdrop: BackdropChoice,
    ) -> None:
        super().__init__()
        self._key_map, self._backdrop = key_map, backdrop
        self.header = GalleryHeader()
        self.gallery = Gallery(thumbnail_path, clock)
        self.viewer = Viewer(key_map=key_map, backdrop=backdrop)
        self.compare = CompareView(key_map=key_map, backdrop=backdrop)
        self.second: ViewerWindow | None = None
        self._compared: Sequence[Shown] = ()
        self.gallery_page = self._make_gallery_page()
        for page in (self.gallery_page, self.viewer, self.compare):
            self.addWidget(page)
        self._connect()

    @property
    def shows_gallery(self) -> bool:
        """Whether the gallery is seen."""
        return self.currentWidget() is self.gallery_page

    def current(self) -> Shown | None:
        """Return the picture that is meant: in a comparison the marked one, else the gallery's current one."""
        if self.currentWidget() is not self.compare:
            return self.gallery.current()
        active = self.compare.active
        return next((shown for shown in self._compared if shown[1] == active), None)

    @property
    def means_one(self) -> bool:
        """Whether a key is about the one picture that is seen large, not about all that are chosen."""
        return not self.shows_gallery or (self.second is not None and self.second.isActiveWindow())

    def show_gallery(self) -> None:
        """Go back to the gallery."""
        self.setCurrentWidget(self.gallery_page)
        self.gallery.setFocus()

    def search(self) -> None:
        """Let the user type into the search field."""
        self.setCurrentWidget(self.gallery_page)
        self.header.focus_search()

    def ask_day(self) -> None:
        """Let the user choose the day to go to."""
        self.setCurrentWidget(self.gallery_page)
        self.header.ask_day()

    def turn_filters(self) -> None:
        """Show the filters, or hide them."""
        self.setCurrentWidget(self.gallery_page)
        self.header.turn_filters()

    def open_viewer(self, task: Task, picture: Picture) -> None:
        """Show one picture large."""
        self._show_in(self.viewer, task, picture)
        self.setCurrentWidget(self.viewer)
        self.viewer.setFocus()

    def open_second(self) -> None:
        """Show the current picture in a window of its own, on another screen when there is one."""
        if self.second is None:
            self.second = self._make_second()
        self.second.open_beside(self.window())
        self._follow(*(self.gallery.current() or (None, None)))

    def close_second(self) -> None:
        """Close the second window for good."""
        if self.second is not None:
            self.second.close()
            self.second.deleteLater()
            self.second = None

    def compare_chosen(self) -> bool:
        """Compare what is chosen; False when it is not two to four pictures that are on this disk."""
        chosen = self.gallery.selected()
        if len(chosen) not in _COMPARED or len(chosen) != len(self.gallery.selected_keys()):
            return False
        self._compared = chosen
        # First the pictures: a comparison that comes into sight asks for the pixels of those it has.
        self.compare.show_pictures([(task, picture, self.gallery.preview(picture)) for task, picture in chosen])
        self.setCurrentWidget(self.compare)
        return True

    def show_judgments(self, judgments: Mapping[str, Judgment]) -> None:
        """Show what was said of pictures, by their SHA-256, wherever they are seen."""
        self.gallery.show_judgments(judgments)
        self.judgments_shown.emit(judgments)
        for viewer in self._viewers():
            if viewer.picture is not None and viewer.picture.sha256 in judgments:
                self._show_marks(viewer, viewer.picture)

    def show_pixels(self, sha256: str, image: QImage) -> None:
        """Give a picture's pixels to whoever waits for them."""
        for viewer in self._viewers():
            viewer.set_pixels(sha256, image)
        if self.currentWidget() is self.compare:
            self.compare.set_pixels(sha256, image)

    def show_trouble(self, sha256: str, text: str) -> None:
        """Say why a picture's pixels cannot be shown, wherever it is seen."""
        for viewer in self._viewers():
            viewer.set_trouble(sha256, text)
        if self.currentWidget() is self.compare:
            self.compare.set_trouble(sha256, text)

    def _make_gallery_page(self) -> QWidget:
        page = QWidget()
        column = QVBoxLayout(page)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.header)
        column.addWidget(self.gallery, 1)
        return page

    def _go_to_day(self, day: date) -> None:
        self.gallery.show_day(day)
        self.gallery.setFocus(Qt.FocusReason.OtherFocusReason)

    def _go_to_pictures(self) -> None:
        """Let the keyboard stand on the picture that was current, else on the first."""
        if self.gallery.current_task() is None:
            self.gallery.choose_first()
        self.gallery.setFocus(Qt.FocusReason.OtherFocusReason)

    def _make_second(self) -> ViewerWindow:
        second = ViewerWindow(key_map=self._key_map, backdrop=self._backdrop)
        self._connect_viewer(second.viewer)
        self.second_made.emit(second)
        return second

    def _connect(self) -> None:
        self.gallery.picture_opened.connect(self.open_viewer)
        self.gallery.picture_chosen.connect(self._follow)
        self.gallery.save_requested.connect(self.save_requested)
        self.header.row_height_changed.connect(self.gallery.set_row_height)
        self.gallery.row_height_changed.connect(self.header.set_row_height)
        self.gallery.clear_requested.connect(self.header.clear_search)
        self.header.grouped_changed.connect(self.gallery.set_grouped)
        self.header.day_chosen.connect(self._go_to_day)
        self.header.pictures_wanted.connect(self._go_to_pictures)
        self._connect_viewer(self.viewer)
        self.viewer.closed.connect(self.show_gallery)
        self.compare.pixels_requested.connect(self.pixels_requested)
        self.compare.closed.connect(self.show_gallery)
        self.compare.picked.connect(self._take)

    def _connect_viewer(self, viewer: Viewer) -> None:
        viewer.pixels_requested.connect(self.pixels_requested)
        viewer.save_requested.connect(self.save_requested)
        viewer.next_requested.connect(self.gallery.select_next)
        viewer.previous_requested.connect(self.gallery.select_previous)

    def _viewers(self) -> list[Viewer]:
        return [self.viewer] if self.second is None else [self.viewer, self.second.viewer]

    def _follow(self, task: Task | None, picture: Picture | None) -> None:
        """Show another current picture wherever one is seen large; without one the last stays."""
        if task is None or picture is None:
            return
        if self.currentWidget() is self.viewer:
            self._show_in(self.viewer, task, picture)
        if self.second is not None and self.second.isVisible():
            self._show_in(self.second.viewer, task, picture)

    def _show_in(self, viewer: Viewer, task: Task, picture: Picture) -> None:
        viewer.show_picture(task, picture, self.gallery.preview(picture))
        self._show_marks(viewer, picture)
        viewer.set_neighbours(*self.gallery.neighbours())

    def _show_marks(self, viewer: Viewer, picture: Picture) -> None:
        said = self.gallery.judgment(picture)
        viewer.set_marks(said.stars, said.flag, is_favourite=said.is_favourite)

    def _take(self, picture: Picture) -> None:
        """Go back to the gallery with the picture that was taken."""
        task, _ = next(shown for shown in self._compared if shown[1] == picture)
        self.show_gallery()
        self.gallery.choose(task, task.pictures.index(picture))
        self.gallery.setFocus(Qt.FocusReason.OtherFocusReason)
        self.picked.emit(task, picture)
