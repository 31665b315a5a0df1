"""Where copies of finished pictures go, behind `ports.Library`: the user's folder, and those of projects."""

from __future__ import annotations

import sys
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

from seedream_desktop.ports.errors import StorageError
from seedream_desktop.store.errors import (
    DISK_FULL,
    LIBRARY_MISSING,
    PROJECT_FOLDER_MISSING,
    PROJECT_FOLDER_UNUSABLE,
    trouble,
)
from seedream_desktop.store.marked_folder import MarkedFolder, key_of
from seedream_desktop.store.meta import Meta

_PART: Final = ".seedream-part-"
# Windows' own limit is 260 with the drive and the final NUL; the rest is for the user who moves the folder.
MAX_PATH_CHARS: Final = 240 if sys.platform == "win32" else None


@dataclass(frozen=True, slots=True)
class ProjectPlace:
    """The name and the folder of a project that has a folder of its own."""

    name: str
    folder: Path


PlaceOf = Callable[[str], Awaitable[ProjectPlace | None]]


async def _no_place(_project: str) -> ProjectPlace | None:
    return None


class UserLibrary:
    """Implements `ports.Library`; *owner* is a short text that marks this program's unfinished copies.

    *place_of* tells by the id of a project where its pictures go; None when that is *folder*.
    """

    def __init__(
        self,
        folder: Path,
        meta: Meta,
        owner: str,
        place_of: PlaceOf = _no_place,
        *,
        max_path_chars: int | None = MAX_PATH_CHARS,
    ) -> None:
        self._folder = folder
        self._meta = meta
        self._prefix = f"{_PART}{owner}-"
        self._place_of = place_of
        self._max_path_chars = max_path_chars
        self._marked: dict[str, MarkedFolder] = {}

    @property
    def folder(self) -> Path:
        """Where pictures are saved to that belong to no project with a folder of its own."""
        return self._folder

    async def choose(self, folder: Path) -> None:
        """Save to *folder* from now on, creating it when need be: the user has just said so. Raises StorageError."""
        await self.prepare(folder)
        self._folder = folder

    async def prepare(self, folder: Path) -> None:
        """Make and mark a folder the user has just chosen, for a project; raises StorageError."""
        await self._marked_at(folder).found()

    async def save(self, original: Path, name: str, *, project: str | None = None) -> Path:
        """Copy the bytes into the project's folder, or the library, under a free name like *name*; return the path.

        A file of that name with the same bytes is taken as the copy.

        Raises:
            StorageError: with LIBRARY_MISSING when the folder is not where it was. Of a project's folder, the codes
                are PROJECT_FOLDER_MISSING and PROJECT_FOLDER_UNUSABLE, and the message names the project.
        """
        place = None if project is None else await self._place_of(project)
        if place is None:
            return await self._marked_at(self._folder).save(original, name)
        try:
            return await self._marked_at(place.folder).save(original, name)
        except StorageError as error:
            raise _of_project(error, place) from error

    async def sweep(self) -> int:
        """Remove unfinished copies a crash left in the library and return how many; 0 when the folder is away.

        A project's folder is swept before its next copy, which a crash in the middle of a copy always leaves due.
        """
        return await self._marked_at(self._folder).sweep()

    def close(self) -> None:
        """Start no more copies."""
        for marked in self._marked.values():
            marked.close()

    def _marked_at(self, folder: Path) -> MarkedFolder:
        """Return the folder; two projects that share it, or share the library's, take turns."""
        key = key_of(folder)
        if key not in self._marked:
            self._marked[key] = MarkedFolder(folder, self._meta, self._prefix, self._max_path_chars)
        return self._marked[key]


def _of_project(error: StorageError, place: ProjectPlace) -> StorageError:
    failure = error.failure
    if failure.code == DISK_FULL:
        message = f"{place.name}, {failure.message}"
        return type(error)(replace(failure, message=message))
    if failure.code == LIBRARY_MISSING:
        return trouble(PROJECT_FOLDER_MISSING, f"“{place.name}” ({place.folder})")
    return trouble(PROJECT_FOLDER_UNUSABLE, f"“{place.name}” ({failure.message})")
