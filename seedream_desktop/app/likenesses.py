"""Looks at the library's pictures, so that a resaved copy is known again: new ones first, old ones in time."""

from __future__ import annotations

import asyncio
import logging
import time
from collections import deque
from pathlib import Path
from typing import Final

from seedream_desktop.domain.events import Event, PictureStored
from seedream_desktop.engine.bus import Bus
from seedream_desktop.ports.errors import StorageError, UnusableReferenceError
from seedream_desktop.ports.recognition import TraceReader
from seedream_desktop.ports.tasks import TaskStore
from seedream_desktop.store.layout import Layout
from seedream_desktop.store.likeness import SqliteLikenesses

log = logging.getLogger(__name__)

_EDGE_PX: Final = 256
_AT_ONCE: Final = 20
# The start belongs to the user, and so does most of the processor after it.
_FIRST_AFTER_S: Final = 10.0
_REST_SHARE: Final = 4
_AGAIN_S: Final = 300.0


class LikenessKeeper:
    """Keeps the likeness of every picture on this disk, made from its thumbnail where there is one."""

    def __init__(self, likenesses: SqliteLikenesses, tasks: TaskStore, reader: TraceReader, layout: Layout) -> None:
        self._likenesses = likenesses
        self._tasks = tasks
        self._reader = reader
        self._layout = layout
        self._fresh: deque[str] = deque()
        self._has_fresh = asyncio.Event()

    def follow(self, bus: Bus) -> None:
        """Look at the pictures that come, before all others."""
        bus.subscribe(self._note)

    async def keep_up(self) -> None:
        """Look at one picture after the other, until cancelled; what the disk refuses is tried again later."""
        await asyncio.gather(self._keep_up_with_fresh(), self._fill_in())

    async def look_at(self, contents: tuple[str, ...]) -> None:
        """Keep the likeness of these pictures; raises StorageError."""
        await self._likenesses.keep({content: await self._likeness(content) for content in contents})

    def _note(self, event: Event) -> None:
        if isinstance(event, PictureStored) and event.picture.sha256 is not None:
            self._fresh.append(event.picture.sha256)
            self._has_fresh.set()

    async def _keep_up_with_fresh(self) -> None:
        while True:
            await self._has_fresh.wait()
            self._has_fresh.clear()
            while self._fresh:
                await self._try((self._fresh.popleft(),))

    async def _fill_in(self) -> None:
        await asyncio.sleep(_FIRST_AFTER_S)
        while True:
            begun_s = time.monotonic()
            is_done = await self._fill_in_some()
            await asyncio.sleep(_AGAIN_S if is_done else _REST_SHARE * (time.monotonic() - begun_s))

    async def _fill_in_some(self) -> bool:
        """Return whether there is nothing left to do for now."""
        try:
            contents = await self._likenesses.unseen(_AT_ONCE)
        except StorageError as error:
            log.warning("likenesses: %s", error)
            return True
        return not contents or not await self._try(contents)

    async def _try(self, contents: tuple[str, ...]) -> bool:
        try:
            await self.look_at(contents)
        except StorageError as error:
            log.warning("likenesses: %s", error)
            return False
        return True

    async def _likeness(self, content: str) -> bytes | None:
        path = await self._file(content)
        try:
            return (await self._reader.traces(path)).likeness if path is not None else None
        except UnusableReferenceError as error:
            log.info("no likeness of %s: %s", content[:12], error)
            return None

    async def _file(self, content: str) -> Path | None:
        """Return the thumbnail, else the original; None when there is neither."""
        thumbnail = self._layout.thumbnail(content, _EDGE_PX)
        if await asyncio.to_thread(thumbnail.is_file):
            return thumbnail
        task = await self._tasks.with_picture(content)
        found = (picture.path for picture in task.pictures if picture.sha256 == content) if task else iter(())
        return next((Path(path) for path in found if path), None)
