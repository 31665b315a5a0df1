"""One process to a data folder, held by a lock of the kernel that ends with the process, however it ends."""

from __future__ import annotations

import os
from contextlib import suppress
from pathlib import Path
from types import TracebackType
from typing import Final, Self

from filelock import FileLock, Timeout

from seedream_desktop.domain.failure import Failure, FailureKind
from seedream_desktop.ports.errors import StorageError
from seedream_desktop.system.holder import HOLDER_NAME

LOCK_NAME: Final = "seedream.lock"
MAX_WAIT_S: Final = 5.0


class DataFolderInUseError(Exception):
    """Another process works in the data folder; *holder_pid* is its number where it is known."""

    def __init__(self, data_dir: Path, holder_pid: int | None) -> None:
        who = f"process {holder_pid}" if holder_pid else "another process"
        super().__init__(f"The data folder {data_dir} is in use by {who}. Close the other Seedream Desktop first.")
        self.data_dir = data_dir
        self.holder_pid = holder_pid


class DataFolderLock:
    """The right to write in a data folder; enter it or call `acquire` and `release`."""

    def __init__(self, data_dir: Path) -> None:
        """Name the folder; it is created, readable by its owner only, when the lock is taken."""
        self.data_dir = data_dir
        self._holder_file = data_dir / HOLDER_NAME
        self._lock = FileLock(data_dir / LOCK_NAME, mode=0o600, thread_local=False)

    def acquire(self, wait_s: float = 0.0) -> Self:
        """Take the lock, waiting up to *wait_s* real seconds (0 to 5) for the holder to leave; blocks meanwhile.

        Raises:
            DataFolderInUseError: when another process keeps it.
            StorageError: when the folder cannot be created or written.
        """
        try:
            self.data_dir.mkdir(mode=0o700, parents=True, exist_ok=True)
            self._lock.acquire(timeout=min(max(wait_s, 0.0), MAX_WAIT_S))
            self._holder_file.write_text(str(os.getpid()), encoding="ascii")
        except Timeout:
            raise DataFolderInUseError(self.data_dir, self._holder_pid()) from None
        except (OSError, NotImplementedError) as error:
            self._lock.release()
            message = f"The data folder {self.data_dir} cannot be written: {getattr(error, 'strerror', None) or error}."
            raise StorageError(Failure(FailureKind.DISK_TROUBLE, "DATA_FOLDER", message)) from error
        return self

    def release(self) -> None:
        """Let others in; nothing happens when the lock is not held."""
        if self._lock.is_locked:
            with suppress(OSError):
                self._holder_file.unlink(missing_ok=True)
            self._lock.release()

    def __enter__(self) -> Self:
        return self if self._lock.is_locked else self.acquire()

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.release()

    def _holder_pid(self) -> int | None:
        try:
            return int(self._holder_file.read_text(encoding="ascii"))
        except (OSError, ValueError):
            return None
