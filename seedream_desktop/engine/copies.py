"""Copies finished pictures into the user's library, and catches up when the folder was away for a while."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable
from functools import partial
from pathlib import Path
from typing import Final

from seedream_desktop.domain.events import StorageRecovered, StorageTroubled
from seedream_desktop.domain.naming import picture_name
from seedream_desktop.domain.picture import Picture
from seedream_desktop.domain.task import Task, TaskId
from seedream_desktop.engine.bus import Bus
from seedream_desktop.ports import Clock, Library, StorageError, TaskStore

log = logging.getLogger(__name__)

_CATCH_UP_EVERY_S: Final = 60.0

ChangeTask = Callable[[TaskId, Callable[[Task], Task]], Awaitable[None]]


class Copier:
    """The library is a second place: trouble with it is told, and never holds up or loses a picture."""

    def __init__(self, library: Library, tasks: TaskStore, clock: Clock, bus: Bus) -> None:
        self._library = library
        self._tasks = tasks
        self._clock = clock
        self._bus = bus
        self._is_behind = asyncio.Event()
        self._is_behind.set()
        self._is_troubled = False

    async def copied(self, task: Task, picture: Picture) -> Picture:
        """Return the picture with its copy in the library; unchanged, and told, when that cannot be done now."""
        if picture.path is None or picture.saved_path is not None:
            return picture
        original = Path(picture.path)
        extension = original.suffix.lstrip(".")
        name = picture_name(task.created_at, task.request.prompt, task.id, picture.position, extension)
        try:
            saved = await self._library.save(original, name)
        except StorageError as error:
            self._fall_behind(error)
            return picture
        return picture.but(saved_path=str(saved))

    async def keep_up(self, change: ChangeTask) -> None:
        """Until cancelled, make the copies that could not be made when their pictures came.

        *change* applies a change to a task's newest value and saves it.
        """
        while True:
            await self._is_behind.wait()
            self._is_behind.clear()
            try:
                await self._catch_up(change)
            except StorageError as error:
                self._fall_behind(error)
            if self._is_behind.is_set():
                await self._clock.sleep(_CATCH_UP_EVERY_S)
            elif self._is_troubled:
                self._is_troubled = False
                self._bus.publish(StorageRecovered())

    async def _catch_up(self, change: ChangeTask) -> None:
        for task in await self._tasks.with_unsaved_pictures():
            for picture in task.stored_pictures:
                saved = await self.copied(task, picture)
                if saved.saved_path is not None and saved != picture:
                    await change(task.id, partial(_with_copy, saved=saved))

    def _fall_behind(self, error: StorageError) -> None:
        log.warning("library: %s", error)
        self._is_behind.set()
        if not self._is_troubled:
            self._is_troubled = True
            self._bus.publish(StorageTroubled(error.failure))


def _with_copy(task: Task, saved: Picture) -> Task:
    picture = task.pictures[saved.position]
    return task.with_picture(picture.but(saved_path=saved.saved_path))
