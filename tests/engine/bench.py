"""An engine over fakes: submits, lets time pass, and remembers every event and the order of everything."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from datetime import datetime, timedelta
from decimal import Decimal
from pathlib import Path
from types import TracebackType
from typing import Any, Self, TypeVar

from seedream_desktop.domain.events import Connection, ConnectionChanged, Event, TaskAdded, TaskChanged
from seedream_desktop.domain.picture import Picture
from seedream_desktop.domain.request import GenerationRequest
from seedream_desktop.domain.task import Attempt, AttemptId, AttemptState, ServiceTaskId, Task, TaskId, TaskState
from seedream_desktop.engine.engine import Engine, World
from tests.engine.disk import FakeInspector, FakeLibrary, MemoryPictureStore, MemoryTaskStore
from tests.engine.reference_fakes import FakeHost, FakePreparer, MemoryReferenceStore
from tests.fakes import NOON, FakeClock, FakeService, FakeSource, now_s

E = TypeVar("E")
LOOK_EVERY_S = 0.25


class Bench:
    """Enter it to start the engine; leaving it closes the engine and checks that no rule about money was broken."""

    def __init__(self, folder: Path, *, chance: float = 1.0, before: Bench | None = None) -> None:
        """Build on the disk and service of *before*, when given, as after a restart."""
        self.folder = folder
        self._chance = chance
        self.journal: list[str] = before.journal if before else []
        self.service: FakeService = before.service if before else FakeService(self.journal)
        self.source: FakeSource = before.source if before else FakeSource(self.journal)
        self.tasks: MemoryTaskStore = before.tasks if before else MemoryTaskStore(self.journal)
        self.pictures: MemoryPictureStore = before.pictures if before else MemoryPictureStore(self._made("pictures"))
        self.library: FakeLibrary = before.library if before else FakeLibrary(self._made("library"))
        self.inspector: FakeInspector = before.inspector if before else FakeInspector()
        self.preparer: FakePreparer = before.preparer if before else FakePreparer()
        self.references: MemoryReferenceStore = before.references if before else self._reference_store()
        self.host: FakeHost = before.host if before else FakeHost(self.source)
        self.clock: FakeClock = before.clock if before else FakeClock()
        self.events: list[Event] = []
        self.engine = Engine(self.world())
        self.engine.bus.subscribe(self._note)

    def world(self, **others: Any) -> World:
        """Return the parts of the bench for an engine."""
        parts: dict[str, Any] = {
            "service": self.service,
            "source": self.source,
            "reference_source": self.source,
            "tasks": self.tasks,
            "pictures": self.pictures,
            "library": self.library,
            "inspector": self.inspector,
            "preparer": self.preparer,
            "references": self.references,
            "clock": self.clock,
            "host": self.host,
            "chance": lambda: self._chance,
        }
        return World(**parts | others)

    def _reference_store(self) -> MemoryReferenceStore:
        return MemoryReferenceStore(self._made("references"), self.journal)

    def _made(self, name: str) -> Path:
        folder = self.folder / name
        folder.mkdir(exist_ok=True)
        return folder

    def _note(self, event: Event) -> None:
        self.events.append(event)
        match event:
            case TaskAdded(task) | TaskChanged(task):
                # Write, then tell: whoever reads the store on an event finds what it speaks of.
                assert self.tasks.rows[task.id] == task, "told before it was written"
                self.journal.append(f"told {task.state}")
            case ConnectionChanged(connection):
                self.journal.append(f"connection {connection}")

    async def __aenter__(self) -> Self:
        await self.engine.start()
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self.engine.close()
        if error is None:
            assert self.tasks.violations == []

    async def submit(self, prompt: str = "a red fox", **changes: Any) -> TaskId:
        """Submit an order and return its task's id."""
        return (await self.engine.submit(GenerationRequest(prompt, **changes))).id

    async def submit_many(self, number: int) -> list[TaskId]:
        """Submit orders with numbers for prompts."""
        return [await self.submit(f"order {number}") for number in range(number)]

    async def run(self, limit_s: float = 3600.0) -> None:
        """Let time pass until the engine is idle; raises TimeoutError when that takes longer."""
        async with asyncio.timeout(limit_s):
            while not self.engine.is_idle():
                await asyncio.sleep(LOOK_EVERY_S)

    async def run_one(self, prompt: str = "a red fox", **changes: Any) -> Task:
        """Submit one order, run until idle, and return the task as it then stands."""
        task_id = await self.submit(prompt, **changes)
        await self.run()
        return self.task(task_id)

    async def until(self, claim: Callable[[], bool], limit_s: float = 3600.0) -> None:
        """Let time pass until *claim* is true; raises TimeoutError."""
        async with asyncio.timeout(limit_s):
            while not claim():
                await asyncio.sleep(LOOK_EVERY_S)

    async def until_state(self, task_id: TaskId, state: TaskState, limit_s: float = 3600.0) -> Task:
        """Let time pass until the task is in *state* on the disk, and return it."""
        await self.until(lambda: self.task(task_id).state is state, limit_s)
        return self.task(task_id)

    def task(self, task_id: TaskId) -> Task:
        """Return the task as it stands on the disk."""
        return self.tasks.rows[task_id]

    def put(self, *tasks: Task) -> None:
        """Lay tasks on the disk as an earlier run left them."""
        self.tasks.rows |= {task.id: task for task in tasks}

    def told(self, kind: type[E]) -> list[E]:
        """Return the events of one kind."""
        return [event for event in self.events if isinstance(event, kind)]

    @property
    def connections(self) -> list[Connection]:
        """The connection's states in the order they were told."""
        return [event.connection for event in self.told(ConnectionChanged)]

    def states(self, task_id: TaskId) -> list[TaskState]:
        """Return the task's states in the order they were saved, each once in a row."""
        saved = [task.state for task in self.tasks.saved if task.id == task_id]
        return [state for number, state in enumerate(saved) if number == 0 or saved[number - 1] is not state]

    def attempts(self, task_id: TaskId) -> list[AttemptState]:
        """Return the states of the task's attempts, oldest first."""
        return [attempt.state for attempt in self.task(task_id).attempts]

    def asked_after_s(self, task_id: str = "service-1") -> list[float]:
        """Return how long after its order the service was asked for a task, each time."""
        return [round(at_s - self.service.sent[0].at_s, 3) for at_s in self.service.asked_at_s(task_id)]


