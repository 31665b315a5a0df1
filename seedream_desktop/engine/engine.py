"""The door of the engine: everything that the window and the command line may ask of it."""

from __future__ import annotations

import logging
import random
import uuid
from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from seedream_desktop.crashpoints import pass_point
from seedream_desktop.domain.money import DEFAULT_PRICE_USD, estimate_usd
from seedream_desktop.domain.request import GenerationRequest, Problem
from seedream_desktop.domain.task import Task, TaskId, TaskState
from seedream_desktop.engine.balance import BalanceWatch
from seedream_desktop.engine.bus import Bus
from seedream_desktop.engine.copies import Copier
from seedream_desktop.engine.core import Core
from seedream_desktop.engine.download import Downloader, can_be_rescued
from seedream_desktop.engine.fetch import Fetcher
from seedream_desktop.engine.gate import Gate
from seedream_desktop.engine.lives import Lives, Step
from seedream_desktop.engine.pace import Pace
from seedream_desktop.engine.poll import Poller
from seedream_desktop.engine.record import Record
from seedream_desktop.engine.recovery import Recovery
from seedream_desktop.engine.references import References
from seedream_desktop.engine.resolve import Resolver
from seedream_desktop.engine.settle import Settler
from seedream_desktop.engine.submit import Submitter
from seedream_desktop.engine.supervisor import Supervisor
from seedream_desktop.engine.waits import Waits
from seedream_desktop.ports.clock import Clock
from seedream_desktop.ports.pictures import Library, PictureInspector, PictureStore
from seedream_desktop.ports.references import ReferenceHost, ReferencePreparer, ReferenceStore
from seedream_desktop.ports.service import GenerationService, PictureSource
from seedream_desktop.ports.tasks import TaskStore

log = logging.getLogger(__name__)

# A step further away than this leaves the program free to end (the `run` command).
IDLE_AFTER_S: Final = 60.0
WIRE_GRACE_S: Final = 10.0


class RequestRefusedError(Exception):
    """A request breaks the service's own limits; nothing was stored and nothing was sent."""

    def __init__(self, problems: tuple[Problem, ...]) -> None:
        super().__init__(", ".join(problem.code for problem in problems))
        self.problems = problems


@dataclass(frozen=True, slots=True)
class World:
    """The real parts that the engine works with; *source* opens the service's links, *reference_source* the user's."""

    service: GenerationService
    source: PictureSource
    reference_source: PictureSource
    tasks: TaskStore
    pictures: PictureStore
    library: Library
    inspector: PictureInspector
    preparer: ReferencePreparer
    references: ReferenceStore
    clock: Clock
    host: ReferenceHost | None = None
    chance: Callable[[], float] = random.random


