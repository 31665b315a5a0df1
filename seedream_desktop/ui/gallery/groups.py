"""Which groups the gallery shows, in which order, and the whole tasks of those that were in sight last.

Of a library only the index is held, a few bytes for each group; tasks come in pages and go again. Must not know Qt.
"""

from __future__ import annotations

from array import array
from bisect import bisect_left
from collections import OrderedDict
from collections.abc import Collection, Iterator, Sequence
from datetime import UTC, date, datetime, time, timedelta
from operator import neg
from typing import Final

from seedream_desktop.domain.task import Task, TaskId
from seedream_desktop.ports.gallery import GroupIndex
from seedream_desktop.ui.gallery.bands import Shapes
from seedream_desktop.ui.gallery.choice import Rows
from seedream_desktop.ui.gallery.layout import CARD, CardShape, GroupShape
from seedream_desktop.ui.gallery.model import ratio_of, tiles_of

# More than a 4K screen holds of the smallest pictures, each of a task of its own.
_MOST_TASKS: Final = 1_000
_MOST_NOTED: Final = 10_000
_FEW: Final = 4
# Until its texts are known, a card is laid out for one line of ours and one of the service's.
_USUAL_CARD: Final = CardShape(sentence_px=320, words_px=160, button_px=128)


def empty_index() -> GroupIndex:
    """Return the index of an empty library."""
    return GroupIndex([], array("I"), array("I"), array("q"), array("I"), 0)


def _usual_shape(cells: int, size: int) -> GroupShape:
    width_px, height_px = size >> 16, size & 0xFFFF
    if not size and cells == 1:
        return GroupShape((), _USUAL_CARD)
    return GroupShape((ratio_of(width_px, height_px),) * cells)


