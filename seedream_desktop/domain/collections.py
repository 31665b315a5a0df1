"""Where a designer puts pictures: a project (one for each picture) or collections (as many as they like)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Final, Literal, NewType

from seedream_desktop.domain.query import Query

ProjectId = NewType("ProjectId", str)
CollectionId = NewType("CollectionId", str)
SearchId = NewType("SearchId", str)
MAX_NAME_CHARS: Final = 200
OfTask = Literal["of its task"]
OF_TASK: Final[OfTask] = "of its task"
"""In the place of a project: the picture is where its task is."""


class NameTakenError(ValueError):
    """Another project, collection or search has the name, in whatever case."""


@dataclass(frozen=True, slots=True)
class Project:
    """A piece of work for somebody; *folder* is where its pictures are saved, empty for the usual place.

    *pictures* counts those in it that are not in the trash.
    """

    id: ProjectId
    name: str
    folder: str
    created_at: datetime
    pictures: int = 0


@dataclass(frozen=True, slots=True)
class Collection:
    """Pictures put together by hand; *name* may be a path with slashes, shown as nested.

    *pictures* counts those in it and in all collections nested below it, each once.
    """

    id: CollectionId
    name: str
    created_at: datetime
    pictures: int = 0

    @property
    def parts(self) -> tuple[str, ...]:
        """The name as a path, outermost first."""
        return path_of(self.name)


@dataclass(frozen=True, slots=True)
class Sums:
    """How much is in the fixed places: pictures, and *unsafe* orders."""

    everything: int = 0
    favourites: int = 0
    picked: int = 0
    unsafe: int = 0
    in_bin: int = 0


@dataclass(frozen=True, slots=True)
class SavedSearch:
    """A search under a name, answered anew each time it is opened."""

    id: SearchId
    name: str
    query: Query
    created_at: datetime


def path_of(name: str) -> tuple[str, ...]:
    """Return the parts between the slashes of a collection's name, outermost first; never none."""
    return tuple(part for part in (part.strip() for part in name.split("/")) if part) or (name,)


def lies_in(name: str, place: str) -> bool:
    """Whether the collection *name* is the collection *place* or nested below it, in whatever case."""
    above = path_of(place.casefold())
    return path_of(name.casefold())[: len(above)] == above


def tidy_name(text: str) -> str:
    """Return a name as it is kept: one line, single spaces.

    Raises:
        ValueError: when nothing is left or it is longer than 200 characters.
    """
    name = " ".join(text.split())
    if not 0 < len(name) <= MAX_NAME_CHARS:
        raise ValueError(f"a name has 1 to {MAX_NAME_CHARS} characters")
    return name
