"""What the window needs beside the gallery's answers to search: how much each filter would leave, kept searches."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Protocol

from seedream_desktop.domain.collections import SavedSearch, SearchId
from seedream_desktop.domain.query import Query
from seedream_desktop.domain.request import AspectRatio, Mode, Resolution
from seedream_desktop.domain.task import TaskState


@dataclass(frozen=True, slots=True)
class FilterCounts:
    """How many orders each value would show in the place of what is chosen beside it; one that is left out has none."""

    ratios: Mapping[AspectRatio, int] = field(default_factory=dict)
    resolutions: Mapping[Resolution, int] = field(default_factory=dict)
    modes: Mapping[Mode, int] = field(default_factory=dict)
    states: Mapping[TaskState, int] = field(default_factory=dict)


class FilterCounter(Protocol):
    """Counts for the filters; raises StorageError when the disk does not do its part."""

    async def counts(self, query: Query) -> FilterCounts:
        """Return for each ratio, size, mode and state how many orders fit *query* with that value asked for."""
        ...


class SearchKeeper(Protocol):
    """Keeps searches under a name; every call raises StorageError, and ValueError for a name that is none."""

    async def all(self) -> tuple[SavedSearch, ...]:
        """Return all searches by name."""
        ...

    async def save(self, name: str, query: Query) -> SavedSearch:
        """Keep a new search; raises NameTakenError."""
        ...

    async def change(self, search_id: SearchId, query: Query) -> None:
        """Let a known name mean *query* from now on."""
        ...

    async def rename(self, search_id: SearchId, name: str) -> None:
        """Give a search another name; raises NameTakenError."""
        ...

    async def delete(self, search_id: SearchId) -> None:
        """Remove a search; `restore` puts it back."""
        ...

    async def restore(self, search: SavedSearch) -> None:
        """Put a search back as it was; raises NameTakenError."""
        ...
