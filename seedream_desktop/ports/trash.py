"""The trash: which pictures are in it, and how their files get into the trash of the system and back."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Protocol

from seedream_desktop.domain.task import TaskId
from seedream_desktop.ports.errors import StorageError


class NoTrashError(StorageError):
    """The system has no trash for files of this folder: a file there could only be deleted for good."""


@dataclass(frozen=True, slots=True)
class LibraryCopy:
    """A picture's copy in the user's folder, *place*, when the picture was thrown away.

    *is_same* tells whether it had the bytes of the original. *lies_at* is where it lies in the trash of the system:
    None while it is still in its place, empty when the system did not say.
    """

    task_id: TaskId
    position: int
    place: str
    is_same: bool = True
    lies_at: str | None = None


@dataclass(frozen=True, slots=True)
class Trashed:
    """A picture in the trash, by its SHA-256; *original* is None once its bytes left the program's own folder."""

    sha256: str
    trashed_at: datetime
    copies: tuple[LibraryCopy, ...] = ()
    original: str | None = None


class TrashStore(Protocol):
    """What is in the trash, as written down. All calls raise StorageError."""

    async def note(self, pictures: Mapping[str, Sequence[LibraryCopy]]) -> tuple[str, ...]:
        """Commit that pictures, by SHA-256, are in the trash; return those that were not there."""
        ...

    async def update(self, pictures: Mapping[str, Sequence[LibraryCopy]]) -> None:
        """Commit where the copies of pictures in the trash are now."""
        ...

    async def forget(self, contents: Iterable[str]) -> tuple[str, ...]:
        """Commit that pictures are no longer in the trash; return those that were."""
        ...

    async def all(self) -> tuple[Trashed, ...]:
        """Return everything that was thrown away, the newest first."""
        ...

    async def contents(self) -> frozenset[str]:
        """Return the SHA-256 of everything that was thrown away."""
        ...

    async def looked_at(self) -> datetime | None:
        """Return when the trash was last looked through for old pictures, by the clock of that moment; None: never."""
        ...

    async def note_look(self, at: datetime) -> None:
        """Commit when it was looked through."""
        ...

    async def begin_anew(self, at: datetime) -> None:
        """Commit that everything counts as thrown away *at* this moment: what was written down before means nothing."""
        ...

    async def tasks_with(self, contents: Iterable[str]) -> tuple[TaskId, ...]:
        """Return the tasks that have a picture of one of these contents."""
        ...


class TrashFiles(Protocol):
    """Moves single files; all calls raise StorageError."""

    async def is_there(self, path: Path) -> bool:
        """Whether there is such a file."""
        ...

    async def is_same(self, original: Path, copy: Path) -> bool:
        """Whether both have the same bytes, or there is no copy to lose; False when one cannot be read."""
        ...

    async def throw(self, path: Path) -> str:
        """Move a file into the trash of the system and return where it lies; empty when it was gone or is not told.

        Raises:
            NoTrashError: when it could only be deleted for good.
            StorageError: when it stays where it is for another reason, as long as that lasts.
        """
        ...

    async def bring_back(self, lies_at: Path, place: Path) -> bool:
        """Take a file out of the trash of the system; False when it is not there or its place is taken."""
        ...

    async def delete(self, path: Path) -> None:
        """Remove a file for good; one that is not there is as good as removed."""
        ...
