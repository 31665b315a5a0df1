"""Disks as the engine's tests want them: stores, library and host that fail when told and note what they were given."""

from __future__ import annotations

import asyncio
import hashlib
from collections import Counter, deque
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Final

from seedream_desktop.domain.failure import Failure, FailureKind
from seedream_desktop.domain.pixels import PixelSize
from seedream_desktop.domain.standing import Standing, standing_of
from seedream_desktop.domain.task import FINAL, Attempt, AttemptId, AttemptState, ServiceTaskId, Task, TaskId, TaskState
from seedream_desktop.engine.download import can_be_rescued
from seedream_desktop.ports.errors import DiskFullError, StorageError, UndecodableError
from seedream_desktop.ports.pictures import Examined, KeptPicture, PartFile
from seedream_desktop.ports.service import RawReply


def disk_full() -> DiskFullError:
    """Return the error of a write that found no space."""
    return DiskFullError(Failure(FailureKind.DISK_TROUBLE, "DISK_FULL"))


def disk_error() -> StorageError:
    """Return the error of a disk that is there and does not work."""
    return StorageError(Failure(FailureKind.DISK_TROUBLE, "DISK_ERROR"))


def _always(_task: Task) -> bool:
    return True


@dataclass
class _Trouble:
    times: int
    when: Callable[[Task], bool]
    error: StorageError


class MemoryTaskStore:
    """A TaskStore that keeps every value it was given, and notes what no store should ever be asked to keep."""

    def __init__(self, journal: list[str]) -> None:
        self._journal = journal
        self._troubles: list[_Trouble] = []
        self.rows: dict[TaskId, Task] = {}
        self.saved: list[Task] = []
        self.replies: dict[AttemptId, RawReply] = {}
        self.reply_troubles = 0
        self.violations: list[str] = []

    def fail(
        self, times: int = 1, *, when: Callable[[Task], bool] = _always, error: StorageError | None = None
    ) -> None:
        """Refuse the next *times* tasks that *when* is true of."""
        self._troubles.append(_Trouble(times, when, error or disk_full()))

    def forgive(self) -> None:
        """Be a good disk again."""
        self._troubles.clear()

    async def save(self, task: Task) -> None:
        await asyncio.sleep(0)
        for trouble in self._troubles:
            if trouble.times and trouble.when(task):
                trouble.times -= 1
                self._journal.append("save refused")
                raise trouble.error
        self.violations += violations(self.rows, task)
        self.rows[task.id] = task
        self.saved.append(task)
        self._journal.append(f"saved {_words(task)}")

    async def get(self, task_id: TaskId) -> Task | None:
        await asyncio.sleep(0)
        return self.rows.get(task_id)

    async def by_service_id(self, service_task_id: ServiceTaskId) -> Task | None:
        await asyncio.sleep(0)
        return next((task for task in self.rows.values() if task.service_task_id == service_task_id), None)

    async def newest(self, limit: int, before: Task | None = None) -> tuple[Task, ...]:
        tasks = sorted(self.rows.values(), key=lambda task: task.created_at, reverse=True)
        older = [task for task in tasks if before is None or task.created_at < before.created_at]
        return tuple(older[:limit])

    async def standings(self, since: datetime) -> tuple[Standing, ...]:
        counted = (task for task in self.rows.values() if not task.is_final or task.created_at >= since)
        return tuple(map(standing_of, counted))

    async def unfinished(self) -> tuple[Task, ...]:
        await asyncio.sleep(0)
        return tuple(task for task in self.rows.values() if not task.is_final or _wants_pictures(task))

    async def with_unsaved_pictures(self) -> tuple[Task, ...]:
        await asyncio.sleep(0)
        final = (task for task in self.rows.values() if task.state in FINAL)
        return tuple(task for task in final if any(p.saved_path is None for p in task.stored_pictures))

    async def save_reply(self, attempt_id: AttemptId, reply: RawReply) -> None:
        await asyncio.sleep(0)
        if self.reply_troubles:
            self.reply_troubles -= 1
            raise disk_full()
        self.replies[attempt_id] = reply
        self._journal.append("reply stored")

    async def reply_of(self, attempt_id: AttemptId) -> RawReply | None:
        await asyncio.sleep(0)
        return self.replies.get(attempt_id)

    async def with_picture(self, sha256: str) -> Task | None:
        owners = (task for task in self.rows.values() if any(p.sha256 == sha256 for p in task.stored_pictures))
        return max(owners, key=lambda task: task.created_at, default=None)


