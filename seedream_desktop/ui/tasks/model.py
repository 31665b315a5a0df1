"""The tasks as a list model: a copy for the view, newest first; must not decide anything."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from seedream_desktop import sentences
from seedream_desktop.domain.task import Task
from seedream_desktop.ui.gallery.model import GroupModel
from seedream_desktop.ui.gallery.wording import one_line

TASK_ROLE: Final = Qt.ItemDataRole.UserRole
_NO_PARENT: Final = QModelIndex()


class TaskListModel(QAbstractListModel):
    """One row for every task; ``TASK_ROLE`` holds the Task itself."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._tasks = GroupModel()

    def rowCount(self, parent: QModelIndex | QPersistentModelIndex = _NO_PARENT) -> int:
        """Return the number of tasks."""
        return 0 if parent.isValid() else len(self._tasks)

    def data(self, index: QModelIndex | QPersistentModelIndex, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return the prompt, the name for assistive technology, or the task."""
        if not index.isValid() or index.row() >= len(self._tasks):
            return None
        task = self._tasks.task_at(index.row())
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return one_line(task.request.prompt)
            case Qt.ItemDataRole.AccessibleTextRole:
                return f"{one_line(task.request.prompt)}, {sentences.state_word(task.state)}"
            case Qt.ItemDataRole.UserRole:
                return task
        return None

    def task_at(self, row: int) -> Task | None:
        """Return the task of a row, or None when there is no such row."""
        return self._tasks.task_at(row) if 0 <= row < len(self._tasks) else None

    def set_tasks(self, tasks: Sequence[Task]) -> None:
        """Put *tasks*, newest first, in the place of all others."""
        self.beginResetModel()
        self._tasks.set_tasks(tasks)
        self.endResetModel()

    def append_older(self, tasks: Sequence[Task]) -> None:
        """Add tasks older than all others, newest first."""
        new = [task for task in tasks if not self._tasks.knows(task.id)]
        if not new:
            return
        first = len(self._tasks)
        self.beginInsertRows(QModelIndex(), first, first + len(new) - 1)
        self._tasks.append_older(new)
        self.endInsertRows()

    def put(self, task: Task) -> None:
        """Add a new task on top, or show the new value of one that is known."""
        if not self._tasks.knows(task.id):
            self.beginInsertRows(QModelIndex(), 0, 0)
            self._tasks.add(task)
            self.endInsertRows()
            return
        row = self._tasks.change(task)
        if row is not None:
            index = self.index(row)
            self.dataChanged.emit(index, index)
