"""A folder of the user's own that takes copies of pictures: made once, marked, and never overwritten.

A folder that is gone later may be a drive that is not plugged in: it is never created again by itself, because that
would fill a folder nobody looks into.
"""

from __future__ import annotations

import asyncio
import filecmp
import os
import uuid
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from itertools import count
from pathlib import Path
from typing import Final, TypeVar

from seedream_desktop.crashpoints import pass_point
from seedream_desktop.store.errors import LIBRARY_MISSING, trouble, troubles_named
from seedream_desktop.store.files import BINARY, USERS_FILE, sync_file, sync_folder, take_name, write_all
from seedream_desktop.store.meta import Meta
from seedream_desktop.store.threads import run_on

T = TypeVar("T")
_MARKER: Final = ".seedream-library-"
_BLOCK_BYTES: Final = 1024 * 1024


class MarkedFolder:
    """*prefix* begins the names of our unfinished copies, *max_path_chars* is the longest path the system takes."""

    def __init__(self, path: Path, meta: Meta, prefix: str, max_path_chars: int | None) -> None:
        self.path = path
        self._meta = meta
        self._prefix = prefix
        self._max_path_chars = max_path_chars
        self._lock = asyncio.Lock()
        self._is_swept = False
        # A thread of its own: a network drive that hangs must hold up nothing else.
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="library")

    async def found(self) -> None:
        """Make and mark the folder when need be: the user has just said so. Raises StorageError."""
        async with self._lock:
            await self._found()
            self._is_swept = False

    async def save(self, original: Path, name: str) -> Path:
        """Copy the bytes into the folder under a free name like *name* and return the path.

        A file of that name with the same bytes is taken as the copy.

        Raises:
            StorageError: with the code LIBRARY_MISSING when the folder is not where it was.
        """
        async with self._lock:
            await self._ready()
            return await self._run(lambda: self._copy(original, name))

    async def sweep(self) -> int:
        """Remove unfinished copies a crash left behind and return how many; 0 when the folder is away."""
        async with self._lock:
            self._is_swept = True
            return await self._run(lambda: _sweep(self.path, self._prefix))

    def close(self) -> None:
        """Start no more copies."""
        self._thread.shutdown(wait=False, cancel_futures=True)

    async def _ready(self) -> None:
        known = await self._meta.get(key_of(self.path))
        if known is None:
            await self._found()
        elif not await self._run((self.path / f"{_MARKER}{known}").is_file):
            raise trouble(LIBRARY_MISSING, str(self.path))
        if not self._is_swept:
            await self._run(lambda: _sweep(self.path, self._prefix))
            self._is_swept = True

    async def _found(self) -> None:
        """Mark the folder first, then remember it: a crash between leaves a marker that is found again."""
        marker = await self._run(lambda: _mark(self.path))
        await self._meta.put(key_of(self.path), marker)

    def _copy(self, original: Path, name: str) -> Path:
        part = self.path / f"{self._prefix}{uuid.uuid4().hex}.part"
        try:
            _copy_synced(original, part)
            return self._settle(part, original, name)
        finally:
            part.unlink(missing_ok=True)

    def _settle(self, part: Path, original: Path, name: str) -> Path:
        for target in _targets(self.path, name, self._max_path_chars):
            if take_name(part, target):
                sync_folder(self.path)
                return target
            if target.is_file() and filecmp.cmp(original, target, shallow=False):
                return target
        raise AssertionError("there is always a next name")

    async def _run(self, work: Callable[[], T]) -> T:
        def named() -> T:
            with troubles_named(self.path):
                return work()

        return await run_on(self._thread, named)


def key_of(folder: Path) -> str:
    """Return the name under which the mark of *folder* is remembered: one for each place, however it is written."""
    return f"library:{os.path.normcase(folder.absolute())}"


def _mark(folder: Path) -> str:
    """Return the id of the folder's marker, creating folder and marker when there are none."""
    folder.mkdir(parents=True, exist_ok=True)
    known = next(folder.glob(f"{_MARKER}*"), None)
    if known is not None:
        return known.name.removeprefix(_MARKER)
    marker = uuid.uuid4().hex
    (folder / f"{_MARKER}{marker}").touch(exist_ok=False)
    sync_folder(folder)
    return marker


def _sweep(folder: Path, prefix: str) -> int:
    strays = list(folder.glob(f"{prefix}*.part"))
    for stray in strays:
        stray.unlink(missing_ok=True)
    return len(strays)


def _targets(folder: Path, name: str, max_path_chars: int | None) -> Iterator[Path]:
    """Yield ``name.jpg``, ``name (2).jpg``, … inside *folder*, each path within the limit."""
    stem, suffix = Path(Path(name).name).stem, Path(name).suffix
    for number in count(1):
        ending = f" ({number}){suffix}" if number > 1 else suffix
        room = len(stem) if max_path_chars is None else max_path_chars - len(str(folder)) - 1 - len(ending)
        yield folder / f"{stem[: max(1, room)].rstrip('. ') or '_'}{ending}"


def _copy_synced(original: Path, part: Path) -> None:
    target = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL | BINARY, USERS_FILE)
    try:
        with original.open("rb") as source:
            size_bytes = os.fstat(source.fileno()).st_size
            _copy_bytes(source.fileno(), target, max(1, min(_BLOCK_BYTES, size_bytes // 2)))
        sync_file(target)
    finally:
        os.close(target)


def _copy_bytes(source: int, target: int, block_bytes: int) -> None:
    is_first = True
    while block := os.read(source, block_bytes):
        write_all(target, block)
        if is_first:
            pass_point("export.half")
        is_first = False