def _words(task: Task) -> str:
    attempt = f" {task.attempt.state}" if task.attempt else ""
    pictures = "".join(f" {picture.state}" for picture in task.pictures)
    return f"{task.state}{attempt}{pictures}"


def _wants_pictures(task: Task) -> bool:
    return task.state in (TaskState.PARTIAL, TaskState.FAILED) and can_be_rescued(task)


_OPEN: Final = frozenset({AttemptState.INTENT, AttemptState.WIRE, AttemptState.UNKNOWN})
_LEFT: Final = frozenset({AttemptState.WIRE, AttemptState.UNKNOWN, AttemptState.ACCEPTED, AttemptState.REFUSED})


def violations(rows: dict[TaskId, Task], task: Task) -> list[str]:
    """Return every rule about money that saving *task* over *rows* would break."""
    old = rows.get(task.id)
    owners = [row.id for row in rows.values() if row.service_task_id and row.service_task_id == task.service_task_id]
    broken = [f"{task.id}: the service's id is another task's" for owner in owners if owner != task.id]
    open_ones = Counter(attempt.authorised_by_user_at for attempt in task.attempts if attempt.state in _OPEN)
    broken += [f"{task.id}: two open attempts" for count in open_ones.values() if count > 1]
    if old is not None:
        broken += [f"{task.id}: {problem}" for known in old.attempts for problem in _undone(known, task)]
    return broken


def _undone(known: Attempt, task: Task) -> list[str]:
    new = next((attempt for attempt in task.attempts if attempt.id == known.id), None)
    if new is None:
        return ["an attempt disappeared"]
    if known.state in _LEFT and new.state not in _LEFT:
        return [f"an attempt went from {known.state} to {new.state}"]
    return []


@dataclass
class FilePart:
    """A PartFile on the real disk; *full_for* of its owner's writes find no space."""

    path: Path
    owner: MemoryPictureStore

    async def write(self, chunk: bytes) -> None:
        if self.owner.full_for:
            self.owner.full_for -= 1
            raise disk_full()
        with self.path.open("ab") as file:
            file.write(chunk)


@dataclass
class MemoryPictureStore:
    """A PictureStore in *folder*."""

    folder: Path
    full_for: int = 0
    begun: list[tuple[TaskId, int]] = field(default_factory=list)

    @asynccontextmanager
    async def begin(self, task_id: TaskId, position: int) -> AsyncIterator[PartFile]:
        self.begun.append((task_id, position))
        part = FilePart(self.folder / f"{len(self.begun)}.part", self)
        part.path.touch()
        try:
            yield part
        finally:
            part.path.unlink(missing_ok=True)

    async def keep(self, part: PartFile, media_format: str) -> KeptPicture:
        content = part.path.read_bytes()
        sha256 = hashlib.sha256(content).hexdigest()
        kept = self.folder / f"{sha256}.{media_format.lower()}"
        part.path.replace(kept)
        return KeptPicture(kept, sha256, len(content))

    def thumbnail_path(self, sha256: str, edge_px: int) -> Path:
        return self.folder / f"{sha256}.{edge_px}.png"


@dataclass
class FakeLibrary:
    """A Library in *folder* that can go missing, and so can the folders of the projects in *missing*."""

    folder: Path
    is_missing: bool = False
    missing: set[str | None] = field(default_factory=set)

    async def save(self, original: Path, name: str, *, project: str | None = None) -> Path:
        await asyncio.sleep(0)
        if project in self.missing:
            raise StorageError(Failure(FailureKind.DISK_TROUBLE, "PROJECT_FOLDER_MISSING", str(project)))
        if self.is_missing and project is None:
            raise StorageError(Failure(FailureKind.DISK_TROUBLE, "LIBRARY_MISSING"))
        target = self.folder / (f"{project} {name}" if project else name)
        target.write_bytes(original.read_bytes())
        return target


@dataclass
class FakeInspector:
    """A PictureInspector that takes every file that begins as `content_of` does."""

    errors: deque[Exception] = field(default_factory=deque)
    makes_thumbnails: bool = True

    async def examine(self, path: Path) -> Examined:
        await asyncio.sleep(0)
        if self.errors:
            raise self.errors.popleft()
        if not path.read_bytes().startswith(b"picture"):
            raise UndecodableError("not a picture of the tests")
        return Examined("JPEG", PixelSize(2048, 2048))

    async def make_thumbnails(self, path: Path, targets: dict[int, Path]) -> None:
        if not self.makes_thumbnails:
            raise UndecodableError("the worker is gone")
        for target in targets.values():
            target.write_bytes(path.read_bytes()[:8])