def stored_task(
    name: str = "one",
    state: TaskState = TaskState.QUEUED,
    *,
    attempt: AttemptState | None = None,
    service_id: str | None = None,
    pictures: tuple[Picture, ...] = (),
    age_s: float = 60.0,
    **changes: Any,
) -> Task:
    """Return a task as an earlier run would have left it on the disk *age_s* seconds before noon."""
    since = NOON - timedelta(seconds=age_s)
    task = Task(TaskId(name), GenerationRequest("a red fox"), state, since, Decimal("0.04"), pictures=pictures)
    if attempt is not None:
        task = task.with_attempt(_attempt_of(name, attempt, since))
    if service_id is not None:
        task = task.but(service_task_id=ServiceTaskId(service_id), accepted_at=since)
    return task.but(**changes)


def _attempt_of(name: str, state: AttemptState, since: datetime) -> Attempt:
    has_left = state not in (AttemptState.INTENT, AttemptState.UNSENT)
    return Attempt(AttemptId(f"{name}-try"), state, since, wire_at=since if has_left else None)


def accepted_task(name: str = "one", state: TaskState = TaskState.PROCESSING, **changes: Any) -> Task:
    """Return a task the service took in an earlier run, under the id ``service-NAME``."""
    return stored_task(name, state, attempt=AttemptState.ACCEPTED, service_id=f"service-{name}", **changes)


__all__ = ["Bench", "accepted_task", "now_s", "stored_task"]
