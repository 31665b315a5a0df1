"""The only errors that the engine has to understand; foreign ones die where they arise."""

from __future__ import annotations

from seedream_desktop.domain.failure import Failure
from seedream_desktop.domain.preparation import ReferenceFault


class ServiceError(Exception):
    """A call to the service brought nothing usable; *failure* says why, safe to show and to log."""

    def __init__(self, failure: Failure) -> None:
        super().__init__(f"{failure.kind}: {failure.code} {failure.message}".strip())
        self.failure = failure


class UnreachableError(ServiceError):
    """No usable answer came: no connection, a broken or unreadable reply, a 5xx."""


class BrokenOffError(UnreachableError):
    """A download broke off in its middle; iterating its chunks again goes on from there."""


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


class HostRefusedError(ServiceError):
    """The user's storage will not do it however often it is asked; the failure's code is a `HostFault`."""


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
