"""What a designer says of a picture. It belongs to the picture's content, so a second copy of it says the same."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Final

MAX_STARS: Final = 5


class Flag(StrEnum):
    """Whether a picture was taken or thrown out."""

    NONE = "none"
    PICK = "pick"
    REJECT = "reject"


@dataclass(frozen=True, slots=True)
class Judgment:
    """All that was said of one picture; a picture nobody looked at has the defaults. *tags* are sorted.

    Raises:
        ValueError: when *stars* is not from 0 to 5.
    """

    stars: int = 0
    flag: Flag = Flag.NONE
    is_favourite: bool = False
    note: str = ""
    tags: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        """Refuse stars that no key gives."""
        if not 0 <= self.stars <= MAX_STARS:
            raise ValueError(f"stars from 0 to {MAX_STARS}, not {self.stars}")


UNJUDGED: Final = Judgment()


@dataclass(frozen=True, slots=True)
class Change:
    """What one key or click says; None leaves a thing as it is. *adds* and *drops* are tags, *drops* goes first."""

    stars: int | None = None
    flag: Flag | None = None
    is_favourite: bool | None = None
    note: str | None = None
    adds: tuple[str, ...] = ()
    drops: tuple[str, ...] = ()

    def applied_to(self, judgment: Judgment) -> Judgment:
        """Return *judgment* with the change; raises ValueError for stars that do not exist."""
        kept = {tag for tag in judgment.tags if tag not in self.drops}
        return Judgment(
            stars=judgment.stars if self.stars is None else self.stars,
            flag=judgment.flag if self.flag is None else self.flag,
            is_favourite=judgment.is_favourite if self.is_favourite is None else self.is_favourite,
            note=judgment.note if self.note is None else self.note,
            tags=tuple(sorted(kept.union(filter(None, map(tidy_tag, self.adds))))),
        )

    @classmethod
    def between(cls, old: Judgment, new: Judgment) -> Change:
        """Return what makes *new* out of *old*, and says nothing of what is the same in both."""
        return cls(
            stars=None if new.stars == old.stars else new.stars,
            flag=None if new.flag is old.flag else new.flag,
            is_favourite=None if new.is_favourite == old.is_favourite else new.is_favourite,
            note=None if new.note == old.note else new.note,
            adds=tuple(tag for tag in new.tags if tag not in old.tags),
            drops=tuple(tag for tag in old.tags if tag not in new.tags),
        )


def tidy_tag(text: str) -> str:
    """Return a tag as it is kept: one line, single spaces, no comma; empty when nothing is left."""
    return " ".join(text.replace(",", " ").split())