class Engine:
    """Takes orders and sees them through, across restarts."""

    def __init__(self, world: World) -> None:
        self.bus = Bus()
        self.price_usd: Decimal = DEFAULT_PRICE_USD
        self._world = world
        self._supervisor = Supervisor()
        pace = Pace()
        record = Record(world.tasks, self.bus, world.clock)
        gate = Gate(world.service, self.bus, world.clock, pace, self._supervisor, world.chance)
        self._core = Core(world.service, world.tasks, world.clock, record, Waits(world.clock), gate, pace, world.chance)
        self._assemble()

    def _assemble(self) -> None:
        core, world = self._core, self._world
        self._settler = Settler(core)
        self._recovery = Recovery(core, self._settler)
        self.references = References(
            world.preparer, world.references, world.reference_source, world.tasks, world.clock, self.bus
        )
        self.references.use_host(world.host, is_private=False)
        self._submitter = Submitter(core, self.references, self._settler)
        self._copier = Copier(world.library, world.tasks, world.clock, self.bus)
        self._fetcher = Fetcher(world.source, world.pictures, world.inspector, self._copier, world.clock, self.bus)
        self._poller, self._downloader = Poller(core), Downloader(core, self._fetcher, self._copier)
        self._lives = Lives(core, self._step_for, self._supervisor)
        self._balance = BalanceWatch(core, self.bus)
        self.resolver = Resolver(core, self._settler, self._lives)

    @property
    def copies(self) -> Copier:
        """Who copies pictures into the user's folder."""
        return self._copier

    async def change(self, task_id: TaskId, change: Callable[[Task], Task]) -> None:
        """Apply *change* to the task's newest value, save it and tell; raises StorageError."""
        await self._lives.change(task_id, change)

    def _step_for(self, task: Task) -> Step | None:
        """Return what is to be done next with *task*, or None when that is nothing or the user's to decide."""
        match task.state:
            case TaskState.QUEUED:
                return self._submitter.step
            case TaskState.SUBMITTING:
                return self._recovery.step
            case TaskState.PROCESSING | TaskState.NOT_FOUND:
                return self._poller.step
            case TaskState.DOWNLOADING:
                return self._downloader.step
            case TaskState.PARTIAL | TaskState.FAILED if can_be_rescued(task):
                return self._downloader.rescue
            case _:
                return None

    @property
    def gate(self) -> Gate:
        """The state of the way to the service."""
        return self._core.gate

    async def start(self, *, holds_queue: bool = False) -> int:
        """Take up all unfinished work where the disk says it stands; raises StorageError.

        With *holds_queue* nothing that was queued before goes out until `release_queue`; new orders do. Returns how
        many orders are held.
        """
        held = 0
        self._lives.open()
        for task in await self._world.tasks.unfinished():
            if holds_queue and task.state in (TaskState.QUEUED, TaskState.SUBMITTING):
                self._submitter.hold(task.id)
                held += 1
            self._lives.begin(await self._recovery.tidy(task))
        self._supervisor.start(self._copier.keep_up(self._lives.change), "copies to the library")
        self._supervisor.start(self._balance.run(), "balance")
        return held

    def release_queue(self) -> None:
        """Send what `start` held back: the user said so."""
        self._submitter.release()

    async def submit(
        self, request: GenerationRequest, *, parent_sha256: str | None = None, project: str | None = None
    ) -> Task:
        """Write a new order down, start on it, and return it queued; its pictures will be in *project*.

        Raises:
            RequestRefusedError: when the request breaks a limit; nothing happened.
            StorageError: when it cannot be written down; nothing was or will be sent.
        """
        problems = tuple(problem for problem in request.problems() if problem.forbids)
        if problems:
            raise RequestRefusedError(problems)
        task = Task(
            id=TaskId(uuid.uuid4().hex),
            request=request,
            state=TaskState.QUEUED,
            created_at=self._core.clock.now(),
            estimated_cost_usd=estimate_usd(request.count, self.price_usd),
            parent_sha256=parent_sha256,
            project=project,
        )
        await self._core.record.add(task)
        self._lives.begin(task)
        return task

    async def check_now(self, task_id: TaskId) -> None:
        """Take the next step of a waiting task at once, and ask for a failed one anew.

        Raises:
            ServiceError: when the service could not be asked for a failed task.
            StorageError: when what it said cannot be saved.
        """
        self._core.waits.wake(task_id)
        task = await self._world.tasks.get(task_id)
        if task is not None:
            self._lives.begin(await self._poller.look_again(task))

    async def watch(self, task_id: TaskId, *, is_watched: bool) -> None:
        """Ask for an accepted task by itself, or no more until told to; the service goes on either way."""
        await self._lives.change(task_id, lambda task: task.but(is_watched=is_watched))

    async def send_refused_again(self, task_id: TaskId) -> None:
        """Queue a refused order as it is; it was not billed."""

        def queue(task: Task) -> Task:
            if task.state is not TaskState.REFUSED:
                return task
            return task.moved(TaskState.QUEUED, failure=None, finished_at=None)

        await self._lives.change(task_id, queue)

    async def rebuild_thumbnails(self, task: Task, position: int) -> bool:
        """Make the thumbnails of a stored picture again; False when that cannot be done."""
        return await self._fetcher.make_thumbnails(task.pictures[position])

    def refresh_balance(self) -> None:
        """Ask for the balance soon; it comes as an event."""
        self._balance.refresh()

    def wake(self) -> None:
        """Take every step that waits at once: the machine slept, and the waits did not count it."""
        self._core.waits.wake_all()

    def key_changed(self) -> None:
        """Use the new key at once, for everything that waited for one."""
        self.gate.key_changed()
        self._balance.refresh()

    def is_idle(self) -> bool:
        """Whether every task is final, waits for the user, or has its next step over 60 engine seconds away."""
        return not self._is_busy and self._lives.are_idle_for(IDLE_AFTER_S)

    def is_stopped_by_key(self) -> bool:
        """Whether no key works, and nothing that needs none is to be done within 60 engine seconds."""
        return self.gate.needs_key and not self._is_busy and self._lives.fetch_nothing_for(IDLE_AFTER_S)

    @property
    def _is_busy(self) -> bool:
        return self._submitter.is_on_wire or self._copier.is_due_within(IDLE_AFTER_S)

    async def copies_made(self) -> None:
        """Return when no copy to the library is to be made soon: all are made, or the folder is away."""
        await self._copier.rest(IDLE_AFTER_S)

    async def close(self) -> None:
        """Stop: what is on the wire may finish (10 s at most), the rest is on the disk already."""
        await self._submitter.close(WIRE_GRACE_S)
        pass_point("quit.mid")
        await self._supervisor.close()
