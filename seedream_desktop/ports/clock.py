"""Time as an argument."""

from __future__ import annotations

from contextlib import AbstractAsyncContextManager
from datetime import datetime
from typing import Protocol


class Clock(Protocol):
    """Time as an argument. Seconds are the engine's own: a time scale shortens them all alike."""

    def now(self) -> datetime:
        """Return the wall clock, aware, in UTC."""
        ...

    def monotonic_s(self) -> float:
        """Return engine seconds since some fixed moment."""
        ...

    def age_s(self, since: datetime) -> float:
        """Return the engine seconds since *since*, never negative."""
        ...

    async def sleep(self, seconds: float) -> None:
        """Wait *seconds* engine seconds."""
        ...

    def deadline(self, seconds: float) -> AbstractAsyncContextManager[object]:
        """Return a context that raises TimeoutError when its body takes longer than *seconds* engine seconds."""
        ...
