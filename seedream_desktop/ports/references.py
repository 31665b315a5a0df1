"""Reference images on their way to the service: prepared, kept, hosted."""

from __future__ import annotations

from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from seedream_desktop.domain.preparation import PreparedReference
from seedream_desktop.domain.reference import Crop, HostedReference


class ReferencePreparer(Protocol):
    """Makes a file that the service takes out of a picture of the user's, where foreign bytes can do no harm."""

    async def prepare(self, path: Path, crop: Crop | None, into: Path) -> PreparedReference:
        """Write the prepared file to *into* and say what was done; the original is only read.

        Raises UnusableReferenceError, StorageError.
        """
        ...


class ReferenceHost(Protocol):
    """Makes a prepared file reachable by a link that nobody can guess.

    *name* tells hosts apart in the records, and people: ``S3 my-bucket``. *ends_links* says whether its links end by
    themselves. Every call may raise UnreachableError (worth another try) or HostRefusedError (not worth one).
    """

    name: str
    ends_links: bool

    async def publish(self, path: Path, sha256: str, media_format: str) -> HostedReference:
        """Upload the file under a new name and return where anybody who has the link can fetch it."""
        ...

    async def renew(self, hosted: HostedReference) -> HostedReference | None:
        """Return a fresh link to what is still there, or None when it has to be uploaded again."""
        ...

    async def delete(self, hosted: HostedReference) -> None:
        """Delete the file at the host; no error when it is gone already."""
        ...


@dataclass(frozen=True, slots=True)
class KeptReference:
    """A prepared reference and the file that holds it."""

    prepared: PreparedReference
    path: Path


class ReferenceStore(Protocol):
    """Prepared references by their content, and where they are hosted; raises StorageError."""

    def scratch(self) -> AbstractAsyncContextManager[Path]:
        """Return a new path for a file in the making; whatever is left there is removed at the end."""
        ...

    async def keep(self, file: Path, prepared: PreparedReference) -> KeptReference:
        """Make *file* durable under its content; the same content is kept once."""
        ...

    async def kept(self, sha256: str) -> KeptReference | None:
        """Return what is kept under *sha256*, or None when it is not there or its file is gone."""
        ...

    async def save_hosted(self, hosted: HostedReference) -> None:
        """Remember where a reference is hosted, in place of what was known for the same content and host."""
        ...

    async def hosted(self, sha256: str, host: str) -> HostedReference | None:
        """Return where this content is hosted at *host*, or None."""
        ...

    async def all_hosted(self) -> tuple[HostedReference, ...]:
        """Return everything that is hosted anywhere, newest first."""
        ...

    async def forget_hosted(self, hosted: HostedReference) -> None:
        """Remove the record of a file that was deleted at its host."""
        ...
