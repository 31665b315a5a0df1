"""What the window's actions need of the program behind it; handed over once everything is running."""

from __future__ import annotations

from collections.abc import Callable, Coroutine, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from pathlib import Path
from typing import Any, Protocol

from seedream_desktop.domain.collections import Collection, CollectionId, OfTask, Project, ProjectId, Sums
from seedream_desktop.domain.judging import Change, Judgment
from seedream_desktop.domain.pixels import PixelSize
from seedream_desktop.domain.request import GenerationRequest
from seedream_desktop.domain.settings import Settings
from seedream_desktop.engine.engine import Engine
from seedream_desktop.engine.trash import Trash
from seedream_desktop.ports.family import Family
from seedream_desktop.ports.gallery import GalleryIndex
from seedream_desktop.ports.prompt_history import PromptHistory
from seedream_desktop.ports.recognition import LikenessIndex, TraceReader
from seedream_desktop.ports.searching import FilterCounter, SearchKeeper
from seedream_desktop.ports.tasks import TaskStore


class Drafts(Protocol):
    """Keeps what the user was writing."""

    async def save_draft(self, request: GenerationRequest) -> None:
        """Keep the composer's content; raises StorageError."""
        ...

    async def load_draft(self) -> GenerationRequest | None:
        """Return what was kept, or None."""
        ...


class JudgmentKeeper(Protocol):
    """Keeps what the user says of pictures, by their SHA-256; all calls raise StorageError."""

    async def judge(self, changes: Mapping[str, Change]) -> dict[str, Change]:
        """Keep changes of many pictures, all or none; return what takes exactly them back."""
        ...

    async def judgments(self, contents: Iterable[str]) -> dict[str, Judgment]:
        """Return what was said of each of these pictures; one that nobody looked at has the defaults."""
        ...

    async def tags(self) -> tuple[tuple[str, int], ...]:
        """Return every tag in use with the number of its pictures, the most used first."""
        ...


class Sorter(Protocol):
    """Keeps projects and collections; all calls raise StorageError, and ValueError for a name that is none."""

    async def projects(self) -> tuple[Project, ...]:
        """Return all projects by name, each with the number of its pictures."""
        ...

    async def sums(self) -> Sums:
        """Return how many pictures there are, are favourites, are picked, and are in the trash."""
        ...

    async def make_project(self, name: str, folder: str = "") -> Project:
        """Keep a new project; raises NameTakenError."""
        ...

    async def rename_project(self, project_id: ProjectId, name: str) -> None:
        """Keep another name; raises NameTakenError."""
        ...

    async def set_folder(self, project_id: ProjectId, folder: str) -> None:
        """Keep where the project's pictures are saved from now on, empty for the usual place."""
        ...

    async def delete_project(self, project_id: ProjectId) -> None:
        """Remove a project; its pictures stay and are in none."""
        ...

    async def restore_project(self, project: Project) -> None:
        """Put a deleted project back, with the pictures that were in it; raises NameTakenError."""
        ...

    async def place(self, places: Mapping[str, ProjectId | OfTask | None]) -> dict[str, ProjectId | OfTask | None]:
        """Put each picture, by SHA-256, into a project or none; return where those that moved were before."""
        ...

    async def collections(self) -> tuple[Collection, ...]:
        """Return all collections by name, each with the number of its pictures."""
        ...

    async def make_collection(self, name: str) -> Collection:
        """Keep a new, empty collection; raises NameTakenError."""
        ...

    async def rename_collection(self, collection_id: CollectionId, name: str) -> dict[CollectionId, str]:
        """Keep another name, also for those nested below it, and return the names before; raises NameTakenError."""
        ...

    async def name_collections(self, names: Mapping[CollectionId, str]) -> dict[CollectionId, str]:
        """Keep exactly these names, all or none, and return those before; raises NameTakenError."""
        ...

    async def delete_collection(self, collection_id: CollectionId) -> tuple[str, ...]:
        """Remove a collection and return what was in it; the pictures stay where else they are."""
        ...

    async def restore_collection(self, collection: Collection, contents: Iterable[str]) -> None:
        """Put a deleted collection back with what was in it; raises NameTakenError."""
        ...

    async def add(self, collection_id: CollectionId, contents: Iterable[str]) -> tuple[str, ...]:
        """Put pictures, by SHA-256, into a collection; return those that were not in it."""
        ...

    async def remove(self, collection_id: CollectionId, contents: Iterable[str]) -> tuple[str, ...]:
        """Take pictures out of a collection; return those that were in it."""
        ...


