"""Moves files into the trash of the system and out of it again, behind `ports.trash.TrashFiles`."""

from __future__ import annotations

import filecmp
import os
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import TypeVar

from seedream_desktop.store.errors import FOLDER_READ_ONLY, FOLDER_UNUSABLE, trouble, troubles_named
from seedream_desktop.store.files import patiently, take_name
from seedream_desktop.store.threads import run_on

T = TypeVar("T")


class SystemTrashFiles:
    """*throw_away* moves one existing file into the trash of the system and returns where it lies, or "".

    It raises NoTrashError. It is called on a thread of its own: a network drive that hangs must hold up nothing else.
    """

    def __init__(self, throw_away: Callable[[Path], str]) -> None:
        self._throw_away = throw_away
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="trash")

    async def is_there(self, path: Path) -> bool:
        """Whether there is such a file; raises StorageError."""
        return await self._run(path, path.is_file)

    async def is_same(self, original: Path, copy: Path) -> bool:
        """Whether both have the same bytes, or there is no copy to lose; False when one cannot be read."""
        return await self._run(copy, lambda: _are_same(original, copy))

    async def throw(self, path: Path) -> str:
        """Move a file into the trash of the system and return where it lies; empty when it was gone or is not told.

        Raises:
            NoTrashError: when it could only be deleted for good.
            StorageError: when its folder is away or read-only.
        """
        return await self._run(path, lambda: self._throw(path))

    async def bring_back(self, lies_at: Path, place: Path) -> bool:
        """Take a file out of the trash of the system; False when it is not there or its place is taken."""
        return await self._run(place, lambda: _bring_back(lies_at, place))

    async def delete(self, path: Path) -> None:
        """Remove a file for good; raises StorageError."""
        await self._run(path, lambda: patiently(lambda: path.unlink(missing_ok=True)))

    def close(self) -> None:
        """Start no more moves."""
        self._thread.shutdown(wait=False, cancel_futures=True)

    def _throw(self, path: Path) -> str:
        folder = path.parent
        if not folder.is_dir():
            raise trouble(FOLDER_UNUSABLE, str(folder))
        if not path.is_file():
            return ""
        # Asked first: the system's own answer does not tell a folder that is read-only from one without a trash.
        if not os.access(folder, os.W_OK):
            raise trouble(FOLDER_READ_ONLY, str(folder))
        return self._throw_away(path)

    async def _run(self, path: Path, work: Callable[[], T]) -> T:
        def named() -> T:
            with troubles_named(path.parent):
                return work()

        return await run_on(self._thread, named)


def _are_same(original: Path, copy: Path) -> bool:
    if copy.parent.is_dir() and not copy.exists():
        return True
    try:
        return filecmp.cmp(original, copy, shallow=False)
    except OSError:
        return False


def _bring_back(lies_at: Path, place: Path) -> bool:
    if not lies_at.is_file() or not place.parent.is_dir() or not take_name(lies_at, place):
        return False
    lies_at.unlink(missing_ok=True)
    # Its note, beside it as freedesktop.org's trash specification has it, would show a file that is not there.
    (lies_at.parent.parent / "info" / f"{lies_at.name}.trashinfo").unlink(missing_ok=True)
    return True
