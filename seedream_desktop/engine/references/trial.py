"""Tries out a host: a small picture goes up, is read by a stranger, and is deleted again."""

from __future__ import annotations

import asyncio
import base64
import hashlib
import uuid
from pathlib import Path
from typing import Final

from seedream_desktop.domain.failure import Failure, FailureKind
from seedream_desktop.domain.pixels import PixelSize
from seedream_desktop.domain.preparation import PictureFacts
from seedream_desktop.engine.references.calling import call_host, not_shown, tidy
from seedream_desktop.engine.references.verifying import LinkVerifier
from seedream_desktop.ports.clock import Clock
from seedream_desktop.ports.errors import StorageError, UnreachableError
from seedream_desktop.ports.references import ReferenceHost, ReferenceStore

_START_OF_IMAGE: Final = b"\xff\xd8"
_COMMENT: Final = b"\xff\xfe"
# The rest of a grey JPEG.
_REST: Final = base64.b64decode(
    "/+AAEEpGSUYAAQEAAAEAAQAA/9sAQwAUDg8SDw0UEhASFxUUGB4yIR4cHB49LC4kMklATEtHQEZFUFpzYlBVbVZFRmSIZW13e4GC"
    "gU5gjZeMfZZzfoF8/8AACwgAEAAQAQERAP/EABQAAQAAAAAAAAAAAAAAAAAAAAD/xAAUEAEAAAAAAAAAAAAAAAAAAAAA/9oACAEB"
    "AAA/AAD/2Q=="
)
_SIZE: Final = PixelSize(16, 16)


class HostTrial:
    """Proves a host with the same steps as an order."""

    def __init__(self, store: ReferenceStore, verifier: LinkVerifier, clock: Clock) -> None:
        self._store = store
        self._verifier = verifier
        self._clock = clock

    async def run(self, host: ReferenceHost) -> None:
        """Return when everything worked.

        Raises:
            HostRefusedError: with a `HostFault` that says what does not.
            UnreachableError: when the host or the link could not be reached.
            StorageError: when the little picture cannot be written here.
        """
        picture = _picture()
        async with self._store.scratch() as path:
            await _write(path, picture)
            sha256 = hashlib.sha256(picture).hexdigest()
            hosted = await call_host(host.publish(path, sha256, "JPEG"), self._clock)
            try:
                await self._read(hosted.url, len(picture))
            except BaseException:  # a test that was given up leaves nothing behind either; raised on
                await tidy(host, hosted, self._clock)
                raise
            await call_host(host.delete(hosted), self._clock)

    async def _read(self, url: str, size_bytes: int) -> None:
        sight = await self._verifier.look(url, PictureFacts("JPEG", _SIZE, size_bytes))
        if sight.may_pass:
            raise UnreachableError(Failure(FailureKind.HOST_UNREACHABLE, sight.detail))
        if not sight.is_well:
            raise not_shown(sight)


def _picture() -> bytes:
    """Return a JPEG like no other, so that nothing older can be taken for it."""
    words = f"Seedream Desktop {uuid.uuid4().hex}".encode("ascii")
    return _START_OF_IMAGE + _COMMENT + (len(words) + 2).to_bytes(2, "big") + words + _REST


async def _write(path: Path, data: bytes) -> None:
    try:
        await asyncio.to_thread(path.write_bytes, data)
    except OSError as error:
        words = error.strerror or str(error)
        raise StorageError(Failure(FailureKind.DISK_TROUBLE, "DISK_ERROR", words)) from error
