"""Keeps the account's balance fresh without asking more often than it changes."""

from __future__ import annotations

import asyncio
import logging
from typing import Final

from seedream_desktop.domain.events import BalanceRead, Event, TaskChanged
from seedream_desktop.domain.task import TaskState
from seedream_desktop.engine.bus import Bus
from seedream_desktop.engine.core import Core
from seedream_desktop.engine.gate import PROBE_DEADLINE_S
from seedream_desktop.ports.errors import BusyError, KeyRefusedError, ServiceError

log = logging.getLogger(__name__)

_AT_MOST_EVERY_S: Final = 2.0
_MONEY_MOVED: Final = frozenset({TaskState.PROCESSING, TaskState.DONE, TaskState.FAILED, TaskState.PARTIAL})


class BalanceWatch:
    """Asks when told to, and after every task that moved money."""

    def __init__(self, core: Core, bus: Bus) -> None:
        self._core = core
        self._bus = bus
        self._wanted = asyncio.Event()
        self._last: dict[str, TaskState] = {}
        bus.subscribe(self._notice)

    def refresh(self) -> None:
        """Ask soon."""
        self._wanted.set()

    async def run(self) -> None:
        """Answer wishes for a fresh balance until cancelled."""
        while True:
            await self._wanted.wait()
            self._wanted.clear()
            await self._ask()
            await self._core.clock.sleep(_AT_MOST_EVERY_S)

    async def _ask(self) -> None:
        try:
            async with self._core.gate.free_call(), self._core.clock.deadline(PROBE_DEADLINE_S):
                balance_usd = await self._core.service.balance()
        except KeyRefusedError as error:
            self._core.gate.key_turned_down(error.failure.kind)
        except BusyError as error:
            self._core.gate.busy(error)
        except (ServiceError, TimeoutError) as error:
            log.info("balance: %s", error)
        except Exception:  # the watch must outlive a bug in one call
            log.exception("the balance could not be read")
        else:
            self._core.gate.answered()
            self._bus.publish(BalanceRead(balance_usd))

    def _notice(self, event: Event) -> None:
        if not isinstance(event, TaskChanged) or event.task.state not in _MONEY_MOVED:
            return
        if self._last.get(event.task.id) is not event.task.state:
            self._last[event.task.id] = event.task.state
            self._wanted.set()
