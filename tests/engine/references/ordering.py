"""Orders with references, and which links of theirs reached the service."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from seedream_desktop.domain.failure import Failure
from seedream_desktop.domain.reference import Reference
from seedream_desktop.domain.request import Mode
from seedream_desktop.domain.task import TaskState
from tests.engine.bench import Bench
from tests.engine.reference_fakes import jpeg

LINK = "https://a.example/red.jpg"
FIRST = "https://host.example/1"


def order_of(*references: Reference) -> dict[str, Any]:
    return {"mode": Mode.IMAGE_TO_IMAGE, "references": references}


def photo(folder: Path, name: str = "shoe.jpg", data: bytes | None = None) -> Reference:
    path = folder / name
    path.write_bytes(jpeg(name) if data is None else data)
    return Reference(str(path))


def urls_sent(bench: Bench) -> list[list[str]]:
    """Return the links of every order of which a byte may have left."""
    return [sent.about.split()[3:] for sent in bench.service.sent]


async def refused_order(bench: Bench, *references: Reference) -> Failure:
    """Run an order that must be refused with nothing sent, and return its failure."""
    task = await bench.run_one(**order_of(*references))
    assert (task.state, task.attempts, bench.service.calls) == (TaskState.REFUSED, (), [])
    assert task.failure is not None
    return task.failure
