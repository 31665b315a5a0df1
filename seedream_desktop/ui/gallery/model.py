"""What each task shows in the gallery; must not know Qt."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum, auto
from typing import Final, Literal

from seedream_desktop.domain.failure import FailureKind
from seedream_desktop.domain.picture import Picture
from seedream_desktop.domain.pixels import PixelSize
from seedream_desktop.domain.request import GenerationRequest
from seedream_desktop.domain.task import Task, TaskState

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
    return (_waiting(task.request),) * task.request.count


def tile_of(task: Task, index: int) -> Tile:
    """Return the tile at *index* of `tiles_of`; the task has no card."""
    return _tile_of(task.pictures[index], task.request) if task.pictures else _waiting(task.request)


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


def _waiting(request: GenerationRequest) -> Tile:
    return Tile(TileKind.WAITING, _ratio(request.pixels))


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
