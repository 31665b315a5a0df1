"""One picture of a task, from its link to the file on this disk."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from typing import Any, Final

from seedream_desktop.domain.pixels import PixelSize


class PictureState(StrEnum):
    """How far a picture has come."""

    PLANNED = "planned"
    DOWNLOADING = "downloading"
    STORED = "stored"
    EXPIRED = "expired"
    UNDECODABLE = "undecodable"
    NOT_AN_IMAGE = "not_an_image"
    MISSING = "missing"


_BAD: Final = frozenset(
    {PictureState.EXPIRED, PictureState.UNDECODABLE, PictureState.NOT_AN_IMAGE, PictureState.MISSING}
)


@dataclass(frozen=True, slots=True)
class Picture:
    """A result of a task; *path*, *sha256* and *size* are of the exact bytes the service sent."""

    position: int
    url: str
    state: PictureState = PictureState.PLANNED
    tries: int = 0
    sha256: str | None = None
    path: str | None = None
    saved_path: str | None = None
    size: PixelSize | None = None
    size_bytes: int | None = None
    stored_at: datetime | None = None

    @property
    def is_stored(self) -> bool:
        """Whether the bytes are safe on this disk."""
        return self.state is PictureState.STORED

    @property
    def is_bad(self) -> bool:
        """Whether the program stopped expecting this picture for now."""
        return self.state in _BAD

    def but(self, **changes: Any) -> Picture:
        """Return a copy with *changes*."""
        return replace(self, **changes)
