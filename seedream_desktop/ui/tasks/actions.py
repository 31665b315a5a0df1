"""Which actions of the task list make sense for a task; must not know Qt."""

from __future__ import annotations

from typing import Final, Literal

from seedream_desktop.domain.task import Task, TaskState
from seedream_desktop.ui.gallery.model import card_action, has_card

TaskAction = Literal["check", "stop", "retry", "edit", "decide", "report"]

_WATCHABLE: Final = frozenset({TaskState.PROCESSING, TaskState.DOWNLOADING, TaskState.NOT_FOUND})
_SETTLED: Final = frozenset({TaskState.DONE, TaskState.WRITTEN_OFF})


def actions_for(task: Task) -> frozenset[TaskAction]:
    """Return what can be done with the task; of "retry" and "edit" never both."""
    found: set[TaskAction] = {"report"}
    if task.service_task_id is not None and task.state not in _SETTLED:
        found.add("check")
    if task.state in _WATCHABLE and task.is_watched:
        found.add("stop")
    if has_card(task):
        helping = card_action(task)
        if helping != "settings":
            found.add(helping)
    return frozenset(found)
