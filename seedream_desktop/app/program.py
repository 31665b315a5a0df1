"""The program without a window: data folder, store, service and engine, built in order and taken down in reverse."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, replace
from enum import Enum, auto
from ssl import SSLContext
from typing import Final

import httpx

from seedream_desktop.api.addresses import DEFAULT_BASE_URL, parse_base_url
from seedream_desktop.api.client import ApixoService
from seedream_desktop.api.pictures import LinkSource
from seedream_desktop.api.transport import trusted_context
from seedream_desktop.app.hosting import HostingSecrets
from seedream_desktop.app.housekeeping import keep_house, read_for_search, wake_with_the_machine
from seedream_desktop.app.key import DEMO_KEY, KeyRing
from seedream_desktop.app.likenesses import LikenessKeeper
from seedream_desktop.app.options import Options
from seedream_desktop.app.simulator import SimulatorChild
from seedream_desktop.app.system_trash import throw_away
from seedream_desktop.app.unlocking_host import host_of
from seedream_desktop.domain.events import BalanceRead, Event
from seedream_desktop.domain.failure import FailureKind
from seedream_desktop.domain.hosting import HostingSettings
from seedream_desktop.engine.engine import Engine, World
from seedream_desktop.engine.supervisor import Supervisor
from seedream_desktop.engine.trash import Trash, TrashParts
from seedream_desktop.hosting.simulator import SimulatorHost
from seedream_desktop.imaging.pool import ImagingPool
from seedream_desktop.ports.errors import StorageError
from seedream_desktop.ports.references import ReferenceHost
from seedream_desktop.store.early_look import EarlyLook
from seedream_desktop.store.layout import Layout
from seedream_desktop.store.meta import identity_of
from seedream_desktop.store.opening import Store, open_store
from seedream_desktop.store.settings_file import SettingsFile
from seedream_desktop.store.trash_files import SystemTrashFiles
from seedream_desktop.system.clock import ScaledClock
from seedream_desktop.system.instance import DataFolderLock
from seedream_desktop.system.paths import machine_identity
from seedream_desktop.system.secret import Secret

log = logging.getLogger(__name__)

# With the start-up before it, the answer is there within 5 s.
_LOCK_WAIT_S: Final = 3.5
_Sources = tuple[LinkSource, LinkSource]


class Past(Enum):
    """How the data folder was left: in order, by a crash, or as a copy of another one, which may still be at work."""

    CLEAN = auto()
    CRASH = auto()
    COPY = auto()


@dataclass(frozen=True, slots=True)
class Program:
    """The running parts that commands and the window use."""

    options: Options
    base_url: httpx.URL
    engine: Engine
    trash: Trash
    store: Store
    imaging: ImagingPool
    service: ApixoService
    key: KeyRing
    hosting_secrets: HostingSecrets
    past: Past
    held_orders: int = 0

    async def send_held_orders(self) -> None:
        """Send what waits in the queue, on the user's word; a copied data folder becomes this program's own."""
        await self.store.folder.remember(_identity(self.options))
        self.engine.release_queue()

    @property
    def takes_local_files(self) -> bool:
        """Whether files of this computer can be made reachable for the service."""
        return self.engine.references.host is not None

    def use_hosting(self, hosting: HostingSettings) -> None:
        """Host references as the user chose from now on; the demo has the simulator's place for them."""
        if not self.options.is_demo:
            host = host_of(hosting, self.hosting_secrets, trusted_context())
            self.engine.references.use_host(host, is_private=hosting.is_private)
            self.engine.wake()

    @property
    def is_official(self) -> bool:
        """Whether the service at the published address is used."""
        return str(self.base_url) == DEFAULT_BASE_URL


@asynccontextmanager
async def running_program(
    options: Options,
    key: KeyRing,
    *,
    lock_wait_s: float = _LOCK_WAIT_S,
    resumes: bool = True,
    asks_after_crash: bool = False,
    early_look: EarlyLook | None = None,
) -> AsyncIterator[Program]:
    """Build everything, resume unfinished work if it *resumes*, and take it all down in order at the end.

    Orders that were queued are held in a copied data folder, and with *asks_after_crash* after a crash too.
    An *early_look* at the database saves looking it through when it is opened.

    Raises:
        BadAddressError, DataFolderInUseError, StorageError, SimulatorError: when it cannot start.
    """
    async with AsyncExitStack() as stack:
        lock = DataFolderLock(options.data_dir)
        await asyncio.to_thread(lock.acquire, lock_wait_s)
        stack.callback(lock.release)
        base_url = parse_base_url(await _base_url(options, key, stack))
        program = await _assemble(options, key, base_url, stack, early_look)
        stack.push_async_callback(program.engine.close)
        if key.reveal() is None:
            program.engine.gate.key_turned_down(FailureKind.KEY_MISSING)
        if resumes:
            holds = program.past is Past.COPY or (asks_after_crash and program.past is Past.CRASH)
            program = replace(program, held_orders=await program.engine.start(holds_queue=holds))
            _start_duties(program, stack)
        yield program


