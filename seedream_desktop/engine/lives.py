"""Drives every unfinished task through its steps, one coroutine each, until nothing more is to be done."""

from __future__ import annotations

import logging
from collections import defaultdict
from collections.abc import Awaitable, Callable
from typing import Final

from seedream_desktop.domain.pacing import backoff_s
from seedream_desktop.domain.task import Task, TaskId, TaskState
from seedream_desktop.engine.core import Core
from seedream_desktop.engine.supervisor import Supervisor
from seedream_desktop.ports.errors import StorageError

log = logging.getLogger(__name__)

Step = Callable[[Task], Awaitable[Task]]
Change = Callable[[Task], Task]
_MOST_BETWEEN_TRIES_S: Final = 5.0
# The next step of these is a call to the service, which the gate may hold; a download is not.
_ASKING: Final = frozenset({TaskState.QUEUED, TaskState.PROCESSING, TaskState.NOT_FOUND})
# The next step of these is a download, which needs no key.
_FETCHING: Final = frozenset({TaskState.DOWNLOADING, TaskState.PARTIAL, TaskState.FAILED})


class Lives:
    """The only holder of live tasks: others ask it for changes, so that no two values of a task compete."""

    def __init__(self, core: Core, step_for: Callable[[Task], Step | None], supervisor: Supervisor) -> None:
        self._core = core
        self._step_for = step_for
        self._supervisor = supervisor
        self._running: dict[TaskId, TaskState] = {}
        self._changes: defaultdict[TaskId, list[Change]] = defaultdict(list)
        self._is_open = False

    def open(self) -> None:
        """Let tasks be driven from now on; until then they only change on the disk."""
        self._is_open = True

    def begin(self, task: Task) -> None:
        """Start driving *task*, unless it is being driven or has no next step."""
        if not self._is_open or task.id in self._running or self._step_for(task) is None:
            return
        self._running[task.id] = task.state
        self._supervisor.start(self._live(task), f"task {task.id}")

    async def change(self, task_id: TaskId, change: Change) -> None:
        """Apply *change* to the task's newest value, save it, and go on with it.

        Raises:
            StorageError: when the task rests and the change cannot be saved.
        """
        if task_id in self._running:
            self._changes[task_id].append(change)
            self._core.waits.wake(task_id)
            return
        task = await self._core.tasks.get(task_id)
        if task is not None and (changed := change(task)) != task:
            self.begin(await self._core.record.save(changed))

    def are_idle_for(self, seconds: float) -> bool:
        """Whether no step of any task is due within *seconds* engine seconds."""
        is_held = self._core.gate.held_for_s > seconds
        return all(
            self._core.waits.is_asleep_for(task_id, seconds) or (is_held and state in _ASKING)
            for task_id, state in self._running.items()
        )

    def fetch_nothing_for(self, seconds: float) -> bool:
        """Whether no picture is to be fetched within *seconds* engine seconds."""
        fetching = (task_id for task_id, state in self._running.items() if state in _FETCHING)
        return all(self._core.waits.is_asleep_for(task_id, seconds) for task_id in fetching)

    async def _live(self, task: Task) -> None:
        failures = 0
        try:
            while (step := self._step_for(task)) is not None:
                self._running[task.id] = task.state
                try:
                    task = await step(await self._changed(task))
                    failures = 0
                except StorageError as error:
                    failures += 1
                    self._core.record.troubled(error)
                    task = await self._reread(task, failures)
                except Exception:  # a bug in one step must not lose the task: logged, and tried again
                    failures += 1
                    log.exception("task %s: a step failed in state %s", task.id, task.state)
                    task = await self._reread(task, failures)
        finally:
            self._running.pop(task.id, None)
        await self._apply_late(task)

    async def _changed(self, task: Task) -> Task:
        changes = self._changes.pop(task.id, [])
        changed = task
        for change in changes:
            changed = change(changed)
        if changed == task:
            return task
        try:
            return await self._core.record.save(changed)
        except StorageError:
            self._changes[task.id][:0] = changes
            raise

    async def _apply_late(self, task: Task) -> None:
        for change in self._changes.pop(task.id, ()):
            await self.change(task.id, change)

    async def _reread(self, task: Task, failures: int) -> Task:
        """Wait, then take the task as it stands on the disk: the failed step may have saved a part of its work."""
        await self._core.clock.sleep(backoff_s(failures, 1.0, most_s=_MOST_BETWEEN_TRIES_S))
        try:
            return await self._core.tasks.get(task.id) or task
        except StorageError:
            return task
