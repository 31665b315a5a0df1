"""The paid step: everything about an order is on the disk before the network may know of it.

The order of things, which is the whole point: references kept, reachable and looked at; intent committed; `wire`
committed from the connection's own hook before the first byte; the reply stored raw; the task id committed; only then
told. What the outcome is depends on the wire mark, never on the type of an exception: without the mark nothing left
this machine, with it the order may have been taken and is never sent again by the program.
"""

from __future__ import annotations

import asyncio
import logging
import math
import uuid
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import takewhile
from typing import Final

from seedream_desktop.crashpoints import pass_point
from seedream_desktop.domain.failure import Failure, FailureKind
from seedream_desktop.domain.pacing import SUBMIT_DEADLINE_S, backoff_s
from seedream_desktop.domain.task import Attempt, AttemptId, AttemptState, Task, TaskId, TaskState
from seedream_desktop.engine.core import Core
from seedream_desktop.engine.references import Links, References
from seedream_desktop.engine.references.outcomes import ReferenceTrouble, failure_of, may_pass
from seedream_desktop.engine.settle import Settler
from seedream_desktop.ports.errors import KeyRefusedError, ServiceError, StorageError, UnusableReferenceError
from seedream_desktop.ports.service import RawReply

log = logging.getLogger(__name__)

_LAST_WORDS_S: Final = 1.0


class Submitter:
    """Sends queued tasks, each at most once as far as the service can tell."""

    def __init__(self, core: Core, references: References, settler: Settler) -> None:
        self._core = core
        self._references = references
        self._settler = settler
        self._on_wire: set[AttemptId] = set()
        self._nothing_on_wire = asyncio.Event()
        self._nothing_on_wire.set()
        self._is_closing = False
        self._held: set[TaskId] = set()
        self._in_vain: Counter[TaskId] = Counter()

    def hold(self, task_id: TaskId) -> None:
        """Do not send this task until `release`: whether it is still wanted is the user's to say."""
        self._held.add(task_id)

    def release(self) -> None:
        """Send what was held."""
        held, self._held = self._held, set()
        for task_id in held:
            self._core.waits.wake(task_id)

    @property
    def is_on_wire(self) -> bool:
        """Whether an order is being sent, or its answer being written down, at this moment."""
        return bool(self._on_wire)

    async def close(self, grace_s: float) -> None:
        """Send nothing new, and wait up to *grace_s* real seconds for what is on the wire."""
        self._is_closing = True
        try:
            async with asyncio.timeout(grace_s):
                await self._nothing_on_wire.wait()
        except TimeoutError:
            log.warning("left with %d orders on the wire", len(self._on_wire))

    async def step(self, task: Task) -> Task:
        """Try to send a queued task once and return it as it then stands; queued again when nothing left."""
        if task.id in self._held:
            await self._core.waits.pause(task.id, math.inf)
            return task
        # At once, and as many as can be had: files and links may be gone when the order's turn comes.
        request, trouble = await self._references.prepared(task.request)
        if request != task.request:
            task = await self._core.record.save(task.but(request=request))
        if trouble is not None:
            return await self._without_links(task, trouble)
        return await self._step_with_copies(task)

    async def _step_with_copies(self, task: Task) -> Task:
        await self._core.gate.passed()
        try:
            links = await self._references.links(task.request)
        except (UnusableReferenceError, ServiceError) as error:
            return await self._without_links(task, error)
        self._in_vain.pop(task.id, None)
        return await self._send(task, links)

    async def _without_links(self, task: Task, error: ReferenceTrouble) -> Task:
        """Refuse the order, or let it wait on its own: trouble with a host says nothing about the service."""
        failure = failure_of(error)
        if not may_pass(error):
            self._in_vain.pop(task.id, None)
            ended = self._core.clock.now()
            return await self._core.record.save(task.moved(TaskState.REFUSED, failure=failure, finished_at=ended))
        log.info("task %s: waits for its references: %s", task.id, error)
        if failure != task.failure:
            task = await self._core.record.save(task.but(failure=failure))
        self._in_vain[task.id] += 1
        await self._core.waits.pause(task.id, backoff_s(self._in_vain[task.id], self._core.chance()))
        return task

    async def _send(self, task: Task, links: Links) -> Task:
        async with self._core.gate.paid_call():
            if self._is_closing:
                await self._core.waits.pause(task.id, math.inf)
                return task
            if not await self._are_seen(links):
                return task
            attempt = self._new_attempt(task)
            with self._counted(attempt.id):
                pass_point("intent.before")
                task = task.with_attempt(attempt).moved(TaskState.SUBMITTING, failure=None)
                sending = _Sending(self._core, self._settler, await self._core.record.save(task), attempt)
                pass_point("intent.after")
                task = await sending.run(links.urls)
        if sending.rest_s > 0:
            await self._core.waits.pause(task.id, sending.rest_s)
        return task

    async def _are_seen(self, links: Links) -> bool:
        """Look again at links that waited long for their turn, which may be over by the time all have answered."""
        stand = await self._references.still_stand(links)
        return stand and self._core.gate.is_open and self._core.gate.held_for_s <= 0 and not self._is_closing

    def _new_attempt(self, task: Task) -> Attempt:
        now = self._core.clock.now()
        # A task with an unknown attempt is queued again by nobody but the user.
        authorised = now if any(known.state is AttemptState.UNKNOWN for known in task.attempts) else None
        return Attempt(AttemptId(uuid.uuid4().hex), AttemptState.INTENT, now, authorised_by_user_at=authorised)

    @contextmanager
    def _counted(self, attempt_id: AttemptId) -> Iterator[None]:
        self._on_wire.add(attempt_id)
        self._nothing_on_wire.clear()
        try:
            yield
        finally:
            self._on_wire.discard(attempt_id)
            if not self._on_wire:
                self._nothing_on_wire.set()


