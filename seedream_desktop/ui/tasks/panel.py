"""The panel that the dock opens: the list of tasks, and beside it what can be done with the chosen one."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import datetime
from pathlib import Path
from typing import Final

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QFocusEvent, QHideEvent, QPainter, QPaintEvent, QShowEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QListView, QPushButton, QVBoxLayout, QWidget

from seedream_desktop.domain.task import Task
from seedream_desktop.ui import theme
from seedream_desktop.ui.controls.button import push_button
from seedream_desktop.ui.controls.label import Label
from seedream_desktop.ui.controls.naming import set_name
from seedream_desktop.ui.gallery.thumbnails import Thumbnails
from seedream_desktop.ui.tasks.actions import TaskAction, actions_for
from seedream_desktop.ui.tasks.delegate import TaskDelegate
from seedream_desktop.ui.tasks.headings import Headings
from seedream_desktop.ui.tasks.model import TaskListModel

_SECOND_MS: Final = 1000
_ACTIONS_PX: Final = 160


class _Rows(QListView):
    """A list that stands on its first row when the keyboard comes to it."""

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Choose the row the keyboard stands on, the newest task at first: the buttons are for a marked row alone."""
        super().focusInEvent(event)
        if not self.selectionModel().hasSelection() and self.model().rowCount():
            self.setCurrentIndex(self.model().index(max(0, self.currentIndex().row()), 0))

    def is_near_end(self) -> bool:
        """Whether the last row is no more than a page below what is seen."""
        last = self.model().index(self.model().rowCount() - 1, 0)
        return self.visualRect(last).top() < 2 * self.viewport().height()


class TaskList(QWidget):
    """The tasks, newest first; ``action_requested`` carries a Task and a word of `TaskAction`.

    ``older_wanted`` carries the oldest of an unbroken row of tasks; what is older is wanted in sight.
    """

    action_requested = Signal(object, str)
    older_wanted = Signal(object)

    def __init__(
        self,
        thumbnail_path: Callable[[str, int], Path],
        clock: Callable[[], datetime],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._model = TaskListModel(self)
        self._thumbnails = Thumbnails(thumbnail_path, self)
        self._rows = _Rows(self)
        self._delegate = TaskDelegate(self._thumbnails, clock, self)
        self._hint = Label(self.tr("Choose a task to see what can be done with it."), self, tone="faint")
        self._oldest: Task | None = None
        self._buttons: dict[TaskAction, QPushButton] = {}
        self._seconds = QTimer(self)
        self._seconds.setInterval(_SECOND_MS)
        self._prepare_rows()
        self._lay_out()
        self._connect()
        self._show_actions()

    def add_tasks(self, tasks: Iterable[Task]) -> None:
        """List tasks that were read from the disk, each in its place; one that is listed already stays as it is."""
        self._model.add(tasks)
        self._ask_for_older()

    def set_oldest(self, oldest: Task | None) -> None:
        """Ask for tasks older than this one when the end of the list comes into sight; None when all are here."""
        self._oldest = oldest
        self._ask_for_older()

    def change_task(self, task: Task) -> None:
        """Show the newest value of a task; one that is not listed yet is listed in its place."""
        self._model.put(task)
        self._show_actions()

    def current(self) -> Task | None:
        """Return the chosen task, or None."""
        rows = self._rows.selectionModel().selectedRows()
        return self._model.task_at(rows[0].row()) if rows else None

    def showEvent(self, event: QShowEvent) -> None:
        """Let the clock run while somebody looks."""
        super().showEvent(event)
        self._seconds.start()
        self._ask_for_older()

    def hideEvent(self, event: QHideEvent) -> None:
        """Let the clock rest."""
        super().hideEvent(event)
        self._seconds.stop()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the line above."""
        painter = QPainter(self)
        painter.fillRect(0, 0, self.width(), 1, theme.tokens().line)
        painter.end()

    def _prepare_rows(self) -> None:
        set_name(self._rows, "tasks", self.tr("Tasks"))
        self._rows.setModel(self._model)
        self._rows.setItemDelegate(self._delegate)
        self._rows.setUniformItemSizes(True)
        self._rows.setFrameShape(QFrame.Shape.NoFrame)
        self._rows.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        # Always there, so that the columns stand still beneath their headings.
        self._rows.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)
        self._rows.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)

    def _lay_out(self) -> None:
        row = QHBoxLayout(self)
        # A row's words begin 8 px inside of it, which is where the pictures above begin.
        row.setContentsMargins(theme.SPACE_2, 1, theme.SPACE_4, 0)
        row.setSpacing(theme.SPACE_3)
        row.addLayout(self._list(), 1)
        row.addLayout(self._actions())

    def _list(self) -> QVBoxLayout:
        column = QVBoxLayout()
        column.setSpacing(0)
        column.addWidget(Headings(self._rows.viewport(), self))
        column.addWidget(self._rows, 1)
        return column

    def _actions(self) -> QVBoxLayout:
        column = QVBoxLayout()
        column.setContentsMargins(0, theme.SPACE_3, 0, theme.SPACE_3)
        column.setSpacing(theme.SPACE_2)
        self._hint.setFont(theme.label_font())
        self._hint.setFixedWidth(_ACTIONS_PX)
        self._hint.setWordWrap(True)
        column.addWidget(self._hint)
        self._add_button(column, "check", "check_now", self.tr("Check now"))
        self._add_button(column, "stop", "stop_watching", self.tr("Stop watching"))
        self._add_button(column, "retry", "try_again", self.tr("Try again"))
        self._add_button(column, "edit", "edit_and_try_again", self.tr("Edit and try again"))
        self._add_button(column, "decide", "decide", self.tr("Decide…"))
        self._add_button(column, "report", "copy_report", self.tr("Copy report"))
        column.addStretch(1)
        return column

    def _add_button(self, column: QVBoxLayout, action: TaskAction, object_name: str, text: str) -> None:
        button = push_button(object_name, text)
        button.setFixedWidth(_ACTIONS_PX)
        button.clicked.connect(lambda: self._ask(action))
        self._buttons[action] = button
        column.addWidget(button)

    def _connect(self) -> None:
        self._rows.selectionModel().selectionChanged.connect(self._show_actions)
        self._rows.verticalScrollBar().valueChanged.connect(self._ask_for_older)
        self._rows.verticalScrollBar().rangeChanged.connect(self._ask_for_older)
        self._thumbnails.ready.connect(lambda _sha256: self._rows.viewport().update())
        self._seconds.timeout.connect(self._rows.viewport().update)
        theme.notifier.changed.connect(self._rows.viewport().update)

    def _ask_for_older(self) -> None:
        """Ask once for what follows, a page before the end is reached."""
        if self._oldest is None or not self.isVisible() or not self._rows.is_near_end():
            return
        oldest, self._oldest = self._oldest, None
        self.older_wanted.emit(oldest)

    def _show_actions(self) -> None:
        task = self.current()
        possible = actions_for(task) if task else frozenset()
        self._hint.setVisible(task is None)
        # One place for both: a task offers one or the other.
        left_out = "retry" if "edit" in possible else "edit"
        for action, button in self._buttons.items():
            button.setEnabled(action in possible)
            button.setVisible(task is not None and action != left_out)

    def _ask(self, action: TaskAction) -> None:
        task = self.current()
        if task is not None:
            self.action_requested.emit(task, action)
