"""Looks at a link as a stranger would, just before money depends on it: is there the very picture that is meant?"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator
from dataclasses import dataclass
from typing import Final

from seedream_desktop.domain.preparation import PictureFacts, ReferenceFault
from seedream_desktop.imaging.probe import SNIFF_BYTES, sniff_format
from seedream_desktop.ports.clock import Clock
from seedream_desktop.ports.errors import LinkDeadError, NotAnImageError, ServiceError
from seedream_desktop.ports.service import PictureDownload, PictureSource

# Also for 10 MB whose length is not told.
_DEADLINE_S: Final = 60.0
_AT_ONCE: Final = 16
# Of the answers 400 to 499 these may be others a moment later.
_PASSING: Final = frozenset({"408", "421", "423", "425", "429"})


@dataclass(frozen=True, slots=True)
class Sight:
    """What a stranger finds at a link: the picture that is meant when there is no *fault*."""

    fault: ReferenceFault | None = None
    detail: str = ""

    @property
    def is_well(self) -> bool:
        """Whether the service will find the picture."""
        return self.fault is None

    @property
    def may_pass(self) -> bool:
        """Whether nobody could say: the same look may find the picture later."""
        return self.fault is ReferenceFault.LINK_UNREACHABLE


class LinkVerifier:
    """Asks for a link without any credentials and reads no more of it than is needed to tell pictures apart."""

    def __init__(self, source: PictureSource, clock: Clock) -> None:
        self._source = source
        self._clock = clock
        self._places = asyncio.Semaphore(_AT_ONCE)

    async def look(self, url: str, facts: PictureFacts) -> Sight:
        """Return whether *url* answers 200 with a picture of this format and this size in bytes."""
        async with self._places:
            return await self._look(url, facts)

    async def _look(self, url: str, facts: PictureFacts) -> Sight:
        try:
            async with self._clock.deadline(_DEADLINE_S), self._source.open(url) as download:
                start, size_bytes = await _measured(download, facts.size_bytes)
        except TimeoutError:
            return Sight(ReferenceFault.LINK_UNREACHABLE, "took too long")
        except ServiceError as error:
            return Sight(link_fault(error), _detail(error))
        return _sight(sniff_format(start), size_bytes, facts)


def link_fault(error: ServiceError) -> ReferenceFault:
    """Return what an answer, or none, says of a link."""
    code = error.failure.code
    match error:
        case LinkDeadError():
            return ReferenceFault.LINK_DEAD
        case NotAnImageError() if code == "LINK_REFUSED":
            return ReferenceFault.LINK_REFUSED
        case NotAnImageError() if code == "TOO_LARGE":
            return ReferenceFault.TOO_LARGE_FILE
        case NotAnImageError():
            return ReferenceFault.LINK_NOT_A_PICTURE
        case _ if len(code) == 3 and code.startswith("4") and code not in _PASSING:
            return ReferenceFault.LINK_DEAD
        case _:
            return ReferenceFault.LINK_UNREACHABLE


def _detail(error: ServiceError) -> str:
    """Return the status of an answer, else the words about a link that was not followed."""
    failure = error.failure
    return failure.code if failure.code.isdigit() else failure.message or failure.code


def _sight(found: str | None, size_bytes: int, facts: PictureFacts) -> Sight:
    if found is None:
        return Sight(ReferenceFault.LINK_NOT_A_PICTURE, f"no {facts.media_format}")
    if found != facts.media_format:
        return Sight(ReferenceFault.LINK_CHANGED, f"{found} instead of {facts.media_format}")
    if size_bytes != facts.size_bytes:
        return Sight(ReferenceFault.LINK_CHANGED, f"{size_bytes} bytes instead of {facts.size_bytes}")
    return Sight()


async def _measured(download: PictureDownload, most_bytes: int) -> tuple[bytes, int]:
    """Return the first bytes and the size, which is counted where it is not told; what is past *most_bytes* is left."""
    start, seen_bytes, chunks = b"", 0, download.chunks()
    enough_bytes = SNIFF_BYTES if download.total_bytes is not None else most_bytes + 1
    try:
        async for chunk in chunks:
            start = start if len(start) >= SNIFF_BYTES else start + chunk
            seen_bytes += len(chunk)
            if seen_bytes >= enough_bytes:
                break
    finally:
        if isinstance(chunks, AsyncGenerator):
            await chunks.aclose()
    return start, seen_bytes if download.total_bytes is None else download.total_bytes
