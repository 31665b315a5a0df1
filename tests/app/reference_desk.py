"""The whole window with the demo behind it, for stories about references."""

from __future__ import annotations

import asyncio
import json
import urllib.request
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path
from typing import Any, Final

from PIL import Image
from PySide6.QtCore import QMimeData, QUrl

from seedream_desktop.app.attachment import Attachment
from seedream_desktop.app.key import KeyRing
from seedream_desktop.app.program import Program, running_program
from seedream_desktop.domain.task import Task, TaskId, TaskState
from seedream_desktop.store.layout import Layout
from seedream_desktop.system.keychain import Keychain
from seedream_desktop.system.scrubber import Scrubber
from seedream_desktop.ui.composer.composer import Composer
from seedream_desktop.ui.composer.reference_strip import ReferenceStrip
from seedream_desktop.ui.composer.tile_state import Kind, TileState
from seedream_desktop.ui.main_window import MainWindow
from tests.app.demo import demo_options

LIMIT_S: Final = 30
DIRECT: Final = urllib.request.build_opener(urllib.request.ProxyHandler({}))
Colour = tuple[int, int, int]


@dataclass
class ReferenceDesk:
    """A window that is ready for whatever is dropped on it."""

    window: MainWindow
    program: Program
    folder: Path

    @property
    def composer(self) -> Composer:
        """Where requests are written."""
        return self.window.composer

    @property
    def strip(self) -> ReferenceStrip:
        """The references of the request being written."""
        return self.window.composer.references

    def names(self) -> list[str]:
        """What the tiles are called, in their order."""
        return [reference.name for reference in self.strip.references()]

    def states(self) -> list[TileState]:
        """How far each tile is, in their order."""
        return [self.strip.state(entry.key) for entry in self.strip.entries()]

    def drop(self, *paths: Path) -> None:
        """Drop files on the composer."""
        mime = QMimeData()
        mime.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
        assert self.composer.take(mime)

    def picture(self, name: str, colour: Colour = (40, 120, 90), size: tuple[int, int] = (64, 48)) -> Path:
        """Write a picture file of one colour; its format goes by its ending."""
        path = self.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        Image.new("RGB", size, colour).save(path)
        return path

    async def settled(self, count: int) -> None:
        """Wait until *count* tiles are there and none is being prepared."""
        await self.until(lambda: len(self.states()) == count and not self.strip.is_preparing())

    async def until(self, is_so: Callable[[], bool]) -> None:
        """Wait until something holds; raises TimeoutError."""
        async with asyncio.timeout(LIMIT_S):
            while not is_so():
                await asyncio.sleep(0.01)

    async def ended(self, task_id: TaskId) -> Task:
        """Wait until a task is done and its pictures have their readable names; return it."""
        task = None
        async with asyncio.timeout(LIMIT_S):
            while (
                task is None or task.state is not TaskState.DONE or not all(each.saved_path for each in task.pictures)
            ):
                task = await self.program.store.tasks.get(task_id)
        return task

    async def ledger(self) -> dict[str, Any]:
        """Return the simulator's books."""
        return dict(json.loads(await self.fetched(str(self.program.base_url.copy_with(path="/_sim/ledger")))))

    async def fetched(self, url: str) -> bytes:
        """Return what anybody gets who has the link."""

        def get() -> bytes:
            with DIRECT.open(url, timeout=LIMIT_S) as reply:
                return bytes(reply.read())

        return await asyncio.to_thread(get)

    async def colour_at(self, url: str) -> Colour:
        """Return the colour of the picture behind a link, roughly: a JPEG keeps none exactly."""
        image = Image.open(BytesIO(await self.fetched(url))).convert("RGB")
        pixel = image.getpixel((image.width // 2, image.height // 2))
        assert isinstance(pixel, tuple)
        red, green, blue = (round(value / 51) * 51 for value in pixel)
        return red, green, blue


Story = Callable[[ReferenceDesk], Awaitable[None]]


@asynccontextmanager
async def reference_desk(folder: Path) -> AsyncIterator[ReferenceDesk]:
    """Run the demo with its window in this process."""
    options = demo_options(folder)
    window = MainWindow(Layout(options.data_dir).thumbnail, lambda: datetime.now(UTC))
    window.show()
    async with running_program(options, KeyRing(Scrubber(), Keychain(account="a test's"))) as program:
        attachment = Attachment(window, program)
        await attachment.attach()
        try:
            yield ReferenceDesk(window, program, folder)
        finally:
            await attachment.detach()
    window.let_close()
    window.deleteLater()


def is_ready(state: TileState) -> bool:
    """Whether a tile may be sent as it is."""
    return state.kind in (Kind.READY, Kind.HOSTED)
