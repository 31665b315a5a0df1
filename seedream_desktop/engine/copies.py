"""Copies finished pictures into the user's folders, and catches up when one of them was away for a while."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable, Collection
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Final

from seedream_desktop.domain.events import StorageRecovered, StorageTroubled
from seedream_desktop.domain.failure import Failure
from seedream_desktop.domain.naming import picture_name
from seedream_desktop.domain.picture import Picture
from seedream_desktop.domain.task import Task, TaskId
from seedream_desktop.engine.bus import Bus
from seedream_desktop.ports.clock import Clock
from seedream_desktop.ports.errors import StorageError
from seedream_desktop.ports.pictures import Library
from seedream_desktop.ports.tasks import TaskStore

log = logging.getLogger(__name__)

_LOOK_EVERY_S: Final = 0.5
_FIRST_AGAIN_S: Final = 2.0
# Further away than what keeps the `run` command waiting: a folder that is away may stay away.
_AGAIN_S: Final = 61.0
_AWAY: Final = frozenset({"LIBRARY_MISSING", "PROJECT_FOLDER_MISSING"})

ChangeTask = Callable[[TaskId, Callable[[Task], Task]], Awaitable[None]]
Contents = Callable[[], Awaitable[Collection[str]]]


@dataclass(frozen=True, slots=True)
class _Trouble:
    failure: Failure
    again_s: float


class Copier:
    """The library is a second place: trouble with it is told, and never holds up or loses a picture.

    A project's folder has troubles of its own: while one folder is away, copies into the others go on.
    """

    def __init__(self, library: Library, tasks: TaskStore, clock: Clock, bus: Bus) -> None:
        self._library = library
        self._tasks = tasks
        self._clock = clock
        self._bus = bus
        self._is_behind = asyncio.Event()
        self._is_behind.set()
        # By project, the library under None; and which of them failed since the last round began.
        self._troubles: dict[str | None, _Trouble] = {}
        self._failed: set[str | None] = set()
        self._spared: Contents | None = None

    def spare(self, contents: Contents) -> None:
        """Copy no picture whose SHA-256 is among *contents*, asked for anew each time: it was thrown away."""
        self._spared = contents

    def is_due_within(self, seconds: float) -> bool:
        """Whether copies are missing and the next try to make them is at most *seconds* engine seconds away."""
        return self._is_behind.is_set() and self._again_s <= seconds

    @property
    def _again_s(self) -> float:
        return min((trouble.again_s for trouble in self._troubles.values()), default=0.0)

    async def rest(self, seconds: float) -> None:
        """Return when no try is due within *seconds* engine seconds."""
        while self.is_due_within(seconds):
            await self._clock.sleep(_LOOK_EVERY_S)

    async def copied(self, task: Task, picture: Picture) -> Picture:
        """Return the picture with its copy in the library; unchanged, and told, when that cannot be done now."""
        if picture.path is None or picture.saved_path is not None or await self._is_spared(picture):
            return picture
        original = Path(picture.path)
        extension = original.suffix.lstrip(".")
        name = picture_name(task.created_at, task.request.prompt, task.id, picture.position, extension)
        try:
            saved = await self._library.save(original, name, project=task.project)
        except StorageError as error:
            self._fall_behind(error, task.project)
            return picture
        return picture.but(saved_path=str(saved))

    async def _is_spared(self, picture: Picture) -> bool:
        try:
            return self._spared is not None and picture.sha256 in await self._spared()
        except StorageError as error:
            log.warning("the trash cannot be read: %s", error)
            return False

    async def keep_up(self, change: ChangeTask) -> None:
        """Until cancelled, make the copies that could not be made when their pictures came.

        *change* applies a change to a task's newest value and saves it.
        """
        while True:
            await self._is_behind.wait()
            await self._clock.sleep(self._again_s)
            self._failed.clear()
            try:
                await self._catch_up(change)
            except StorageError as error:
                self._fall_behind(error, None)
            self._end_round()

    async def _catch_up(self, change: ChangeTask) -> None:
        """Try every missing copy once."""
        for task in await self._tasks.with_unsaved_pictures():
            for picture in task.stored_pictures:
                saved = await self.copied(task, picture)
                if saved.saved_path is not None and saved != picture:
                    await change(task.id, partial(_with_copy, saved=saved))

    def _end_round(self) -> None:
        """Forget the troubles that are over, and tell what is left of them."""
        left = {place: trouble for place, trouble in self._troubles.items() if place in self._failed}
        is_better, self._troubles = len(left) < len(self._troubles), left
        if not left:
            self._is_behind.clear()
        if is_better:
            newest = next(reversed(left.values()), None)
            self._bus.publish(StorageTroubled(newest.failure) if newest else StorageRecovered())

    def _fall_behind(self, error: StorageError, place: str | None) -> None:
        log.warning("library: %s", error)
        known = self._troubles.get(place)
        again_s = min(_AGAIN_S, max(_FIRST_AGAIN_S, 2 * known.again_s if known else 0.0))
        self._troubles[place] = _Trouble(error.failure, _AGAIN_S if error.failure.code in _AWAY else again_s)
        self._failed.add(place)
        self._is_behind.set()
        if known is None:
            self._bus.publish(StorageTroubled(error.failure))


def _with_copy(task: Task, saved: Picture) -> Task:
    picture = task.pictures[saved.position]
    return task.with_picture(picture.but(saved_path=saved.saved_path))
