"""Makes kept references reachable at the user's host: each content is uploaded once and its link reused.

A link is handed out only after a stranger found the very picture behind it.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable
from datetime import UTC, datetime, timedelta
from typing import Final, TypeVar

from seedream_desktop.domain.events import ReferenceHosted, ReferenceUnhosted
from seedream_desktop.domain.failure import Failure, FailureKind
from seedream_desktop.domain.hosting import HostFault
from seedream_desktop.domain.reference import HostedReference
from seedream_desktop.engine.bus import Bus
from seedream_desktop.engine.references.calling import call_host, not_shown, tidy
from seedream_desktop.engine.references.locks import KeyLocks
from seedream_desktop.engine.references.verifying import LinkVerifier, Sight
from seedream_desktop.ports.clock import Clock
from seedream_desktop.ports.errors import HostRefusedError, UnreachableError
from seedream_desktop.ports.references import KeptReference, ReferenceHost, ReferenceStore

log = logging.getLogger(__name__)

T = TypeVar("T")
# A link must outlive the queue and the model's own fetching.
_SPARE: Final = timedelta(hours=1)
_UPLOADS_AT_ONCE: Final = 4


class ReferencePublisher:
    """Knows the current host, None when the user has chosen none."""

    def __init__(self, store: ReferenceStore, verifier: LinkVerifier, clock: Clock, bus: Bus) -> None:
        self.host: ReferenceHost | None = None
        self.is_private = False
        self._store = store
        self._verifier = verifier
        self._clock = clock
        self._bus = bus
        self._places = asyncio.Semaphore(_UPLOADS_AT_ONCE)
        self._unsaved: dict[tuple[str, str], HostedReference] = {}
        self.locks = KeyLocks()
        """By content: held while it is being uploaded or deleted."""

    async def living(self, sha256: str) -> HostedReference | None:
        """Return where the current host shows this content, when the link lives long enough to be sent."""
        if self.host is None:
            return None
        known = await self._store.hosted(sha256, self.host.name)
        return known if known is not None and self.is_alive(known) else None

    async def has(self, hosted: HostedReference) -> bool:
        """Whether this upload is still ours to use: neither deleted nor replaced, nor forbidden by private mode."""
        known = await self._store.hosted(hosted.sha256, hosted.host)
        return known is not None and known.url == hosted.url and self._is_allowed(hosted)

    def is_alive(self, hosted: HostedReference) -> bool:
        """Whether its link lives long enough to be sent."""
        return hosted.until is None or _time(hosted.until) > self._clock.now() + _SPARE

    async def publish(self, kept: KeptReference) -> HostedReference:
        """Return a link that was just now seen to show the picture to anybody.

        Raises:
            HostRefusedError: when the host will not do it, or strangers cannot read what it took.
            UnreachableError: when the host or the link could not be reached for now.
            StorageError: when this disk does not do its part.
        """
        async with self.locks.of(kept.prepared.sha256):
            host = self._allowed_host()
            known = await self._known(host, kept)
            if known is None:
                return await self._publish_anew(kept)
            sight = await self._look(known, kept)
            if sight.is_well:
                return known
            log.info("hosted reference %s: %s %s", kept.prepared.sha256, sight.fault, sight.detail)
            await self.forget(known)
            hosted = await self._publish_anew(kept)
            # Only now is it certain that nobody can see the old file: it is not the host that hides all of them.
            await tidy(host, known, self._clock)
            return hosted

    async def forget(self, hosted: HostedReference) -> None:
        """Remove the record of an upload, then tell of it; raises StorageError."""
        self._unsaved.pop((hosted.sha256, hosted.host), None)
        await self._store.forget_hosted(hosted)
        self._bus.publish(ReferenceUnhosted(hosted.sha256, hosted.host))

    def _is_allowed(self, hosted: HostedReference) -> bool:
        host = self.host
        return not self.is_private or (host is not None and host.ends_links and host.name == hosted.host)

    def _allowed_host(self) -> ReferenceHost:
        host = self.host
        if host is None:
            raise HostRefusedError(Failure(FailureKind.HOST_REFUSED, HostFault.INCOMPLETE))
        if self.is_private and not host.ends_links:
            raise HostRefusedError(Failure(FailureKind.HOST_REFUSED, HostFault.LINKS_DO_NOT_END, host.name))
        return host

    async def _known(self, host: ReferenceHost, kept: KeptReference) -> HostedReference | None:
        """Return the link of an earlier upload, renewed when it has ended, or None when there is none."""
        unsaved = self._unsaved.get((kept.prepared.sha256, host.name))
        if unsaved is not None:
            await self._note(unsaved)
        known = await self._store.hosted(kept.prepared.sha256, host.name)
        if known is None or self.is_alive(known):
            return known
        renewed = await self._call(host.renew(known))
        return None if renewed is None else await self._note(renewed)

    async def _publish_anew(self, kept: KeptReference) -> HostedReference:
        prepared = kept.prepared
        async with self._places:
            # The user may have chosen another one, or private mode, while this waited for its turn.
            host = self._allowed_host()
            hosted = await self._call(host.publish(kept.path, prepared.sha256, prepared.facts.media_format))
        await self._note(hosted)
        sight = await self._look(hosted, kept)
        if sight.is_well:
            return hosted
        # Nobody was given this link yet, so nobody misses the file.
        await tidy(host, hosted, self._clock)
        await self.forget(hosted)
        raise not_shown(sight)

    async def _note(self, hosted: HostedReference) -> HostedReference:
        # Held until the disk has it: a full disk must not lead to one upload after the other.
        self._unsaved[hosted.sha256, hosted.host] = hosted
        await self._store.save_hosted(hosted)
        self._unsaved.pop((hosted.sha256, hosted.host), None)
        self._bus.publish(ReferenceHosted(hosted))
        return hosted

    async def _look(self, hosted: HostedReference, kept: KeptReference) -> Sight:
        sight = await self._verifier.look(hosted.url, kept.prepared.facts)
        if sight.may_pass:
            raise UnreachableError(Failure(FailureKind.HOST_UNREACHABLE, sight.detail, hosted.host))
        return sight

    async def _call(self, call: Awaitable[T]) -> T:
        return await call_host(call, self._clock)


def _time(text: str) -> datetime:
    """Return an aware time; what makes no sense is long past."""
    try:
        return datetime.fromisoformat(text).astimezone(UTC)
    except (ValueError, OverflowError):
        return datetime.min.replace(tzinfo=UTC)
