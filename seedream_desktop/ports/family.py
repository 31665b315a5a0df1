"""Which pictures came from which: what a picture was made from, and what was made from it."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from seedream_desktop.domain.picture import Picture
from seedream_desktop.domain.reference import Reference
from seedream_desktop.domain.task import Task


@dataclass(frozen=True, slots=True)
class UsedReference:
    """A reference of a task; *number* counts from 1, as the prompt does.

    *own* is the picture of this library that it was, with its task, unless that is in the trash. *file* is what can be
    looked at: the kept copy, else the source; None when neither is there any more.
    """

    number: int
    reference: Reference
    own: tuple[Task, Picture] | None = None
    file: Path | None = None


@dataclass(frozen=True, slots=True)
class Kin:
    """What a picture was made from and what was made from it: up to 24 tasks, newest first, of *used_count* in all."""

    references: tuple[UsedReference, ...] = ()
    used_in: tuple[Task, ...] = ()
    used_count: int = 0


class Family(Protocol):
    """Knows the relatives of pictures."""

    async def kin(self, task: Task, sha256: str | None) -> Kin:
        """Return the relatives of a picture of *task* with this content, None for the task's references alone.

        Raises StorageError.
        """
        ...
