"""The tasks as a list model: a copy for the view, newest first; must not decide anything."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable
from datetime import datetime
from typing import Any, Final

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from seedream_desktop import sentences
from seedream_desktop.domain.task import Task, TaskId
from seedream_desktop.ui.gallery.wording import one_line

TASK_ROLE: Final = Qt.ItemDataRole.UserRole
_NO_PARENT: Final = QModelIndex()


class TaskListModel(QAbstractListModel):
    """One row for every task that was told, in the order of their making; ``TASK_ROLE`` holds the Task itself."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        # The oldest first: most of what comes is new, and goes to the end.
        self._tasks: list[Task] = []

    def rowCount(self, parent: QModelIndex | QPersistentModelIndex = _NO_PARENT) -> int:
        """Return the number of tasks."""
        return 0 if parent.isValid() else len(self._tasks)

    def data(self, index: QModelIndex | QPersistentModelIndex, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return the prompt, the name for assistive technology, or the task."""
        task = self.task_at(index.row()) if index.isValid() else None
        if task is None:
            return None
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
        return self._tasks[-1 - row] if 0 <= row < len(self._tasks) else None

    def put(self, task: Task) -> None:
        """Show the newest value of a task; one that is not here yet is added in its place."""
        at = self._find(task)
        if at == len(self._tasks) or self._tasks[at].id != task.id:
            self._insert(at, [task])
            return
        self._tasks[at] = task
        index = self.index(len(self._tasks) - 1 - at)
        self.dataChanged.emit(index, index)

    def add(self, tasks: Iterable[Task]) -> None:
        """Add tasks in their places; one that is here already was told of later, and stays as it is."""
        waiting = sorted((task for task in tasks if not self._knows(task)), key=_age)
        while waiting:
            at = self._find(waiting[-1])
            begin = bisect_left(waiting, _age(self._tasks[at - 1]), key=_age) if at else 0
            self._insert(at, waiting[begin:])
            del waiting[begin:]

    def _insert(self, at: int, tasks: list[Task]) -> None:
        row = len(self._tasks) - at
        self.beginInsertRows(QModelIndex(), row, row + len(tasks) - 1)
        self._tasks[at:at] = tasks
        self.endInsertRows()

    def _find(self, task: Task) -> int:
        return bisect_left(self._tasks, _age(task), key=_age)

    def _knows(self, task: Task) -> bool:
        at = self._find(task)
        return at < len(self._tasks) and self._tasks[at].id == task.id


def _age(task: Task) -> tuple[datetime, TaskId]:
    return task.created_at, task.id