def _start_duties(program: Program, stack: AsyncExitStack) -> None:
    """Start what goes on beside the orders, for as long as the program runs."""
    store, bus, duties = program.store, program.engine.bus, Supervisor()
    bus.subscribe(lambda event: _note_balance(event, program, duties))
    likenesses = LikenessKeeper(store.likenesses, store.tasks, program.imaging, store.layout)
    likenesses.follow(bus)
    duties.start(read_for_search(store), "read for the search")
    duties.start(keep_house(store, program.trash), "housekeeping")
    duties.start(likenesses.keep_up(), "likenesses")
    duties.start(wake_with_the_machine(program.engine, program.service), "wake with the machine")
    stack.push_async_callback(duties.close)


async def _base_url(options: Options, key: KeyRing, stack: AsyncExitStack) -> str:
    if not options.is_demo:
        return options.base_url or DEFAULT_BASE_URL
    simulator = SimulatorChild(options.data_dir / "simulator", speed=1 / options.time_scale)
    stack.push_async_callback(simulator.stop)
    if key.reveal() is None:
        key.use(Secret(DEMO_KEY))
    url = await simulator.start()
    watch = Supervisor()
    watch.start(simulator.keep_running(), "simulator watch")
    stack.push_async_callback(watch.close)
    return url


async def _assemble(
    options: Options,
    key: KeyRing,
    base_url: httpx.URL,
    stack: AsyncExitStack,
    early_look: EarlyLook | None,
) -> Program:
    settings = await asyncio.to_thread(SettingsFile(Layout(options.data_dir).settings).load)
    store = await open_store(options.data_dir, options.library_for(settings.library), early_look=early_look)
    stack.push_async_callback(store.close)
    imaging = ImagingPool(store.layout.incoming)
    stack.push_async_callback(imaging.close)
    context = trusted_context()
    service = ApixoService(base_url, key.reveal, context)
    stack.push_async_callback(service.close)
    clock = ScaledClock(options.time_scale)
    world = _make_world(service, store, imaging, clock, _sources(base_url, context, stack))
    engine = Engine(replace(world, host=_demo_host(options, base_url, key, stack)))
    engine.price_usd = settings.price_per_image_usd
    secrets = HostingSecrets(key.scrubber)
    secrets.take_from_environment(settings.hosting)
    trash = _make_trash(store, engine, clock, stack)
    past = await _past(options, store, stack)
    program = Program(options, base_url, engine, trash, store, imaging, service, key, secrets, past)
    program.use_hosting(settings.hosting)
    return program


def _sources(base_url: httpx.URL, context: SSLContext, stack: AsyncExitStack) -> _Sources:
    """Return what opens the service's links, and what opens the user's."""
    source, reference_source = LinkSource(base_url, context), LinkSource(base_url, context, any_port=True)
    stack.push_async_callback(source.close)
    stack.push_async_callback(reference_source.close)
    return source, reference_source


def _make_world(
    service: ApixoService,
    store: Store,
    imaging: ImagingPool,
    clock: ScaledClock,
    sources: _Sources,
) -> World:
    source, reference_source = sources
    return World(
        service=service,
        source=source,
        reference_source=reference_source,
        tasks=store.tasks,
        pictures=store.pictures,
        library=store.library,
        inspector=imaging,
        clock=clock,
        preparer=imaging,
        references=store.references,
    )


def _make_trash(store: Store, engine: Engine, clock: ScaledClock, stack: AsyncExitStack) -> Trash:
    files = SystemTrashFiles(throw_away)
    stack.callback(files.close)
    parts = TrashParts(store.trash, files, store.tasks, store.references, clock, store.layout.thumbnail)
    return Trash(parts, engine.copies, engine.change)


def _note_balance(event: Event, program: Program, duties: Supervisor) -> None:
    if isinstance(event, BalanceRead):
        duties.start(program.store.balances.note(event.balance_usd), "balance noted")


async def _past(options: Options, store: Store, stack: AsyncExitStack) -> Past:
    """Find out how the folder came to be as it is, and note that it is in use now."""
    known, was_open = await store.folder.identity(), await store.folder.is_open()
    await store.folder.set_open(is_open=True)
    stack.push_async_callback(_note_clean_end, store)
    if known is None:
        await store.folder.remember(_identity(options))
        return Past.CLEAN
    if known != _identity(options):
        return Past.COPY
    return Past.CRASH if was_open else Past.CLEAN


async def _note_clean_end(store: Store) -> None:
    """Note that the folder is left in order; on a full disk the next start takes this for a crash, which is safe."""
    try:
        await store.folder.set_open(is_open=False)
    except StorageError as error:
        log.warning("at the end: %s", error)


def _identity(options: Options) -> str:
    return identity_of(machine_identity(), options.data_dir)


def _demo_host(options: Options, base_url: httpx.URL, key: KeyRing, stack: AsyncExitStack) -> ReferenceHost | None:
    if not options.is_demo:
        return None
    host = SimulatorHost(base_url, key.reveal)
    stack.push_async_callback(host.close)
    return host
