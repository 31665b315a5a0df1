"""Writes down what became of an attempt; used when a reply comes, and after a crash for a reply already stored."""

from __future__ import annotations

import logging
from typing import Final

from seedream_desktop.crashpoints import pass_point
from seedream_desktop.domain.failure import Failure, FailureKind
from seedream_desktop.domain.pacing import backoff_s
from seedream_desktop.domain.task import Attempt, AttemptState, ServiceTaskId, Task, TaskState
from seedream_desktop.engine.core import Core
from seedream_desktop.engine.inquiry import ask_status
from seedream_desktop.ports.errors import ConflictError, ServiceError, TaskNotFoundError
from seedream_desktop.ports.service import Accepted, KeyTurnedDown, Postponed, RawReply, Refused, Unclear

log = logging.getLogger(__name__)

# A new task may be unknown to the status call for some moments (the API page).
_CANDIDATE_QUESTIONS: Final = 3
_CANDIDATE_PAUSE_S: Final = 3.0


class Settler:
    """Turns the end of an attempt into a task's next state, committed before anybody hears of it."""

    def __init__(self, core: Core) -> None:
        self._core = core

    async def settle(self, task: Task, attempt: Attempt, reply: RawReply) -> Task:
        """Read a stored reply and return the task as it then stands."""
        attempt = attempt.but(http_status=reply.http_status)
        match self._core.service.read_submission(reply):
            case Accepted(task_id):
                return await self._accept(task, attempt, task_id)
            case Refused(failure):
                return await self._refuse(task, attempt, failure)
            case Postponed(failure, retry_after_s):
                self._core.gate.hold(retry_after_s)
                return await self._requeue(task, attempt, failure)
            case KeyTurnedDown(failure):
                self._core.gate.key_turned_down(failure.kind)
                return await self._requeue(task, attempt, failure)
            case Unclear(failure, candidate):
                return await self._decide(task, attempt, failure, candidate)

    async def lose(self, task: Task, attempt: Attempt, detail: str) -> Task:
        """Note that the answer to a sent order is lost; the program never sends it again by itself."""
        return await self._unknown(task, attempt, Failure(FailureKind.REPLY_LOST, detail))

    async def link(self, task: Task, task_id: ServiceTaskId) -> Task:
        """Take *task_id*, which the service has confirmed, as the outcome of an unknown task's attempt."""
        attempt = task.attempt
        if attempt is None or attempt.state is not AttemptState.UNKNOWN:
            raise ValueError("only an unknown attempt can be linked")
        return await self._accept(task, attempt, task_id)

    async def _accept(self, task: Task, attempt: Attempt, task_id: ServiceTaskId) -> Task:
        owner = await self._core.tasks.by_service_id(task_id)
        if owner is not None and owner.id != task.id:
            return await self._unknown(task, attempt, _taken(task_id))
        now = self._core.clock.now()
        accepted = attempt.moved(AttemptState.ACCEPTED, ended_at=now)
        changed = task.with_attempt(accepted).moved(
            TaskState.PROCESSING, service_task_id=task_id, accepted_at=attempt.wire_at or now, failure=None
        )
        try:
            saved = await self._core.record.save_surely(changed)
        except ConflictError:
            return await self._unknown(task, attempt, _taken(task_id))
        pass_point("taskid.committed")
        self._core.gate.answered()
        return saved

    async def _refuse(self, task: Task, attempt: Attempt, failure: Failure) -> Task:
        now = self._core.clock.now()
        refused = attempt.moved(AttemptState.REFUSED, ended_at=now, detail=failure.code)
        self._core.gate.answered()
        changed = task.with_attempt(refused).moved(TaskState.REFUSED, failure=failure, finished_at=now)
        return await self._core.record.save_surely(changed)

    async def _requeue(self, task: Task, attempt: Attempt, failure: Failure) -> Task:
        refused = attempt.moved(AttemptState.REFUSED, ended_at=self._core.clock.now(), detail=failure.code)
        return await self._core.record.save_surely(task.with_attempt(refused).moved(TaskState.QUEUED, failure=failure))

    async def _decide(self, task: Task, attempt: Attempt, failure: Failure, candidate: ServiceTaskId | None) -> Task:
        if candidate is not None and await self._is_known(candidate):
            return await self._accept(task, attempt, candidate)
        return await self._unknown(task, attempt, failure)

    async def _is_known(self, candidate: ServiceTaskId) -> bool:
        """Ask the free status call whether a task id from a reply that cannot be trusted is real."""
        denials = failures = 0
        while denials < _CANDIDATE_QUESTIONS:
            try:
                await ask_status(self._core, candidate)
                return True
            except TaskNotFoundError as error:
                denials += 1
                log.info("task id of an unclear reply: %s", error)
                await self._core.clock.sleep(_CANDIDATE_PAUSE_S)
            except ServiceError as error:
                # No answer is no denial: the reply is on the disk, and a later start would ask the same.
                failures += 1
                log.info("task id of an unclear reply: %s", error)
                await self._core.clock.sleep(backoff_s(failures, self._core.chance()))
        return False

    async def _unknown(self, task: Task, attempt: Attempt, failure: Failure) -> Task:
        now = self._core.clock.now()
        if attempt.state is AttemptState.WIRE:
            attempt = attempt.moved(AttemptState.UNKNOWN, ended_at=now, detail=failure.code)
        state = TaskState.UNKNOWN
        changed = task.with_attempt(attempt)
        changed = changed.but(failure=failure) if task.state is state else changed.moved(state, failure=failure)
        return await self._core.record.save_surely(changed)


def _taken(task_id: ServiceTaskId) -> Failure:
    """Two orders cannot have the same answer; which of them it belongs to is not ours to guess."""
    return Failure(FailureKind.REPLY_UNREADABLE, "TASK_ID_TAKEN", task_id)
