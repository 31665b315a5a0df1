"""Originals under the hash of their bytes, whole or not there at all, behind `ports.PictureStore`.

The order of steps is what a power cut cannot break: write, sync the file, rename, sync the folder.
"""

from __future__ import annotations

import hashlib
import os
import threading
import uuid
from collections.abc import AsyncIterator, Awaitable, Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Final, TypeVar

from seedream_desktop.crashpoints import pass_point
from seedream_desktop.domain.naming import EXTENSIONS
from seedream_desktop.domain.task import TaskId
from seedream_desktop.ports.pictures import KeptPicture, PartFile
from seedream_desktop.store.errors import troubles_named
from seedream_desktop.store.files import (
    BINARY,
    PRIVATE_FILE,
    make_private,
    patiently,
    sync_file,
    sync_folder,
    write_all,
)
from seedream_desktop.store.layout import Layout
from seedream_desktop.store.threads import run_on

T = TypeVar("T")
_THREADS: Final = 4


class PictureFiles:
    """Implements `ports.PictureStore` in the data folder; hashing and writing happen on a few threads."""

    def __init__(self, layout: Layout) -> None:
        self._layout = layout
        self._threads = ThreadPoolExecutor(_THREADS, thread_name_prefix="pictures")

    @asynccontextmanager
    async def begin(self, task_id: TaskId, position: int) -> AsyncIterator[PartFile]:
        """Open a part file; leaving the context without `keep` removes it. Raises StorageError."""
        name = f"{task_id[:8]}-{position}-{uuid.uuid4().hex}.part"
        part = await self._run(lambda: _Part(make_private(self._layout.incoming) / name, self._run))
        try:
            yield part
        finally:
            await self._run(part.discard)

    async def keep(self, part: PartFile, media_format: str) -> KeptPicture:
        """Make the part file durable under its content address and return it.

        The same bytes give the same file. *media_format* is one of JPEG, PNG, WEBP; raises StorageError.
        """
        if not isinstance(part, _Part):
            raise TypeError("only a part file from begin() can be kept")
        return await self._run(lambda: part.keep(self._layout.originals, EXTENSIONS[media_format]))

    def thumbnail_path(self, sha256: str, edge_px: int) -> Path:
        """Return where the thumbnail with this longest edge belongs, existing or not."""
        return self._layout.thumbnail(sha256, edge_px)

    async def sweep(self) -> int:
        """Remove what a crash left in `incoming` and return how many files; only while nothing is on its way."""
        return await self._run(lambda: _sweep(self._layout.incoming))

    def close(self) -> None:
        """Start no more work; what runs is finished by its thread."""
        self._threads.shutdown(wait=False)

    async def _run(self, work: Callable[[], T]) -> T:
        def named() -> T:
            with troubles_named(self._layout.root):
                return work()

        return await run_on(self._threads, named)


class _Part:
    """A file being written; the lock keeps a late write of a cancelled download off a file already closed."""

    def __init__(self, path: Path, run: Callable[[Callable[[], None]], Awaitable[None]]) -> None:
        self.path = path
        self._run = run
        self._lock = threading.Lock()
        self._hash = hashlib.sha256()
        self._size_bytes = 0
        self._is_kept = False
        flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | BINARY
        self._descriptor: int | None = os.open(path, flags, PRIVATE_FILE)
        pass_point("part.open")

    async def write(self, chunk: bytes) -> None:
        """Append bytes; raises StorageError."""
        await self._run(lambda: self._append(chunk))

    def keep(self, originals: Path, extension: str) -> KeptPicture:
        """Sync, rename, sync the folder; return what is there now. Raises OSError."""
        with self._lock:
            pass_point("part.full")
            sync_file(self._opened())
            pass_point("part.fsynced")
            self._close()
            sha256 = self._hash.hexdigest()
            target = make_private(make_private(originals) / sha256[:2]) / f"{sha256}.{extension}"
            _rename_durably(self.path, target)
            self._is_kept = True
            return KeptPicture(target, sha256, self._size_bytes)

    def discard(self) -> None:
        """Close, and remove the file unless it was kept. Raises OSError."""
        with self._lock:
            self._close()
            if not self._is_kept:
                self.path.unlink(missing_ok=True)

    def _append(self, chunk: bytes) -> None:
        with self._lock:
            if self._size_bytes:
                pass_point("part.half")
            write_all(self._opened(), chunk)
            self._hash.update(chunk)
            self._size_bytes += len(chunk)

    def _opened(self) -> int:
        if self._descriptor is None:
            raise OSError(f"{self.path.name} is closed")
        return self._descriptor

    def _close(self) -> None:
        if self._descriptor is not None:
            os.close(self._descriptor)
            self._descriptor = None


def _rename_durably(source: Path, target: Path) -> None:
    """Also over an older file of that name: its bytes can only be the same, or spoilt."""
    patiently(lambda: source.replace(target))
    pass_point("rename.after")
    sync_folder(target.parent)
    pass_point("dir.fsynced")


def _sweep(incoming: Path) -> int:
    strays = [path for path in incoming.glob("*") if path.is_file()]
    for stray in strays:
        stray.unlink(missing_ok=True)
    return len(strays)
