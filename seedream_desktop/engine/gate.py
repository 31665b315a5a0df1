"""The one gate before every call: closed while the key is refused or nothing answers, held after a 429."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from typing import Final

from seedream_desktop.domain.events import BalanceRead, Connection, ConnectionChanged
from seedream_desktop.domain.failure import FailureKind
from seedream_desktop.domain.pacing import backoff_s, retry_after_s
from seedream_desktop.engine.bus import Bus
from seedream_desktop.engine.pace import Pace
from seedream_desktop.engine.supervisor import Supervisor
from seedream_desktop.ports.clock import Clock
from seedream_desktop.ports.errors import BusyError, KeyRefusedError, ServiceError, UnreachableError
from seedream_desktop.ports.service import GenerationService

log = logging.getLogger(__name__)

_KEY_PROBE_S: Final = 60.0
PROBE_DEADLINE_S: Final = 15.0


class Gate:
    """Knows how the service can be reached, tells it when that changes, and finds out when it is back."""

    def __init__(
        self,
        service: GenerationService,
        bus: Bus,
        clock: Clock,
        pace: Pace,
        supervisor: Supervisor,
        chance: Callable[[], float],
    ) -> None:
        self._service = service
        self._bus = bus
        self._clock = clock
        self._pace = pace
        self._supervisor = supervisor
        self._chance = chance
        self._opened = asyncio.Event()
        self._opened.set()
        self._changed = asyncio.Event()
        self._held_until_s = 0.0
        self._busy_in_a_row = 0
        self.connection = Connection.READY

    async def passed(self) -> None:
        """Wait until calls may be made."""
        while True:
            await self._opened.wait()
            if self.held_for_s <= 0:
                return
            await self._clock.sleep(self.held_for_s)

    @asynccontextmanager
    async def free_call(self) -> AsyncIterator[None]:
        """Hold a place for a status or balance call, at a moment when calls may be made."""
        async with self._granted(self._pace.free_call):
            yield

    @asynccontextmanager
    async def paid_call(self) -> AsyncIterator[None]:
        """Hold a place for a submit, at a moment when calls may be made."""
        async with self._granted(self._pace.paid_call):
            yield

    @asynccontextmanager
    async def _granted(self, place: Callable[[], AbstractAsyncContextManager[None]]) -> AsyncIterator[None]:
        """A wait for a place can be long: whoever gets one looks at the gate again, and never waits in it."""
        while True:
            await self.passed()
            async with place():
                if self.is_open and self.held_for_s <= 0:
                    yield
                    return

    @property
    def held_for_s(self) -> float:
        """Engine seconds that a 429's pause still lasts; 0 when there is none."""
        return max(0.0, self._held_until_s - self._clock.monotonic_s())

    @property
    def is_open(self) -> bool:
        """Whether nothing but a 429's pause stands before the next call."""
        return self._opened.is_set()

    @property
    def needs_key(self) -> bool:
        """Whether it is closed until the user gives a key that works."""
        return not self.is_open and self.connection in (Connection.KEY_MISSING, Connection.KEY_REFUSED)

    def answered(self) -> None:
        """Note that the service answered sensibly."""
        self._busy_in_a_row = 0
        if self._opened.is_set():
            self._tell(Connection.READY)

    def busy(self, error: BusyError) -> None:
        """Hold every call for as long as the service asked, and go on more slowly."""
        self.hold(error.retry_after_s)
        log.info("the service asks to wait: %s", error)

    def hold(self, told_s: float | None) -> None:
        """Hold every call after a 429; *told_s* is what the service said, or None."""
        if self.held_for_s <= 0:
            # Calls that were under way together are turned down together: that is one refusal, not many.
            self._busy_in_a_row += 1
            self._pace.slow_down()
        wait_s = retry_after_s(told_s, self._busy_in_a_row, self._chance())
        self._held_until_s = max(self._held_until_s, self._clock.monotonic_s() + wait_s)
        if self._opened.is_set():
            self._tell(Connection.BUSY)

    def unreachable(self) -> None:
        """Note that one call found nobody; the tasks wait on their own, only the words change."""
        if self._opened.is_set():
            self._tell(Connection.OFFLINE)

    def key_turned_down(self, failure_kind: FailureKind) -> None:
        """Close until a key works."""
        missing = failure_kind is FailureKind.KEY_MISSING
        self._close(Connection.KEY_MISSING if missing else Connection.KEY_REFUSED)

    def offline(self) -> None:
        """Close until anything at all answers at the service's address."""
        self._close(Connection.OFFLINE)

    def key_changed(self) -> None:
        """Try the new key at once."""
        if self._opened.is_set():
            return
        self._changed.set()

    def _close(self, connection: Connection) -> None:
        was_open = self._opened.is_set()
        self._opened.clear()
        self._tell(connection)
        if not was_open:
            return
        self._changed.clear()
        self._supervisor.start(self._probe(), "probe of the service")

    async def _probe(self) -> None:
        failures = 0
        while True:
            failures += 1
            await self._pause(failures)
            if await self._is_back():
                self._opened.set()
                self._tell(Connection.READY)
                return

    async def _pause(self, failures: int) -> None:
        closed_by_key = self.connection is not Connection.OFFLINE
        wait_s = _KEY_PROBE_S if closed_by_key else backoff_s(failures, self._chance())
        try:
            async with self._clock.deadline(wait_s):
                await self._changed.wait()
        except TimeoutError:
            pass
        self._changed.clear()

    async def _is_back(self) -> bool:
        """Ask for the balance, which is free; any answer but silence and 401 opens the gate."""
        try:
            async with self._pace.free_call(), self._clock.deadline(PROBE_DEADLINE_S):
                balance_usd = await self._service.balance()
        except KeyRefusedError as error:
            missing = error.failure.kind is FailureKind.KEY_MISSING
            self._tell(Connection.KEY_MISSING if missing else Connection.KEY_REFUSED)
            return False
        except UnreachableError as error:
            return error.failure.kind is not FailureKind.OFFLINE
        except TimeoutError:
            return False
        except ServiceError as error:
            if isinstance(error, BusyError):
                self.busy(error)
            return True
        except Exception:  # a gate whose probe died would stay closed for good
            log.exception("the probe of the service failed")
            return False
        self._bus.publish(BalanceRead(balance_usd))
        return True

    def _tell(self, connection: Connection) -> None:
        if connection is not self.connection:
            log.info("connection: %s", connection)
            self.connection = connection
            self._bus.publish(ConnectionChanged(connection))
