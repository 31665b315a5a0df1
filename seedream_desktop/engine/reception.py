"""Takes one download in: goes on after a break while that is worth it, and gives up on what hardly moves."""

from __future__ import annotations

import logging
from collections.abc import AsyncIterator, Callable
from typing import Final

from seedream_desktop.domain.pacing import backoff_s
from seedream_desktop.ports.clock import Clock
from seedream_desktop.ports.errors import BrokenOffError
from seedream_desktop.ports.pictures import PartFile
from seedream_desktop.ports.service import PictureDownload

log = logging.getLogger(__name__)

# Less than 1 kB/s over 30 s is a host that keeps a place busy, not a slow line.
STALL_AFTER_S: Final = 30.0
STALL_BYTES: Final = 30_000
# Breaks in a row without news; 1, 2, 4, 8 and 16 s between them outlast a change of networks.
GOES_ON: Final = 5

# How PNG, JPEG and WebP files begin; what begins otherwise is not even meant to be a picture.
_SIGNS: Final = (b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff", b"RIFF")
_SIGN_BYTES: Final = 8

Tell = Callable[[int, int | None], None]


class Reception:
    """One download on its way into *part*; *tell* hears of the bytes received so far and of those announced."""

    def __init__(self, part: PartFile, clock: Clock, tell: Tell) -> None:
        self._part = part
        self._clock = clock
        self._tell = tell
        self._received_bytes = 0
        self._beginning = b""

    @property
    def looks_like_a_picture(self) -> bool:
        """Whether what came begins as a picture does; the whole of it is for others to prove."""
        return self._beginning.startswith(_SIGNS)

    async def take(self, download: PictureDownload) -> None:
        """Write all of it into the part.

        Raises:
            TimeoutError: when fewer than 30 kB came within 30 engine seconds.
            ServiceError: when it broke and cannot go on, or went on 5 times without getting any further.
            StorageError: when it cannot be written.
        """
        breaks = 0
        while True:
            before_bytes = self._received_bytes
            try:
                await self._take_rest(download)
                return
            except BrokenOffError as error:
                has_moved = self._received_bytes - before_bytes >= STALL_BYTES
                breaks = 1 if has_moved else breaks + 1
                if breaks > GOES_ON:
                    raise
                log.info("broken off after %d bytes: %s", self._received_bytes, error)
            await self._clock.sleep(backoff_s(breaks, 1.0))

    async def _take_rest(self, download: PictureDownload) -> None:
        chunks = download.chunks()
        while await self._take_some(chunks, download.total_bytes):
            pass

    async def _take_some(self, chunks: AsyncIterator[bytes], total_bytes: int | None) -> bool:
        """Take the next 30 kB, or what is left; returns whether there may be more."""
        goal_bytes = self._received_bytes + STALL_BYTES
        async with self._clock.deadline(STALL_AFTER_S):
            async for chunk in chunks:
                await self._part.write(chunk)
                self._received_bytes += len(chunk)
                self._beginning += chunk[: _SIGN_BYTES - len(self._beginning)]
                self._tell(self._received_bytes, total_bytes)
                if self._received_bytes >= goal_bytes:
                    return True
        return False
