"""The middle of the window: the gallery, a set, one picture large, or several compared, and the ways between them."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QStackedWidget, QWidget

from seedream_desktop.domain.judging import Change, Judgment
from seedream_desktop.domain.picture import Picture
from seedream_desktop.domain.task import Task, TaskId
from seedream_desktop.ui.comparison import Comparison
from seedream_desktop.ui.controls.tab_order import put_after
from seedream_desktop.ui.gallery_page import GalleryPage
from seedream_desktop.ui.keys import KeyMap
from seedream_desktop.ui.large import Large, Neighbours
from seedream_desktop.ui.previews import Previews
from seedream_desktop.ui.set_page import SetPage
from seedream_desktop.ui.set_view.limits import MOST as MOST_IN_SET
from seedream_desktop.ui.viewer.backdrop import BackdropChoice

if TYPE_CHECKING:
    from seedream_desktop.ui.compare.view import CompareView
    from seedream_desktop.ui.quick_look import QuickLook
    from seedream_desktop.ui.set_view.view import SetView
    from seedream_desktop.ui.viewer.viewer import Viewer

_COMPARED: Final = range(2, 5)
_SURVEYED: Final = range(5, MOST_IN_SET + 1)
Shown = tuple[Task, Picture]


class Centre(QStackedWidget):
    """Shows one of its pages; a second window follows the gallery's current picture beside it.

    All pages but the gallery are made at their first use, as `large`, `set_page` and `comparison` tell.
    ``pixels_requested`` carries a Picture, to be answered by `show_pixels` or `show_trouble`. ``picked`` carries the
    Task and the Picture that was taken in a comparison, ``second_made`` the second window when it is made. ``shown``
    carries the Task and the Picture that the keyboard stands on, wherever that is. ``judged`` carries a Change that was
    clicked, ``commanded`` a CommandId, ``menu_requested`` a point on the screen, ``judgments_shown`` what was just said
    of pictures, by their SHA-256. ``meaning_changed``: a key is about another picture now.
    """

    pixels_requested = Signal(object)
    save_requested = Signal(object, object)
    picked = Signal(object, object)
    second_made = Signal(object)
    shown = Signal(object, object)
    judged = Signal(object)
    favourite_clicked = Signal()
    commanded = Signal(object)
    action_requested = Signal(object, str)
    menu_requested = Signal(QPoint)
    judgments_shown = Signal(object)
    meaning_changed = Signal()

    def __init__(
        self,
        thumbnail_path: Callable[[str, int], Path],
        clock: Callable[[], datetime],
        key_map: KeyMap,
        backdrop: BackdropChoice,
    ) -> None:
        super().__init__()
        self.gallery_page = GalleryPage(thumbnail_path, clock)
        self.header, self.gallery = self.gallery_page.header, self.gallery_page.gallery
        previews = Previews(thumbnail_path, self)
        self.large = Large(self.gallery, previews, key_map, backdrop, self)
        self.comparison = Comparison(self.gallery, previews, key_map, backdrop, self)
        self.set_page = SetPage(thumbnail_path, clock, key_map, self)
        # Where a picture seen large, or a comparison, was come to from.
        self._home: QWidget = self.gallery_page
        self.addWidget(self.gallery_page)
        self._connect()

    @property
    def viewer(self) -> Viewer:
        """The page with one picture large."""
        return self.large.viewer

    @property
    def quick_look(self) -> QuickLook:
        """What shows a picture large over the gallery."""
        return self.large.quick_look

    @property
    def compare(self) -> CompareView:
        """The page that compares."""
        return self.comparison.view

    @property
    def set_view(self) -> SetView:
        """The page with several pictures side by side."""
        return self.set_page.view

    def make_pages(self) -> None:
        """Make what was not needed yet, so that it is known what can be done on every page."""
        _ = self.set_view, self.viewer, self.compare

    @property
    def shows_gallery(self) -> bool:
        """Whether the gallery is seen."""
        return self.currentWidget() is self.gallery_page

    @property
    def shows_viewer(self) -> bool:
        """Whether one picture is seen large."""
        return self.currentWidget() is self.large.made_viewer

    @property
    def _shows_comparison(self) -> bool:
        return self.currentWidget() is self.comparison.made_view

    def current(self) -> Shown | None:
        """Return the picture that is meant: the marked one of a comparison or a set, else the gallery's current one."""
        if self._shows_comparison:
            return self.comparison.marked()
        if self._is_in_set:
            return self.set_view.current()
        return self.gallery.current()

    def current_task(self) -> Task | None:
        """Return the task that is meant, with or without pictures."""
        if self.shows_gallery:
            return self.gallery.current_task()
        current = self.current()
        return current[0] if current is not None else self.set_view.current_task()

    def chosen_keys(self) -> Sequence[tuple[TaskId, int]]:
        """Return task and index of every picture a key is about, when it can be about many; else nothing."""
        if self.means_one:
            return ()
        return self.gallery.selected_keys() if self.shows_gallery else self.set_view.chosen_keys()

    @property
    def _is_in_set(self) -> bool:
        """Whether the set is seen, or a picture of it that was opened from there."""
        page = self._home if self.shows_viewer else self.currentWidget()
        return page is self.set_page.made_view

    @property
    def means_one(self) -> bool:
        """Whether a key is about the one picture that is seen large, not about all that are chosen."""
        return self.shows_viewer or self._shows_comparison or self.large.is_over_gallery

    def show_gallery(self) -> None:
        """Go back to the gallery, to the picture that was seen last."""
        last, was_in_set = self.current(), self._is_in_set
        self._home = self.gallery_page
        self.setCurrentWidget(self.gallery_page)
        if was_in_set and last is not None:
            self.gallery.choose(last[0], last[0].pictures.index(last[1]))
        self.gallery.setFocus()

    def show_set(self) -> None:
        """Go back to the set."""
        self._home = self.gallery_page
        self.setCurrentWidget(self.set_view)
        self.set_view.canvas.setFocus(Qt.FocusReason.OtherFocusReason)

    def open_set(self, task: Task | None = None) -> bool:
        """Show all pictures of *task*, without one of the task that is meant; False when there is none."""
        task = task or self.current_task()
        if task is None:
            return False
        current = self.current()
        is_its = current is not None and current[0].id == task.id
        self.set_view.show_task(task, task.pictures.index(current[1]) if is_its and current is not None else 0)
        self.set_view.keep_shown(self.gallery.shows)
        self.set_view.show_judgments(self.gallery.judgments(task.pictures))
        self.show_set()
        return True

    def toggle_quick_look(self) -> None:
        """Show the gallery's current picture large over the gallery, or stop doing so."""
        self.large.turn_quick_look(may_open=self.shows_gallery)

    def select_next(self) -> None:
        """Go on to the next picture, wherever pictures are judged now."""
        if self._shows_comparison:
            self.compare.select_next()
        elif self._is_in_set:
            self.set_view.select_next()
        else:
            self.gallery.select_next()

    def go_on_after(self, change: Change) -> None:
        """Go on to the next picture, and say for a moment what the one before got where that is out of sight now."""
        before = self.current()
        self.select_next()
        if self.current() != before:
            self.large.tell_verdict(change)

    def select_previous(self) -> None:
        """Go back to the picture before."""
        if self._is_in_set:
            self.set_view.select_previous()
        else:
            self.gallery.select_previous()

    def return_to(self, task: Task, picture: Picture) -> None:
        """Go to a picture that something was taken back from, where it is seen; else in the gallery."""
        if self._shows_comparison:
            self.compare.mark(picture)
        elif not (self._is_in_set and self.set_view.choose(task, task.pictures.index(picture))):
            self.gallery.choose(task, task.pictures.index(picture))

    def change_task(self, task: Task) -> None:
        """Show a task's new value wherever it is seen."""
        self.gallery.change_task(task)
        self.set_page.change_task(task)

    def show_progress(self, task_id: TaskId, position: int, received_bytes: int, total_bytes: int | None) -> None:
        """Show how much of a picture has come; *total_bytes* is None while that is not known."""
        self.gallery.show_progress(task_id, position, received_bytes, total_bytes)
        self.set_page.show_progress(task_id, position, received_bytes, total_bytes)

    def set_time_scale(self, scale: float) -> None:
        """Multiply what is said about usual durations by *scale*."""
        self.gallery.set_time_scale(scale)
        self.set_page.set_time_scale(scale)

    def search(self) -> None:
        """Let the user type into the search field."""
        self.setCurrentWidget(self.gallery_page)
        self.header.focus_search()

    def find_made_with(self) -> None:
        """Look for what was made with the picture that is meant."""
        current = self.current()
        if current is not None and current[1].sha256 is not None:
            self.show_gallery()
            self.header.filter_by_reference(current[1].sha256)

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
        if not self.shows_viewer:
            self._home = self.set_view if self._is_in_set else self.gallery_page
        self.large.show_picture(task, picture, self._neighbours())
        self.setCurrentWidget(self.viewer)
        self.viewer.setFocus()

    def open_current(self) -> None:
        """Show the picture that is meant large."""
        current = self.current()
        if current is not None:
            self.open_viewer(*current)

    def open_second(self) -> None:
        """Show the current picture in a window of its own, on another screen when there is one."""
        current = self.current()
        if current is not None:
            self.large.open_second(self.window())
            self._follow(*current)

    def compare_chosen(self) -> bool:
        """Compare two to four pictures, or show up to fifteen side by side; False when it is another number."""
        chosen = self._for_comparing()
        if len(chosen) in _SURVEYED and self.shows_gallery:
            self.set_view.show_pictures(chosen)
            self.set_view.show_judgments(self.gallery.judgments(picture for _, picture in chosen))
            self.show_set()
            return True
        if len(chosen) not in _COMPARED:
            return False
        self._home = self.set_view if self._is_in_set else self.gallery_page
        # First the pictures: a comparison that comes into sight asks for the pixels of those it has.
        self.comparison.show_pictures(chosen)
        self.setCurrentWidget(self.compare)
        return True

    def show_judgments(self, judgments: Mapping[str, Judgment]) -> None:
        """Show what was said of pictures, by their SHA-256, wherever they are seen."""
        self.gallery.show_judgments(judgments)
        self.set_page.show_judgments(judgments)
        self.comparison.show_judgments(judgments)
        self.large.show_judgments(judgments)
        self.judgments_shown.emit(judgments)

    def show_pixels(self, sha256: str, image: QImage) -> None:
        """Give a picture's pixels to whoever waits for them."""
        self.large.set_pixels(sha256, image)
        self.set_page.set_pixels(sha256, image)
        if self._shows_comparison:
            self.comparison.set_pixels(sha256, image)

    def show_trouble(self, sha256: str, text: str) -> None:
        """Say why a picture's pixels cannot be shown, wherever it is seen."""
        self.large.set_trouble(sha256, text)
        self.set_page.set_trouble(sha256, text)
        if self._shows_comparison:
            self.comparison.set_trouble(sha256, text)

    def _connect(self) -> None:
        self.gallery.picture_opened.connect(self.open_viewer)
        self.gallery.picture_chosen.connect(self._follow_gallery)
        self.gallery.set_requested.connect(self.open_set)
        self.gallery.index_renewed.connect(self._keep_what_is_shown)
        self.gallery.menu_requested.connect(self.menu_requested)
        self._connect_large()
        self._connect_set()
        self.currentChanged.connect(lambda _page: self.meaning_changed.emit())
        for page_made in (self.set_page.view_made, self.large.viewer_made, self.comparison.view_made):
            page_made.connect(self._add_page)
        self.comparison.pixels_requested.connect(self.pixels_requested)
        self.comparison.closed.connect(self._go_home)
        self.comparison.menu_requested.connect(self.menu_requested)
        self.comparison.active_changed.connect(self.meaning_changed)
        self.comparison.taken.connect(self._take)

    def _add_page(self, page: QWidget) -> None:
        self.addWidget(page)
        put_after(self.gallery, page)

    def _connect_set(self) -> None:
        self.set_page.pixels_requested.connect(self.pixels_requested)
        self.set_page.current_changed.connect(self._follow_and_tell)
        self.set_page.opened.connect(self.open_viewer)
        self.set_page.closed.connect(self.show_gallery)
        self.set_page.commanded.connect(self.commanded)
        self.set_page.action_requested.connect(self.action_requested)
        self.set_page.menu_requested.connect(self.menu_requested)

    def _connect_large(self) -> None:
        self.large.pixels_requested.connect(self.pixels_requested)
        self.large.save_requested.connect(self.save_requested)
        self.large.next_requested.connect(self.select_next)
        self.large.previous_requested.connect(self.select_previous)
        self.large.judged.connect(self.judged)
        self.large.favourite_clicked.connect(self.favourite_clicked)
        self.large.menu_requested.connect(self.menu_requested)
        self.large.closed.connect(self._go_home)
        self.large.second_made.connect(self.second_made)

    def _keep_what_is_shown(self) -> None:
        """Leave out of the set what the gallery does not show any more, and leave a set of which nothing is left."""
        if self._is_in_set and not self.set_view.keep_shown(self.gallery.shows):
            self.show_gallery()

    def _go_home(self) -> None:
        """Leave what was come to from the gallery or from the set."""
        self.show_gallery() if self._home is self.gallery_page else self.show_set()

    def _follow_gallery(self, task: Task | None, picture: Picture | None) -> None:
        if self._is_in_set:
            return
        if task is not None and picture is not None:
            self.large.step_quick_look(task, picture)
        self._follow_and_tell(task, picture)

    def _follow_and_tell(self, task: Task | None, picture: Picture | None) -> None:
        self._follow(task, picture)
        self.shown.emit(task, picture)

    def _for_comparing(self) -> Sequence[Shown]:
        """Return what would be compared; nothing when some of it is not on this disk."""
        if self._is_in_set:
            return self.set_view.for_comparing()
        chosen = self.gallery.selected()
        return chosen if len(chosen) == len(self.gallery.selected_keys()) else ()

    def _follow(self, task: Task | None, picture: Picture | None) -> None:
        """Show another current picture wherever one is seen large; without one the last stays."""
        if task is None or picture is None:
            return
        if self.shows_viewer:
            self.large.show_picture(task, picture, self._neighbours())
        if self.large.shows_second:
            self.large.show_in_second(task, picture, self._neighbours())

    def _neighbours(self) -> Neighbours:
        return (self.set_view if self._is_in_set else self.gallery).neighbours()

    def _take(self, task: Task, picture: Picture) -> None:
        """Go back with the picture that was taken."""
        self._go_home()
        self.return_to(task, picture)
        self.picked.emit(task, picture)
