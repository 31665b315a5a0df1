"""The window: puts the parts side by side and connects those that only concern each other."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QPoint, QSettings, QSize, Qt, Signal
from PySide6.QtGui import QCloseEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QSplitter, QWidget

from seedream_desktop.domain.picture import Picture
from seedream_desktop.domain.standing import Standing, standing_of
from seedream_desktop.domain.task import Task
from seedream_desktop.ui.auto_advance import AutoAdvance
from seedream_desktop.ui.centre import Centre
from seedream_desktop.ui.composer.composer import Composer
from seedream_desktop.ui.controls.boxes import beside
from seedream_desktop.ui.dock import Dock
from seedream_desktop.ui.drop_overlay import DropOverlay
from seedream_desktop.ui.gallery.menu import PictureMenu
from seedream_desktop.ui.inspector import Inspector
from seedream_desktop.ui.keys import CommandId, KeyMap
from seedream_desktop.ui.notice_bar import NoticeBar
from seedream_desktop.ui.on_first_use import OnFirstUse
from seedream_desktop.ui.open_with import ProgramChoice
from seedream_desktop.ui.overview import Overview
from seedream_desktop.ui.panels import Panels
from seedream_desktop.ui.picture_alone import PictureAlone
from seedream_desktop.ui.rail import Item, Kind, Rail, wording
from seedream_desktop.ui.rail.lift import Lift
from seedream_desktop.ui.stills import Stills, ToldColumn
from seedream_desktop.ui.tasks.panel import TaskList
from seedream_desktop.ui.top_bar import TopBar
from seedream_desktop.ui.viewer.backdrop import BackdropChoice
from seedream_desktop.ui.window_keys import Handlers, Parts, WindowKeys
from seedream_desktop.ui.writing import Writing

if TYPE_CHECKING:
    from seedream_desktop.ui.keys.dialog import KeyListDialog
    from seedream_desktop.ui.set_view.view import SetView
    from seedream_desktop.ui.viewer.viewer import Viewer
    from seedream_desktop.ui.viewer.window import ViewerWindow

START_SIZE_PX: Final = (1440, 900)
SMALLEST_SIZE_PX: Final = (900, 600)
_TASKS_HEIGHT_PX: Final = 260
# Title bars are drawn by the system around the size that is asked for.
_FRAME_PX: Final = 32


class MainWindow(QWidget):
    """Composer, pictures, inspector, task list and dock; holds no engine and decides nothing.

    ``filter_changed`` and ``scope_changed`` carry a Query: what is looked for, and the place where it is. ``judged``
    and ``clicked`` carry a Change: what a key said of a picture, and what the mouse said, which stays on the picture.
    ``sorting_requested`` carries a CommandId, ``trash_dropped`` the SHA-256s of pictures let go over the bin.
    """

    closing = Signal()
    save_requested = Signal(object, object)
    action_requested = Signal(object, str)
    settings_requested = Signal()
    filter_changed = Signal(object)
    scope_changed = Signal(object)
    judged = Signal(object)
    clicked = Signal(object)
    favourite_requested = Signal()
    undo_requested = Signal()
    redo_requested = Signal()
    sorting_requested = Signal(object)
    same_tags_requested = Signal()
    trash_dropped = Signal(object)
    trash_requested = Signal()
    rejects_trash_requested = Signal()

    def __init__(self, thumbnail_path: Callable[[str, int], Path], clock: Callable[[], datetime]) -> None:
        super().__init__()
        self.setWindowTitle(self.tr("Seedream Desktop"))
        self.setObjectName("main_window")
        self.setMinimumSize(*SMALLEST_SIZE_PX)
        self.resize(*START_SIZE_PX)
        self._clock = clock
        self._may_close = False
        self.key_map = KeyMap(self)
        self._backdrop = BackdropChoice(self)
        self.auto_advance = AutoAdvance(self)
        self.programs = ProgramChoice(self)
        self._key_list = OnFirstUse(self._make_key_list)
        self._overview = Overview()
        self.top_bar = TopBar()
        self.rail = Rail()
        self.composer = Composer()
        self.centre = Centre(thumbnail_path, clock, self.key_map, self._backdrop)
        self.header, self.gallery = self.centre.header, self.centre.gallery
        self.inspector = Inspector(thumbnail_path)
        self.tasks = TaskList(thumbnail_path, clock)
        self.dock = Dock()
        self.notice = NoticeBar()
        self._compose()
        self._stills = Stills(self, (self.rail, self.composer, self.inspector), (self.top_bar, self.header))
        self.panels = Panels(self, self.rail, self.composer, self.inspector, self.dock, self.gallery)
        self.drop_overlay = DropOverlay(self, self.composer)
        Lift(self.rail)
        self._connect_parts()
        self._picture_alone = PictureAlone(
            (self.top_bar, self.rail, self.composer, self.inspector, self.tasks, self.dock)
        )
        self._writing = Writing(self.inspector, self.panels, self.gallery)
        self.keys = self._make_keys()
        self._menu = PictureMenu(self.key_map, self._menu_handlers(), self)

    @property
    def viewer(self) -> Viewer:
        """The page with one picture large."""
        return self.centre.viewer

    def show_tasks(self, tasks: Sequence[Task]) -> None:
        """List *tasks*; the gallery has an index of its own."""
        self.tasks.add_tasks(tasks)
        self.count(map(standing_of, tasks))

    def count(self, standings: Iterable[Standing]) -> None:
        """Count tasks in the sums at the foot, listed or not."""
        self._overview.know(standings)
        self._show_overview()

    def add_task(self, task: Task) -> None:
        """Show a new task on top."""
        self.gallery.add_task(task)
        self.tasks.change_task(task)
        self._overview.take(task)
        self._show_overview()

    def change_task(self, task: Task) -> None:
        """Show a task's new value wherever it is seen."""
        self.centre.change_task(task)
        self.tasks.change_task(task)
        self.inspector.change_task(task)
        self._overview.take(task)
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
        self.dock.set_condition(self.tr("The program could not start"), "bad")

    def compare(self) -> None:
        """Compare what is chosen, or say how many that may be."""
        if not self.centre.compare_chosen():
            words = self.tr("Choose two to four pictures to compare them, or up to fifteen to see them side by side.")
            self.dock.set_notice(words, "care")

    def focus_prompt(self) -> None:
        """Go to the prompt, wherever the composer is."""
        self.panels.show_composer()
        self.composer.focus_prompt()

    def toggle_full_screen(self) -> None:
        """Fill the screen, or leave it; a picture seen large has it for itself."""
        self.setWindowState(self.windowState() ^ Qt.WindowState.WindowFullScreen)
        self._picture_alone.turn(is_on=self.isFullScreen() and not self.centre.shows_gallery)

    def toggle_auto_advance(self) -> None:
        """Go on to the next picture after a mark from now on, or stay, and say so."""
        self.auto_advance.toggle()
        words = self.tr("After a mark the next picture comes.")
        self.dock.set_notice(words if self.auto_advance.is_on else self.tr("After a mark the picture stays."), "good")

    def list_keys(self) -> None:
        """Show every key."""
        self.centre.make_pages()
        self._key_list.get().open_list()

    def save_current(self) -> None:
        """Ask where the picture that is meant is to be saved."""
        current = self.centre.current()
        if current is not None:
            self.save_requested.emit(*current)

    def let_close(self) -> None:
        """Close for good: everything behind the window has been taken down."""
        self._may_close = True
        self.centre.large.close_second()
        self.close()

    def remember(self, settings: QSettings) -> None:
        """Keep the window's place, the keys and how pictures are shown for the next start."""
        settings.setValue("window/geometry", self.saveGeometry())
        self.panels.save(settings)
        self.key_map.save(settings)
        self._backdrop.save(settings)
        self.auto_advance.save(settings)
        self.header.save(settings)
        self.inspector.save(settings)
        self.programs.save(settings)

    def restore(self, settings: QSettings) -> None:
        """Take the place, the keys and how pictures were shown the last time."""
        self.key_map.load(settings)
        self._backdrop.load(settings)
        self.auto_advance.load(settings)
        self.header.load(settings)
        self.inspector.load(settings)
        self.programs.load(settings)
        geometry = settings.value("window/geometry")
        if geometry is None or not self.restoreGeometry(geometry):
            self._fit_screen()
        self.panels.load(settings)

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

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Hold still what kept its size."""
        super().resizeEvent(event)
        if self.isVisible():
            self._stills.hold()

    def _compose(self) -> None:
        self._splitter = self._split(beside(self.centre, self.inspector))
        whole = ToldColumn(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.resizing.connect(self._make_room)
        whole.addWidget(self.top_bar)
        whole.addWidget(self.notice)
        # The rail is the window's own child: it is raised above the targets of a drag.
        middle = QHBoxLayout()
        middle.setSpacing(0)
        middle.addWidget(self.rail)
        middle.addWidget(beside(self.composer, self._splitter, stretched=1), 1)
        whole.addLayout(middle, 1)
        whole.addWidget(self.dock)

    def _make_room(self, size: QSize) -> None:
        """Before all is laid out, and not once more after that, give the pictures the room when there is little."""
        if self.isVisible():
            self._stills.take(size)
        if not self._picture_alone.is_on:
            self.panels.fit()

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
        self.centre.shown.connect(self._show_chosen)
        self.centre.currentChanged.connect(self._follow_centre)
        self.centre.save_requested.connect(self.save_requested)
        self.centre.action_requested.connect(self.action_requested)
        self.centre.judged.connect(self.clicked)
        self.centre.favourite_clicked.connect(self.favourite_requested)
        self.centre.commanded.connect(self._carry_out)
        self.centre.menu_requested.connect(self._open_menu)
        self.centre.set_page.view_made.connect(self._show_advance_in)
        self.centre.second_made.connect(self._give_keys)
        self.centre.judgments_shown.connect(self.inspector.show_judgments)
        self.gallery.action_requested.connect(self.action_requested)
        self.header.filter_changed.connect(self.filter_changed)
        self.rail.opened.connect(self._enter)
        self.rail.pictures_wanted.connect(self.gallery.setFocus)
        self.rail.reopened.connect(lambda item: self.scope_changed.emit(item.query))
        self.inspector.action_requested.connect(self.action_requested)
        self.tasks.action_requested.connect(self.action_requested)
        self.top_bar.save_requested.connect(self.save_current)
        self.top_bar.settings_requested.connect(self.settings_requested)
        self.composer.settings_requested.connect(self.settings_requested)
        self.dock.toggled.connect(self._show_task_list)
        self.drop_overlay.nothing_found.connect(self._tell_nothing_found)

    def _show_chosen(self, task: Task | None, picture: Picture | None) -> None:
        self.top_bar.set_can_save(picture is not None)
        if task is None or picture is None:
            self.inspector.clear()
        else:
            self.inspector.show_picture(task, picture, self.gallery.judgment(picture))

    def _follow_centre(self) -> None:
        self.centre.large.close_quick_look()
        if self.centre.shows_gallery and self._picture_alone.is_on:
            self.toggle_full_screen()
        self.top_bar.set_viewing(self.centre.shows_viewer)

    def _enter(self, item: Item) -> None:
        if not self.centre.shows_gallery:
            self.centre.show_gallery()
        self.scope_changed.emit(item.query)

    def _tell_nothing_found(self) -> None:
        self.composer.references.refuse(self.tr("There is no picture and no link of one in this."))

    def _make_keys(self) -> WindowKeys:
        general: Handlers = {
            CommandId.FOCUS_PROMPT: self.focus_prompt,
            CommandId.SEARCH: self.centre.search,
            CommandId.FILTERS: self.centre.turn_filters,
            CommandId.SETTINGS: self.settings_requested.emit,
            CommandId.SAVE_AS: self.save_current,
            CommandId.CLOSE_WINDOW: self.close,
            CommandId.KEY_LIST: self.list_keys,
            CommandId.SECOND_WINDOW: self.centre.open_second,
            CommandId.FULL_SCREEN: self.toggle_full_screen,
            CommandId.TURN_RAIL: self.panels.toggle_rail,
            CommandId.TURN_COMPOSER: self.panels.toggle_composer,
            CommandId.TURN_TASKS: self.panels.toggle_tasks,
            CommandId.HIDE_PANELS: self.panels.toggle_all,
            CommandId.RESET_LAYOUT: self.panels.reset,
        }
        parts = Parts(self.composer, self.centre, self.inspector, self.tasks, self.rail)
        keys = WindowKeys(self, parts, self.key_map, general)
        keys.judged.connect(self.judged)
        keys.favourite_requested.connect(self.favourite_requested)
        keys.undo_requested.connect(self.undo_requested)
        keys.redo_requested.connect(self.redo_requested)
        keys.trash_requested.connect(self.trash_requested)
        keys.rejects_trash_requested.connect(self.rejects_trash_requested)
        keys.action_requested.connect(self.action_requested)
        keys.compare_requested.connect(self.compare)
        keys.inspector_toggled.connect(self.panels.toggle_inspector)
        keys.sorting_requested.connect(self.sorting_requested)
        keys.writing_requested.connect(self._writing.begin)
        keys.same_tags_requested.connect(self.same_tags_requested)
        keys.auto_advance_toggled.connect(self.toggle_auto_advance)
        return keys

    def _menu_handlers(self) -> Handlers:
        """Return what the menu of a picture offers: what keys do, and what has no key."""
        return self.keys.for_menu() | {
            CommandId.OPEN: self.centre.open_current,
            CommandId.SAVE_AS: self.save_current,
            CommandId.SECOND_WINDOW: self.centre.open_second,
        }

    def _open_menu(self, place: QPoint) -> None:
        if self.centre.current_task() is not None:
            item, has_picture = self.rail.item(), self.centre.current() is not None
            leaving, is_thrown = wording.leaving(item), item.kind is Kind.BIN
            self._menu.open_at(place, self, has_picture=has_picture, leaving=leaving, is_thrown=is_thrown)

    def _carry_out(self, command: CommandId) -> None:
        handlers: Handlers = {CommandId.COMPARE: self.compare, CommandId.AUTO_ADVANCE: self.toggle_auto_advance}
        handlers[command]()

    def _give_keys(self, second: ViewerWindow) -> None:
        self.keys.install_in_second(second)

    def _make_key_list(self) -> KeyListDialog:
        from seedream_desktop.ui.keys.dialog import KeyListDialog

        return KeyListDialog(self.key_map, self)

    def _show_advance_in(self, set_view: SetView) -> None:
        self.auto_advance.changed.connect(lambda is_on: set_view.bar.show_advance(is_on=is_on))
        set_view.bar.show_advance(is_on=self.auto_advance.is_on)

    def _show_task_list(self, is_open: bool) -> None:  # noqa: FBT001 - a signal's argument
        self.tasks.setVisible(is_open)
        if is_open:
            height = self._splitter.height()
            self._splitter.setSizes([max(1, height - _TASKS_HEIGHT_PX), _TASKS_HEIGHT_PX])

    def _show_overview(self) -> None:
        counts = self._overview.counts()
        self.dock.set_counts(counts.running, counts.waiting, counts.needs_user)
        self.dock.set_spent_today(self._overview.spent_today_usd(self._clock()))
