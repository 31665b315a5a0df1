"""Asks how accepted tasks stand, for as long as it takes: no trouble of a status call ever decides a task."""

from __future__ import annotations

import logging
import math
from dataclasses import dataclass
from typing import Final

from seedream_desktop.crashpoints import pass_point
from seedream_desktop.domain.failure import Failure, FailureKind
from seedream_desktop.domain.pacing import (
    FIRST_POLL_AFTER_S,
    NOT_FOUND_GRACE_S,
    RESCUE_INTERVAL_S,
    RESULT_RETRIES,
    backoff_s,
    poll_delay_s,
)
from seedream_desktop.domain.picture import Picture
from seedream_desktop.domain.task import Task, TaskId, TaskState
from seedream_desktop.engine.core import Core
from seedream_desktop.engine.inquiry import ask_status
from seedream_desktop.ports.errors import BusyError, KeyRefusedError, ServiceError, TaskNotFoundError
from seedream_desktop.ports.service import FailedAtService, StatusReport, Succeeded, Unreadable, Working

log = logging.getLogger(__name__)

UNREADABLE_RESULT: Final = "UNREADABLE_RESULT"
# First questions after a restart are spread over this time.
_RESTART_SPREAD_S: Final = 3.0


@dataclass
class _Watch:
    """What the poller remembers of a task between two questions; nothing that a restart would miss."""

    has_asked: bool = False
    failures: int = 0
    unreadable: int = 0
    missing_since_s: float | None = None


class Poller:
    """Takes a task from accepted to its result links or its failure."""

    def __init__(self, core: Core) -> None:
        self._core = core
        self._watches: dict[TaskId, _Watch] = {}

    async def step(self, task: Task) -> Task:
        """Wait until the next question is due, ask it, and return the task as it then stands."""
        watch = self._watches.setdefault(task.id, _Watch())
        await self._core.waits.pause(task.id, self._delay_s(task, watch))
        try:
            report = await self._ask(task, watch)
        except ServiceError as error:
            return await self._without_answer(task, watch, error)
        watch.failures, watch.missing_since_s = 0, None
        task = await self._learn(task, watch, report)
        if task.state not in (TaskState.PROCESSING, TaskState.NOT_FOUND):
            self._watches.pop(task.id, None)
        return task

    async def look_again(self, task: Task) -> Task:
        """Ask once for a task that failed at the service; taken when it has pictures after all. Raises ServiceError."""
        if task.state is not TaskState.FAILED or task.service_task_id is None or task.pictures:
            return task
        report = await ask_status(self._core, task.service_task_id)
        if isinstance(report, Succeeded):
            return await self._note_results(task, report.urls, report.raw_result)
        return task

    def _delay_s(self, task: Task, watch: _Watch) -> float:
        if not task.is_watched:
            return math.inf
        if watch.failures:
            return backoff_s(watch.failures, self._core.chance())
        if task.state is TaskState.NOT_FOUND and watch.has_asked:
            return RESCUE_INTERVAL_S
        age_s = self._core.clock.age_s(task.accepted_at or task.created_at)
        if not watch.has_asked and age_s >= FIRST_POLL_AFTER_S:
            return self._core.chance() * _RESTART_SPREAD_S
        return poll_delay_s(age_s, expects_callback=task.request.callback_url is not None)

    async def _ask(self, task: Task, watch: _Watch) -> StatusReport:
        assert task.service_task_id is not None, "an accepted task has the service's id"  # noqa: S101 - invariant
        report = await ask_status(self._core, task.service_task_id)
        watch.has_asked = True
        return report

    async def _without_answer(self, task: Task, watch: _Watch, error: ServiceError) -> Task:
        match error:
            case TaskNotFoundError():
                watch.has_asked, watch.failures = True, 0
                return await self._miss(task, watch, error)
            case KeyRefusedError() | BusyError():
                return task
            case _:
                watch.failures += 1
                log.info("task %s: status call failed %d times: %s", task.id, watch.failures, error)
                return task

    async def _miss(self, task: Task, watch: _Watch, error: ServiceError) -> Task:
        """Count how long the service has not known the task; after a grace it is told, never dropped."""
        now_s = self._core.clock.monotonic_s()
        if watch.missing_since_s is None:
            watch.missing_since_s = now_s
        if task.state is TaskState.NOT_FOUND or now_s - watch.missing_since_s < NOT_FOUND_GRACE_S:
            return task
        return await self._core.record.save(task.moved(TaskState.NOT_FOUND, failure=error.failure))

    async def _learn(self, task: Task, watch: _Watch, report: StatusReport) -> Task:
        match report:
            case Working(word):
                return await self._note_work(task, word)
            case Succeeded(urls, raw_result):
                return await self._note_results(task, urls, raw_result)
            case Unreadable(raw_result):
                return await self._note_unreadable(task, watch, raw_result)
            case FailedAtService(failure):
                return await self._fail(task, failure)

    async def _note_work(self, task: Task, word: str) -> Task:
        if task.state is TaskState.NOT_FOUND:
            return await self._core.record.save(task.moved(TaskState.PROCESSING, failure=None, service_state=word))
        if word == task.service_state:
            return task
        return await self._core.record.save(task.but(service_state=word))

    async def _note_results(self, task: Task, urls: tuple[str, ...], raw_result: str) -> Task:
        pictures = tuple(Picture(position, url) for position, url in enumerate(urls))
        changed = task.moved(
            TaskState.DOWNLOADING, pictures=pictures, raw_result=raw_result, failure=None, service_state="success"
        )
        task = await self._core.record.save_surely(changed)
        pass_point("urls.committed")
        return task

    async def _note_unreadable(self, task: Task, watch: _Watch, raw_result: str) -> Task:
        watch.unreadable += 1
        if watch.unreadable < RESULT_RETRIES:
            return task
        failure = Failure(FailureKind.RESULT_UNREADABLE, UNREADABLE_RESULT, raw_result[:2000])
        return await self._fail(task.but(raw_result=raw_result), failure)

    async def _fail(self, task: Task, failure: Failure) -> Task:
        ended = self._core.clock.now()
        changed = task.moved(TaskState.FAILED, failure=failure, finished_at=ended, service_state="failed")
        return await self._core.record.save_surely(changed)
