"""The gallery as the window knows it: an index and tasks go in as values, wishes come out as signals."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import UTC, date, datetime
from pathlib import Path

from PySide6.QtCore import QEvent, QPoint, Qt, Signal
from PySide6.QtGui import QContextMenuEvent, QHelpEvent, QMouseEvent, QPixmap, QResizeEvent
from PySide6.QtWidgets import QToolTip, QWidget

from seedream_desktop.domain.judging import Judgment
from seedream_desktop.domain.picture import Picture
from seedream_desktop.domain.task import Task, TaskId
from seedream_desktop.ports.gallery import GroupIndex
from seedream_desktop.ui.controls.naming import set_name
from seedream_desktop.ui.drag_out import MOST_FILES, OutFile, begin_drag, known_files
from seedream_desktop.ui.gallery import hints, navigation, wording
from seedream_desktop.ui.gallery.bands import Place
from seedream_desktop.ui.gallery.bubble import DateBubble
from seedream_desktop.ui.gallery.canvas import ASK_AGAIN_MS
from seedream_desktop.ui.gallery.choice import Span
from seedream_desktop.ui.gallery.chooser import Chooser
from seedream_desktop.ui.gallery.empty import Emptiness
from seedream_desktop.ui.gallery.model import card_action
from seedream_desktop.ui.gallery.selection import CellKey
from seedream_desktop.ui.gallery.shelf import Anchor


class Gallery(Chooser):
    """All pictures and running tasks of an index, newest first.

    ``tasks_wanted`` carries the ids of tasks that come into sight; each is answered once by `take_tasks`, with what
    could be read of them.

    *thumbnail_path* returns where the thumbnail of a picture with this SHA-256 and this longest edge (256 or 512
    pixels) belongs; *clock* returns the wall clock, aware. Signals carry a Task and a Picture on this disk;
    ``picture_chosen`` carries None and None when no such picture is current. ``clear_requested`` wants to see
    everything, where nothing fits. ``drag_fell_short`` tells how many of the chosen pictures were not dragged along.
    """

    sample_chosen = Signal(str)
    clear_requested = Signal()
    thumbnail_missing = Signal(object, object)
    set_requested = Signal(object)
    index_renewed = Signal()
    menu_requested = Signal(QPoint)
    choice_changed = Signal()
    drag_fell_short = Signal(int)

    def __init__(
        self,
        thumbnail_path: Callable[[str, int], Path],
        clock: Callable[[], datetime],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(thumbnail_path, clock, parent)
        set_name(self, "gallery", self.tr("Gallery"))
        self._is_everything = True
        self._clock = clock
        # Until the first index is there, every task is new.
        self._read_at = datetime.min.replace(tzinfo=UTC)
        self._bubble = DateBubble(self.verticalScrollBar(), self._day_at_top, self)
        self._looked_for: Sequence[str] = ()
        self._outgoing: tuple[tuple[tuple[TaskId, int], ...], Sequence[OutFile]] = ((), ())
        self._emptiness = Emptiness(self.viewport())
        self.viewport().setMouseTracking(True)
        self._connect()

    def set_index(self, index: GroupIndex, *, is_everything: bool = True, looked_for: Sequence[str] = ()) -> None:
        """Show the groups of *index* and nothing else, from the top; *is_everything* unless it answers a search.

        Everything is shown where the current picture is: after a search one sees what stands beside what was found.
        *looked_for* are the words for what was searched, to be said when nothing fits.
        """
        self._is_everything, self._read_at = is_everything, self._clock()
        self._looked_for = looked_for
        self._shelf.set_index(index)
        self._keep_chosen()
        self._recall_current()
        self._show_all()
        place = self._place_of(self._selection.current) if is_everything else None
        if place is not None:
            self._reveal(*place)
        if self._sought is not None:
            self.choose(*self._sought)

    def renew_index(self, index: GroupIndex, *, is_everything: bool = True, looked_for: Sequence[str] = ()) -> None:
        """Show *index* in the place of the last one; what is in sight stays there, and the keyboard near where it was.

        Of several chosen cells those that are still shown stay chosen.
        """
        offset, anchor = self._offset, self._anchor()
        before, place = self._selection.current, self._place_of(self._selection.current)
        self.set_index(index, is_everything=is_everything, looked_for=looked_for)
        self.verticalScrollBar().setValue(offset)
        self._return_to(anchor)
        if before is not None and place is not None:
            now = self._place_of(before) or self._place_after(before, place)
            if now is not None:
                stays = len(self._selection.chosen) > 1 and self._key_at(now) in self._selection.chosen
                self._go(now, Qt.KeyboardModifier.ControlModifier if stays else Qt.KeyboardModifier.NoModifier)
        self.index_renewed.emit()

    def shows(self, task: Task, index: int) -> bool:
        """Whether the picture at *index* of a task, or its CARD, is among what is shown."""
        return self._place_of(CellKey(task.id, index)) is not None

    def take_tasks(self, tasks: Sequence[Task]) -> None:
        """Show tasks that were wanted; an empty answer lets them be wanted again a little later."""
        self._wishes.answered({task.id for task in tasks})
        self._asking.start(0 if tasks else ASK_AGAIN_MS)
        if tasks:
            self._take(tasks)
            self._tell_current()

    def add_task(self, task: Task) -> None:
        """Put a new task on top, one that is known already is changed; the answer to a search stays as it is."""
        if self._shelf.groups.group_of(task) is not None:
            self.change_task(task)
        elif self._is_everything:
            self._insert_first(task)
            self._show_emptiness()

    def include(self, task: Task) -> None:
        """Put a new task on top that fits the search."""
        if self._shelf.groups.group_of(task) is None:
            self._insert_first(task)
            self._show_emptiness()

    def change_task(self, task: Task) -> None:
        """Show the new value of a task; one that is not known yet is added, unless the index leaves it out."""
        self._scene.forget_progress(task)
        if self._shelf.groups.group_of(task) is None:
            self._shelf.groups.forget(task.id)
            # One that was there when the index was read is not shown for a reason: all of it is in the trash.
            if self._is_everything and task.created_at >= self._read_at:
                self.add_task(task)
            return
        self._take([task])
        self._tell_current()

    @property
    def chosen_count(self) -> int:
        """How many cells are chosen, whatever they show."""
        return len(self._selection.chosen)

    def set_outgoing(self, keys: tuple[tuple[TaskId, int], ...], files: Sequence[OutFile]) -> None:
        """Have the *files* of the chosen *keys* ready for a drag."""
        self._outgoing = (keys, files)

    def set_grouped(self, grouped: bool) -> None:  # noqa: FBT001 - a signal's argument
        """Show groups under their headers, or one wall of all pictures; what is at the top stays there."""
        if grouped == self._shelf.is_grouped:
            return
        with self._current_in_sight():
            anchor = self._anchor()
            self._shelf.set_grouped(grouped=grouped)
            self._refit()
            self._return_to(anchor and Anchor(anchor.key, 0, 1))

    def show_day(self, day: date) -> bool:
        """Go to the newest order of *day* on the user's calendar or before it; False when there is none."""
        group = self._shelf.groups.first_of(day)
        if group is None:
            return False
        bands = self._shelf.bands
        band = bands.bands_of(group).start
        self._go((band, 0), Qt.KeyboardModifier.NoModifier)
        self.verticalScrollBar().setValue(bands.top_of(band))
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

    def judgments(self, pictures: Iterable[Picture]) -> dict[str, Judgment]:
        """Return what was said of these pictures, by their SHA-256, as far as it is known here."""
        return {each.sha256: self.judgment(each) for each in pictures if each.sha256 is not None}

    def show_judgments(self, judgments: Mapping[str, Judgment]) -> None:
        """Show what was said of pictures, by their SHA-256."""
        self._scene.judged.take(judgments, self._shelf.groups.tasks_here())
        self._renew(self.viewport().rect())
        self._settle_soon()

    def thumbnail_made(self, sha256: str) -> None:
        """Try a picture again whose thumbnail was missing."""
        self._thumbnails.made(sha256)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Ask for the menu of the current picture, at the pointer or at the picture."""
        task, place = self.current_task(), self._place_of(self._selection.current)
        if task is not None and place is not None:
            by_key = event.reason() is QContextMenuEvent.Reason.Keyboard
            self.menu_requested.emit(self._middle_of(place) if by_key else event.globalPos())

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Choose what is under the pointer; a click on a group's prompt asks for its set."""
        task = self._headed(event.position().toPoint())
        if task is not None and event.button() is Qt.MouseButton.LeftButton:
            self.set_requested.emit(task)
        else:
            super().mousePressEvent(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Show by the pointer that a prompt can be clicked."""
        super().mouseMoveEvent(event)
        is_over_prompt = not event.buttons() and self._headed(event.position().toPoint()) is not None
        self.viewport().setCursor(Qt.CursorShape.PointingHandCursor if is_over_prompt else Qt.CursorShape.ArrowCursor)

    def viewportEvent(self, event: QEvent) -> bool:
        """Say what the pointer rests on."""
        if event.type() is QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            QToolTip.showText(event.globalPos(), self.hint_at(event.pos()), self.viewport())
            return True
        return super().viewportEvent(event)

    def hint_at(self, point: QPoint) -> str:
        """Return what there is to say of a point of the viewport: prompts that may be cut, or are not seen at all."""
        headed, place = self._headed(point), self._cell_under(point)
        if headed is not None:
            return hints.header_hint(headed)
        key = None if place is None or self._shelf.is_grouped else self._key_at(place)
        task = self._shelf.task_of(key)
        return "" if key is None or task is None else hints.tile_hint(task, key.tile)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the words of an empty gallery in its middle."""
        super().resizeEvent(event)
        self._emptiness.fit(self.viewport().rect())

    def _keep_chosen(self) -> None:
        """Let stay chosen what is still shown, and nothing that is not seen any more."""
        selection, groups = self._selection, self._shelf.groups
        if isinstance(selection.chosen, Span):
            selection.chosen = self._shelf.moved(selection.chosen)
        shown = groups.indexes_of({key.task_id for key in selection.keys})
        selection.keep(shown)
        if isinstance(selection.chosen, set):
            cells = selection.chosen
            selection.chosen = {key for key in cells if groups.slot_of(shown[key.task_id], key.tile) is not None}

    def _recall_current(self) -> None:
        """Have the current picture here at once, wherever it stands now: it is known, and stays the current one."""
        current = self._selection.current
        task = self._shelf.groups.recall(current.task_id) if current else None
        if task is not None:
            self._shelf.take([task])

    def _connect(self) -> None:
        self._emptiness.sample_chosen.connect(self.sample_chosen)
        self._emptiness.clear_requested.connect(self.clear_requested)
        self._buttons.pressed.connect(self._act)
        self._thumbnails.missing.connect(self._report_missing)

    def _show_all(self) -> None:
        self._reset()
        self._tell()
        self._show_emptiness()

    def _show_emptiness(self) -> None:
        if len(self._shelf.groups):
            self._emptiness.hide()
        elif self._is_everything:
            self._emptiness.welcome()
        else:
            self._emptiness.say_nothing_fits(self._looked_for)

    def _place_after(self, gone: CellKey, place: Place) -> Place | None:
        """Return what follows a cell that stood at *place*, or the last cell when nothing does."""
        bands, (band, cell) = self._shelf.bands, place
        if not 0 <= band < len(bands) or not bands.plan(band).cells:
            return navigation.last(bands)
        if self._shelf.is_grouped and self._shelf.key_at((band, 0)).task_id != gone.task_id:
            return band, 0
        last = len(bands.plan(band).cells) - 1
        return (band, cell) if cell <= last else navigation.stepped(bands, (band, last), 1) or (band, last)

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

    def _headed(self, point: QPoint) -> Task | None:
        """Return the task whose prompt is under a point."""
        bands, y = self._shelf.bands, point.y() + self._offset
        if not len(self._shelf.groups) or not 0 <= y < bands.height:
            return None
        band = bands.band_at(y)
        header = bands.plan(band).header
        if header is None or not header.contains(point.x(), y - bands.top_of(band)):
            return None
        return next((self._shelf.groups.task_at(group) for group in bands.groups_between(y, y + 1)), None)

    def _middle_of(self, place: tuple[int, int]) -> QPoint:
        box = self._shelf.bands.cell_box(*place)
        point = QPoint(box.x + box.width // 2, box.y + box.height // 2 - self._offset)
        return self.viewport().mapToGlobal(point)

    def drag_current(self, source: QWidget) -> None:
        """Let the current picture alone be dragged out of *source*, which shows it large."""
        task, current = self.current_task(), self.current()
        if task is None or current is None:
            return
        keys, files = self._outgoing
        is_ready = list(keys) == [(task.id, task.pictures.index(current[1]))]
        seen = self.preview(current[1])
        begin_drag(source, files if is_ready and files else known_files([current[1]]), [seen] if seen else [])

    def _tell_current(self) -> None:
        super()._tell_current()
        self.choice_changed.emit()

    def _drag_out(self) -> None:
        """Drag what was got ready; before that, what is known here without asking the disk."""
        if self.chosen_count > MOST_FILES:
            self.drag_fell_short.emit(self.chosen_count)
            return
        keys, files = self._outgoing
        chosen, pictures = self.selected_keys(), [picture for _, picture in self.selected()]
        if list(keys) != list(chosen):
            files = known_files(pictures)
        if files:
            thumbnails = (self.preview(picture) for picture in pictures)
            begin_drag(self, files, [seen for seen in thumbnails if seen is not None])
        if len(files) < len(chosen):
            self.drag_fell_short.emit(len(chosen) - len(files))