class Groups:
    """Newest first: the tasks that came since the index was read, then those of the index."""

    def __init__(self) -> None:
        self._index = empty_index()
        self._front: list[TaskId] = []
        self._front_created: list[datetime] = []
        self._tasks: OrderedDict[TaskId, Task] = OrderedDict()
        self._earlier: OrderedDict[TaskId, Task] = OrderedDict()
        self._noted: dict[TaskId, int] = {}

    def __len__(self) -> int:
        return len(self._front) + len(self._index.ids)

    def set_index(self, index: GroupIndex) -> tuple[Shapes, array[int]]:
        """Show the groups of *index* and no others; return their different shapes, and the number of each's."""
        self._index = index
        self._front, self._front_created = [], []
        self._noted.clear()
        self._earlier.update(self._tasks)
        self._tasks.clear()
        _trim(self._earlier)
        return Shapes(_usual_shape(*form) for form in index.forms.different), index.forms.numbers

    def add(self, task: Task) -> None:
        """Put a new task on top."""
        self._front.append(task.id)
        self._front_created.append(task.created_at)
        self._keep(task)

    def take(self, task: Task) -> int | None:
        """Keep a task's newest value for a while and return its group, None when it is not shown."""
        group = self.group_of(task)
        if group is not None:
            self._keep(task)
        return group

    def forget(self, task_id: TaskId) -> None:
        """Drop an old value of a task that changed unseen."""
        self._earlier.pop(task_id, None)

    def recall(self, task_id: TaskId) -> Task | None:
        """Return a task that was here under an earlier index: its group may have another shape now."""
        return self._earlier.get(task_id)

    def id_at(self, group: int) -> TaskId:
        """Return whose group it is."""
        front = len(self._front)
        found = self._front[front - 1 - group] if group < front else self._index.ids[group - front]
        self._note(found, group - front)
        return found

    def task_at(self, group: int) -> Task | None:
        """Return the task of a group, or None when it is not here now."""
        return self.task(self.id_at(group))

    def tasks_here(self) -> list[Task]:
        """Return the tasks that are here now, in no order."""
        return list(self._tasks.values())

    def task(self, task_id: TaskId) -> Task | None:
        """Return a task that is here now; it stays longer for having been asked for."""
        found = self._tasks.get(task_id)
        if found is not None:
            self._tasks.move_to_end(task_id)
        return found

    def group_of(self, task: Task) -> int | None:
        """Return the group of a task, found by its time; None when it is not shown."""
        if task.id in self._noted or task.id in self._front:
            return self._noted_group(task.id)
        row = self._index.row_of(task.id, task.created_at)
        return None if row is None else self._note(task.id, row)

    def index_of(self, task_id: TaskId) -> int | None:
        """Return the group of a task, or None when it is not shown."""
        group = self.near_index_of(task_id)
        if group is not None or task_id in self._tasks or task_id in self._earlier:
            return group
        try:
            return self._note(task_id, self._index.ids.index(task_id))
        except ValueError:
            return None

    def rank_of(self, task_id: TaskId) -> int | None:
        """Return the row of a task in the index, -1, -2 … for those that came since; None when it is not shown."""
        group = self.index_of(task_id)
        return None if group is None else group - len(self._front)

    def rank_at(self, group: int) -> int:
        """Return the rank of a group."""
        return group - len(self._front)

    def rows(self, kinds: array[int], tiles: Sequence[int | None]) -> Rows:
        """Return what is held at this moment, as a value; *kinds* and *tiles* as `Rows` has them."""
        return Rows(tuple(reversed(self._front)), self._index, kinds, tuple(tiles))

    def near_index_of(self, task_id: TaskId) -> int | None:
        """Return the group of a task that was shown or looked for lately; None also when it is merely far away."""
        known = self._tasks.get(task_id) or self._earlier.get(task_id)
        if known is not None:
            return self.group_of(known)
        is_noted = task_id in self._noted or task_id in self._front
        return self._noted_group(task_id) if is_noted else None

    def indexes_of(self, task_ids: Collection[TaskId]) -> dict[TaskId, int]:
        """Return the groups of those tasks that are shown; many far ones are found in one step over all groups."""
        near = {task_id: self.near_index_of(task_id) for task_id in task_ids}
        found = {task_id: group for task_id, group in near.items() if group is not None}
        far = frozenset(near) - found.keys() - self._tasks.keys() - self._earlier.keys()
        if len(far) <= _FEW:
            looked_for = {task_id: self.index_of(task_id) for task_id in far}
            return found | {task_id: group for task_id, group in looked_for.items() if group is not None}
        return found | {task_id: group for group, task_id in enumerate(self._all_ids()) if task_id in far}

    def picture_index(self, group: int, slot: int) -> int:
        """Return which picture of its task the cell *slot* of a group shows; a CARD is a CARD."""
        shown = self._shown(group)
        return _bits(shown)[slot] if shown and slot != CARD else slot

    def slot_of(self, group: int, index: int) -> int | None:
        """Return the cell of a group that shows the picture at *index*, None when the search leaves it out."""
        shown = self._shown(group)
        if not shown or index == CARD:
            return index
        return _bits(shown).index(index) if shown >> index & 1 else None

    def ratios(self, group: int, task: Task) -> tuple[float, ...]:
        """Return width / height of every tile of the group."""
        shown = self._shown(group) if task.pictures else 0
        return tuple(tile.ratio for at, tile in enumerate(tiles_of(task)) if not shown or shown >> at & 1)

    def shown_of(self, group: int, task: Task) -> int | None:
        """Return how many of its task's stored pictures a group shows; None when it leaves none of them out."""
        shown = self._shown(group)
        stored = [at for at, picture in enumerate(task.pictures) if picture.is_stored]
        count = sum(shown >> at & 1 for at in stored)
        return count if shown and count < len(stored) else None

    def created_at(self, group: int) -> datetime:
        """Return when a group's order was written down."""
        front = len(self._front)
        if group < front:
            return self._front_created[front - 1 - group]
        return datetime.fromtimestamp(self._index.created[group - front], UTC)

    def first_of(self, day: date) -> int | None:
        """Return the newest group of *day* on the user's calendar or before it; None when there is no such group."""
        beyond = datetime.combine(day + timedelta(days=1), time()).astimezone()
        front = len(self._front)
        for group in range(front):
            if self.created_at(group) < beyond:
                return group
        group = front + bisect_left(self._index.created, 1 - int(beyond.timestamp()), key=neg)
        return group if group < len(self) else None

    def _shown(self, group: int) -> int:
        front = len(self._front)
        return self._index.shown[group - front] if group >= front else 0

    def _all_ids(self) -> Iterator[TaskId]:
        yield from reversed(self._front)
        yield from self._index.ids

    def _noted_group(self, task_id: TaskId) -> int:
        rank = self._noted.get(task_id)
        return self._note(task_id, -1 - self._front.index(task_id) if rank is None else rank)

    def _note(self, task_id: TaskId, rank: int) -> int:
        """Remember a rank, which no new task changes; return the group that has it now."""
        if len(self._noted) >= _MOST_NOTED:
            self._noted.clear()
        self._noted[task_id] = rank
        return len(self._front) + rank

    def _keep(self, task: Task) -> None:
        self._tasks[task.id] = task
        self._tasks.move_to_end(task.id)
        self._earlier.pop(task.id, None)
        _trim(self._tasks)


def _trim(tasks: OrderedDict[TaskId, Task]) -> None:
    while len(tasks) > _MOST_TASKS:
        tasks.popitem(last=False)


def _bits(shown: int) -> list[int]:
    return [at for at in range(shown.bit_length()) if shown >> at & 1]
