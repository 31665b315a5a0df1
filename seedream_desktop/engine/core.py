"""What every step of a task's life needs, handed over in one piece."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from seedream_desktop.engine.gate import Gate
from seedream_desktop.engine.pace import Pace
from seedream_desktop.engine.record import Record
from seedream_desktop.engine.waits import Waits
from seedream_desktop.ports.clock import Clock
from seedream_desktop.ports.service import GenerationService
from seedream_desktop.ports.tasks import TaskStore


@dataclass(frozen=True, slots=True)
class Core:
    """The engine's shared parts; *chance* returns a number in 0..1."""

    service: GenerationService
    tasks: TaskStore
    clock: Clock
    record: Record
    waits: Waits
    gate: Gate
    pace: Pace
    chance: Callable[[], float]
