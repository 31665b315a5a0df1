"""Knows a picture from anywhere again: by its bytes, by the recipe in its file, by what it looks like."""

from __future__ import annotations

import hashlib
import stat
from dataclasses import dataclass
from enum import Enum, auto
from pathlib import Path
from typing import Final

from seedream_desktop.domain.picture import Picture
from seedream_desktop.domain.recipe import Recipe
from seedream_desktop.domain.task import ServiceTaskId, Task
from seedream_desktop.ports.errors import UnusableReferenceError
from seedream_desktop.ports.recognition import LikenessIndex, Lookalike, TraceReader, Traces
from seedream_desktop.ports.tasks import TaskStore
from seedream_desktop.system.daemon_thread import call_in_daemon_thread
from seedream_desktop.ui.intake.offer import Offer

# No picture of the service is larger.
_MOST_BYTES: Final = 64 * 1024 * 1024
_SILENCE_S: Final = 20.0
# Beside a picture that is so much more alike, another one is not meant: 6 of 128 bits.
_PLAINLY_LESS: Final = 6 / 128


class How(Enum):
    """By what a picture was known again."""

    SAME_FILE = auto()
    RECIPE = auto()
    LOOKS = auto()


@dataclass(frozen=True, slots=True)
class Match:
    """A picture of the library; *alikeness* is from 0 to 1."""

    task: Task
    picture: Picture
    how: How
    alikeness: float = 1.0


@dataclass(frozen=True, slots=True)
class Recognition:
    """What is known of a picture: those of the library that it may be, the likeliest first, and its own recipe."""

    matches: tuple[Match, ...] = ()
    recipe: Recipe | None = None


class Recogniser:
    """Asks the store and the imaging worker; nothing here waits on the loop."""

    def __init__(self, tasks: TaskStore, likenesses: LikenessIndex, reader: TraceReader) -> None:
        self._tasks = tasks
        self._likenesses = likenesses
        self._reader = reader

    async def recognise(self, offer: Offer) -> Recognition:
        """Return what is known of a dropped file; raises StorageError."""
        path = Path(offer.path or "")
        sha256 = offer.sha256 or await _content_of(path)
        same = await self._match(sha256, How.SAME_FILE) if sha256 else None
        if same is not None:
            return Recognition((same,))
        traces = await self._traces(path)
        alike = await self._likenesses.lookalikes(traces.likeness) if traces.likeness else ()
        made = await self._made_by(traces.recipe, alike)
        return Recognition((made,) if made else await self._lookalikes(alike), traces.recipe)

    async def _traces(self, path: Path) -> Traces:
        try:
            return await self._reader.traces(path)
        except UnusableReferenceError:
            return Traces()

    async def _match(self, sha256: str, how: How, alikeness: float = 1.0) -> Match | None:
        task = await self._tasks.with_picture(sha256)
        found = (picture for picture in task.pictures if picture.sha256 == sha256) if task else iter(())
        picture = next(found, None)
        return Match(task, picture, how, alikeness) if task and picture else None

    async def _made_by(self, recipe: Recipe | None, alike: tuple[Lookalike, ...]) -> Match | None:
        """Return the picture of the task that the recipe names: the one that looks like it, else its only one."""
        task = await self._tasks.by_service_id(ServiceTaskId(recipe.task_id)) if recipe and recipe.task_id else None
        if task is None or not task.stored_pictures:
            return None
        seen = {lookalike.sha256: lookalike.distance for lookalike in reversed(alike)}
        pictures = [picture for picture in task.stored_pictures if picture.sha256 in seen]
        picture = min(pictures, key=lambda known: seen[known.sha256 or ""], default=task.stored_pictures[0])
        return Match(task, picture, How.RECIPE)

    async def _lookalikes(self, alike: tuple[Lookalike, ...]) -> tuple[Match, ...]:
        likely = [each for each in alike if alike[0].alikeness - each.alikeness < _PLAINLY_LESS]
        found = [await self._match(each.sha256, How.LOOKS, each.alikeness) for each in likely]
        return tuple(match for match in found if match is not None)


async def _content_of(path: Path) -> str | None:
    """Return the hash of a file, without waiting for a network folder that keeps silent."""
    try:
        return await call_in_daemon_thread(lambda: _sha256_of(path), _SILENCE_S, "read a dropped file")
    except TimeoutError:
        return None


def _sha256_of(path: Path) -> str | None:
    """Return the hash of what may be a picture of ours; reading from a pipe would never end, from a film for long."""
    try:
        found = path.stat()
        if not stat.S_ISREG(found.st_mode) or found.st_size > _MOST_BYTES:
            return None
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except (OSError, ValueError):  # ValueError: a NUL in the path
        return None
