"""Every way to break a submit ends in its one class, and the service's own books show no order sent twice."""

from __future__ import annotations

import asyncio
import gc
import warnings
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from seedream_desktop.domain.events import Connection
from seedream_desktop.domain.task import AttemptState, Task, TaskId, TaskState
from tests.simulators import SimulatorProcess
from tests.trust.breaks import COUNT, Break, End, breaks
from tests.trust.recorders import recording
from tests.trust.running import Running, running
from tests.trust.ways import Mend

BREAKS = breaks()
AT_ONCE = 20
WATCH_S = 12.0
"""Engine seconds to look on for something that must not happen."""
PROXIES = ("HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY", "http_proxy", "https_proxy", "all_proxy")
STATE_OF = {End.REFUSED: TaskState.REFUSED, End.UNKNOWN: TaskState.UNKNOWN}
ATTEMPTS_OF = {
    End.ACCEPTED: [AttemptState.ACCEPTED],
    End.REFUSED: [AttemptState.REFUSED],
    End.UNKNOWN: [AttemptState.UNKNOWN],
    End.POSTPONED: [AttemptState.REFUSED, AttemptState.ACCEPTED],
    End.KEY: [AttemptState.REFUSED, AttemptState.ACCEPTED],
}


@dataclass(frozen=True)
class Outcome:
    """What one broken submit came to: the task, and the service's books about it."""

    task: Task
    submits: list[dict[str, Any]]
    connections: list[Connection]
    trouble: str
    """What came otherwise than it should on the way, empty when nothing did."""


@dataclass(frozen=True)
class Matrix:
    """All outcomes, and what the environment's proxy saw."""

    outcomes: dict[str, Outcome]
    submits: list[dict[str, Any]]
    proxied: int


@pytest.fixture(scope="module")
def matrix(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Matrix]:
    """Break all submits, some at a time, against one simulator."""
    folder = tmp_path_factory.mktemp("matrix")
    service = SimulatorProcess(speed=50, options=["--plain-pictures"])
    with service as simulator, recording() as proxy, pytest.MonkeyPatch.context() as environment:
        for name in PROXIES:
            environment.setenv(name, proxy.url)
        simulator.set_faults([rule for case in BREAKS for rule in _rules(case)])
        with warnings.catch_warnings():
            # A deadline in mid-handshake leaves httpcore's socket to the garbage collector, which says so.
            warnings.simplefilter("ignore", ResourceWarning)
            stories = asyncio.run(_break_all(simulator, folder))
            gc.collect()
        submits = simulator.submits()
        outcomes = {case.name: _outcome(case, stories[case.name], submits) for case in BREAKS}
        yield Matrix(outcomes, submits, len(proxy.connections))


def _rules(case: Break) -> Iterator[dict[str, Any]]:
    """Return the case's rules: they know their own calls by the key alone, which is there before any body is read."""
    match = {"key": _key(case)}
    if case.do is not None:
        yield {"call": "generate", "match": match, "times": 1, "do": case.do}
    for rule in case.status:
        yield {**rule, "match": match}


def _key(case: Break) -> str:
    return f"key-{BREAKS.index(case)}"


def _prompt(case: Break) -> str:
    return f"[stuck] way {BREAKS.index(case)}: {case.name}".replace("\n", " ")


def _outcome(case: Break, story: _Story, submits: list[dict[str, Any]]) -> Outcome:
    own = [submit for submit in submits if submit["prompt"] == _prompt(case)]
    return Outcome(story.task, own, story.connections, story.trouble)


async def _break_all(simulator: SimulatorProcess, folder: Path) -> dict[str, _Story]:
    places = asyncio.Semaphore(AT_ONCE)

    async def one(case: Break) -> _Story:
        async with places:
            story = _Story(case, simulator, folder / str(BREAKS.index(case)))
            await story.tell()
            return story

    stories = await asyncio.gather(*(one(case) for case in BREAKS))
    return dict(zip((case.name for case in BREAKS), stories, strict=True))


