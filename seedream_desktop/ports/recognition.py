"""How a picture from anywhere is known again: by the recipe in its file, or by looking like one of the library's."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final, Protocol

from seedream_desktop.domain.recipe import Recipe

LIKENESS_BYTES: Final = 16
LIKENESS_BITS: Final = 8 * LIKENESS_BYTES


@dataclass(frozen=True, slots=True)
class Traces:
    """What a picture file tells; *likeness* is a perceptual hash, None when the picture is too plain for one."""

    recipe: Recipe | None = None
    likeness: bytes | None = None


@dataclass(frozen=True, slots=True)
class Lookalike:
    """A picture of the library, and in how many of the 128 bits it differs from the one that is looked for."""

    sha256: str
    distance: int

    @property
    def alikeness(self) -> float:
        """How much of what is compared is the same, from 0 to 1."""
        return 1 - self.distance / LIKENESS_BITS


class TraceReader(Protocol):
    """Opens foreign picture files where they can do no harm."""

    async def traces(self, path: Path) -> Traces:
        """Return what the file tells; raises UnusableReferenceError, StorageError."""
        ...

    async def inscribe(self, path: Path, into: Path, recipe: Recipe) -> None:
        """Write the file with *recipe* in it, and the same pixels, to *into*; raises UndecodableError, StorageError."""
        ...


class LikenessIndex(Protocol):
    """Keeps the likenesses of the library's pictures by their SHA-256; all calls raise StorageError."""

    async def lookalikes(self, likeness: bytes) -> tuple[Lookalike, ...]:
        """Return the pictures that look the same, the most alike first."""
        ...

    async def unseen(self, limit: int) -> tuple[str, ...]:
        """Return up to *limit* pictures on this disk that nobody has looked at yet."""
        ...

    async def keep(self, likenesses: Mapping[str, bytes | None]) -> None:
        """Note the likeness of pictures; None for one that has none."""
        ...
