"""The engine over everything real: the API client, sockets, SQLite, files and picture workers; no window, no child."""

from __future__ import annotations

import asyncio
import ssl
from collections.abc import AsyncIterator, Callable
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import httpx

from seedream_desktop.api.addresses import parse_base_url
from seedream_desktop.api.client import ApixoService
from seedream_desktop.api.pictures import LinkSource
from seedream_desktop.domain.events import Connection, ConnectionChanged, Event
from seedream_desktop.domain.pacing import SUBMIT_DEADLINE_S
from seedream_desktop.domain.pixels import PixelSize
from seedream_desktop.domain.preparation import PreparedReference, ReferenceFault
from seedream_desktop.domain.reference import Crop
from seedream_desktop.domain.request import GenerationRequest
from seedream_desktop.domain.task import Task, TaskId
from seedream_desktop.engine.engine import Engine, World
from seedream_desktop.engine.gate import PROBE_DEADLINE_S
from seedream_desktop.ports.errors import UnusableReferenceError
from seedream_desktop.ports.pictures import Examined, PictureInspector
from seedream_desktop.ports.references import ReferenceHost, ReferencePreparer
from seedream_desktop.store.opening import Store, open_store
from seedream_desktop.system.clock import ScaledClock

LOOK_EVERY_S = 0.01
LIMIT_S = 60.0
ORDER_LIMIT_S = 10.0
PLAIN_CONTEXT = ssl.create_default_context()


class NoPictures:
    """An inspector for engines whose tasks never come as far as a picture."""

    async def examine(self, path: Path) -> Examined:
        return Examined("JPEG", PixelSize(1, 1))

    async def make_thumbnails(self, path: Path, targets: dict[int, Path]) -> None:
        return None


class NoReferences:
    """A preparer for engines whose orders have no references."""

    async def prepare(self, path: Path, crop: Crop | None, into: Path) -> PreparedReference:
        raise UnusableReferenceError(ReferenceFault.NOT_A_PICTURE, path.name)


class OrderClock(ScaledClock):
    """A quick clock that, while it is patient, leaves orders and probes their time, which a busy machine needs.

    Otherwise an order that arrives would become unknown, and a probe of 0.15 s would never find the service back.
    """

    def __init__(self, scale: float, *, is_patient: bool) -> None:
        super().__init__(scale)
        self.is_patient = is_patient

    def deadline(self, seconds: float) -> asyncio.Timeout:
        """Return the scaled deadline, but for a submit's and a probe's."""
        if self.is_patient and seconds in (SUBMIT_DEADLINE_S, PROBE_DEADLINE_S):
            return asyncio.timeout(ORDER_LIMIT_S)
        return super().deadline(seconds)


@dataclass
class Key:
    """The key in use; tests change it as a user does."""

    text: str | None


@dataclass
class Running:
    """A running engine and what it told."""

    engine: Engine
    store: Store
    key: Key
    clock: OrderClock
    events: list[Event] = field(default_factory=list)

    async def order(self, prompt: str, **fields: Any) -> TaskId:
        """Submit an order and return its task's id."""
        return (await self.engine.submit(GenerationRequest(prompt, **fields))).id

    async def task(self, task_id: TaskId) -> Task:
        """Return the task as the disk has it."""
        task = await self.store.tasks.get(task_id)
        assert task is not None
        return task

    async def until(self, task_id: TaskId, claim: Callable[[Task], bool], limit_s: float = LIMIT_S) -> Task:
        """Wait until *claim* is true of the stored task and return it; raises AssertionError with the last value."""
        task = await self.task(task_id)
        try:
            async with asyncio.timeout(limit_s):
                while not claim(task):
                    await asyncio.sleep(LOOK_EVERY_S)
                    task = await self.task(task_id)
        except TimeoutError:
            raise AssertionError(f"waited {limit_s} s in vain; the task is {task}") from None
        return task

    async def use_key(self, text: str) -> None:
        """Enter another key."""
        self.key.text = text
        self.engine.key_changed()

    @property
    def connections(self) -> list[Connection]:
        """What was told of the way to the service so far, in order."""
        return [event.connection for event in self.events if isinstance(event, ConnectionChanged)]


@asynccontextmanager
async def running(
    folder: Path,
    base_url: str,
    *,
    key: str | None = "a-good-key",
    scale: float = 0.02,
    inspector: PictureInspector | None = None,
    preparer: ReferencePreparer | None = None,
    host: ReferenceHost | None = None,
    is_patient: bool = False,
) -> AsyncIterator[Running]:
    """Open *folder* and work in it until the context ends, as a program does from start to quit.

    With *is_patient* the deadlines of submits and probes are not scaled, for tests of what comes behind
    them; `Running.clock` can be told later.
    """
    async with AsyncExitStack() as stack:
        store = await open_store(folder / "data", folder / "library")
        stack.push_async_callback(store.close)
        url, keys = parse_base_url(base_url), Key(key)
        service, source = _connected(url, keys, stack)
        clock = OrderClock(scale, is_patient=is_patient)
        world = World(
            service=service,
            source=source,
            reference_source=source,
            tasks=store.tasks,
            pictures=store.pictures,
            library=store.library,
            inspector=inspector or NoPictures(),
            preparer=preparer or NoReferences(),
            references=store.references,
            clock=clock,
            host=host,
        )
        one = Running(Engine(world), store, keys, clock)
        one.engine.bus.subscribe(one.events.append)
        stack.push_async_callback(one.engine.close)
        await one.engine.start()
        yield one


def _connected(url: httpx.URL, keys: Key, stack: AsyncExitStack) -> tuple[ApixoService, LinkSource]:
    """Return what speaks to the service and what fetches its links; *stack* closes both."""
    service, source = ApixoService(url, lambda: keys.text, PLAIN_CONTEXT), LinkSource(url, PLAIN_CONTEXT)
    stack.push_async_callback(service.close)
    stack.push_async_callback(source.close)
    return service, source
