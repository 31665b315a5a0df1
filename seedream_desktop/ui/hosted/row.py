"""One hosted picture as the list shows it; must not know Qt."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from enum import Enum, auto
from pathlib import Path

from seedream_desktop.domain.preparation import PictureFacts
from seedream_desktop.domain.reference import HostedReference

Key = tuple[str, str]


class Doing(Enum):
    """What happens to a row."""

    NOTHING = auto()
    DELETING = auto()
    FAILED = auto()


@dataclass(frozen=True, slots=True)
class HostedRow:
    """A hosted picture: *name* for people, its *facts* and kept *file* if there is one, the open orders that need it.

    *is_here* says whether its host is the one in use, so that it can be deleted. *problem* is why deleting failed.
    """

    hosted: HostedReference
    name: str = ""
    facts: PictureFacts | None = None
    file: Path | None = None
    needed_by: int = 0
    is_here: bool = True
    doing: Doing = Doing.NOTHING
    problem: str = ""

    @property
    def key(self) -> Key:
        """What tells this row from all others."""
        return self.hosted.sha256, self.hosted.host

    def is_ended(self, now: datetime) -> bool:
        """Return whether nobody can read the picture by its link any more."""
        until = moment(self.hosted.until)
        return until is not None and until <= now

    def with_doing(self, doing: Doing, problem: str = "") -> HostedRow:
        """Return the row with something else happening to it."""
        return replace(self, doing=doing, problem=problem)


def moment(text: str | None) -> datetime | None:
    """Return the time that a record holds, or None when there is none or it makes no sense."""
    try:
        found = datetime.fromisoformat(text) if text else None
    except ValueError:
        return None
    return found if found is not None and found.tzinfo is not None else None
