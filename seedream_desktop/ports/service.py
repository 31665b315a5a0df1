"""The remote service: orders, how they stand, and the pictures behind its links."""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from typing import Protocol

from seedream_desktop.domain.failure import Failure
from seedream_desktop.domain.request import GenerationRequest
from seedream_desktop.domain.task import ServiceTaskId


@dataclass(frozen=True, slots=True)
class RawReply:
    """A reply of the service before anybody believed it: at most 2 MiB of body."""

    http_status: int
    retry_after: str
    body: bytes


@dataclass(frozen=True, slots=True)
class Accepted:
    """The order was taken: billed, and known by *task_id* from now on."""

    task_id: ServiceTaskId


@dataclass(frozen=True, slots=True)
class Refused:
    """The order was turned down and not billed."""

    failure: Failure


@dataclass(frozen=True, slots=True)
class Postponed:
    """The order was not taken for now (429) and may go again as a new attempt; *retry_after_s* if told."""

    failure: Failure
    retry_after_s: float | None


@dataclass(frozen=True, slots=True)
class KeyTurnedDown:
    """The order was not taken because of the key (401)."""

    failure: Failure


@dataclass(frozen=True, slots=True)
class Unclear:
    """The order may have been taken; *candidate* is a task id found in a reply that cannot be trusted."""

    failure: Failure
    candidate: ServiceTaskId | None = None


Submission = Accepted | Refused | Postponed | KeyTurnedDown | Unclear


@dataclass(frozen=True, slots=True)
class Working:
    """The service still works on the task; *word* is its own word for it, *created_at* when it took the order."""

    word: str
    created_at: datetime | None = field(default=None, compare=False)


@dataclass(frozen=True, slots=True)
class Succeeded:
    """The task has results: 1 or more links, as they came."""

    urls: tuple[str, ...]
    raw_result: str
    created_at: datetime | None = field(default=None, compare=False)


@dataclass(frozen=True, slots=True)
class Unreadable:
    """The service says success, but its result cannot be read; *raw_result* is all there is."""

    raw_result: str
    created_at: datetime | None = field(default=None, compare=False)


@dataclass(frozen=True, slots=True)
class FailedAtService:
    """The service gave up on the task."""

    failure: Failure
    created_at: datetime | None = field(default=None, compare=False)


StatusReport = Working | Succeeded | Unreadable | FailedAtService


class GenerationService(Protocol):
    """The remote service; every call may raise a ServiceError unless it says otherwise."""

    async def submit(
        self, request: GenerationRequest, reference_urls: Sequence[str], on_wire: Callable[[], Awaitable[None]]
    ) -> RawReply:
        """Send the paid order once and return the reply unread.

        *on_wire* is awaited before the first byte of the order leaves; when it raises, nothing is sent.
        Any exception after that moment means that the outcome is unknown.
        """
        ...

    def read_submission(self, reply: RawReply) -> Submission:
        """Say what a reply to `submit` means; never raises."""
        ...

    async def status(self, task_id: ServiceTaskId) -> StatusReport:
        """Ask how the task stands; free."""
        ...

    async def balance(self) -> Decimal:
        """Return the account's balance in dollars; free, so it is how a key is tested."""
        ...


class PictureDownload(Protocol):
    """An open download; iterate it once, and again after each BrokenOffError."""

    total_bytes: int | None

    def chunks(self) -> AsyncIterator[bytes]:
        """Yield the bytes as they come, at most 64 MiB in all."""
        ...


class PictureSource(Protocol):
    """Opens result links; never sends a key."""

    def open(self, url: str) -> AbstractAsyncContextManager[PictureDownload]:
        """Connect to *url* and check its head; raises a ServiceError."""
        ...
