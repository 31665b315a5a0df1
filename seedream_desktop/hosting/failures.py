"""What goes wrong at a host, in the program's own names; nothing here holds a secret or a signed link."""

from __future__ import annotations

import asyncio
from pathlib import Path

from seedream_desktop.domain.failure import Failure, FailureKind
from seedream_desktop.domain.hosting import HostFault
from seedream_desktop.ports.errors import HostRefusedError, StorageError, UnreachableError


def refused(fault: HostFault, detail: str = "") -> HostRefusedError:
    """Return the error for what stays refused however often it is asked; *detail* is for people."""
    return HostRefusedError(Failure(FailureKind.HOST_REFUSED, fault, detail))


def unreachable(code: str) -> UnreachableError:
    """Return the error for what is worth another try; *code* says in a word what happened."""
    return UnreachableError(Failure(FailureKind.HOST_UNREACHABLE, code))


async def read_file(path: Path) -> bytes:
    """Return the bytes of a prepared file, read off the loop; raises a StorageError: it is no trouble of the host."""
    try:
        return await asyncio.to_thread(path.read_bytes)
    except OSError as error:
        words = error.strerror or type(error).__name__
        raise StorageError(Failure(FailureKind.DISK_TROUBLE, "DISK_ERROR", f"{path}: {words}")) from error
