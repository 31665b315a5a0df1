"""What tests of references over everything real share: a service, a storage, pictures, and orders with them."""

from __future__ import annotations

import io
import json
import urllib.request
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

import httpx
from PIL import Image

from seedream_desktop.domain.reference import Reference
from seedream_desktop.domain.request import Mode
from seedream_desktop.domain.task import Task, TaskId, TaskState
from seedream_desktop.hosting.simulator import SimulatorHost
from seedream_desktop.imaging.pool import ImagingPool
from seedream_desktop.ports.references import ReferenceHost
from tests.simulators import DIRECT, SimulatorProcess
from tests.trust.running import Running, running

SCALE = 0.04
KEY = "a-good-key"


@dataclass
class Bench:
    """What a test needs: the service and web, the storage, the workers, and a folder."""

    service: SimulatorProcess
    storage: SimulatorProcess
    imaging: ImagingPool
    folder: Path

    def photo(self, colour: str = "teal", name: str = "shoe.jpg") -> Reference:
        """Write a picture of the user's."""
        path = self.folder / name
        path.write_bytes(jpeg(colour))
        return Reference(str(path))

    def link(self, colour: str = "teal") -> str:
        """Put a picture on the web and return its link."""
        return upload(self.service, jpeg(colour))

    @property
    def uploads(self) -> list[str]:
        """The links of everything that was hosted so far."""
        return [upload["url"] for upload in self.storage.ledger()["uploads"]]

    @property
    def submits(self) -> list[list[str]]:
        """The links that every submit held, as the service has them in its books."""
        return [submit["image_urls"] for submit in self.service.submits()]


class Fresh(Bench):
    """A bench whose books begin now."""

    def __init__(self, service: SimulatorProcess, storage: SimulatorProcess, imaging: ImagingPool, folder: Path):
        super().__init__(service, storage, imaging, folder)
        self._old_uploads, self._old_submits = len(super().uploads), len(super().submits)

    @property
    def uploads(self) -> list[str]:
        return super().uploads[self._old_uploads :]

    @property
    def submits(self) -> list[list[str]]:
        return super().submits[self._old_submits :]


def jpeg(colour: str) -> bytes:
    """Return a picture within all the rules, without metadata."""
    file = io.BytesIO()
    Image.new("RGB", (400, 300), colour).save(file, "JPEG", quality=90)
    return file.getvalue()


def upload(simulator: SimulatorProcess, data: bytes) -> str:
    """Put a picture where everybody can read it, and return its link."""
    request = urllib.request.Request(f"{simulator.root}/_sim/upload", data, {"Authorization": f"Bearer {KEY}"})
    with DIRECT.open(request, timeout=10) as answer:
        return str(json.load(answer)["url"])


def read(link: str) -> bytes:
    """Read a link as a stranger."""
    with DIRECT.open(link, timeout=10) as answer:
        data: bytes = answer.read()
        return data


def remove(link: str) -> None:
    """Delete a picture behind everybody's back."""
    request = urllib.request.Request(link, headers={"Authorization": f"Bearer {KEY}"}, method="DELETE")
    with DIRECT.open(request, timeout=10):
        pass


@asynccontextmanager
async def hosting(bench: Bench, host: ReferenceHost | None = None) -> AsyncIterator[Running]:
    """Run an engine whose references go to *host*, without one to the storage."""
    storage = SimulatorHost(httpx.URL(bench.storage.url), lambda: KEY)
    try:
        async with running(
            bench.folder,
            bench.service.url,
            scale=SCALE,
            preparer=bench.imaging,
            host=host or storage,
            is_patient=True,
        ) as one:
            yield one
    finally:
        await storage.close()


async def ordered(one: Running, *references: Reference, prompt: str = "blend") -> TaskId:
    """Order a picture made of others."""
    return await one.order(prompt, mode=Mode.IMAGE_TO_IMAGE, references=references)


async def ended(one: Running, task_id: TaskId) -> Task:
    """Wait for an order's end."""
    return await one.until(task_id, lambda task: task.is_final)


async def done(one: Running, *references: Reference) -> Task:
    """Order and see it through: the service opened every link that it was given."""
    task = await ended(one, await ordered(one, *references))
    assert task.state is TaskState.DONE, task.failure
    return task
