"""What the engine needs of the world, as protocols, and the only errors it has to understand."""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from pathlib import Path
from typing import Protocol

from seedream_desktop.domain.failure import Failure
from seedream_desktop.domain.pixels import PixelSize
from seedream_desktop.domain.reference import HostedReference
from seedream_desktop.domain.request import GenerationRequest
from seedream_desktop.domain.task import AttemptId, ServiceTaskId, Task, TaskId


class ServiceError(Exception):
    """A call to the service brought nothing usable; *failure* says why, safe to show and to log."""

    def __init__(self, failure: Failure) -> None:
        super().__init__(f"{failure.kind}: {failure.code} {failure.message}".strip())
        self.failure = failure


class UnreachableError(ServiceError):
    """No usable answer came: no connection, a broken or unreadable reply, a 5xx."""


class KeyRefusedError(ServiceError):
    """The service does not take the key (401)."""


class BusyError(ServiceError):
    """The service asks to wait (429); *retry_after_s* is what it said, or None."""

    def __init__(self, failure: Failure, retry_after_s: float | None) -> None:
        super().__init__(failure)
        self.retry_after_s = retry_after_s


class TaskNotFoundError(ServiceError):
    """The service does not know the task id, for now at least."""


class LinkDeadError(ServiceError):
    """A result link answers with 403, 404 or 410."""


class NotAnImageError(ServiceError):
    """What came from a result link is not a picture, or not a whole one."""


class StorageError(Exception):
    """Something could not be read from or written to this disk; *failure* says what."""

    def __init__(self, failure: Failure) -> None:
        super().__init__(f"{failure.code} {failure.message}".strip())
        self.failure = failure


class DiskFullError(StorageError):
    """No space is left; the same step is tried again when there is some."""


class ConflictError(StorageError):
    """What was to be written contradicts what is there; trying again cannot help."""


class UndecodableError(Exception):
    """A file is not a picture that can be opened whole; the text says why, for the log."""


class Clock(Protocol):
    """Time as an argument. Seconds are the engine's own: a time scale shortens them all alike."""

    def now(self) -> datetime:
        """Return the wall clock, aware, in UTC."""
        ...

    def monotonic_s(self) -> float:
        """Return engine seconds since some fixed moment."""
        ...

    def age_s(self, since: datetime) -> float:
        """Return the engine seconds since *since*, never negative."""
        ...

    async def sleep(self, seconds: float) -> None:
        """Wait *seconds* engine seconds."""
        ...

    def deadline(self, seconds: float) -> AbstractAsyncContextManager[object]:
        """Return a context that raises TimeoutError when its body takes longer than *seconds* engine seconds."""
        ...


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
    """The service still works on the task; *word* is its own word for it."""

    word: str


@dataclass(frozen=True, slots=True)
class Succeeded:
    """The task has results: 1 or more links, as they came."""

    urls: tuple[str, ...]
    raw_result: str


@dataclass(frozen=True, slots=True)
class Unreadable:
    """The service says success, but its result cannot be read; *raw_result* is all there is."""

    raw_result: str


@dataclass(frozen=True, slots=True)
class FailedAtService:
    """The service gave up on the task."""

    failure: Failure


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
    """An open download; iterate it once."""

    total_bytes: int | None

    def chunks(self) -> AsyncIterator[bytes]:
        """Yield the bytes as they come, at most 64 MiB in all."""
        ...


class PictureSource(Protocol):
    """Opens result links; never sends a key."""

    def open(self, url: str) -> AbstractAsyncContextManager[PictureDownload]:
        """Connect to *url* and check its head; raises a ServiceError."""
        ...


class ReferenceHost(Protocol):
    """Makes a local picture reachable by URL for the service; *name* tells hosts apart in the records."""

    name: str

    async def publish(self, path: Path) -> HostedReference:
        """Upload the file and return where it can be fetched; raises a ServiceError."""
        ...


class TaskStore(Protocol):
    """The truth about tasks. All calls raise StorageError when the disk does not do its part."""

    async def save(self, task: Task) -> None:
        """Commit the task with its attempts and pictures, durable before this returns."""
        ...

    async def get(self, task_id: TaskId) -> Task | None:
        """Return a task, or None."""
        ...

    async def by_service_id(self, service_task_id: ServiceTaskId) -> Task | None:
        """Return the task that owns the service's id, or None."""
        ...

    async def newest(self, limit: int, before: Task | None = None) -> tuple[Task, ...]:
        """Return up to *limit* tasks, newest first, older than *before* when given."""
        ...

    async def unfinished(self) -> tuple[Task, ...]:
        """Return every task that is not final or may still get pictures, oldest first."""
        ...

    async def with_unsaved_pictures(self) -> tuple[Task, ...]:
        """Return every final task with a stored picture that has no copy in the library yet."""
        ...

    async def save_reply(self, attempt_id: AttemptId, reply: RawReply) -> None:
        """Commit a reply before anybody reads it."""
        ...

    async def reply_of(self, attempt_id: AttemptId) -> RawReply | None:
        """Return the stored reply of an attempt, or None."""
        ...

    async def save_hosted(self, reference_sha256: str, hosted: HostedReference) -> None:
        """Remember where a reference picture is hosted."""
        ...

    async def hosted(self, reference_sha256: str, host: str) -> HostedReference | None:
        """Return where a picture with these bytes is hosted at *host*, or None."""
        ...


class PartFile(Protocol):
    """A picture on its way to the disk; never listed before it is kept."""

    path: Path

    async def write(self, chunk: bytes) -> None:
        """Append bytes."""
        ...


@dataclass(frozen=True, slots=True)
class KeptPicture:
    """Where the exact bytes of a picture are, content-addressed."""

    path: Path
    sha256: str
    size_bytes: int


class PictureStore(Protocol):
    """Originals, whole or not at all; raises StorageError."""

    def begin(self, task_id: TaskId, position: int) -> AbstractAsyncContextManager[PartFile]:
        """Open a part file; leaving the context without `keep` removes it."""
        ...

    async def keep(self, part: PartFile, media_format: str) -> KeptPicture:
        """Make the part file durable under its content address and return it; *media_format* is e.g. ``JPEG``."""
        ...

    def thumbnail_path(self, sha256: str, edge_px: int) -> Path:
        """Return where the thumbnail with this longest edge belongs, existing or not."""
        ...


class Library(Protocol):
    """The user's own folder of finished pictures; raises StorageError."""

    async def save(self, original: Path, name: str) -> Path:
        """Copy the bytes into the folder under a free name like *name* and return the path."""
        ...


@dataclass(frozen=True, slots=True)
class Examined:
    """What a picture file really is, found by decoding all of it: ``JPEG``, ``PNG`` or ``WEBP``."""

    media_format: str
    size: PixelSize


class PictureInspector(Protocol):
    """Opens foreign picture files where they can do no harm."""

    async def examine(self, path: Path) -> Examined:
        """Decode the whole file; raises UndecodableError when it is not one whole picture within the limits."""
        ...

    async def make_thumbnails(self, path: Path, targets: dict[int, Path]) -> None:
        """Write a thumbnail for each longest edge in pixels; raises UndecodableError or StorageError."""
        ...
