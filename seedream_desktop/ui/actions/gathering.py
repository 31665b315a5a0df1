"""Finds picture files among dropped files and folders; runs on threads and decodes nothing."""

from __future__ import annotations

import os
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from seedream_desktop.domain.preparation import ReferenceFault
from seedream_desktop.imaging.kinds import START_BYTES, sniff_kind
from seedream_desktop.system.daemon_thread import call_in_daemon_thread

# Whoever drops a whole disk by mistake is not to wait for it.
_MOST_LOOKED_AT: Final = 2_000
_LIMIT_S: Final = 5.0
_SILENCE_S: Final = 5.0


@dataclass(frozen=True, slots=True)
class Gathered:
    """The picture files that were found, and the names of those that are none, with why.

    *is_cut* tells that there was more than could be looked at.
    """

    pictures: tuple[str, ...]
    refused: tuple[tuple[str, ReferenceFault], ...] = ()
    is_cut: bool = False


def gather(paths: Sequence[str], limit_s: float = _LIMIT_S) -> Gathered:
    """Return the pictures at *paths* in their order; of a folder those in it, by name, silent about the rest.

    At most 2,000 files are looked at, and for *limit_s* seconds.
    """
    search = _Search(limit_s)
    pictures: list[str] = []
    refused: list[tuple[str, ReferenceFault]] = []
    for path in map(Path, paths):
        if _is_folder(path):
            pictures += search.in_folder(path)
        elif not search.goes_on():
            break
        elif (fault := _fault(path)) is None:
            pictures.append(str(path.absolute()))
        else:
            refused.append((path.name, fault))
    return Gathered(tuple(dict.fromkeys(pictures)), tuple(refused), search.is_over)


async def is_there(path: str) -> bool:
    """Whether there is a file; not, when its network folder keeps silent."""
    try:
        return await call_in_daemon_thread(lambda: is_file(path), _SILENCE_S, "look at a file")
    except TimeoutError:
        return False


def is_file(path: str) -> bool:
    """Whether there is a file that may be asked about."""
    try:
        return Path(path).is_file()
    except (OSError, ValueError):  # e.g. in a folder that may not be entered; ValueError: a NUL in the path
        return False


def first_present(saved: str | None, own: str) -> str:
    """Return the user's copy of a picture while it is there, else ours."""
    return saved if saved is not None and is_file(saved) else own


class _Search:
    """Counts files and seconds over everything that was dropped at once."""

    def __init__(self, limit_s: float) -> None:
        self._left = _MOST_LOOKED_AT
        self._until_s = time.monotonic() + limit_s
        self.is_over = False

    def goes_on(self) -> bool:
        """Whether one more file may be looked at."""
        self._left -= 1
        self.is_over = self.is_over or self._left < 0 or time.monotonic() > self._until_s
        return not self.is_over

    def in_folder(self, folder: Path) -> list[str]:
        """Return the pictures in *folder* and below it; links to other folders are not followed."""
        found = []
        for path in _files_below(folder):
            if not self.goes_on():
                break
            if _fault(path) is None:
                found.append(str(path.absolute()))
        return found


def _files_below(folder: Path) -> Iterator[Path]:
    """Yield the files of each folder by name, before those of the folders in it; nothing hidden, no trouble told."""
    for parent, folders, files in os.walk(folder):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        yield from (Path(parent, name) for name in sorted(files) if not name.startswith("."))


def _is_folder(path: Path) -> bool:
    try:
        return path.is_dir()
    except (OSError, ValueError):  # what cannot even be asked about is named with the files
        return False


def _fault(path: Path) -> ReferenceFault | None:
    try:
        if not path.is_file():
            return ReferenceFault.FILE_UNREADABLE if path.exists() else ReferenceFault.FILE_MISSING
        with path.open("rb") as file:
            return None if sniff_kind(file.read(START_BYTES)) else ReferenceFault.NOT_A_PICTURE
    except (OSError, ValueError):  # ValueError: a NUL in the path
        return ReferenceFault.FILE_UNREADABLE