class _Story:
    """One order from its first try through a restart, after which nothing may be sent that may have been taken."""

    def __init__(self, case: Break, simulator: SimulatorProcess, folder: Path) -> None:
        self._case = case
        self._simulator = simulator
        self._folder = folder
        self._good_url = simulator.url
        self.connections: list[Connection] = []
        self.trouble = ""

    async def tell(self) -> None:
        """Go through the whole story; what goes wrong is kept in `trouble`, so that the other stories are told."""
        case = self._case
        try:
            if case.way is None:
                await self._tell(self._simulator.url)
                return
            async with case.way(self._simulator) as (url, mend):
                await self._tell(url, mend)
        except Exception as error:  # noqa: BLE001 - judged by the test of this case
            self.trouble = f"{type(error).__name__}: {error}"

    async def _tell(self, url: str, mend: Mend | None = None) -> None:
        case = self._case
        key = _key(case) if case.key is None else case.key
        async with running(self._folder, url, key=key, scale=case.scale) as first:
            task_id = await first.order(_prompt(case), count=COUNT)
            self.task = await first.task(task_id)
            await self._first_end(first, task_id)
            if mend is not None:
                # The short deadlines are for the break alone: on a busy machine a good order would fall unknown by
                # them, and no probe would come through.
                first.clock.is_patient = True
                self._good_url = await mend()
            if self._good_url == url:
                await self._last_end(first, task_id)
            self.connections = first.connections
        async with running(
            self._folder, self._good_url, key="another-key", scale=case.scale, is_patient=True
        ) as second:
            await self._last_end(second, task_id)
            self.task = await second.task(task_id)

    async def _first_end(self, first: Running, task_id: TaskId) -> None:
        """Wait until the break has shown, and turn what the user has to turn."""
        case = self._case
        if case.end is End.UNSENT:
            await first.until(task_id, lambda task: _ended(task, AttemptState.UNSENT))
        elif case.end is End.KEY:
            await first.until(task_id, lambda task: bool(task.attempts) and task.state is TaskState.QUEUED)
            await asyncio.sleep(WATCH_S * case.scale)
            assert len((await first.task(task_id)).attempts) == 1, "sent again with the same key"
            await first.use_key("another-key")
        elif case.hold_s is not None:
            await first.until(task_id, lambda task: _ended(task, AttemptState.REFUSED))
            await asyncio.sleep(WATCH_S * case.scale)
            assert len((await first.task(task_id)).attempts) == 1, "sent again before its time"
            assert case.hold_s - WATCH_S * 10 < first.engine.gate.held_for_s <= 600

    async def _last_end(self, one: Running, task_id: TaskId) -> None:
        """Wait until the task has come as far as it will, and look on for a while."""
        if self._case.hold_s is not None and one.engine.gate.held_for_s > WATCH_S:
            return
        last = STATE_OF.get(self._case.end, TaskState.PROCESSING)
        await one.until(task_id, lambda task: task.state is last or _is_stuck_elsewhere(task))
        await asyncio.sleep(WATCH_S * self._case.scale)


def _ended(task: Task, state: AttemptState) -> bool:
    return any(attempt.state is state for attempt in task.attempts)


def _is_stuck_elsewhere(task: Task) -> bool:
    """Whether the task came to rest; which rest it is, the tests judge."""
    return task.is_final or task.needs_user or task.state is TaskState.PROCESSING


def test_there_are_more_than_a_hundred_ways() -> None:
    assert len({case.name for case in BREAKS}) == len(BREAKS) > 100


@pytest.mark.parametrize("case", BREAKS, ids=lambda case: case.name)
def test_a_broken_submit_ends_in_its_class_and_is_never_sent_twice(case: Break, matrix: Matrix) -> None:
    outcome = matrix.outcomes[case.name]

    assert outcome.trouble == ""
    assert outcome.task.state is STATE_OF.get(case.end, TaskState.PROCESSING), outcome.task
    assert _attempts(outcome.task) == _expected_attempts(case, outcome.task)
    assert len([submit for submit in outcome.submits if submit["complete"]]) == case.submits
    assert sum(submit["billed"] for submit in outcome.submits) == case.billed


def _attempts(task: Task) -> list[AttemptState]:
    return [attempt.state for attempt in task.attempts]


def _expected_attempts(case: Break, task: Task) -> list[AttemptState]:
    """Return how the attempts must have ended; nothing says how many tries never left."""
    if case.end is End.UNSENT or case.key is not None:
        tries = len(task.attempts) - 1
        assert tries >= 1
        return [*[AttemptState.UNSENT] * tries, AttemptState.ACCEPTED]
    return ATTEMPTS_OF[case.end]


@pytest.mark.parametrize("case", [case for case in BREAKS if case.end is End.UNKNOWN], ids=lambda case: case.name)
def test_an_unknown_order_keeps_its_reason_and_counts_as_spent(case: Break, matrix: Matrix) -> None:
    task = matrix.outcomes[case.name].task

    assert task.failure is not None
    assert task.failure.code
    assert task.billable_attempts == 1


@pytest.mark.parametrize("case", [case for case in BREAKS if case.end is End.ACCEPTED], ids=lambda case: case.name)
def test_an_accepted_order_goes_by_the_id_that_the_service_gave_it(case: Break, matrix: Matrix) -> None:
    outcome = matrix.outcomes[case.name]

    assert outcome.task.service_task_id == outcome.submits[0]["task_id"]


@pytest.mark.parametrize("case", [case for case in BREAKS if case.end is End.KEY], ids=lambda case: case.name)
def test_a_key_turned_down_is_told_once(case: Break, matrix: Matrix) -> None:
    told = Counter(matrix.outcomes[case.name].connections)

    assert told[Connection.KEY_REFUSED] + told[Connection.KEY_MISSING] == 1


def test_every_submit_had_a_connection_of_its_own(matrix: Matrix) -> None:
    connections = [submit["connection"] for submit in matrix.submits]

    assert len(set(connections)) == len(connections) > len(BREAKS)
    assert {submit["nth_on_connection"] for submit in matrix.submits} == {1}


def test_what_the_service_never_read_whole_came_once_each(matrix: Matrix) -> None:
    unread = [submit for submit in matrix.submits if not submit["complete"]]

    assert len(unread) == len([case for case in BREAKS if not case.is_whole])
    assert all(submit["billed"] == 0 for submit in unread)


def test_the_environments_proxies_saw_nothing(matrix: Matrix) -> None:
    assert matrix.proxied == 0
