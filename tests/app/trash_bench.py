"""A trash over a real store, real folders and the real code for the system's trash, in a home of its own."""

from __future__ import annotations

import hashlib
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import cast
from urllib.parse import unquote

import pytest

from seedream_desktop.app.system_trash import throw_away
from seedream_desktop.domain.picture import Picture, PictureState
from seedream_desktop.domain.pixels import PixelSize
from seedream_desktop.domain.reference import Reference
from seedream_desktop.domain.request import GenerationRequest
from seedream_desktop.domain.task import Task, TaskId, TaskState
from seedream_desktop.engine.bus import Bus
from seedream_desktop.engine.copies import Copier
from seedream_desktop.engine.trash import Trash, TrashParts
from seedream_desktop.ports.clock import Clock
from seedream_desktop.store.opening import Store
from seedream_desktop.store.trash_files import SystemTrashFiles
from tests.fakes import FakeClock
from tests.store.samples import opened, task_of


class LateClock(FakeClock):
    """A clock of the wall that can be put forward."""

    ahead = timedelta(0)

    def now(self) -> datetime:
        return datetime.now(UTC) + self.ahead


@dataclass
class TrashBench:
    """A library in *folder* with a trash; *files* moves what it throws away."""

    folder: Path
    store: Store
    files: SystemTrashFiles
    clock: LateClock = field(default_factory=LateClock)

    def __post_init__(self) -> None:
        clock, store = cast(Clock, self.clock), self.store
        parts = TrashParts(store.trash, self.files, store.tasks, store.references, clock, store.layout.thumbnail)
        self.copier = Copier(self.store.library, self.store.tasks, cast(Clock, self.clock), Bus())
        self.trash = Trash(parts, self.copier, self.change)

    async def change(self, task_id: TaskId, change: Callable[[Task], Task]) -> None:
        task = await self.store.tasks.get(task_id)
        assert task is not None
        await self.store.tasks.save(change(task))

    @property
    def library(self) -> Path:
        return self.folder / "library"

    @property
    def system(self) -> Path:
        return self.folder / "home/share/Trash"

    async def finished(self, name: str, *contents: str, age_s: float = 0) -> Task:
        """Save a task made *age_s* before noon with a stored and copied picture of each content."""
        pictures = [await self._picture(name, at, content) for at, content in enumerate(contents)]
        task = task_of(name, age_s=age_s, state=TaskState.DONE).but(pictures=tuple(pictures))
        await self.store.tasks.save(task)
        return task

    async def _picture(self, name: str, position: int, content: str) -> Picture:
        sha256 = sha(content)
        original = self.store.layout.originals / sha256[:2] / f"{sha256}.png"
        original.parent.mkdir(parents=True, exist_ok=True)
        original.write_text(content)
        saved = await self.store.library.save(original, f"{name}_{position}.png")
        size = PixelSize(64, 64)
        return Picture(position, "https://x.example/a", PictureState.STORED, 1, sha256, str(original), str(saved), size)

    async def pictures(self, name: str) -> tuple[Picture, ...]:
        """Return the pictures of a task as the disk knows them."""
        task = await self.store.tasks.get(TaskId(name))
        assert task is not None
        return task.pictures

    def in_library(self) -> list[str]:
        return sorted(path.name for path in self.library.iterdir() if not path.name.startswith("."))

    def in_system_trash(self) -> list[str]:
        """Return where the files in the trash of the system came from, checked to be there."""
        places = []
        for note in sorted((self.system / "info").glob("*.trashinfo")):
            assert (self.system / "files" / note.stem).is_file()
            places.append(unquote(note.read_text().split("Path=", 1)[1].splitlines()[0]))
        return sorted(Path(place).name for place in places)

    async def order_with(self, source: str) -> None:
        """Save an order in the queue with a reference that was not prepared yet."""
        request = GenerationRequest("an owl", references=(Reference(source),))
        await self.store.tasks.save(task_of("order").but(request=request))


def sha(content: str) -> str:
    return hashlib.sha256(content.encode()).hexdigest()


def at_home(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Keep the trash of this machine out of it."""
    monkeypatch.setenv("HOME", str(folder / "home"))
    monkeypatch.setenv("XDG_DATA_HOME", str(folder / "home/share"))
    (folder / "home").mkdir(exist_ok=True)


@asynccontextmanager
async def trash_bench(folder: Path, throw: Callable[[Path], str] = throw_away) -> AsyncIterator[TrashBench]:
    """Open the library in *folder*, again if it is there already."""
    async with opened(folder / "data", folder / "library") as store:
        files = SystemTrashFiles(throw)
        try:
            yield TrashBench(folder, store, files)
        finally:
            files.close()
