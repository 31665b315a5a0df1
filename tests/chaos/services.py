"""A few services that stay up while programs die; runs borrow them in turn and are told apart by their nonces."""

from __future__ import annotations

import queue
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from types import TracebackType
from typing import Any, Final, Self

from tests.chaos.judge import nonce_of
from tests.simulators import SimulatorProcess

# Answers that take their time, so that many moments lie between a question and its answer; the other answers leave the
# troubles that prompts ask for.
_SLOWNESS: Final = [
    {"call": "generate", "match": {"chance": 0.7}, "times": 1_000_000, "do": {"delay": [0.0, 0.4]}},
    {"call": "image", "match": {"chance": 0.7}, "times": 1_000_000, "do": {"delay": [0.0, 0.1]}},
]


class Services:
    """*count* simulators, each with its own memory on the disk; *options* are those of the `simulate` command."""

    def __init__(self, count: int, options: tuple[str, ...] = ("--plain-pictures",)) -> None:
        self._count = count
        self._options = options
        self._stack = ExitStack()
        self._all: list[SimulatorProcess] = []
        self._free: queue.Queue[SimulatorProcess] = queue.Queue()

    @contextmanager
    def borrowed(self) -> Iterator[SimulatorProcess]:
        """Yield a service that nobody else uses meanwhile."""
        service = self._free.get()
        try:
            yield service
        finally:
            self._free.put(service)

    def answer_slowly(self) -> None:
        """Let every answer come after a random time from now on."""
        for service in self._all:
            service.set_faults(_SLOWNESS)

    def __enter__(self) -> Self:
        folder = Path(self._stack.enter_context(tempfile.TemporaryDirectory()))
        for number in range(self._count):
            service = SimulatorProcess(state=folder / str(number), options=self._options)
            self._all.append(self._stack.enter_context(service))
            self._free.put(service)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._stack.close()


def submits_of(service: SimulatorProcess, run: str) -> list[dict[str, Any]]:
    """Return what the service saw of a run's orders."""
    return [submit for submit in service.submits() if nonce_of(submit["prompt"]).startswith(f"{run}-")]
