"""Ten thousand spoilt replies: none crashes a reader, none leaves a task without a next step or a named reason."""

from __future__ import annotations

import asyncio
import json
import logging
import os
import re
from collections.abc import Awaitable, Callable, Sequence
from decimal import Decimal
from functools import partial
from pathlib import Path
from typing import Any, get_args

import pytest

from seedream_desktop.api.status import read_balance, read_status
from seedream_desktop.api.submission import read_submission
from seedream_desktop.domain.request import GenerationRequest
from seedream_desktop.domain.task import AttemptState, ServiceTaskId, Task, TaskState
from seedream_desktop.engine.engine import Engine, World
from seedream_desktop.ports.errors import ServiceError
from seedream_desktop.ports.service import Accepted, RawReply, Refused, StatusReport, Submission, Succeeded, Unclear
from seedream_desktop.ports.tasks import TaskStore
from seedream_desktop.store.opening import open_store
from tests.engine.disk import FakeInspector, FakeLibrary, MemoryPictureStore
from tests.engine.reference_fakes import FakePreparer
from tests.engine.virtual_time import VirtualLoop
from tests.fakes import FakeClock, FakeSource, OnWire, now_s
from tests.trust import mutation
from tests.trust.mutation import TASK_ID, Mutator

SEED = int(os.environ.get("SEEDREAM_MUTATION_SEED", "20261120"))
SUBMISSIONS = 4000
STATUSES = 5000
BALANCES = 1000
TASKS = 200
ENDS_AFTER_S = 12 * 3600.0
ASKED_WITHIN_S = 3700.0
"""An hour, the longest time between two questions, and some seconds for the question itself."""


def print_seed() -> None:
    """Tell the seed, so that a failure can be had again."""
    print("SEEDREAM_MUTATION_SEED =", SEED)  # noqa: T201 - pytest shows it with a failure


def test_no_reply_to_a_submit_crashes_its_reader() -> None:
    print_seed()
    mutator = Mutator(SEED)
    seen: set[type] = set()
    for number in range(SUBMISSIONS):
        reply = mutator.reply(mutation.submitted, mutation.submitted, mutation.refused)
        submission = read_submission(reply)
        seen.add(type(submission))
        _judge_submission(submission, reply, number)

    assert seen == set(get_args(Submission))


def _judge_submission(submission: Submission, reply: RawReply, number: int) -> None:
    told = f"reply {number} of seed {SEED}: {reply}"
    match submission:
        case Accepted(task_id):
            assert _stands_in(task_id, reply.body), told
        case Unclear(_, candidate) if candidate is not None:
            assert _stands_in(candidate, reply.body), told
        case Refused():
            assert reply.http_status < 500, told
        case _:
            pass
    if not isinstance(submission, Accepted):
        assert submission.failure.code, told
        submission.failure.message.encode()


def _stands_in(text: str, body: bytes) -> bool:
    """Whether *text* is somewhere in *body*, in any encoding that JSON may come in, or spelled with escapes."""
    plain = [body.decode(encoding, "replace") for encoding in ("utf-8", "utf-16", "utf-32")]
    return any(text in one or text in _unescaped(one) for one in plain)


def _unescaped(text: str) -> str:
    return re.sub(r"\\u([0-9a-fA-F]{4})", lambda found: chr(int(found[1], 16)), text)


def test_no_reply_to_a_status_call_crashes_its_reader() -> None:
    print_seed()
    mutator = Mutator(SEED + 1)
    seen: set[type] = set()
    for number in range(STATUSES):
        reply = mutator.reply(mutation.working, mutation.succeeded, mutation.succeeded, mutation.failed)
        report = _report(partial(read_status, reply, ServiceTaskId(TASK_ID)))
        seen.add(type(report))
        _judge_report(report, f"reply {number} of seed {SEED + 1}: {reply}")

    assert seen >= set(get_args(StatusReport))


def _report(read: Callable[[], Any]) -> Any:
    try:
        return read()
    except ServiceError as error:
        return error


def _judge_report(report: Any, told: str) -> None:
    if isinstance(report, Succeeded):
        assert 1 <= len(report.urls) <= 64, told
        assert len(set(report.urls)) == len(report.urls), told
        assert all(url.lower().startswith(("http://", "https://")) for url in report.urls), told
        assert "\n".join((*report.urls, report.raw_result)).encode(), told
    elif isinstance(report, ServiceError):
        assert report.failure.kind, told
        report.failure.message.encode()


def test_no_reply_to_a_balance_call_crashes_its_reader() -> None:
    print_seed()
    mutator = Mutator(SEED + 2)
    amounts = 0
    for number in range(BALANCES):
        reply = mutator.reply(mutation.balance)
        amount = _report(partial(read_balance, reply))
        if isinstance(amount, Decimal):
            amounts += 1
            assert amount.is_finite(), f"reply {number} of seed {SEED + 2}: {reply}"

    assert amounts > BALANCES // 100


