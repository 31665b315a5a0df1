"""Fetches the picture behind a link of the user's, anonymously, into a file; what came is not believed here."""

from __future__ import annotations

import asyncio
import errno
from collections.abc import Callable
from pathlib import Path
from typing import Final, TypeVar

from seedream_desktop.domain.failure import Failure, FailureKind
from seedream_desktop.domain.preparation import ReferenceFault
from seedream_desktop.domain.reference import Reference
from seedream_desktop.engine.references.verifying import link_fault
from seedream_desktop.ports.clock import Clock
from seedream_desktop.ports.errors import DiskFullError, ServiceError, StorageError, UnusableReferenceError
from seedream_desktop.ports.service import PictureDownload, PictureSource

T = TypeVar("T")
_DEADLINE_S: Final = 100.0
_AT_ONCE: Final = 8


class LinkFetcher:
    """Brings links' pictures to the disk through the same checked way as results."""

    def __init__(self, source: PictureSource, clock: Clock) -> None:
        self._source = source
        self._clock = clock
        self._places = asyncio.Semaphore(_AT_ONCE)

    async def fetch(self, reference: Reference, into: Path) -> None:
        """Write what is behind the link to *into*.

        Raises:
            UnusableReferenceError: with one of the faults of links.
            StorageError: when the disk does not take it.
        """
        async with self._places:
            await self._fetch(reference, into)

    async def _fetch(self, reference: Reference, into: Path) -> None:
        try:
            async with self._clock.deadline(_DEADLINE_S), self._source.open(reference.source) as download:
                await _write(download, into)
        except TimeoutError:
            fault = ReferenceFault.LINK_UNREACHABLE
            raise UnusableReferenceError(fault, reference.name, "took too long") from None
        except ServiceError as error:
            raise UnusableReferenceError(link_fault(error), reference.name, str(error)) from error


async def _write(download: PictureDownload, into: Path) -> None:
    file = await _on_disk(lambda: into.open("wb"))
    try:
        async for chunk in download.chunks():
            data = chunk
            await _on_disk(lambda: file.write(data))  # noqa: B023 - awaited before the next chunk comes
    finally:
        await _on_disk(file.close)


async def _on_disk(step: Callable[[], T]) -> T:
    try:
        return await asyncio.to_thread(step)
    except OSError as error:
        raise _storage_error(error) from error


def _storage_error(error: OSError) -> StorageError:
    is_full = error.errno in (errno.ENOSPC, errno.EDQUOT)
    failure = Failure(FailureKind.DISK_TROUBLE, "DISK_FULL" if is_full else "DISK_ERROR", error.strerror or str(error))
    return DiskFullError(failure) if is_full else StorageError(failure)
