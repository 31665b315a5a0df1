"""Turns the references of an order into links that the service can fetch, each looked at just before the order goes."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Iterable
from dataclasses import dataclass, replace
from typing import Final, TypeVar

from seedream_desktop.domain.preparation import Change, PictureFacts, PreparedReference, ReferenceFault
from seedream_desktop.domain.reference import MAX_REFERENCE_BYTES, HostedReference, Reference
from seedream_desktop.domain.request import GenerationRequest, Mode
from seedream_desktop.engine.references.outcomes import may_pass
from seedream_desktop.engine.references.preparing import Preparation
from seedream_desktop.engine.references.publishing import ReferencePublisher
from seedream_desktop.engine.references.verifying import LinkVerifier
from seedream_desktop.ports.clock import Clock
from seedream_desktop.ports.errors import UnusableReferenceError
from seedream_desktop.ports.references import KeptReference

T = TypeVar("T")
# An order that waited longer for its turn has its links looked at again.
_FRESH_FOR_S: Final = 60.0
# The bytes behind a public link are public already, whatever else they tell.
_HARMLESS: Final = frozenset({Change.METADATA_REMOVED})


@dataclass(frozen=True, slots=True)
class Link:
    """An address, and what must be found there; *hosted* is its record when it leads to the user's host."""

    url: str
    facts: PictureFacts
    hosted: HostedReference | None = None


@dataclass(frozen=True, slots=True)
class Links:
    """The links of an order in its order, and when they were looked at, in the clock's monotonic seconds."""

    links: tuple[Link, ...]
    seen_at_s: float

    @property
    def urls(self) -> tuple[str, ...]:
        """The addresses alone."""
        return tuple(link.url for link in self.links)


class Linker:
    """Makes an order's references reachable."""

    def __init__(
        self, preparation: Preparation, publisher: ReferencePublisher, verifier: LinkVerifier, clock: Clock
    ) -> None:
        self._preparation = preparation
        self._publisher = publisher
        self._verifier = verifier
        self._clock = clock

    async def prepared(self, request: GenerationRequest) -> tuple[GenerationRequest, UnusableReferenceError | None]:
        """Return the request with every reference that can be prepared kept and named by its content.

        The error is that of a reference that cannot; rather one that stays so than one that may pass. Raises
        StorageError.
        """
        references: list[Reference] = []
        errors: list[UnusableReferenceError] = []
        for reference in _sent(request):
            try:
                kept = await self._kept(reference)
                references.append(replace(reference, sha256=kept.prepared.sha256))
            except UnusableReferenceError as error:
                references.append(reference)
                errors.append(error)
        named = replace(request, references=tuple(references)) if references else request
        return named, min(errors, key=may_pass, default=None)

    async def links(self, request: GenerationRequest) -> Links:
        """Return a link for each reference, in order, looked at just now; none in text-to-image.

        Raises:
            UnusableReferenceError: when a reference cannot be used; with LINK_UNREACHABLE it may be later.
            HostRefusedError: when the host will not do it.
            UnreachableError: when the host did not take or show it for now.
            StorageError: when this disk does not do its part.
        """
        kept = await self._all_kept(request)
        seen_at_s = self._clock.monotonic_s()
        links = await _all(self._link(each, copy) for each, copy in zip(_sent(request), kept, strict=True))
        return Links(tuple(links), seen_at_s)

    async def still_stand(self, links: Links) -> bool:
        """Whether the links show their pictures at this moment; what was seen less than a minute ago is believed.

        Raises:
            StorageError: when it cannot be read what is hosted.
        """
        hosted = [link.hosted for link in links.links if link.hosted is not None]
        if not all([await self._publisher.has(each) for each in hosted]):
            return False
        if not links.links or self._clock.monotonic_s() - links.seen_at_s < _FRESH_FOR_S:
            return True
        if not all(self._publisher.is_alive(each) for each in hosted):
            return False
        sights = await _all(self._verifier.look(link.url, link.facts) for link in links.links)
        return all(sight.is_well for sight in sights)

    async def _all_kept(self, request: GenerationRequest) -> list[KeptReference]:
        return [await self._kept(reference) for reference in _sent(request)]

    async def _kept(self, reference: Reference) -> KeptReference:
        """Return the copy that was shown; one that was lost is not replaced by what its source holds by now."""
        kept = await self._preparation.kept(reference)
        if reference.sha256 in (None, kept.prepared.sha256):
            return kept
        fault = ReferenceFault.LINK_CHANGED if reference.is_link else ReferenceFault.FILE_CHANGED
        raise UnusableReferenceError(fault, reference.name)

    async def _link(self, reference: Reference, kept: KeptReference) -> Link:
        fault = await self._fault_of_source(reference, kept.prepared)
        if fault is None:
            return Link(reference.source, kept.prepared.origin)
        if fault is ReferenceFault.LINK_CHANGED:
            self._preparation.forget(reference)
        if self._publisher.host is None:
            raise UnusableReferenceError(fault, reference.name)
        hosted = await self._publisher.publish(kept)
        return Link(hosted.url, kept.prepared.facts, hosted)

    async def _fault_of_source(self, reference: Reference, prepared: PreparedReference) -> ReferenceFault | None:
        """Return why the source itself cannot be sent; None for a link that shows the picture as it may be sent."""
        if not goes_as_it_is(reference, prepared):
            return ReferenceFault.NO_HOST
        sight = await self._verifier.look(reference.source, prepared.origin)
        return sight.fault


def _sent(request: GenerationRequest) -> tuple[Reference, ...]:
    return () if request.mode is Mode.TEXT_TO_IMAGE else request.references


def goes_as_it_is(reference: Reference, prepared: PreparedReference) -> bool:
    """Whether the source itself may be sent: a link whose bytes are within the rules, all of the picture wanted."""
    is_within_rules = _HARMLESS.issuperset(prepared.changes) and prepared.origin.size_bytes <= MAX_REFERENCE_BYTES
    return reference.is_link and reference.crop is None and is_within_rules


async def _all(calls: Iterable[Awaitable[T]]) -> list[T]:
    """Return what all of *calls* return; the first error is raised when none is under way any more."""
    ended = await asyncio.gather(*calls, return_exceptions=True)
    for result in ended:
        if isinstance(result, BaseException):
            raise result
    return [result for result in ended if not isinstance(result, BaseException)]
