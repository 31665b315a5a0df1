"""The tasks of the gallery in their order, what of them matches the search, and what each shows; must not know Qt."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import Enum, auto
from typing import Final, Literal

from seedream_desktop.domain.failure import FailureKind
from seedream_desktop.domain.picture import Picture
from seedream_desktop.domain.pixels import PixelSize
from seedream_desktop.domain.request import GenerationRequest
from seedream_desktop.domain.task import Task, TaskId, TaskState

CardAction = Literal["edit", "decide", "settings", "check", "retry"]

_CARD_STATES: Final = frozenset(
    {
        TaskState.DRAFT,
        TaskState.REFUSED,
        TaskState.UNKNOWN,
        TaskState.FAILED,
        TaskState.NOT_FOUND,
        TaskState.WRITTEN_OFF,
    }
)
_RUNNING_STATES: Final = frozenset({TaskState.PROCESSING, TaskState.DOWNLOADING})
_KEY_TROUBLES: Final = frozenset({FailureKind.KEY_MISSING, FailureKind.KEY_REFUSED})
# Troubles that no change of the prompt or the references would mend.
_PASSING_TROUBLES: Final = frozenset(
    {FailureKind.TRY_LATER, FailureKind.MONEY, FailureKind.OFFLINE, FailureKind.DISK_TROUBLE}
)


class TileKind(Enum):
    """What a tile shows."""

    STORED = auto()
    WAITING = auto()
    ARRIVING = auto()
    BAD = auto()


@dataclass(frozen=True, slots=True)
class Tile:
    """One picture of a task, there or still to come; *ratio* is width / height."""

    kind: TileKind
    ratio: float
    picture: Picture | None = None


def has_card(task: Task) -> bool:
    """Whether the task is shown as a card with a sentence and a button instead of tiles."""
    return task.state in _CARD_STATES or (task.state is TaskState.QUEUED and task.failure is not None)


def is_running(task: Task) -> bool:
    """Whether the task's facts change with every second."""
    return task.state in _RUNNING_STATES


def tiles_of(task: Task) -> tuple[Tile, ...]:
    """Return the task's tiles in the service's order; a task with a card has none."""
    if has_card(task):
        return ()
    if task.pictures:
        return tuple(_tile_of(picture, task.request) for picture in task.pictures)
    return (Tile(TileKind.WAITING, _ratio(task.request.pixels)),) * task.request.count


def stored_picture(task: Task, index: int) -> Picture | None:
    """Return the picture of the tile at *index* (from 0) when it is safe on this disk."""
    if has_card(task) or not 0 <= index < len(task.pictures):
        return None
    picture = task.pictures[index]
    return picture if picture.is_stored else None


def card_action(task: Task) -> CardAction:
    """Return the one thing that helps a task with a card."""
    kind = task.failure.kind if task.failure else None
    if task.state is TaskState.UNKNOWN:
        return "decide"
    if task.state is TaskState.NOT_FOUND:
        return "check"
    if kind in _KEY_TROUBLES:
        return "settings"
    if task.state is TaskState.WRITTEN_OFF:
        return "edit"
    if task.state in (TaskState.FAILED, TaskState.REFUSED) and kind not in _PASSING_TROUBLES:
        return "edit"
    return "retry"


def _tile_of(picture: Picture, request: GenerationRequest) -> Tile:
    ratio = _ratio(picture.size or request.pixels)
    if picture.is_stored:
        return Tile(TileKind.STORED, ratio, picture)
    return Tile(TileKind.BAD if picture.is_bad else TileKind.ARRIVING, ratio, picture)


def ratio_of(width_px: int, height_px: int) -> float:
    """Return width / height, 1 while it is not known.

    Three decimals are finer than a pixel, and keep the number of different shapes small.
    """
    return round(width_px / height_px, 3) if width_px and height_px else 1.0


def _ratio(size: PixelSize | None) -> float:
    return ratio_of(size.width_px, size.height_px) if size is not None else 1.0


class GroupModel:
    """All tasks, newest first; a search leaves only those whose prompt holds all of its words.

    Every task has a rank, lower for newer ones, that never changes: so adding one moves none of the others.
    """

    def __init__(self) -> None:
        self._tasks: dict[int, Task] = {}
        self._ranks: dict[TaskId, int] = {}
        self._prompts: dict[int, str] = {}
        self._shown: list[int] = []
        self._words: tuple[str, ...] = ()
        self._newest, self._oldest = 0, -1

    def __len__(self) -> int:
        return len(self._shown)

    @property
    def is_empty(self) -> bool:
        """Whether there are no tasks at all, found or not."""
        return not self._tasks

    def set_tasks(self, tasks: Sequence[Task]) -> None:
        """Put *tasks*, newest first, in the place of all others."""
        self._tasks, self._ranks, self._prompts, self._shown = {}, {}, {}, []
        self._newest, self._oldest = 0, -1
        self.append_older(tasks)

    def append_older(self, tasks: Iterable[Task]) -> Sequence[Task]:
        """Add tasks older than all others, newest first, and return those that match the search."""
        shown = []
        for task in tasks:
            if task.id in self._ranks:
                continue
            self._oldest += 1
            self._keep(self._oldest, task)
            if self._matches(self._oldest):
                self._shown.append(self._oldest)
                shown.append(task)
        return shown

    def add(self, task: Task) -> bool:
        """Put a new task on top and return whether it matches the search."""
        self._newest -= 1
        self._keep(self._newest, task)
        if not self._matches(self._newest):
            return False
        self._shown.insert(0, self._newest)
        return True

    def change(self, task: Task) -> int | None:
        """Put the new value in the place of the old one; return its group, or None when it is not shown."""
        self._tasks[self._ranks[task.id]] = task
        return self.index_of(task.id)

    def search(self, text: str) -> bool:
        """Show only what matches *text*; return whether that changed anything about the search."""
        words = tuple(text.casefold().split())
        if words == self._words:
            return False
        self._words = words
        self._shown = [rank for rank in sorted(self._tasks) if self._matches(rank)]
        return True

    def knows(self, task_id: TaskId) -> bool:
        """Whether the task is in the gallery, found or not."""
        return task_id in self._ranks

    def task_at(self, index: int) -> Task:
        """Return the task of a shown group."""
        return self._tasks[self._shown[index]]

    def tasks(self) -> Iterable[Task]:
        """Yield the tasks of all shown groups, newest first."""
        return map(self._tasks.__getitem__, self._shown)

    def index_of(self, task_id: TaskId) -> int | None:
        """Return the group of a task, or None when it is not shown."""
        rank = self._ranks.get(task_id)
        if rank is None:
            return None
        index = bisect_left(self._shown, rank)
        return index if index < len(self._shown) and self._shown[index] == rank else None

    def _keep(self, rank: int, task: Task) -> None:
        self._tasks[rank] = task
        self._ranks[task.id] = rank
        self._prompts[rank] = task.request.prompt.casefold()

    def _matches(self, rank: int) -> bool:
        return all(word in self._prompts[rank] for word in self._words)
