"""The orders that the references were in before, and what a change does to their numbers; it knows no Qt."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from seedream_desktop.domain.reference import Reference
from seedream_desktop.ui.composer.tile_state import Entry

Entries = tuple[Entry, ...]
_MOST_STEPS: Final = 50


class History:
    """What Undo goes back to, 50 steps at most, and what Redo goes forward to."""

    def __init__(self) -> None:
        self._past: list[Entries] = []
        self._future: list[Entries] = []

    def remember(self, before: Entries) -> None:
        """Keep *before*, which has just been changed by the user."""
        self._past = [*self._past[1 - _MOST_STEPS :], before]
        self._future.clear()

    def back(self, now: Entries) -> Entries | None:
        """Return what was before *now*, or None at the beginning."""
        return _step(self._past, self._future, now)

    def forward(self, now: Entries) -> Entries | None:
        """Return what `back` left, or None when there is nothing."""
        return _step(self._future, self._past, now)

    def amend(self, key: int, reference: Reference) -> None:
        """Let every step know what was found out about *reference*, as long as it is the same picture there."""
        for steps in (self._past, self._future):
            steps[:] = [tuple(_amended(entry, key, reference) for entry in step) for step in steps]

    def forget(self) -> None:
        """Begin anew."""
        self._past.clear()
        self._future.clear()


def is_same_picture(one: Reference, other: Reference) -> bool:
    """Return whether both are the same part of the same source."""
    return (one.source, one.crop) == (other.source, other.crop)


def new_numbers(before: Sequence[Entry], after: Sequence[Entry]) -> dict[int, int | None]:
    """Return the new number for each old one that is another now, None for what is gone; numbers begin at 1."""
    places = {entry.key: number for number, entry in enumerate(after, 1)}
    found = {number: places.get(entry.key) for number, entry in enumerate(before, 1)}
    return {old: new for old, new in found.items() if old != new}


def to_prepare(before: Sequence[Entry], after: Sequence[Entry]) -> Entries:
    """Return the entries of *after* that are new or show another picture than they did."""
    known = {entry.key: entry.reference for entry in before}
    return tuple(
        entry for entry in after if entry.key not in known or not is_same_picture(known[entry.key], entry.reference)
    )


def _step(source: list[Entries], target: list[Entries], now: Entries) -> Entries | None:
    if not source:
        return None
    target.append(now)
    return source.pop()


def _amended(entry: Entry, key: int, reference: Reference) -> Entry:
    if entry.key != key or not is_same_picture(entry.reference, reference):
        return entry
    return Entry(key, replace(entry.reference, sha256=reference.sha256, title=reference.title))
