"""The window: puts the parts side by side and connects those that only concern each other."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import Final

from PySide6.QtCore import QSettings, Qt, Signal
from PySide6.QtGui import QCloseEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QSplitter, QVBoxLayout, QWidget

from seedream_desktop.domain.judging import Change, Flag
from seedream_desktop.domain.picture import Picture
from seedream_desktop.domain.task import Task
from seedream_desktop.ui.centre import Centre
from seedream_desktop.ui.composer.composer import Composer
from seedream_desktop.ui.dock import Dock
from seedream_desktop.ui.drop_overlay import DropOverlay
from seedream_desktop.ui.inspector import Inspector
from seedream_desktop.ui.keys import CommandId, KeyListDialog, KeyMap, Keys
from seedream_desktop.ui.notice_bar import NoticeBar
from seedream_desktop.ui.overview import Overview
from seedream_desktop.ui.tasks.panel import TaskList
from seedream_desktop.ui.top_bar import TopBar
from seedream_desktop.ui.viewer.backdrop import BackdropChoice
from seedream_desktop.ui.viewer.window import ViewerWindow

START_SIZE_PX: Final = (1440, 900)
SMALLEST_SIZE_PX: Final = (900, 600)
# Below this width the inspector makes room for the pictures.
_INSPECTOR_FROM_PX: Final = 1360
_TASKS_HEIGHT_PX: Final = 260
Handlers = dict[CommandId, Callable[[], object]]
_STARS: Final = (
    CommandId.STARS_0,
    CommandId.STARS_1,
    CommandId.STARS_2,
    CommandId.STARS_3,
    CommandId.STARS_4,
    CommandId.STARS_5,
)
_JUDGED: Final = {
    **{command: Change(stars=stars) for stars, command in enumerate(_STARS)},
    CommandId.PICK: Change(flag=Flag.PICK),
    CommandId.REJECT: Change(flag=Flag.REJECT),
    CommandId.UNMARK: Change(flag=Flag.NONE),
}
# Title bars are drawn by the system around the size that is asked for.
_FRAME_PX: Final = 32


class MainWindow(QWidget):
    """Composer, pictures, inspector, task list and dock; holds no engine and decides nothing."""

    closing = Signal()
    save_requested = Signal(object, object)
    action_requested = Signal(object, str)
    settings_requested = Signal()
    search_changed = Signal(str)
    judged = Signal(object)
    favourite_requested = Signal()
    undo_requested = Signal()

    def __init__(self, thumbnail_path: Callable[[str, int], Path], clock: Callable[[], datetime]) -> None:
        super().__init__()
        self.setWindowTitle(self.tr("Seedream Desktop"))
        self.setObjectName("main_window")
        self.setMinimumSize(*SMALLEST_SIZE_PX)
        self.resize(*START_SIZE_PX)
        self._clock = clock
        self._may_close = False
        self._key_list: KeyListDialog | None = None
        # None: by the room there is.
        self._wants_inspector: bool | None = None
        self.key_map = KeyMap(self)
        self._backdrop = BackdropChoice(self)
        self._overview = Overview()
        self.top_bar = TopBar()
        self.composer = Composer()
        self.centre = Centre(thumbnail_path, clock, self.key_map, self._backdrop)
        self.header, self.gallery, self.viewer = self.centre.header, self.centre.gallery, self.centre.viewer
        self.inspector = Inspector(thumbnail_path)
        self.tasks = TaskList(thumbnail_path, clock)
        self.dock = Dock()
        self.notice = NoticeBar()
        self._compose()
        self.drop_overlay = DropOverlay(self, self.composer)
        self._connect_parts()
        self._keys = Keys(self.key_map, self)
        self._install_keys()

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
        """Go back to the gallery."""
        self.centre.show_gallery()

    def show_gallery_top(self) -> None:
        """Show the gallery's newest task, unless the user looks at a picture."""
        if self.centre.shows_gallery:
            self.gallery.verticalScrollBar().setValue(0)

    def show_trouble(self, sentence: str) -> None:
        """Say across the window why nothing works, and let nothing be sent."""
        self.notice.say(sentence, "bad")
        self.composer.set_can_send(False, self.tr("The program could not start"))
        self.dock.set_notice(self.tr("The program could not start"), "bad")

    def let_close(self) -> None:
        """Close for good: everything behind the window has been taken down."""
        self._may_close = True
        self.centre.close_second()
        self.close()

    def remember(self, settings: QSettings) -> None:
        """Keep the window's place, the keys and the backdrop for the next start."""
        settings.setValue("window/geometry", self.saveGeometry())
        settings.setValue("window/tasks_open", self.tasks.isVisible())
        self.key_map.save(settings)
        self._backdrop.save(settings)

    def restore(self, settings: QSettings) -> None:
        """Take the place, the keys and the backdrop of the last time."""
        self.key_map.load(settings)
        self._backdrop.load(settings)
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
        self._fit_inspector()

    def _compose(self) -> None:
        self._splitter = self._split(_beside(self.centre, self.inspector))
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
        self.centre.currentChanged.connect(self._follow_centre)
        self.centre.save_requested.connect(self.save_requested)
        self.centre.second_made.connect(self._install_in_second)
        self.gallery.action_requested.connect(self.action_requested)
        self.header.searched.connect(self.search_changed)
        self.inspector.action_requested.connect(self.action_requested)
        self.tasks.action_requested.connect(self.action_requested)
        self.top_bar.save_requested.connect(self._save_current)
        self.top_bar.settings_requested.connect(self.settings_requested)
        self.composer.settings_requested.connect(self.settings_requested)
        self.dock.toggled.connect(self._show_task_list)
        self.drop_overlay.nothing_found.connect(self._tell_nothing_found)

    def _install_keys(self) -> None:
        self._keys.install(self, self._general_handlers())
        # The composer's own: no other place must send an order.
        self.key_map.offer([CommandId.GENERATE])
        self.key_map.changed.connect(self._tell_generate_keys)
        # Only where no text is written, and where the picture that is meant is seen.
        for place in (self.centre.gallery_page, self.viewer, self.inspector):
            self._keys.install(place, self._picture_handlers() | self._judging_handlers())
        for place in (self.gallery, self.viewer):
            self._keys.install(place, self._copy_handlers())
        # Not in the viewer, whose Ctrl+1 shows a picture pixel by pixel.
        for place in (self.composer, self.centre.gallery_page, self.inspector, self.tasks):
            for number in range(1, 10):
                _add_key(f"Ctrl+{number}", place, partial(self.composer.references.select, number))

    def _tell_generate_keys(self) -> None:
        self.composer.set_generate_keys(self.key_map.keys_of(CommandId.GENERATE))

    def _install_in_second(self, second: ViewerWindow) -> None:
        self._keys.install(second, self._copy_handlers() | self._judging_handlers())

    def _general_handlers(self) -> Handlers:
        return {
            CommandId.FOCUS_PROMPT: self.composer.focus_prompt,
            CommandId.SEARCH: self.centre.search,
            CommandId.SETTINGS: self.settings_requested.emit,
            CommandId.SAVE_AS: self._save_current,
            CommandId.CLOSE_WINDOW: self.close,
            CommandId.KEY_LIST: self._list_keys,
            CommandId.SECOND_WINDOW: self.centre.open_second,
            CommandId.FULL_SCREEN: self._toggle_full_screen,
        }

    def _picture_handlers(self) -> Handlers:
        return {
            CommandId.USE_AS_REFERENCE: partial(self._ask_of_picture, "reference"),
            CommandId.REMIX: partial(self._ask_of_task, "remix"),
            CommandId.USE_EVERYTHING: partial(self._ask_of_task, "reuse"),
            CommandId.INSPECTOR: self._toggle_inspector,
            CommandId.COMPARE: self._compare,
        }

    def _judging_handlers(self) -> Handlers:
        marks: Handlers = {command: partial(self.judged.emit, change) for command, change in _JUDGED.items()}
        return marks | {
            CommandId.FAVOURITE: self.favourite_requested.emit,
            CommandId.UNDO: self.undo_requested.emit,
        }

    def _copy_handlers(self) -> Handlers:
        return {
            CommandId.COPY_PICTURE: partial(self._ask_of_picture, "copy_picture"),
            CommandId.COPY_PROMPT: partial(self._ask_of_task, "copy_prompt"),
        }

    def _show_chosen(self, task: Task | None, picture: Picture | None) -> None:
        self.top_bar.set_can_save(picture is not None)
        if task is None or picture is None:
            self.inspector.clear()
        else:
            self.inspector.show_picture(task, picture)

    def _follow_centre(self) -> None:
        self.top_bar.set_viewing(self.centre.currentWidget() is self.viewer)

    def _save_current(self) -> None:
        current = self.centre.current()
        if current is not None:
            self.save_requested.emit(*current)

    def _tell_nothing_found(self) -> None:
        self.composer.references.refuse(self.tr("There is no picture and no link of one in this."))

    def _ask_of_picture(self, action: str) -> None:
        current = self.gallery.current()
        if current is not None:
            self.action_requested.emit(current[0], action)

    def _ask_of_task(self, action: str) -> None:
        task = self.gallery.current_task()
        if task is not None:
            self.action_requested.emit(task, action)

    def _compare(self) -> None:
        if not self.centre.compare_chosen():
            self.dock.set_notice(self.tr("Choose two to four pictures to compare them."), "care")

    def _toggle_inspector(self) -> None:
        self._wants_inspector = not self.inspector.isVisible()
        self._fit_inspector()

    def _fit_inspector(self) -> None:
        has_room = self.width() >= _INSPECTOR_FROM_PX
        self.inspector.setVisible(has_room if self._wants_inspector is None else self._wants_inspector)

    def _toggle_full_screen(self) -> None:
        self.setWindowState(self.windowState() ^ Qt.WindowState.WindowFullScreen)

    def _list_keys(self) -> None:
        self._key_list = self._key_list or KeyListDialog(self.key_map, self)
        self._key_list.open_list()

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
