"""One try at one picture: stream it, prove it, make it durable, then its thumbnails and the user's copy."""

from __future__ import annotations

import logging
from pathlib import Path
from typing import Final

from seedream_desktop.crashpoints import pass_point
from seedream_desktop.domain.events import PictureProgressed, PictureStored
from seedream_desktop.domain.failure import FailureKind
from seedream_desktop.domain.pacing import PICTURE_DEADLINE_S
from seedream_desktop.domain.picture import Picture, PictureState
from seedream_desktop.domain.task import Task
from seedream_desktop.engine.bus import Bus
from seedream_desktop.engine.copies import Copier
from seedream_desktop.engine.reception import Reception, Tell
from seedream_desktop.engine.shipment import Shipment
from seedream_desktop.ports.clock import Clock
from seedream_desktop.ports.errors import (
    BusyError,
    LinkDeadError,
    NotAnImageError,
    ServiceError,
    StorageError,
    UndecodableError,
)
from seedream_desktop.ports.pictures import Examined, KeptPicture, PartFile, PictureInspector, PictureStore
from seedream_desktop.ports.service import PictureSource

log = logging.getLogger(__name__)

THUMBNAIL_EDGES_PX: Final = (256, 512)


class LinkGoneError(Exception):
    """The link is dead; a fresh one may exist."""


class TryAgainLaterError(Exception):
    """This try failed; *counts* tells whether anything was reached at all, *told_s* what the host asked to wait."""

    def __init__(self, words: str, *, counts: bool, told_s: float | None = None) -> None:
        super().__init__(words)
        self.counts = counts
        self.told_s = told_s


class UselessFileError(Exception):
    """What came is not a whole picture; *state* is what the picture becomes if that stays so."""

    def __init__(self, words: str, state: PictureState) -> None:
        super().__init__(words)
        self.state = state


class Fetcher:
    """Fetches pictures into the store."""

    def __init__(
        self,
        source: PictureSource,
        store: PictureStore,
        inspector: PictureInspector,
        copier: Copier,
        clock: Clock,
        bus: Bus,
    ) -> None:
        self._source = source
        self._store = store
        self._inspector = inspector
        self._copier = copier
        self._clock = clock
        self._bus = bus

    async def bring(self, shipment: Shipment, picture: Picture) -> Picture:
        """Return the picture, stored and told.

        Raises:
            LinkGoneError, TryAgainLaterError, UselessFileError: how the try ended otherwise.
            StorageError: when this disk did not do its part; nothing is counted against the picture.
        """
        task = shipment.task
        async with self._store.begin(task.id, picture.position) as part:
            reception = Reception(part, self._clock, self._teller(task, picture))
            await self._stream(picture, reception)
            examined = await self._prove(part, reception)
            kept = await self._store.keep(part, examined.media_format)
        return await self._present(shipment, _stored(picture, kept, examined, self._clock), examined)

    async def make_thumbnails(self, picture: Picture) -> bool:
        """Make the thumbnails of a picture; False when it is not stored or cannot be opened."""
        if picture.sha256 is None or picture.path is None:
            return False
        targets = {edge: self._store.thumbnail_path(picture.sha256, edge) for edge in THUMBNAIL_EDGES_PX}
        try:
            await self._inspector.make_thumbnails(Path(picture.path), targets)
        except (UndecodableError, StorageError) as error:
            log.warning("thumbnails of %s: %s", picture.sha256, error)
            return False
        return True

    def _teller(self, task: Task, picture: Picture) -> Tell:
        def tell(received_bytes: int, total_bytes: int | None) -> None:
            self._bus.publish(PictureProgressed(task.id, picture.position, received_bytes, total_bytes))

        return tell

    async def _stream(self, picture: Picture, reception: Reception) -> None:
        has_answered = False
        try:
            async with self._clock.deadline(PICTURE_DEADLINE_S), self._source.open(picture.url) as download:
                has_answered = True
                await reception.take(download)
        except TimeoutError:
            raise TryAgainLaterError("took too long", counts=True) from None
        except LinkDeadError as error:
            raise LinkGoneError(str(error)) from error
        except NotAnImageError as error:
            raise UselessFileError(str(error), PictureState.NOT_AN_IMAGE) from error
        except BusyError as error:
            raise TryAgainLaterError(str(error), counts=True, told_s=error.retry_after_s) from error
        except ServiceError as error:
            counts = has_answered or error.failure.kind is not FailureKind.OFFLINE
            raise TryAgainLaterError(str(error), counts=counts) from error

    async def _prove(self, part: PartFile, reception: Reception) -> Examined:
        try:
            return await self._inspector.examine(part.path)
        except UndecodableError as error:
            was_meant = reception.looks_like_a_picture
            state = PictureState.UNDECODABLE if was_meant else PictureState.NOT_AN_IMAGE
            raise UselessFileError(str(error), state) from error

    async def _present(self, shipment: Shipment, picture: Picture, examined: Examined) -> Picture:
        await shipment.put(picture, tells=False)
        pass_point("row.stored")
        await self.make_thumbnails(picture)
        picture = await self._copier.copied(shipment.task, picture)
        task = await shipment.put(picture)
        log.info("task %s: picture %d stored, %s", task.id, picture.position, examined.media_format)
        self._bus.publish(PictureStored(task, picture))
        return picture


def _stored(picture: Picture, kept: KeptPicture, examined: Examined, clock: Clock) -> Picture:
    return picture.but(
        state=PictureState.STORED,
        path=str(kept.path),
        sha256=kept.sha256,
        size=examined.size,
        size_bytes=kept.size_bytes,
        stored_at=clock.now(),
    )
