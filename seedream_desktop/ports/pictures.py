"""Where finished pictures are kept, and who opens them."""

from __future__ import annotations

from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from seedream_desktop.domain.pixels import PixelSize
from seedream_desktop.domain.task import TaskId


class PartFile(Protocol):
    """A picture on its way to the disk; never listed before it is kept."""

    path: Path

    async def write(self, chunk: bytes) -> None:
        """Append bytes."""
        ...


@dataclass(frozen=True, slots=True)
class KeptPicture:
    """Where the exact bytes of a picture are, content-addressed."""

    path: Path
    sha256: str
    size_bytes: int


class PictureStore(Protocol):
    """Originals, whole or not at all; raises StorageError."""

    def begin(self, task_id: TaskId, position: int) -> AbstractAsyncContextManager[PartFile]:
        """Open a part file; leaving the context without `keep` removes it."""
        ...

    async def keep(self, part: PartFile, media_format: str) -> KeptPicture:
        """Make the part file durable under its content address and return it; *media_format* is e.g. ``JPEG``."""
        ...

    def thumbnail_path(self, sha256: str, edge_px: int) -> Path:
        """Return where the thumbnail with this longest edge belongs, existing or not."""
        ...


class Library(Protocol):
    """The user's own folders of finished pictures; raises StorageError."""

    async def save(self, original: Path, name: str, *, project: str | None = None) -> Path:
        """Copy the bytes into the project's folder, or the usual one, under a free name like *name*; return it."""
        ...


@dataclass(frozen=True, slots=True)
class Examined:
    """What a picture file really is, found by decoding all of it: ``JPEG``, ``PNG`` or ``WEBP``."""

    media_format: str
    size: PixelSize


class PictureInspector(Protocol):
    """Opens foreign picture files where they can do no harm."""

    async def examine(self, path: Path) -> Examined:
        """Decode the whole file; raises UndecodableError when it is not one whole picture within the limits."""
        ...

    async def make_thumbnails(self, path: Path, targets: dict[int, Path]) -> None:
        """Write a thumbnail for each longest edge in pixels; raises UndecodableError or StorageError."""
        ...
