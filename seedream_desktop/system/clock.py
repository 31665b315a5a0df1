"""The real clock behind `ports.Clock`, with every wait shortened or stretched by one factor.

It must not decide how long anything waits; that is `domain.pacing`.
"""

from __future__ import annotations

import asyncio
import sys
import time
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Final

ABSENCE_AFTER_S: Final = 30.0
"""A tick that comes this many real seconds late means that the machine or the program stood still."""


class ScaledClock:
    """Time in engine seconds; one of them takes *scale* real seconds."""

    def __init__(self, scale: float = 1.0) -> None:
        """Take *scale*, a number above 0; raises ValueError for any other."""
        if not 0 < scale < float("inf"):
            raise ValueError(f"a time scale must be a number above 0, not {scale}")
        self.scale = scale

    def now(self) -> datetime:
        """Return the wall clock, aware, in UTC; it is never scaled."""
        return datetime.now(UTC)

    def monotonic_s(self) -> float:
        """Return engine seconds since some fixed moment; never runs backwards."""
        return time.monotonic() / self.scale

    def age_s(self, since: datetime) -> float:
        """Return the engine seconds since *since*; 0 when the wall clock was set back before it."""
        return max(0.0, (self.now() - since).total_seconds()) / self.scale

    async def sleep(self, seconds: float) -> None:
        """Wait *seconds* engine seconds."""
        await asyncio.sleep(seconds * self.scale)

    def deadline(self, seconds: float) -> asyncio.Timeout:
        """Return a context that raises TimeoutError when its body takes longer than *seconds* engine seconds."""
        return asyncio.timeout(seconds * self.scale)


class AbsenceWatch:
    """Notices that the machine slept or the program was stopped, which timers alone do not tell.

    On Linux and macOS the clock behind asyncio stands still while the machine sleeps (CPython issue 106940).
    """

    def __init__(self, read_clock_s: Callable[[], float] | None = None) -> None:
        """Start watching; *read_clock_s* gives seconds that go on during sleep, the system's own by default."""
        self._read_clock_s = read_clock_s or sleepless_clock_s
        self._seen_s = self._read_clock_s()

    def missed_s(self, expected_s: float) -> float:
        """Return the real seconds missed since the last call, which was meant to be *expected_s* ago; 0.0 if few."""
        now_s = self._read_clock_s()
        late_s = now_s - self._seen_s - expected_s
        self._seen_s = now_s
        return late_s if late_s > ABSENCE_AFTER_S else 0.0


def sleepless_clock_s() -> float:
    """Return seconds since some fixed moment, the time the machine slept included."""
    if sys.platform == "linux":
        return time.clock_gettime(time.CLOCK_BOOTTIME)
    elif sys.platform == "darwin":  # noqa: RET505 - as branches, so that mypy reads the one of its own system
        return time.clock_gettime(time.CLOCK_MONOTONIC)
    else:
        return time.monotonic()
