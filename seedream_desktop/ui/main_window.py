"""The window: puts the parts side by side and connects those that only concern each other."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import Final

from PySide6.QtCore import QSettings, Qt, Signal
from PySide6.QtGui import QCloseEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QSplitter, QStackedWidget, QVBoxLayout, QWidget

from seedream_desktop.domain.picture import Picture
from seedream_desktop.domain.task import Task
from seedream_desktop.ui.composer.composer import Composer
from seedream_desktop.ui.dock import Dock
from seedream_desktop.ui.drop_overlay import DropOverlay
from seedream_desktop.ui.gallery.header import GalleryHeader
from seedream_desktop.ui.gallery.view import Gallery
from seedream_desktop.ui.inspector import Inspector
from seedream_desktop.ui.notice_bar import NoticeBar
from seedream_desktop.ui.overview import Overview
from seedream_desktop.ui.tasks.panel import TaskList
from seedream_desktop.ui.top_bar import TopBar
from seedream_desktop.ui.viewer.viewer import Viewer

START_SIZE_PX: Final = (1440, 900)
SMALLEST_SIZE_PX: Final = (900, 600)
# Below this width the inspector makes room for the pictures.
_INSPECTOR_FROM_PX: Final = 1360
_TASKS_HEIGHT_PX: Final = 260
# Title bars are drawn by the system around the size that is asked for.
_FRAME_PX: Final = 32


class MainWindow(QWidget):
    """Composer, gallery or viewer, inspector, task list and dock; holds no engine and decides nothing."""

    closing = Signal()
    save_requested = Signal(object, object)
    action_requested = Signal(object, str)
    settings_requested = Signal()
    search_changed = Signal(str)

    def __init__(self, thumbnail_path: Callable[[str, int], Path], clock: Callable[[], datetime]) -> None:
        super().__init__()
        self.setWindowTitle(self.tr("Seedream Desktop"))
        self.setObjectName("main_window")
        self.setMinimumSize(*SMALLEST_SIZE_PX)
        self.resize(*START_SIZE_PX)
        self._clock = clock
        self._may_close = False
        self._overview = Overview()
        self.top_bar = TopBar()
        self.composer = Composer()
        self.header = GalleryHeader()
        self.gallery = Gallery(thumbnail_path, clock)
        self.viewer = Viewer()
        self.inspector = Inspector(thumbnail_path)
        self.tasks = TaskList(thumbnail_path, clock)
        self.dock = Dock()
        self.notice = NoticeBar()
        self._compose()
        self.drop_overlay = DropOverlay(self, self.composer)
        self._connect_parts()
        self._add_shortcuts()

    def show_tasks(self, tasks: Sequence[Task]) -> None:
        """List *tasks*, newest first; the gallery has an index of its own."""
        self.tasks.set_tasks(tasks)
        self._overview.take(tasks)
        self._show_overview()

    def show_older_tasks(self, tasks: Sequence[Task]) -> None:
        """List tasks older than those listed, newest first."""
        self.tasks.append_older(tasks)
        self._overview.take(tasks)
        self._show_overview()

    def add_task(self, task: Task) -> None:
        """Show a new task on top."""
        self.gallery.add_task(task)
        self.tasks.add_task(task)
        self._overview.take((task,))
        self._show_overview()

    def change_task(self, task: Task) -> None:
        """Show a task's new value wherever it is seen."""
        self.gallery.change_task(task)
        self.tasks.change_task(task)
        self._overview.take((task,))
        self._show_overview()

    def show_gallery(self) -> None:
        """Go back from the viewer to the gallery."""
        self._centre.setCurrentWidget(self._gallery_page)
        self.gallery.setFocus()

    def show_gallery_top(self) -> None:
        """Show the gallery's newest task, unless the user looks at a picture."""
        if self._centre.currentWidget() is self._gallery_page:
            self.gallery.verticalScrollBar().setValue(0)

    def show_trouble(self, sentence: str) -> None:
        """Say across the window why nothing works, and let nothing be sent."""
        self.notice.say(sentence, "bad")
        self.composer.set_can_send(False, self.tr("The program could not start"))
        self.dock.set_notice(self.tr("The program could not start"), "bad")

    def let_close(self) -> None:
        """Close for good: everything behind the window has been taken down."""
        self._may_close = True
        self.close()

    def remember(self, settings: QSettings) -> None:
        """Keep the window's place for the next start."""
        settings.setValue("window/geometry", self.saveGeometry())
        settings.setValue("window/tasks_open", self.tasks.isVisible())

    def restore(self, settings: QSettings) -> None:
        """Take the place the window had the last time."""
        geometry = settings.value("window/geometry")
        if geometry is None or not self.restoreGeometry(geometry):
            self._fit_screen()

    def _fit_screen(self) -> None:
        """Take the drawn size, or what the screen leaves of it beside panels and the frame."""
        room = self.screen().availableGeometry()
        self.resize(min(START_SIZE_PX[0], room.width()), min(START_SIZE_PX[1], room.height() - _FRAME_PX))

    def closeEvent(self, event: QCloseEvent) -> None:
        """Ask for an orderly stop first; the window closes when that is done."""
        if self._may_close:
            event.accept()
            return
        event.ignore()
        self.closing.emit()

    def resizeEvent(self, event: object) -> None:
        """Give the pictures the room when there is little."""
        super().resizeEvent(event)  # type: ignore[arg-type]  # the stubs want the exact event class
        self.inspector.setVisible(self.width() >= _INSPECTOR_FROM_PX)

    def _compose(self) -> None:
        self._gallery_page = QWidget()
        page = _column(self._gallery_page)
        page.addWidget(self.header)
        page.addWidget(self.gallery, 1)
        self._centre = QStackedWidget()
        self._centre.addWidget(self._gallery_page)
        self._centre.addWidget(self.viewer)
        self._centre.currentChanged.connect(self._follow_centre)
        self._splitter = self._split(_beside(self._centre, self.inspector))
        whole = _column(self)
        whole.addWidget(self.top_bar)
        whole.addWidget(self.notice)
        whole.addWidget(_beside(self.composer, self._splitter, stretched=1), 1)
        whole.addWidget(self.dock)

    def _split(self, pictures: QWidget) -> QSplitter:
        """Put the task list beneath the pictures: the composer keeps its height whatever is open."""
        splitter = QSplitter(Qt.Orientation.Vertical)
        splitter.setChildrenCollapsible(False)
        splitter.setHandleWidth(1)
        splitter.addWidget(pictures)
        splitter.addWidget(self.tasks)
        splitter.setStretchFactor(0, 1)
        self.tasks.hide()
        return splitter

    def _connect_parts(self) -> None:
        self.gallery.picture_chosen.connect(self._show_chosen)
        self.gallery.picture_opened.connect(self._open_viewer)
        self.gallery.save_requested.connect(self.save_requested)
        self.gallery.action_requested.connect(self.action_requested)
        self.header.searched.connect(self.search_changed)
        self.header.row_height_changed.connect(self.gallery.set_row_height)
        self.gallery.row_height_changed.connect(self.header.set_row_height)
        self.viewer.closed.connect(self.show_gallery)
        self.viewer.next_requested.connect(self._view_next)
        self.viewer.previous_requested.connect(self._view_previous)
        self.viewer.save_requested.connect(self.save_requested)
        self.inspector.action_requested.connect(self.action_requested)
        self.tasks.action_requested.connect(self.action_requested)
        self.top_bar.save_requested.connect(self._save_current)
        self.top_bar.settings_requested.connect(self.settings_requested)
        self.composer.settings_requested.connect(self.settings_requested)
        self.dock.toggled.connect(self._show_task_list)
        self.drop_overlay.nothing_found.connect(self._tell_nothing_found)

    def _add_shortcuts(self) -> None:
        for keys, action in (
            ("Ctrl+L", self.composer.focus_prompt),
            ("Ctrl+F", self.header.focus_search),
            ("Ctrl+,", self.settings_requested.emit),
            ("Ctrl+S", self._save_current),
            ("Ctrl+Q", self.close),
            ("Ctrl+W", self.close),
        ):
            QShortcut(QKeySequence(keys), self, action)
        # Only where no text is written, and where the picture that is meant is seen.
        for shows_picture in (self._centre, self.inspector):
            _add_key("E", shows_picture, self._use_as_reference)
        # Not in the viewer, whose Ctrl+1 shows a picture pixel by pixel.
        for place in (self.composer, self._gallery_page, self.inspector, self.tasks):
            for number in range(1, 10):
                _add_key(f"Ctrl+{number}", place, partial(self.composer.references.select, number))

    def _show_chosen(self, task: Task | None, picture: Picture | None) -> None:
        self.top_bar.set_can_save(picture is not None)
        if task is None or picture is None:
            self.inspector.clear()
        else:
            self.inspector.show_picture(task, picture)

    def _open_viewer(self, task: Task, picture: Picture) -> None:
        self.viewer.show_picture(task, picture, self.gallery.preview(picture))
        self._centre.setCurrentWidget(self.viewer)
        self.viewer.setFocus()

    def _follow_centre(self) -> None:
        self.top_bar.set_viewing(self._centre.currentWidget() is self.viewer)

    def _view_next(self) -> None:
        self.gallery.select_next()
        self._view_current()

    def _view_previous(self) -> None:
        self.gallery.select_previous()
        self._view_current()

    def _view_current(self) -> None:
        current = self.gallery.current()
        if current is not None:
            self._open_viewer(*current)

    def _save_current(self) -> None:
        current = self.gallery.current()
        if current is not None:
            self.save_requested.emit(*current)

    def _tell_nothing_found(self) -> None:
        self.composer.references.refuse(self.tr("There is no picture and no link of one in this."))

    def _use_as_reference(self) -> None:
        current = self.gallery.current()
        if current is not None:
            self.action_requested.emit(current[0], "reference")

    def _show_task_list(self, is_open: bool) -> None:  # noqa: FBT001 - a signal's argument
        self.tasks.setVisible(is_open)
        if is_open:
            height = self._splitter.height()
            self._splitter.setSizes([max(1, height - _TASKS_HEIGHT_PX), _TASKS_HEIGHT_PX])

    def _show_overview(self) -> None:
        counts = self._overview.counts()
        self.dock.set_counts(counts.running, counts.waiting, counts.needs_user)
        self.dock.set_spent_today(self._overview.spent_today_usd(self._clock()))


def _add_key(keys: str, place: QWidget, action: Callable[[], object]) -> None:
    """Let *keys* do *action* while the keyboard is in *place*."""
    shortcut = QShortcut(QKeySequence(keys), place, action)
    shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)


def _beside(left: QWidget, right: QWidget, *, stretched: int = 0) -> QWidget:
    """Return a row of the two, of which the one at *stretched* takes the room."""
    both = QWidget()
    row = QHBoxLayout(both)
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(0)
    row.addWidget(left)
    row.addWidget(right)
    row.setStretch(stretched, 1)
    return both


def _column(parent: QWidget) -> QVBoxLayout:
    column = QVBoxLayout(parent)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(0)
    return column
