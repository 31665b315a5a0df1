"""Cuts what is written about very many pictures, so that a task that wants to be saved has its turn in between."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Final

# Some 400 ms of writing.
PORTION: Final = 2_000


def portions(contents: Collection[str]) -> list[Sequence[str]]:
    """Return all of *contents*; very many in portions that lie close together on the disk."""
    if len(contents) <= PORTION:
        return [tuple(contents)]
    in_order = sorted(contents)
    return [in_order[at : at + PORTION] for at in range(0, len(in_order), PORTION)]