class Parrot:
    """A GenerationService that says spoilt things; every second task hears the truth after a few of them."""

    def __init__(self, mutator: Mutator) -> None:
        self._mutator = mutator
        self._heard: dict[str, int] = {}
        self.said: dict[str, list[RawReply]] = {}
        self.called_s: dict[str, float] = {}

    async def submit(self, request: GenerationRequest, _urls: Sequence[str], on_wire: OnWire) -> RawReply:
        await on_wire()
        own_id = request.prompt.split()[-1]
        self.called_s[own_id] = now_s()
        reply = self._mutator.reply(mutation.submitted, mutation.submitted, mutation.submitted, mutation.refused)
        if self._mutator.die.random() < 0.5:
            reply = RawReply(200, "", json.dumps(mutation.submitted()).encode())
        said = _for_task(reply, own_id)
        self.said.setdefault(own_id, []).append(said)
        return said

    def read_submission(self, reply: RawReply) -> Submission:
        return read_submission(reply)

    async def status(self, task_id: ServiceTaskId) -> StatusReport:
        self.called_s[task_id] = now_s()
        self._heard[task_id] = self._heard.get(task_id, 0) + 1
        await asyncio.sleep(0.1)
        if self._heard[task_id] > 12 and not task_id.endswith(("1", "3", "5", "7", "9")):
            reply = RawReply(200, "", json.dumps(mutation.succeeded()).encode())
        else:
            reply = self._mutator.reply(mutation.working, mutation.working, mutation.succeeded, mutation.failed)
        return read_status(_for_task(reply, task_id), task_id)

    async def balance(self) -> Decimal:
        return Decimal("74.87")


def _for_task(reply: RawReply, task_id: str) -> RawReply:
    return RawReply(reply.http_status, reply.retry_after, reply.body.replace(TASK_ID.encode(), task_id.encode()))


def test_no_task_is_left_without_a_next_step_or_a_named_reason(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    print_seed()
    parrot = Parrot(Mutator(SEED + 3))
    with caplog.at_level(logging.ERROR), asyncio.Runner(loop_factory=StoreLoop) as runner:
        tasks, ended_s = runner.run(_live_half_a_day(parrot, tmp_path))

    assert [record.getMessage() for record in caplog.records if record.levelno >= logging.ERROR] == []
    assert len(tasks) == TASKS
    for task in tasks:
        _judge_task(task, parrot, ended_s)
    states = {task.state for task in tasks}
    assert states >= {TaskState.DONE, TaskState.FAILED, TaskState.REFUSED, TaskState.UNKNOWN}


class StoreLoop(VirtualLoop):
    """Virtual time that stands still while the store's own thread works."""

    async def waited_for(self, work: Awaitable[Any]) -> Any:
        self._jumping.threads += 1
        try:
            return await work
        finally:
            self._jumping.threads -= 1


def _in_no_time(tasks: TaskStore, loop: StoreLoop) -> Any:
    """Return the store with every call of it taking no virtual time."""

    class Timeless:
        def __getattr__(self, name: str) -> Callable[..., Awaitable[Any]]:
            return lambda *values, **named: loop.waited_for(getattr(tasks, name)(*values, **named))

    return Timeless()


async def _live_half_a_day(parrot: Parrot, folder: Path) -> tuple[list[Task], float]:
    """Order *TASKS* pictures of the parrot, over the real store, and look at them half a day later."""
    loop = asyncio.get_running_loop()
    assert isinstance(loop, StoreLoop)
    store = await loop.waited_for(open_store(folder / "data", folder / "unused"))
    rows = _in_no_time(store.tasks, loop)
    for name in ("pictures", "library"):
        (folder / name).mkdir()
    journal: list[str] = []
    world = World(
        service=parrot,
        source=FakeSource(journal),
        reference_source=FakeSource(journal),
        tasks=rows,
        pictures=MemoryPictureStore(folder / "pictures"),
        library=FakeLibrary(folder / "library"),
        inspector=FakeInspector(),
        preparer=FakePreparer(),
        references=store.references,
        clock=FakeClock(),
        chance=lambda: 1.0,
    )
    engine = Engine(world)
    await engine.start()
    for number in range(TASKS):
        await engine.submit(GenerationRequest(f"order {number:032d}"))
    await asyncio.sleep(ENDS_AFTER_S)
    tasks = list(await rows.newest(2 * TASKS))
    ended_s = now_s()
    await engine.close()
    await loop.waited_for(store.close())
    return tasks, ended_s


def _judge_task(task: Task, parrot: Parrot, ended_s: float) -> None:
    own_id = task.request.prompt.split()[-1]
    told = f"seed {SEED + 3}: {task} heard {parrot.said[own_id]}"
    unknown = [attempt for attempt in task.attempts if attempt.state is AttemptState.UNKNOWN]
    match task.state:
        case TaskState.DONE:
            assert task.stored_pictures, told
        case TaskState.REFUSED | TaskState.FAILED | TaskState.PARTIAL:
            assert task.failure is not None, told
            assert task.failure.kind, told
        case TaskState.UNKNOWN:
            assert len(unknown) == 1, told
            assert task.failure is not None, told
        case TaskState.PROCESSING | TaskState.NOT_FOUND:
            assert task.service_task_id is not None, told
            assert ended_s - parrot.called_s[task.service_task_id] < ASKED_WITHIN_S, told
        case _:
            pytest.fail(f"{task.state} is no place to rest; {told}")
    if task.service_task_id is not None:
        assert any(_stands_in(task.service_task_id, reply.body) for reply in parrot.said[own_id]), told
