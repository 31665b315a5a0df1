"""What a tile of the references shows beside its picture: how far it is, and what helps when something is wrong."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from seedream_desktop.domain.reference import Reference


class Kind(StrEnum):
    """How far a reference is."""

    PREPARING = "preparing"
    READY = "ready"
    HOSTED = "hosted"
    PROBLEM = "problem"


class Repair(StrEnum):
    """What one press can do about a reference that cannot be used."""

    REMOVE = "remove"
    REPLACE = "replace"
    CROP = "crop"
    CHOOSE_HOST = "choose_host"
    RETRY = "retry"


@dataclass(frozen=True, slots=True)
class TileState:
    """The state of one tile; *words* say what was done to the picture, or what is wrong with it.

    *until* is when the link of a hosted reference ends, with a time zone; None when it does not end by itself.
    """

    kind: Kind
    words: str = ""
    repairs: tuple[Repair, ...] = ()
    until: datetime | None = None


@dataclass(frozen=True, slots=True)
class Entry:
    """A reference in the strip; *key* stays with it wherever it moves, and no other ever gets it."""

    key: int
    reference: Reference
