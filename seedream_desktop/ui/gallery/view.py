"""The gallery as the window knows it: an index and tasks go in as values, wishes come out as signals."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime
from pathlib import Path

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtGui import QContextMenuEvent, QDrag, QPixmap, QResizeEvent
from PySide6.QtWidgets import QWidget

from seedream_desktop.domain.judging import Judgment
from seedream_desktop.domain.picture import Picture
from seedream_desktop.domain.task import Task, TaskId
from seedream_desktop.ports.gallery import GroupIndex
from seedream_desktop.ui.controls.label import Label
from seedream_desktop.ui.controls.naming import set_name
from seedream_desktop.ui.gallery import wording
from seedream_desktop.ui.gallery.bubble import DateBubble
from seedream_desktop.ui.gallery.canvas import ASK_AGAIN_MS
from seedream_desktop.ui.gallery.chooser import Chooser
from seedream_desktop.ui.gallery.empty import EmptyGallery
from seedream_desktop.ui.gallery.menu import PictureMenu, files_for_drag
from seedream_desktop.ui.gallery.model import card_action
from seedream_desktop.ui.gallery.shelf import Anchor


class Gallery(Chooser):
    """All pictures and running tasks of an index, newest first.

    ``tasks_wanted`` carries the ids of tasks that come into sight; each is answered once by `take_tasks`, with what
    could be read of them.

    *thumbnail_path* returns where the thumbnail of a picture with this SHA-256 and this longest edge (256 or 512
    pixels) belongs; *clock* returns the wall clock, aware. Signals carry a Task and a Picture on this disk;
    ``picture_chosen`` carries None and None when no such picture is current.
    """

    save_requested = Signal(object, object)
    sample_chosen = Signal(str)
    thumbnail_missing = Signal(object, object)

    def __init__(
        self,
        thumbnail_path: Callable[[str, int], Path],
        clock: Callable[[], datetime],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(thumbnail_path, clock, parent)
        set_name(self, "gallery", self.tr("Gallery"))
        self._is_everything = True
        self._menu = PictureMenu(self)
        self._bubble = DateBubble(self.verticalScrollBar(), self._day_at_top, self)
        self._empty: EmptyGallery | None = None
        self._no_match = Label("", self.viewport(), tone="muted")
        self._no_match.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._connect()
        self._show_emptiness()

    def set_index(self, index: GroupIndex, *, is_everything: bool = True) -> None:
        """Show the groups of *index* and nothing else, from the top; *is_everything* unless it answers a search."""
        self._is_everything = is_everything
        self._shelf.set_index(index)
        self._selection.keep(self._shelf.groups.indexes_of({key.task_id for key in self._selection.keys}))
        self._show_all()
        if self._sought is not None:
            self.choose(*self._sought)

    def take_tasks(self, tasks: Sequence[Task]) -> None:
        """Show tasks that were wanted; an empty answer lets them be wanted again a little later."""
        self._wishes.answered({task.id for task in tasks})
        self._asking.start(0 if tasks else ASK_AGAIN_MS)
        if tasks:
            self._take(tasks)
            self._tell()

    def add_task(self, task: Task) -> None:
        """Put a new task on top, one that is known already is changed; the answer to a search stays as it is."""
        if self._shelf.groups.group_of(task) is not None:
            self.change_task(task)
        elif self._is_everything:
            self._insert_first(task)
            self._show_emptiness()

    def change_task(self, task: Task) -> None:
        """Show the new value of a task; one that is not known yet is added."""
        self._scene.forget_progress(task)
        if self._shelf.groups.group_of(task) is None:
            self._shelf.groups.forget(task.id)
            if self._is_everything:
                self.add_task(task)
            return
        self._take([task])
        self._tell()

    def set_grouped(self, grouped: bool) -> None:  # noqa: FBT001 - a signal's argument
        """Show groups under their headers, or one wall of all pictures; what is at the top stays there."""
        if grouped == self._shelf.is_grouped:
            return
        anchor = self._anchor()
        self._shelf.set_grouped(grouped=grouped)
        self._shelf.smooth(anchor)
        self._refit()
        self._return_to(anchor and Anchor(anchor.key, 0, 1))

    def show_day(self, day: date) -> bool:
        """Scroll to the newest order of *day* on the user's calendar or before it; False when there is none."""
        group = self._shelf.groups.first_of(day)
        if group is None:
            return False
        bands = self._shelf.bands
        self.verticalScrollBar().setValue(bands.top_of(bands.bands_of(group).start))
        return True

    def show_progress(self, task_id: TaskId, position: int, received_bytes: int, total_bytes: int | None) -> None:
        """Show how much of a picture has come; *total_bytes* is None while that is not known."""
        self._scene.note_progress(task_id, position, received_bytes, total_bytes)
        group = self._shelf.groups.near_index_of(task_id)
        if group is not None:
            self._update_groups([group])

    def preview(self, picture: Picture) -> QPixmap | None:
        """Return the picture as small as the gallery has it, or None."""
        return self._thumbnails.any_size(picture.sha256) if picture.sha256 else None

    def judgment(self, picture: Picture) -> Judgment:
        """Return what was said of a picture, as far as it is known here."""
        return self._scene.judged.of(picture.sha256)

    def show_judgments(self, judgments: Mapping[str, Judgment]) -> None:
        """Show what was said of pictures, by their SHA-256."""
        self._scene.judged.take(judgments)
        self.viewport().update()
        self._settle_soon()

    def thumbnail_made(self, sha256: str) -> None:
        """Try a picture again whose thumbnail was missing."""
        self._thumbnails.made(sha256)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Pop up the menu of the current picture, at the pointer or at the picture."""
        task, place = self.current_task(), self._place_of(self._selection.current)
        if task is None or place is None:
            return
        current = self.current()
        menu = self._menu.menu(self, task, current[1] if current else None)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        by_key = event.reason() is QContextMenuEvent.Reason.Keyboard
        menu.popup(self._middle_of(place) if by_key else event.globalPos())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the words of an empty gallery in its middle."""
        super().resizeEvent(event)
        if self._empty is not None:
            self._empty.setGeometry(self.viewport().rect())
        self._no_match.setGeometry(self.viewport().rect())

    def _connect(self) -> None:
        self._menu.open_chosen.connect(self.picture_opened)
        self._menu.save_chosen.connect(self.save_requested)
        self._menu.action_chosen.connect(self.action_requested)
        self._buttons.pressed.connect(self._act)
        self._thumbnails.missing.connect(self._report_missing)

    def _show_all(self) -> None:
        self._reset()
        self._tell()
        self._show_emptiness()

    def _show_emptiness(self) -> None:
        """Words exist only while they are seen: a screen reader would find hidden ones too."""
        has_none = not len(self._shelf.groups)
        finds_nothing, is_empty = has_none and not self._is_everything, has_none and self._is_everything
        self._no_match.setText(self.tr("No prompt holds these words.") if finds_nothing else "")
        self._no_match.setVisible(finds_nothing)
        if is_empty and self._empty is None:
            self._empty = EmptyGallery(self.viewport())
            self._empty.sample_chosen.connect(self.sample_chosen)
            self._empty.setGeometry(self.viewport().rect())
            self._empty.show()
        elif not is_empty and self._empty is not None:
            self._empty.hide()
            self._empty.deleteLater()
            self._empty = None

    def _day_at_top(self) -> str:
        """Return the day of what is at the top of the window."""
        offset = self._offset
        group = next(iter(self._shelf.bands.groups_between(offset, offset + self.viewport().height())), None)
        return "" if group is None else wording.day_word(self._shelf.groups.created_at(group))

    def _act(self, task_id: TaskId) -> None:
        task = self._shelf.groups.task(task_id)
        if task is not None:
            self.action_requested.emit(task, card_action(task))

    def _report_missing(self, sha256: str) -> None:
        for task, index, _ in self._present_cells():
            if 0 <= index < len(task.pictures) and task.pictures[index].sha256 == sha256:
                self.thumbnail_missing.emit(task, task.pictures[index])
                return

    def _middle_of(self, place: tuple[int, int]) -> QPoint:
        box = self._shelf.bands.cell_box(*place)
        point = QPoint(box.x + box.width // 2, box.y + box.height // 2 - self._offset)
        return self.viewport().mapToGlobal(point)

    def _drag_out(self) -> None:
        pictures = [picture for _, picture in self.selected()]
        if not pictures:
            return
        drag = QDrag(self)
        drag.setMimeData(files_for_drag(pictures))
        # A drag has no other form than exec(); copying only, for some file managers move what they are given.
        drag.exec(Qt.DropAction.CopyAction)
