"""Holds the service at a named moment until a test lets it go, so that a program can be killed just then."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Iterable

PHASES = {
    "generate.received": "the whole submit was read, nothing is decided yet",
    "generate.before_reply": "the submit was decided, and billed if accepted; nothing is answered yet",
    "status.received": "a status call was read",
    "image.half": "half of a picture was sent",
}


class Gates:
    """Named gates, open unless held."""

    def __init__(self) -> None:
        self._held: dict[str, asyncio.Event] = {}
        self._waiting: Counter[str] = Counter()

    def hold(self, phases: Iterable[str]) -> None:
        """Stop what comes to *phases* from now on. Raises: ValueError for an unknown phase."""
        for phase in phases:
            if phase not in PHASES:
                raise ValueError(f"{phase!r} is no phase; there are {', '.join(PHASES)}")
            self._held.setdefault(phase, asyncio.Event())

    def release(self, phases: Iterable[str]) -> None:
        """Let what waits at *phases* go on and hold no more there; an empty *phases* stands for all."""
        for phase in list(phases) or list(self._held):
            if gate := self._held.pop(phase, None):
                gate.set()

    def is_held(self, phase: str) -> bool:
        """Whether a call that comes to *phase* will be stopped."""
        return phase in self._held

    async def pass_through(self, phase: str) -> None:
        """Return at once when *phase* is open, else when it is released."""
        gate = self._held.get(phase)
        if gate is None:
            return
        self._waiting[phase] += 1
        try:
            await gate.wait()
        finally:
            self._waiting[phase] -= 1

    def as_json(self) -> dict[str, object]:
        """Which phases are armed, and how many calls are being held at each."""
        return {"armed": list(self._held), "held": {phase: n for phase, n in self._waiting.items() if n}}