class BalancesAround(Protocol):
    """Two readings of the balance in dollars, or None where there is none."""

    @property
    def before_usd(self) -> Decimal | None:
        """The last one before an order."""
        ...

    @property
    def after_usd(self) -> Decimal | None:
        """The first one after it."""
        ...


class PixelReader(Protocol):
    """Opens whole pictures where foreign bytes can do no harm."""

    async def render(self, path: Path, into: Path) -> PixelSize:
        """Write the picture's pixels, 4 bytes each (BGRX), to *into*; raises UndecodableError."""
        ...

    async def make_thumbnails(self, path: Path, targets: dict[int, Path]) -> None:
        """Write a JPEG for each longest edge in pixels; raises UndecodableError, StorageError."""
        ...

    async def preview(self, path: Path, into: Path, edge_px: int) -> PixelSize:
        """Write any picture we can read as an upright JPEG of at most *edge_px*; return the whole picture's size.

        Raises UnusableReferenceError, StorageError.
        """
        ...


class Keys(Protocol):
    """The API key's keeper."""

    @property
    def last_four(self) -> str | None:
        """The key's last characters, or None without a key."""
        ...

    async def keychain_name(self) -> str | None:
        """Return the keychain's name, or None when there is none to use."""
        ...

    async def enter(self, text: str, *, this_run_only: bool) -> str:
        """Take a key; returns a sentence that says where it is kept. Raises ValueError with a sentence."""
        ...

    async def remove(self) -> str:
        """Forget the key; returns a sentence."""
        ...

    async def test(self, text: str) -> tuple[str, bool]:
        """Ask for the balance with a key, which is free; returns a sentence and whether it works."""
        ...


class SettingsKeeper(Protocol):
    """Loads and keeps the user's settings."""

    def load(self) -> Settings:
        """Return the settings; the defaults when there are none."""
        ...

    async def save(self, settings: Settings) -> None:
        """Keep the settings; raises StorageError."""
        ...


@dataclass(frozen=True, slots=True)
class Backend:
    """The running program, as the window may use it.

    *start* runs a coroutine under the supervisor. *working_dir* is a folder for pasted pictures and raw pixels.
    *thumbnail_path* says where the thumbnail of a content belongs, by its longest edge in pixels. *library_folder* is
    where pictures are saved to by default; *prepare_folder* makes and marks one for a project, or raises StorageError.
    """

    engine: Engine
    tasks: TaskStore
    gallery: GalleryIndex
    filter_counts: FilterCounter
    searches: SearchKeeper
    judging: JudgmentKeeper
    sorting: Sorter
    family: Family
    trash: Trash
    drafts: Drafts
    prompts: PromptHistory
    pixels: PixelReader
    traces: TraceReader
    likenesses: LikenessIndex
    keys: Keys
    settings: SettingsKeeper
    save_copy: Callable[[Path, Path], Coroutine[Any, Any, None]]
    balances_around: Callable[[datetime, datetime], Coroutine[Any, Any, BalancesAround]]
    thumbnail_path: Callable[[str, int], Path]
    choose_library: Callable[[Path], Coroutine[Any, Any, None]]
    library_folder: Callable[[], Path]
    prepare_folder: Callable[[Path], Coroutine[Any, Any, None]]
    start: Callable[[Coroutine[Any, Any, Any], str], object]
    working_dir: Path
