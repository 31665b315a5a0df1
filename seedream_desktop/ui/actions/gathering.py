"""Finds picture files among dropped files and folders; runs on a thread and decodes nothing."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from seedream_desktop.domain.preparation import ReferenceFault
from seedream_desktop.imaging.kinds import START_BYTES, sniff_kind

# Whoever drops a whole disk by mistake is not to wait for it.
_MOST_LOOKED_AT: Final = 2_000


@dataclass(frozen=True, slots=True)
class Gathered:
    """The picture files that were found, and the names of those that are none, with why."""

    pictures: tuple[str, ...]
    refused: tuple[tuple[str, ReferenceFault], ...] = ()


def gather(paths: Sequence[str]) -> Gathered:
    """Return the pictures at *paths* in their order; of a folder those in it, by name, silent about the rest."""
    pictures: list[str] = []
    refused: list[tuple[str, ReferenceFault]] = []
    for path in map(Path, paths):
        if path.is_dir():
            pictures += [str(found) for found in _in_folder(path)]
        elif (fault := _fault(path)) is None:
            pictures.append(str(path.absolute()))
        else:
            refused.append((path.name, fault))
    return Gathered(tuple(dict.fromkeys(pictures)), tuple(refused))


def _in_folder(folder: Path) -> Iterator[Path]:
    found = (path for path, _ in zip(folder.rglob("*"), range(_MOST_LOOKED_AT), strict=False))
    visible = [path for path in found if not any(part.startswith(".") for part in path.relative_to(folder).parts)]
    return (path.absolute() for path in sorted(visible) if path.is_file() and _fault(path) is None)


def _fault(path: Path) -> ReferenceFault | None:
    try:
        if not path.is_file():
            return ReferenceFault.FILE_UNREADABLE if path.exists() else ReferenceFault.FILE_MISSING
        with path.open("rb") as file:
            return None if sniff_kind(file.read(START_BYTES)) else ReferenceFault.NOT_A_PICTURE
    except (OSError, ValueError):  # ValueError: a NUL in the path
        return ReferenceFault.FILE_UNREADABLE
