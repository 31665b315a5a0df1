"""Calls to the user's host: none is waited for without end, and every failure says whether another try is of use."""

from __future__ import annotations

from collections.abc import Awaitable
from contextlib import suppress
from typing import Final, TypeVar

from seedream_desktop.domain.failure import Failure, FailureKind
from seedream_desktop.domain.hosting import HostFault
from seedream_desktop.domain.preparation import ReferenceFault
from seedream_desktop.domain.reference import HostedReference
from seedream_desktop.engine.references.verifying import Sight
from seedream_desktop.ports.clock import Clock
from seedream_desktop.ports.errors import BusyError, HostRefusedError, KeyRefusedError, ServiceError, UnreachableError
from seedream_desktop.ports.references import ReferenceHost

T = TypeVar("T")
# Longer than any upload of 10 MB that is worth waiting for.
_CALL_DEADLINE_S: Final = 600.0
# What is left behind is not worth holding an order, or a user who waits, for long.
_TIDY_DEADLINE_S: Final = 10.0


async def tidy(host: ReferenceHost, hosted: HostedReference, clock: Clock) -> None:
    """Delete a file that nobody needs, where the host does it within 10 s."""
    with suppress(ServiceError):
        await call_host(host.delete(hosted), clock, _TIDY_DEADLINE_S)


async def call_host(call: Awaitable[T], clock: Clock, deadline_s: float = _CALL_DEADLINE_S) -> T:
    """Return what a host answers in time.

    Raises:
        HostRefusedError: when asking again is of no use.
        UnreachableError: when it may be, with the kind of a host's trouble: it says nothing about the service.
    """
    try:
        async with clock.deadline(deadline_s):
            return await call
    except HostRefusedError:
        raise
    except (UnreachableError, BusyError, KeyRefusedError) as error:
        failure = error.failure
        raise UnreachableError(Failure(FailureKind.HOST_UNREACHABLE, failure.code, failure.message)) from error
    except ServiceError as error:
        words = f"{error.failure.code} {error.failure.message}".strip()
        raise HostRefusedError(Failure(FailureKind.HOST_REFUSED, HostFault.ODD_ANSWER, words)) from error
    except TimeoutError as error:
        raise UnreachableError(Failure(FailureKind.HOST_UNREACHABLE, "TIMEOUT")) from error


def not_shown(sight: Sight) -> HostRefusedError:
    """Return the error for a file that was taken and that strangers do not see as it is."""
    is_other = sight.fault in (ReferenceFault.LINK_NOT_A_PICTURE, ReferenceFault.LINK_CHANGED)
    fault = HostFault.WRONG_CONTENT if is_other else HostFault.NOT_READABLE
    return HostRefusedError(Failure(FailureKind.HOST_REFUSED, fault, sight.detail))
