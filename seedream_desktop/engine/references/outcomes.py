"""What trouble with a reference means for the order: nothing was sent, so it is refused for good or tried again."""

from __future__ import annotations

from seedream_desktop.domain.failure import Failure, FailureKind
from seedream_desktop.domain.preparation import ReferenceFault
from seedream_desktop.ports.errors import HostRefusedError, ServiceError, UnusableReferenceError

ReferenceTrouble = UnusableReferenceError | ServiceError


def failure_of(error: ReferenceTrouble) -> Failure:
    """Return the trouble as a task's failure."""
    match error:
        case UnusableReferenceError(fault=ReferenceFault.NO_HOST):
            return Failure(FailureKind.NO_HOST_FOR_FILES, "", error.name)
        case UnusableReferenceError():
            return Failure(FailureKind.REFERENCE_UNUSABLE, error.fault, error.name)
        case ServiceError():
            return error.failure


def may_pass(error: ReferenceTrouble) -> bool:
    """Whether the same order may go later without anybody's doing."""
    if isinstance(error, UnusableReferenceError):
        return error.fault is ReferenceFault.LINK_UNREACHABLE
    return not isinstance(error, HostRefusedError)
