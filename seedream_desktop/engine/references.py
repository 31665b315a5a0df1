"""Makes the references of an order reachable for the service before any money moves."""

from __future__ import annotations

import asyncio
import hashlib
from datetime import datetime, timedelta
from pathlib import Path
from typing import Final

from seedream_desktop.domain.failure import Failure, FailureKind
from seedream_desktop.domain.reference import HostedReference, Reference
from seedream_desktop.domain.request import GenerationRequest, Mode
from seedream_desktop.ports import Clock, ReferenceHost, TaskStore

# A link must outlive the queue and the model's own fetching.
_SPARE: Final = timedelta(hours=1)


class ReferenceRefusedError(Exception):
    """A reference cannot be sent at all; *failure* names it."""

    def __init__(self, failure: Failure) -> None:
        super().__init__(failure.message)
        self.failure = failure


class ReferencePublisher:
    """Turns references into links, uploading a file once and reusing the link while it lives."""

    def __init__(self, host: ReferenceHost | None, tasks: TaskStore, clock: Clock) -> None:
        self._host = host
        self._tasks = tasks
        self._clock = clock

    async def links(self, request: GenerationRequest) -> tuple[str, ...]:
        """Return one link for each reference, in order; empty in text-to-image.

        Raises:
            ReferenceRefusedError: when a reference can never be sent as it is.
            ServiceError: when a host did not take it for now.
        """
        if request.mode is Mode.TEXT_TO_IMAGE:
            return ()
        return tuple([await self._link(reference) for reference in request.references])

    async def _link(self, reference: Reference) -> str:
        if reference.is_link:
            return reference.source
        if self._host is None:
            raise ReferenceRefusedError(Failure(FailureKind.NO_HOST_FOR_FILES, "", reference.name))
        path = Path(reference.source)
        sha256 = await self._digest(path)
        known = await self._tasks.hosted(sha256, self._host.name)
        if known is not None and self._is_alive(known):
            return known.url
        hosted = await self._host.publish(path)
        await self._tasks.save_hosted(sha256, hosted)
        return hosted.url

    async def _digest(self, path: Path) -> str:
        try:
            return await asyncio.to_thread(_sha256, path)
        except OSError as error:
            words = f"{path.name}: {error.strerror}"
            raise ReferenceRefusedError(Failure(FailureKind.REFERENCE, "FILE_UNREADABLE", words)) from error

    def _is_alive(self, hosted: HostedReference) -> bool:
        return hosted.until is None or datetime.fromisoformat(hosted.until) > self._clock.now() + _SPARE


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