class _Sending:
    """One attempt on its way; it alone knows whether a byte may have left."""

    def __init__(self, core: Core, settler: Settler, task: Task, attempt: Attempt) -> None:
        self._core = core
        self._settler = settler
        self._task = task
        self._attempt = attempt
        self.rest_s = 0.0
        """How long to wait before the next try, when this one did not leave."""

    async def run(self, urls: tuple[str, ...]) -> Task:
        """Send and return the task as it then stands."""
        try:
            reply = await self._exchange(urls)
        except BaseException as error:  # money: a cancellation counts like any other loss; see the module's words
            if isinstance(error, Exception):
                return await self._without_reply(error)
            await self._leave(error)
            raise
        pass_point("reply.received")
        await self._core.record.surely(lambda: self._core.tasks.save_reply(self._attempt.id, reply))
        pass_point("reply.stored")
        return await self._settler.settle(self._task, self._attempt, reply)

    async def _exchange(self, urls: tuple[str, ...]) -> RawReply:
        async with self._core.clock.deadline(SUBMIT_DEADLINE_S):
            return await self._core.service.submit(self._task.request, urls, self._mark_wire)

    async def _mark_wire(self) -> None:
        """Commit that a byte may leave now; when this raises, none does."""
        marked = self._attempt.moved(AttemptState.WIRE, wire_at=self._core.clock.now())
        await self._core.tasks.save(self._task.with_attempt(marked))
        self._attempt, self._task = marked, self._task.with_attempt(marked)
        pass_point("wire.after")

    async def _leave(self, error: BaseException) -> None:
        """Write down what a cancelled sending came to, if the disk does it soon; the next start would find the same."""
        try:
            async with self._core.clock.deadline(_LAST_WORDS_S):
                await self._without_reply(error)
        except TimeoutError:
            log.warning("attempt %s: left in state %s", self._attempt.id, self._attempt.state)

    async def _without_reply(self, error: BaseException) -> Task:
        log.info("attempt %s: no reply, %s in state %s", self._attempt.id, type(error).__name__, self._attempt.state)
        if self._attempt.state is AttemptState.WIRE:
            return await self._settler.lose(self._task, self._attempt, type(error).__name__)
        return await self._return_to_queue(error)

    async def _return_to_queue(self, error: BaseException) -> Task:
        core = self._core
        now = core.clock.now()
        unsent = self._attempt.moved(AttemptState.UNSENT, ended_at=now, detail=type(error).__name__)
        task = self._task.with_attempt(unsent).moved(TaskState.QUEUED, failure=_why_unsent(error))
        task = await core.record.save_surely(task)
        if not isinstance(error, Exception):
            return task
        if isinstance(error, KeyRefusedError):
            core.gate.key_turned_down(error.failure.kind)
            return task
        if not isinstance(error, StorageError):
            core.gate.offline()
        self.rest_s = backoff_s(_unsent_in_a_row(task), core.chance())
        return task


def _why_unsent(error: BaseException) -> Failure:
    if isinstance(error, ServiceError | StorageError):
        return error.failure
    return Failure(FailureKind.OFFLINE, type(error).__name__)


def _unsent_in_a_row(task: Task) -> int:
    states = (attempt.state for attempt in reversed(task.attempts))
    return sum(1 for _ in takewhile(lambda state: state is AttemptState.UNSENT, states))
