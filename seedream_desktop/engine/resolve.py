"""What the user may decide about an order whose outcome is unknown; the program itself decides nothing here."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Final

from seedream_desktop.domain.events import Connection
from seedream_desktop.domain.failure import Failure, FailureKind
from seedream_desktop.domain.task import ServiceTaskId, Task, TaskId, TaskState
from seedream_desktop.engine.core import Core
from seedream_desktop.engine.inquiry import ask_status
from seedream_desktop.engine.lives import Lives
from seedream_desktop.engine.settle import Settler
from seedream_desktop.ports.errors import KeyRefusedError, ServiceError, TaskNotFoundError, UnreachableError
from seedream_desktop.ports.service import StatusReport

_NEAR_ENOUGH: Final = timedelta(minutes=10)


class ResolutionRefusedError(Exception):
    """The decision cannot be carried out and nothing changed; *kind* says why."""

    def __init__(self, kind: FailureKind, words: str) -> None:
        super().__init__(words)
        self.kind = kind


class Resolver:
    """Carries out the three decisions: link a task id, send again, write off."""

    def __init__(self, core: Core, settler: Settler, lives: Lives) -> None:
        self._core = core
        self._settler = settler
        self._lives = lives

    async def link(self, task_id: TaskId, text: str, doubt: Callable[[timedelta], None] | None = None) -> Task:
        """Take the task id that the user found as the lost answer, once the service knows it.

        *doubt* is told how much later than the order was sent the service made the task (less than nothing: earlier),
        when that is more than 10 minutes. It is linked all the same: a clock may be wrong, and its owner knows better.

        Raises:
            ResolutionRefusedError: when the id is malformed, unknown to the service, or another task's.
            ServiceError: when the service could not be asked.
        """
        await self._unknown(task_id)
        service_id = _service_id(text)
        if await self._core.tasks.by_service_id(service_id) is not None:
            raise ResolutionRefusedError(FailureKind.BAD_REQUEST, "This task ID belongs to another task already.")
        self._refuse_behind_closed_gate()
        try:
            report = await ask_status(self._core, service_id)
        except TaskNotFoundError as error:
            words = "The service does not know this task ID."
            raise ResolutionRefusedError(FailureKind.NOT_FOUND, words) from error
        # The question took its time: the task may have been decided otherwise meanwhile.
        task = await self._unknown(task_id)
        linked = await self._settler.link(task, service_id)
        self._lives.begin(linked)
        if doubt is not None and (apart := _apart(task, report)) is not None:
            doubt(apart)
        return linked

    async def send_again(self, task_id: TaskId) -> Task:
        """Queue the order once more, which may be billed a second time: only ever on the user's word."""
        task = await self._unknown(task_id)
        queued = await self._core.record.save(task.moved(TaskState.QUEUED, failure=None))
        self._lives.begin(queued)
        return queued

    async def write_off(self, task_id: TaskId) -> Task:
        """Give the order up; it stays in the list and in the sums."""
        task = await self._unknown(task_id)
        ended = self._core.clock.now()
        return await self._core.record.save(task.moved(TaskState.WRITTEN_OFF, finished_at=ended))

    def _refuse_behind_closed_gate(self) -> None:
        """Answer at once when no question can be asked now: the user waits for this one."""
        if not self._core.gate.is_open:
            raise _closed(self._core.gate.connection)

    async def _unknown(self, task_id: TaskId) -> Task:
        task = await self._core.tasks.get(task_id)
        if task is None:
            raise ResolutionRefusedError(FailureKind.NOT_FOUND, f"There is no task {task_id}.")
        if task.state is not TaskState.UNKNOWN:
            raise ResolutionRefusedError(
                FailureKind.BAD_REQUEST, "Only a task whose outcome is unknown can be decided."
            )
        return task


def _apart(task: Task, report: StatusReport) -> timedelta | None:
    """Return how much later than the order was sent the service made the task; None when not told, or near enough."""
    attempt, created_at = task.attempt, report.created_at
    if attempt is None or created_at is None:
        return None
    apart = created_at - (attempt.wire_at or attempt.started_at)
    return apart if abs(apart) > _NEAR_ENOUGH else None


def _closed(connection: Connection) -> ServiceError:
    if connection is Connection.OFFLINE:
        return UnreachableError(Failure(FailureKind.OFFLINE))
    missing = connection is Connection.KEY_MISSING
    return KeyRefusedError(Failure(FailureKind.KEY_MISSING if missing else FailureKind.KEY_REFUSED))


def _service_id(text: str) -> ServiceTaskId:
    trimmed = text.strip()
    if not 1 <= len(trimmed) <= 200 or not all("!" <= char <= "~" and char not in "\"'\\/<>" for char in trimmed):
        raise ResolutionRefusedError(FailureKind.BAD_REQUEST, "This is not a task ID of the service.")
    return ServiceTaskId(trimmed)
