"""What a set is made of, which frames of it are chosen, and on which one the keyboard stands; must not know Qt."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from seedream_desktop.domain.picture import Picture
from seedream_desktop.domain.task import Task, TaskId
from seedream_desktop.ui.gallery.layout import CARD
from seedream_desktop.ui.gallery.model import has_card, stored_picture, tile_of, tiles_of
from seedream_desktop.ui.gallery.selection import CellKey, Selection

_CARD_RATIO = 2.0
Shown = tuple[Task, Picture]


@dataclass(frozen=True, slots=True)
class Frame:
    """One picture of a task, there or still to come, or the card that says why there is none."""

    task: Task
    index: int

    @property
    def key(self) -> CellKey:
        """What the frame is called while its task changes."""
        return CellKey(self.task.id, self.index)

    @property
    def picture(self) -> Picture | None:
        """The picture, once it is on this disk."""
        return stored_picture(self.task, self.index)

    @property
    def ratio(self) -> float:
        """Width / height."""
        return _CARD_RATIO if self.index == CARD else tile_of(self.task, self.index).ratio


class Frames:
    """All frames of one task, which come and go with it, or certain pictures of any tasks."""

    def __init__(self) -> None:
        self.frames: tuple[Frame, ...] = ()
        self.selection = Selection()
        self._task: Task | None = None
        self._left_out: frozenset[CellKey] = frozenset()

    @property
    def task(self) -> Task | None:
        """The task whose frames these are; None for chosen pictures."""
        return self._task

    @property
    def number(self) -> int:
        """The number of the frame the keyboard stands on."""
        return next((n for n, frame in enumerate(self.frames) if frame.key == self.selection.current), 0)

    @property
    def current(self) -> Frame | None:
        """The frame the keyboard stands on."""
        return self.frames[self.number] if self.frames else None

    def show_task(self, task: Task, index: int) -> None:
        """Take all frames of a task, and stand on the one at *index*."""
        self._left_out = frozenset()
        self._task, self.frames = task, frames_of(task)
        self.stand_on(next((n for n, frame in enumerate(self.frames) if frame.index == index), 0))

    def show_pictures(self, shown: Sequence[Shown]) -> None:
        """Take these pictures, and stand on the first."""
        self._task = None
        self.frames = tuple(Frame(task, task.pictures.index(picture)) for task, picture in shown)
        self.stand_on(0)

    def leave_out(self, keys: frozenset[CellKey]) -> None:
        """Do not show these frames, and those that were left out before again."""
        number = self.number
        self._left_out = keys
        every = self.frames if self._task is None else frames_of(self._task)
        self.frames = tuple(frame for frame in every if frame.key not in keys)
        self._stand_near(number)

    def change(self, task: Task) -> bool:
        """Take the new value of a task; return whether anything of it is here."""
        if all(frame.task.id != task.id for frame in self.frames):
            return False
        number = self.number
        if self._task is not None:
            self._task = task
            self.frames = tuple(frame for frame in frames_of(task) if frame.key not in self._left_out)
        else:
            self.frames = tuple(_renewed(frame, task) for frame in self.frames if _stays(frame, task))
        self._stand_near(number)
        return True

    def _stand_near(self, number: int) -> None:
        """Choose what took the place of a frame that went; nothing is chosen that is not here."""
        keys = {frame.key for frame in self.frames}
        self.selection.chosen &= keys
        if self.frames and self.selection.current not in keys:
            self.stand_on(min(number, len(self.frames) - 1))

    def stand_on(self, number: int) -> None:
        """Choose this frame alone."""
        self.selection.clear()
        if self.frames:
            self.selection.choose(self.frames[number].key)

    def stretch_to(self, number: int) -> None:
        """Choose all frames from where the range began to this one."""
        keys = [frame.key for frame in self.frames]
        anchor = keys.index(self.selection.anchor) if self.selection.anchor in keys else number
        first, last = sorted((anchor, number))
        self.selection.stretch(keys[number], keys[first : last + 1])

    def toggle(self, number: int) -> None:
        """Add the frame to the chosen ones, or take it out."""
        self.selection.toggle(self.frames[number].key)

    def choose_all(self) -> None:
        """Choose every frame."""
        self.selection.choose_all(frame.key for frame in self.frames)

    def chosen(self) -> tuple[Shown, ...]:
        """Return the chosen pictures that are on this disk, in reading order."""
        picked = (frame for frame in self.frames if frame.key in self.selection.chosen)
        return tuple((frame.task, frame.picture) for frame in picked if frame.picture is not None)

    def chosen_keys(self) -> tuple[tuple[TaskId, int], ...]:
        """Return task and index of every chosen picture, there or still to come."""
        keys = (frame.key for frame in self.frames if frame.key in self.selection.chosen)
        return tuple((key.task_id, key.tile) for key in keys if key.tile != CARD)

    def stored(self) -> tuple[Shown, ...]:
        """Return every picture that is on this disk."""
        return tuple((frame.task, frame.picture) for frame in self.frames if frame.picture is not None)

    def beside(self, step: int) -> int | None:
        """Return the number of the next frame with a picture, in the direction of *step*; None after the last."""
        numbers = range(self.number + step, len(self.frames) if step > 0 else -1, step)
        return next((number for number in numbers if self.frames[number].picture is not None), None)


def frames_of(task: Task) -> tuple[Frame, ...]:
    """Return the frames of a task: its tiles, or its card."""
    if has_card(task):
        return (Frame(task, CARD),)
    return tuple(Frame(task, index) for index in range(len(tiles_of(task))))


def _renewed(frame: Frame, task: Task) -> Frame:
    return Frame(task, frame.index) if frame.task.id == task.id else frame


def _stays(frame: Frame, task: Task) -> bool:
    return frame.task.id != task.id or stored_picture(task, frame.index) is not None
