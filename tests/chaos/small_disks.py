"""Disks that fill up under a running program and get space again: a small tmpfs, or a limit on the size of files."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from typing import Final, Protocol

from tests.chaos.program import Life, members_of

ROOMY_BYTES: Final = 256 * 1024 * 1024


class SmallDisk(Protocol):
    """A folder whose space can be taken away and given back; *through* starts a program within the limit."""

    folder: Path

    def shrink(self, free_bytes: int, life: Life | None) -> None:
        """Leave *free_bytes* to what is written from now on, by *life* when it runs."""

    def grow(self, life: Life | None) -> None:
        """Give all the space back."""

    @property
    def through(self) -> tuple[str, ...]:
        """The command to start programs through while the disk is shrunk."""

    def close(self) -> None:
        """Leave nothing behind."""


class MountedDisk:
    """A tmpfs, for root on Linux; its pages make the budget exact to 4 KiB."""

    through: tuple[str, ...] = ()

    def __init__(self, folder: Path) -> None:
        folder.mkdir()
        self.folder = folder
        subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={ROOMY_BYTES}", "tmpfs", folder], check=True)

    def shrink(self, free_bytes: int, life: Life | None) -> None:
        # The system refuses less than is used, and the program goes on writing meanwhile.
        while not self._resize(self._used_bytes() + free_bytes):
            continue

    def grow(self, life: Life | None) -> None:
        if not self._resize(ROOMY_BYTES):
            raise RuntimeError(f"{self.folder} cannot be made larger again")

    def close(self) -> None:
        subprocess.run(["umount", "--lazy", self.folder], check=True)

    def _used_bytes(self) -> int:
        figures = os.statvfs(self.folder)
        return max(figures.f_blocks - figures.f_bfree, 1) * figures.f_frsize

    def _resize(self, size_bytes: int) -> bool:
        command = ["mount", "-o", f"remount,size={size_bytes}", str(self.folder)]
        return subprocess.run(command, stderr=subprocess.DEVNULL, check=False).returncode == 0


class LimitedFiles:
    """No file may grow beyond the budget, exact to the byte (RLIMIT_FSIZE); for Linux without root."""

    def __init__(self, folder: Path) -> None:
        folder.mkdir()
        self.folder = folder
        self.through: tuple[str, ...] = ()

    def shrink(self, free_bytes: int, life: Life | None) -> None:
        limited = "import os, resource, sys; resource.setrlimit(resource.RLIMIT_FSIZE, (int(sys.argv[1]), -1));"
        self.through = (sys.executable, "-c", f"{limited} os.execv(sys.argv[2], sys.argv[2:])", str(free_bytes))
        if life is not None:
            _limit(life, free_bytes)

    def grow(self, life: Life | None) -> None:
        self.through = ()
        if life is not None:
            _limit(life, -1)

    def close(self) -> None:
        return


def small_disk(folder: Path) -> MountedDisk | LimitedFiles:
    """Return a new small disk at *folder*, of the kind that this machine allows."""
    if os.geteuid() == 0 and "SEEDREAM_CHAOS_NO_MOUNT" not in os.environ:
        try:
            return MountedDisk(folder)
        except subprocess.CalledProcessError:
            folder.rmdir()
    return LimitedFiles(folder)


def _limit(life: Life, size_bytes: int) -> None:
    import resource

    for pid in members_of(life.process.pid):
        resource.prlimit(pid, resource.RLIMIT_FSIZE, (size_bytes, -1))
