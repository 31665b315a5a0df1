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
from seedream_desktop.domain.preparation import PreparedReference, ReferenceFault
from seedream_desktop.domain.reference import Crop, HostedReference
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


class UnusableReferenceError(Exception):
    """A reference image cannot be used as it is; *name* is what people call it."""

    def __init__(self, fault: ReferenceFault, name: str, detail: str = "") -> None:
        super().__init__(f"{name}: {fault} {detail}".strip())
        self.fault = fault
        self.name = name
        self.detail = detail


class HostRefusedError(ServiceError):
    """The user's storage will not do it however often it is asked; the failure's code is a `HostFault`."""


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

    async def with_picture(self, sha256: str) -> Task | None:
        """Return the newest task that a stored picture with these bytes belongs to, or None."""
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
