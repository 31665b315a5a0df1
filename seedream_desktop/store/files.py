"""Small steps with files that survive a power cut: private folders, whole writes, syncs, renames."""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Final

PRIVATE_FILE: Final = 0o600
USERS_FILE: Final = 0o666  # the user's umask decides, as in any other program
PRIVATE_FOLDER: Final = 0o700
# Sharing violations of Windows, while a virus scanner or an indexer holds the file.
_HELD_BY_OTHERS: Final = frozenset({5, 32, 33})
_WAITS_S: Final = (0.05, 0.1, 0.2, 0.4, 0.8, 1.0)
# O_BINARY exists on Windows only, where it must be said.
BINARY: Final = getattr(os, "O_BINARY", 0)


def make_private(folder: Path) -> Path:
    """Return *folder*, created durably and for the user alone when it was not there; raises OSError."""
    if not folder.is_dir():
        make_private(folder.parent)
        folder.mkdir(mode=PRIVATE_FOLDER, exist_ok=True)
        sync_folder(folder.parent)
    return folder


def write_all(descriptor: int, data: bytes) -> None:
    """Write every byte; raises OSError."""
    view = memoryview(data)
    while view:
        view = view[os.write(descriptor, view) :]


def sync_file(descriptor: int) -> None:
    """Return when the bytes are on the medium itself."""
    if sys.platform == "darwin":
        import fcntl

        # fsync alone leaves them in the drive's cache there (fsync(2) of macOS).
        fcntl.fcntl(descriptor, fcntl.F_FULLFSYNC)
    else:
        os.fsync(descriptor)


def sync_path(path: Path) -> None:
    """Return when the bytes of a closed file are on the medium."""
    descriptor = os.open(path, os.O_RDWR | BINARY)
    try:
        sync_file(descriptor)
    finally:
        os.close(descriptor)


def sync_folder(folder: Path) -> None:
    """Return when the names in *folder* are on the medium; Windows does that by itself."""
    if sys.platform == "win32":
        return
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def patiently(step: Callable[[], object], pause: Callable[[float], None] = time.sleep) -> None:
    """Run *step*, again for about 2.5 s while another program of Windows holds the file; raises OSError."""
    for wait_s in _WAITS_S:
        try:
            step()
            return
        except PermissionError as error:
            if getattr(error, "winerror", None) not in _HELD_BY_OTHERS:
                raise
            pause(wait_s)
    step()


def replace_file(source: Path, target: Path) -> None:
    """Rename over *target*, both in one file system, and make the new name durable."""
    patiently(lambda: source.replace(target))
    sync_folder(target.parent)


def write_whole(target: Path, data: bytes) -> None:
    """Replace *target* by *data*, at any moment either the old or the new, readable by the user alone."""
    part = target.with_name(f"{target.name}.part")
    try:
        _write_synced(part, data)
        replace_file(part, target)
    finally:
        part.unlink(missing_ok=True)


def _write_synced(path: Path, data: bytes) -> None:
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC | BINARY, PRIVATE_FILE)
    try:
        write_all(descriptor, data)
        sync_file(descriptor)
    finally:
        os.close(descriptor)


def take_name(part: Path, target: Path) -> bool:
    """Give *part* the name *target*; False when the name is taken. Never overwrites; raises OSError.

    On POSIX systems *part* may keep its own name too.
    """
    try:
        if sys.platform == "win32":
            patiently(lambda: part.rename(target))
        else:
            os.link(part, target)
    except FileExistsError:
        return False
    except (OSError, NotImplementedError):
        return _claim_and_replace(part, target)
    return True


def _claim_and_replace(part: Path, target: Path) -> bool:
    """The way for file systems without hard links, FAT for one: an empty file holds the name for a moment."""
    try:
        os.close(os.open(target, os.O_WRONLY | os.O_CREAT | os.O_EXCL | BINARY, USERS_FILE))
    except FileExistsError:
        return False
    try:
        part.replace(target)
    except OSError:
        target.unlink(missing_ok=True)
        raise
    return True
