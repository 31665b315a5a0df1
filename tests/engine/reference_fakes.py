"""References as the engine's tests want them: a preparer, a store and a host that note what they were given."""

from __future__ import annotations

import asyncio
import hashlib
from collections import deque
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path

from seedream_desktop.domain.pixels import PixelSize
from seedream_desktop.domain.preparation import Change, PictureFacts, PreparedReference, ReferenceFault
from seedream_desktop.domain.reference import Crop, HostedReference
from seedream_desktop.ports.errors import StorageError, UnusableReferenceError
from seedream_desktop.ports.references import KeptReference
from tests.fakes import NOON, FakeSource

JPEG = b"\xff\xd8\xff"
PNG = b"\x89PNG\r\n\x1a\n"
NEEDS_WORK = b"raw"
SIZE = PixelSize(400, 300)


def jpeg(words: str = "a shoe") -> bytes:
    """Return what the fakes take for a picture that may be sent as it is."""
    return JPEG + words.encode()


@dataclass
class FakePreparer:
    """A ReferencePreparer: JPEGs stay as they are, what begins with ``raw`` becomes one, all else is no picture."""

    prepared: list[Path] = field(default_factory=list)
    takes_s: float = 0.5
    changes: tuple[Change, ...] = ()

    async def prepare(self, path: Path, crop: Crop | None, into: Path) -> PreparedReference:
        self.prepared.append(path)
        await asyncio.sleep(self.takes_s)
        if not path.is_file():
            raise UnusableReferenceError(ReferenceFault.FILE_MISSING, path.name)
        data = path.read_bytes()
        if not data.startswith((JPEG, NEEDS_WORK)):
            raise UnusableReferenceError(ReferenceFault.NOT_A_PICTURE, path.name)
        made, changes = (data, self.changes) if data.startswith(JPEG) else (JPEG + data, (Change.FORMAT_CHANGED,))
        if crop is not None:
            made, changes = made + repr(crop).encode(), (Change.CROPPED, *changes)
        into.write_bytes(made)
        facts = PictureFacts("JPEG", SIZE, len(made))
        origin = PictureFacts("JPEG" if data.startswith(JPEG) else "TIFF", SIZE, len(data))
        return PreparedReference(hashlib.sha256(made).hexdigest(), facts, origin, changes)


class MemoryReferenceStore:
    """A ReferenceStore with its files in *folder*."""

    def __init__(self, folder: Path, journal: list[str]) -> None:
        self.folder = folder
        self.rows: dict[str, KeptReference] = {}
        self.hosted_at: dict[tuple[str, str], HostedReference] = {}
        self.errors: deque[StorageError] = deque()
        self._journal = journal
        self._scratches = 0

    @asynccontextmanager
    async def scratch(self) -> AsyncIterator[Path]:
        self._scratches += 1
        path = self.folder / f"{self._scratches}.part"
        try:
            yield path
        finally:
            path.unlink(missing_ok=True)

    async def keep(self, file: Path, prepared: PreparedReference) -> KeptReference:
        await asyncio.sleep(0)
        if self.errors:
            raise self.errors.popleft()
        path = self.folder / f"{prepared.sha256}.jpg"
        file.replace(path)
        self.rows[prepared.sha256] = KeptReference(prepared, path)
        self._journal.append("reference kept")
        return self.rows[prepared.sha256]

    async def kept(self, sha256: str) -> KeptReference | None:
        await asyncio.sleep(0)
        kept = self.rows.get(sha256)
        return kept if kept is not None and kept.path.is_file() else None

    async def save_hosted(self, hosted: HostedReference) -> None:
        await asyncio.sleep(0)
        if self.errors:
            raise self.errors.popleft()
        self.hosted_at[hosted.sha256, hosted.host] = hosted
        self._journal.append("hosting saved")

    async def hosted(self, sha256: str, host: str) -> HostedReference | None:
        await asyncio.sleep(0)
        return self.hosted_at.get((sha256, host))

    async def all_hosted(self) -> tuple[HostedReference, ...]:
        await asyncio.sleep(0)
        return tuple(reversed(self.hosted_at.values()))

    async def forget_hosted(self, hosted: HostedReference) -> None:
        await asyncio.sleep(0)
        if self.hosted_at.get((hosted.sha256, hosted.host)) == hosted:
            del self.hosted_at[hosted.sha256, hosted.host]


@dataclass
class FakeHost:
    """A ReferenceHost whose links *source* serves; it counts what is uploaded, renewed and deleted."""

    source: FakeSource
    name: str = "host"
    ends_links: bool = True
    errors: deque[Exception] = field(default_factory=deque)
    delete_errors: deque[Exception] = field(default_factory=deque)
    published: list[Path] = field(default_factory=list)
    renewed: list[HostedReference] = field(default_factory=list)
    deleted: list[HostedReference] = field(default_factory=list)
    lives: timedelta | None = None
    takes_s: float = 2.0
    serves: bytes | None = None
    """Shown instead of what was uploaded."""
    at_once: int = 0
    most_at_once: int = 0

    async def publish(self, path: Path, sha256: str, media_format: str) -> HostedReference:
        self.at_once += 1
        self.most_at_once = max(self.most_at_once, self.at_once)
        try:
            await asyncio.sleep(self.takes_s)
        finally:
            self.at_once -= 1
        self._maybe_fail()
        self.published.append(path)
        url = f"https://{self.name}.example/{len(self.published)}"
        self.source.served[url] = path.read_bytes() if self.serves is None else self.serves
        return HostedReference(url, self.name, sha256, self._until(), f"object {len(self.published)}", str(NOON))

    async def renew(self, hosted: HostedReference) -> HostedReference | None:
        await asyncio.sleep(0)
        self._maybe_fail()
        self.renewed.append(hosted)
        if hosted.url in self.source.gone:
            return None
        url = f"{hosted.url}/renewed"
        self.source.served[url] = self.source.served[hosted.url]
        return HostedReference(url, self.name, hosted.sha256, self._until(), hosted.object_name, hosted.hosted_at)

    async def delete(self, hosted: HostedReference) -> None:
        await asyncio.sleep(0)
        self._maybe_fail()
        if self.delete_errors:
            raise self.delete_errors.popleft()
        self.deleted.append(hosted)
        self.source.gone.add(hosted.url)

    def _maybe_fail(self) -> None:
        if self.errors:
            raise self.errors.popleft()

    def _until(self) -> str | None:
        return None if self.lives is None else (NOON + self.lives).isoformat()
