"""Gives every trouble of SQLite and of the file system a name of ours; nothing else leaves the store.

The message of a failure holds the folder, and for a full disk the bytes that are left. The sentence is made elsewhere.
"""

from __future__ import annotations

import errno
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from seedream_desktop.domain.failure import Failure, FailureKind
from seedream_desktop.ports.errors import ConflictError, DiskFullError, StorageError

DATABASE_NEWER: Final = "DATABASE_NEWER"
DATABASE_DAMAGED: Final = "DATABASE_DAMAGED"
DATABASE_BUSY: Final = "DATABASE_BUSY"
DATABASE_CONFLICT: Final = "DATABASE_CONFLICT"
STORE_CLOSED: Final = "STORE_CLOSED"
DISK_FULL: Final = "DISK_FULL"
DISK_ERROR: Final = "DISK_ERROR"
FOLDER_READ_ONLY: Final = "FOLDER_READ_ONLY"
FOLDER_UNUSABLE: Final = "FOLDER_UNUSABLE"
LIBRARY_MISSING: Final = "LIBRARY_MISSING"
PROJECT_FOLDER_MISSING: Final = "PROJECT_FOLDER_MISSING"
PROJECT_FOLDER_UNUSABLE: Final = "PROJECT_FOLDER_UNUSABLE"

_FULL: Final = frozenset({errno.ENOSPC, errno.EDQUOT})
_READ_ONLY: Final = frozenset({errno.EROFS, errno.EACCES, errno.EPERM})
_UNUSABLE: Final = frozenset({errno.ENOTDIR, errno.ENOENT, errno.ELOOP, errno.ENAMETOOLONG})
# The low byte of an extended result code is the primary one (sqlite.org/rescode.html).
_PRIMARY: Final = 0xFF
_SQLITE_CODES: Final[dict[int, str]] = {
    sqlite3.SQLITE_READONLY: FOLDER_READ_ONLY,
    sqlite3.SQLITE_PERM: FOLDER_READ_ONLY,
    sqlite3.SQLITE_CANTOPEN: FOLDER_UNUSABLE,
    sqlite3.SQLITE_CORRUPT: DATABASE_DAMAGED,
    sqlite3.SQLITE_NOTADB: DATABASE_DAMAGED,
    sqlite3.SQLITE_BUSY: DATABASE_BUSY,
    sqlite3.SQLITE_LOCKED: DATABASE_BUSY,
    sqlite3.SQLITE_CONSTRAINT: DATABASE_CONFLICT,
}
_FULL_BELOW_BYTES: Final = 1024 * 1024


@contextmanager
def troubles_named(folder: Path) -> Iterator[None]:
    """Turn an OSError or sqlite3.Error of the body into a StorageError about *folder*; disk full is DiskFullError."""
    try:
        yield
    except OSError as error:
        raise from_os(error, folder) from error
    except sqlite3.Error as error:
        raise from_sqlite(error, folder) from error


def trouble(code: str, message: str) -> StorageError:
    """Return the error with our *code*."""
    return StorageError(Failure(FailureKind.DISK_TROUBLE, code, message))


def from_os(error: OSError, folder: Path) -> StorageError:
    """Return our error for one of the system."""
    if error.errno in _FULL:
        return _full(folder)
    if error.errno in _READ_ONLY:
        return trouble(FOLDER_READ_ONLY, str(folder))
    code = FOLDER_UNUSABLE if error.errno in _UNUSABLE else DISK_ERROR
    return trouble(code, f"{folder}: {error.strerror or error}")


def from_sqlite(error: sqlite3.Error, folder: Path) -> StorageError:
    """Return our error for one of SQLite."""
    number = getattr(error, "sqlite_errorcode", None)
    primary = sqlite3.SQLITE_ERROR if number is None else number & _PRIMARY
    if primary == sqlite3.SQLITE_FULL:
        return _full(folder)
    # On a full disk the shared-memory file fails with an I/O error of its own.
    if primary == sqlite3.SQLITE_IOERR and 0 <= free_bytes(folder) < _FULL_BELOW_BYTES:
        return _full(folder)
    code = _SQLITE_CODES.get(primary, DISK_ERROR)
    if code == DATABASE_CONFLICT:
        return ConflictError(Failure(FailureKind.DISK_TROUBLE, code, str(error)))
    return trouble(code, str(folder) if code == FOLDER_READ_ONLY else f"{folder}: {error}")


def free_bytes(folder: Path) -> int:
    """Return the bytes free for us where *folder* is or would be; -1 when the system does not say."""
    existing = next((path for path in (folder, *folder.parents) if path.exists()), folder)
    try:
        return shutil.disk_usage(existing).free
    except OSError:
        return -1


def _full(folder: Path) -> DiskFullError:
    return DiskFullError(
        Failure(FailureKind.DISK_TROUBLE, DISK_FULL, f"{folder}, {max(0, free_bytes(folder)) / 1_000_000:.1f} MB free")
    )
