"""The gallery as the window knows it: tasks go in as values, wishes come out as signals."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from pathlib import Path
from typing import Final

from PySide6.QtCore import QKeyCombination, QPoint, Qt, Signal
from PySide6.QtGui import QContextMenuEvent, QDrag, QKeyEvent, QPixmap, QResizeEvent
from PySide6.QtWidgets import QWidget

from seedream_desktop.domain.picture import Picture
from seedream_desktop.domain.task import Task, TaskId
from seedream_desktop.ui.controls.label import Label
from seedream_desktop.ui.controls.naming import set_name
from seedream_desktop.ui.gallery.chooser import Chooser
from seedream_desktop.ui.gallery.empty import EmptyGallery
from seedream_desktop.ui.gallery.menu import PictureMenu, files_for_drag
from seedream_desktop.ui.gallery.model import card_action

_COPY_KEYS: Final = {
    QKeyCombination(Qt.KeyboardModifier.ControlModifier, Qt.Key.Key_C): "copy_picture",
    QKeyCombination(
        Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier, Qt.Key.Key_C
    ): "copy_prompt",
}


class Gallery(Chooser):
    """All pictures and running tasks, newest first.

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
        self._menu = PictureMenu(self)
        self._empty: EmptyGallery | None = None
        self._no_match = Label("", self.viewport(), tone="muted")
        self._no_match.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._connect()
        self._show_emptiness()

    def set_tasks(self, tasks: Sequence[Task]) -> None:
        """Show *tasks*, newest first, and nothing else."""
        self._model.set_tasks(tasks)
        self._selection.clear()
        self._show_all()

    def append_older(self, tasks: Sequence[Task]) -> None:
        """Add tasks older than all others, newest first."""
        self._column.extend(map(self._scene.shape_of, self._model.append_older(tasks)))
        self._refit()
        self._show_emptiness()

    def add_task(self, task: Task) -> None:
        """Put a new task on top; one that is known already is changed."""
        if self._model.knows(task.id):
            self.change_task(task)
            return
        if self._model.add(task):
            self._insert_first(task)
        self._show_emptiness()

    def change_task(self, task: Task) -> None:
        """Show the new value of a task; one that is not known yet is added."""
        if not self._model.knows(task.id):
            self.add_task(task)
            return
        group = self._model.change(task)
        self._scene.forget_progress(task)
        if group is not None:
            self._replace(group, task)
        self._tell()

    def show_progress(self, task_id: TaskId, position: int, received_bytes: int, total_bytes: int | None) -> None:
        """Show how much of a picture has come; *total_bytes* is None while that is not known."""
        self._scene.note_progress(task_id, position, received_bytes, total_bytes)
        group = self._model.index_of(task_id)
        if group is not None:
            self._update_group(group)

    def preview(self, picture: Picture) -> QPixmap | None:
        """Return the picture as small as the gallery has it, or None."""
        return self._thumbnails.any_size(picture.sha256) if picture.sha256 else None

    def thumbnail_made(self, sha256: str) -> None:
        """Try a picture again whose thumbnail was missing."""
        self._thumbnails.made(sha256)

    def set_search(self, text: str) -> None:
        """Show only the tasks whose prompt holds all words of *text*."""
        if self._model.search(text):
            self._show_all()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Copy with Ctrl+C the picture, with Ctrl+Shift+C the prompt; all else is choosing."""
        task, action = self._current_task(), _COPY_KEYS.get(event.keyCombination())
        if action is None:
            super().keyPressEvent(event)
        elif task is not None and (action != "copy_picture" or self.current() is not None):
            self.action_requested.emit(task, action)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Pop up the menu of the current picture, at the pointer or at the picture."""
        task, place = self._current_task(), self._place_of(self._selection.current)
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
        finds_nothing = not self._model.is_empty and not len(self._model)
        self._no_match.setText(self.tr("No prompt holds these words.") if finds_nothing else "")
        self._no_match.setVisible(finds_nothing)
        if self._model.is_empty and self._empty is None:
            self._empty = EmptyGallery(self.viewport())
            self._empty.sample_chosen.connect(self.sample_chosen)
            self._empty.setGeometry(self.viewport().rect())
            self._empty.show()
        elif not self._model.is_empty and self._empty is not None:
            self._empty.hide()
            self._empty.deleteLater()
            self._empty = None

    def _act(self, task_id: TaskId) -> None:
        group = self._model.index_of(task_id)
        if group is not None:
            task = self._model.task_at(group)
            self.action_requested.emit(task, card_action(task))

    def _report_missing(self, sha256: str) -> None:
        for task, index, _ in list(self._visible_cells()):
            if 0 <= index < len(task.pictures) and task.pictures[index].sha256 == sha256:
                self.thumbnail_missing.emit(task, task.pictures[index])
                return

    def _middle_of(self, place: tuple[int, int]) -> QPoint:
        box = self._column.cell_box(*place)
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
