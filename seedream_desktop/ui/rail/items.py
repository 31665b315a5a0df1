"""What stands in the rail, as values: every place with its count, nested as it is shown."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Final

from seedream_desktop.domain.collections import Collection, Project, Sums, path_of
from seedream_desktop.domain.judging import Flag
from seedream_desktop.domain.query import Query
from seedream_desktop.domain.task import TaskState

UNSAFE_STATES: Final = (
    TaskState.UNKNOWN,
    TaskState.DOWNLOADING,
    TaskState.NOT_FOUND,
)
"""Orders whose pictures were made, or may have been, and are not on this disk; one that merely runs is no danger."""


class Kind(StrEnum):
    """What a line of the rail is. A GROUP is a part of a collection's path that is no collection itself."""

    ALL = "all"
    FAVOURITES = "favourites"
    PICKED = "picked"
    PROJECTS = "projects"
    PROJECT = "project"
    COLLECTIONS = "collections"
    COLLECTION = "collection"
    GROUP = "group"
    UNSAFE = "unsafe"
    BIN = "bin"


Key = tuple[Kind, str]
OWN: Final = frozenset({Kind.PROJECT, Kind.COLLECTION})
"""What the user made, and may name and delete."""
HEADINGS: Final = frozenset({Kind.PROJECTS, Kind.COLLECTIONS})
_TAKING: Final = OWN | {Kind.FAVOURITES, Kind.PICKED, Kind.BIN}
_FIXED: Final = {
    Kind.ALL: Query(),
    Kind.FAVOURITES: Query(is_favourite=True),
    Kind.PICKED: Query(flag=Flag.PICK),
    Kind.UNSAFE: Query(states=UNSAFE_STATES),
    Kind.BIN: Query(is_in_trash=True),
}


@dataclass(frozen=True, slots=True)
class Item:
    """One line. *name* is that of a project or the whole path of a collection; *count* is in pictures, or orders."""

    kind: Kind
    id: str = ""
    name: str = ""
    count: int = 0

    @property
    def key(self) -> Key:
        """What tells this line from all others, whatever its name and count."""
        return self.kind, self.id

    @property
    def label(self) -> str:
        """What is written in a nested line: the last part of a collection's path."""
        return self.name if self.kind is Kind.PROJECT else path_of(self.name)[-1]

    @property
    def path(self) -> str:
        """The whole name as people read it: that of a collection without what was typed too much around its slashes."""
        return self.name if self.kind is Kind.PROJECT else "/".join(path_of(self.name))

    @property
    def can_open(self) -> bool:
        """Whether pictures can be looked at there."""
        return self.kind not in HEADINGS

    @property
    def takes_pictures(self) -> bool:
        """Whether pictures may be dropped there."""
        return self.kind in _TAKING

    @property
    def query(self) -> Query:
        """What is shown there; a collection shows what is in those nested below it too."""
        if self.kind is Kind.PROJECT:
            return Query(project=self.id)
        if self.kind is Kind.GROUP:
            return Query(collection=self.name)
        return Query(collection=self.id) if self.kind is Kind.COLLECTION else _FIXED.get(self.kind, Query())


@dataclass(frozen=True, slots=True)
class Contents:
    """All that the rail shows; *groups* is how many pictures lie below each group, by its id."""

    projects: tuple[Project, ...] = ()
    collections: tuple[Collection, ...] = ()
    sums: Sums = field(default_factory=Sums)
    groups: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Branch:
    """A line with the lines below it."""

    item: Item
    children: tuple[Branch, ...] = ()


def branches_of(contents: Contents) -> tuple[Branch, ...]:
    """Return the lines in their order; what is at risk only while something is."""
    sums = contents.sums
    projects = tuple(Branch(Item(Kind.PROJECT, each.id, each.name, each.pictures)) for each in contents.projects)
    unsafe = (Branch(Item(Kind.UNSAFE, count=sums.unsafe)),) if sums.unsafe else ()
    return (
        Branch(Item(Kind.ALL, count=sums.everything)),
        Branch(Item(Kind.FAVOURITES, count=sums.favourites)),
        Branch(Item(Kind.PICKED, count=sums.picked)),
        Branch(Item(Kind.PROJECTS), projects),
        Branch(Item(Kind.COLLECTIONS), _nested(contents.collections, contents.groups)),
        *unsafe,
        Branch(Item(Kind.BIN, count=sums.in_bin)),
    )


def groups_among(collections: Iterable[Collection]) -> tuple[Item, ...]:
    """Return the parts of paths that are no collections themselves."""
    found: list[Item] = []
    branches = list(_nested(collections, {}))
    while branches:
        branch = branches.pop()
        branches += branch.children
        if branch.item.kind is Kind.GROUP:
            found.append(branch.item)
    return tuple(found)


@dataclass(slots=True)
class _Stem:
    item: Item
    children: dict[str, _Stem] = field(default_factory=dict)

    def branches(self) -> tuple[Branch, ...]:
        stems = sorted(self.children.items())
        return tuple(Branch(stem.item, stem.branches()) for _, stem in stems)


def _nested(collections: Iterable[Collection], groups: Mapping[str, int]) -> tuple[Branch, ...]:
    root = _Stem(Item(Kind.COLLECTIONS))
    for collection in collections:
        stem = _stem_at(root, path_of(collection.name), groups)
        stem.item = Item(Kind.COLLECTION, collection.id, collection.name, collection.pictures)
    return root.branches()


def _stem_at(root: _Stem, path: tuple[str, ...], groups: Mapping[str, int]) -> _Stem:
    """Return the stem of *path*, made with all above it."""
    stem = root
    for depth in range(1, len(path) + 1):
        name = "/".join(path[:depth])
        group = Item(Kind.GROUP, name.casefold(), name, groups.get(name.casefold(), 0))
        stem = stem.children.setdefault(path[depth - 1].casefold(), _Stem(group))
    return stem
