"""Who started whom on this machine, as Linux tells it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path


def descendants_of(pid: int) -> list[int]:
    """Return the processes that *pid* started, and all that those started."""
    parents = dict(_parents())
    found = [pid]
    for known in found:
        found.extend(child for child, parent in parents.items() if parent == known)
    return found[1:]


def is_alive(pid: int) -> bool:
    """Return whether the process runs; one that has ended and waits to be asked for does not."""
    try:
        return _stat(Path("/proc", str(pid)))[0] != "Z"
    except OSError:
        return False


def _parents() -> Iterator[tuple[int, int]]:
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            yield int(folder.name), int(_stat(folder)[1])
        except OSError:
            continue


def _stat(folder: Path) -> list[str]:
    """Return state, parent and so on; the name before them may hold anything."""
    return (folder / "stat").read_text(errors="replace").rpartition(")")[2].split()
