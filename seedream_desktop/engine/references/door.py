"""The door of the references: all that the window, the commands and the submitter may ask about them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from seedream_desktop.domain.reference import HostedReference, Reference
from seedream_desktop.domain.request import GenerationRequest
from seedream_desktop.engine.bus import Bus
from seedream_desktop.engine.references.fetching import LinkFetcher
from seedream_desktop.engine.references.hosting import HostedCopy, HostManager
from seedream_desktop.engine.references.linking import Linker, Links, goes_as_it_is
from seedream_desktop.engine.references.preparing import Preparation
from seedream_desktop.engine.references.publishing import ReferencePublisher
from seedream_desktop.engine.references.trial import HostTrial
from seedream_desktop.engine.references.values import ReadyReference
from seedream_desktop.engine.references.verifying import LinkVerifier
from seedream_desktop.ports.clock import Clock
from seedream_desktop.ports.errors import UnusableReferenceError
from seedream_desktop.ports.references import ReferenceHost, ReferencePreparer, ReferenceStore
from seedream_desktop.ports.service import PictureSource
from seedream_desktop.ports.tasks import TaskStore


class References:
    """Prepares references, makes those of an order reachable, and manages what is hosted."""

    def __init__(
        self,
        preparer: ReferencePreparer,
        store: ReferenceStore,
        source: PictureSource,
        tasks: TaskStore,
        clock: Clock,
        bus: Bus,
    ) -> None:
        verifier = LinkVerifier(source, clock)
        self._preparation = Preparation(preparer, store, LinkFetcher(source, clock))
        self._publisher = ReferencePublisher(store, verifier, clock, bus)
        self._linker = Linker(self._preparation, self._publisher, verifier, clock)
        self._manager = HostManager(store, tasks, self._publisher, clock)
        self._trial = HostTrial(store, verifier, clock)

    @property
    def host(self) -> ReferenceHost | None:
        """Where references are uploaded to, None when the user has chosen nothing."""
        return self._publisher.host

    def use_host(self, host: ReferenceHost | None, *, is_private: bool) -> None:
        """Upload to *host* from now on; with *is_private* orders are refused while its links do not end."""
        self._publisher.host = host
        self._publisher.is_private = is_private

    async def ready(self, reference: Reference) -> ReadyReference:
        """Return the reference with its prepared copy, which is made and kept when there is none yet.

        Raises:
            UnusableReferenceError: when it cannot be used; with LINK_UNREACHABLE it may be later.
            StorageError: when the copy cannot be kept.
        """
        kept = await self._preparation.kept(reference)
        sha256 = kept.prepared.sha256
        hosted = await self._publisher.living(sha256)
        return ReadyReference(replace(reference, sha256=sha256), kept.prepared, kept.path, hosted)

    async def pick(self, candidates: Sequence[str], title: str = "") -> ReadyReference:
        """Return the first of some links behind which there is a picture: a browser offers several for one.

        Raises:
            UnusableReferenceError: the first link's, when there is none.
            StorageError: when the copy cannot be kept.
            ValueError: without any candidate.
        """
        errors: list[UnusableReferenceError] = []
        for link in candidates:
            try:
                return await self.ready(Reference(link, title=title))
            except UnusableReferenceError as error:
                errors.append(error)
        raise errors[0] if errors else ValueError("no link to pick from")

    async def as_file(self, reference: Reference) -> Reference:
        """Return a reference to the kept copy as a file, which can be cropped; raises as `ready`."""
        ready = await self.ready(reference)
        return Reference(str(ready.path), role=reference.role, title=reference.name)

    def needs_host(self, ready: ReadyReference) -> bool:
        """Whether it has to be uploaded to be sent; a link that has died since is another matter."""
        return not goes_as_it_is(ready.reference, ready.prepared)

    async def prepared(self, request: GenerationRequest) -> tuple[GenerationRequest, UnusableReferenceError | None]:
        """Return the request with every reference that can be prepared kept and named by its content.

        The error is that of a reference that cannot; rather one that stays so than one that may pass. Raises
        StorageError.
        """
        return await self._linker.prepared(request)

    async def links(self, request: GenerationRequest) -> Links:
        """Return a link for each reference of an order, uploaded where needed and looked at just now.

        Raises:
            UnusableReferenceError: when a reference cannot be used; with LINK_UNREACHABLE it may be later.
            HostRefusedError: when the host will not do it.
            UnreachableError: when the host did not take or show it for now.
            StorageError: when this disk does not do its part.
        """
        return await self._linker.links(request)

    async def still_stand(self, links: Links) -> bool:
        """Whether links show their pictures at this moment; what was seen less than a minute ago is believed."""
        return await self._linker.still_stand(links)

    async def all_hosted(self) -> tuple[HostedCopy, ...]:
        """Return everything that is hosted anywhere, newest first; raises StorageError."""
        return await self._manager.all_hosted()

    async def unhost(self, hosted: HostedReference, *, even_if_used: bool = False) -> None:
        """Delete an upload at its host and forget it.

        Raises:
            HostedElsewhereError: when the host in use now is another one.
            HostedReferenceInUseError: when unfinished tasks need it, unless *even_if_used*.
            UnreachableError, HostRefusedError: when the host did not do it.
            StorageError: when it cannot be forgotten.
        """
        await self._manager.unhost(hosted, even_if_used=even_if_used)

    async def forget(self, hosted: HostedReference) -> None:
        """Remove the record of an upload alone: its file was deleted otherwise, or its host is no more."""
        await self._publisher.forget(hosted)

    async def test(self, host: ReferenceHost) -> None:
        """Upload a small picture to *host*, read it as a stranger, and delete it again.

        Raises:
            HostRefusedError: with a `HostFault` that says what does not work.
            UnreachableError: when the host or the link could not be reached.
            StorageError: when the little picture cannot be written here.
        """
        await self._trial.run(host)
