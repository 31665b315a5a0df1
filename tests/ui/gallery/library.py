"""A library behind a gallery: an index of made-up tasks, and the tasks themselves when they are wanted."""

from __future__ import annotations

from array import array
from collections.abc import Sequence
from functools import partial

from seedream_desktop.domain.task import Task, TaskId
from seedream_desktop.ports.gallery import GroupIndex
from seedream_desktop.ui.gallery import Gallery
from seedream_desktop.ui.gallery.model import has_card, tiles_of


def index_of(tasks: Sequence[Task], shown: Sequence[int] = ()) -> GroupIndex:
    """Return the index of *tasks*, newest first; *shown* tells which pictures of each, as in the index."""
    cells = [1 if has_card(task) else mask.bit_count() or len(tiles_of(task)) for task, mask in _masked(tasks, shown)]
    return GroupIndex(
        [task.id for task in tasks],
        array("I", cells),
        array("I", map(_shape, tasks)),
        array("q", [int(task.created_at.timestamp()) for task in tasks]),
        array("I", [mask for _, mask in _masked(tasks, shown)]),
        sum(cells),
    )


def _masked(tasks: Sequence[Task], shown: Sequence[int]) -> list[tuple[Task, int]]:
    return list(zip(tasks, shown or [0] * len(tasks), strict=True))


def _shape(task: Task) -> int:
    size = next((picture.size for picture in task.pictures if picture.size), task.request.pixels)
    return 0 if has_card(task) or size is None else size.width_px << 16 | size.height_px


class Library:
    """Answers what a gallery wants at once, unless it *is_slow*; remembers what was wanted."""

    def __init__(self, gallery: Gallery, tasks: Sequence[Task], *, is_slow: bool = False) -> None:
        self.gallery = gallery
        self.tasks = {task.id: task for task in tasks}
        self.wanted: list[tuple[TaskId, ...]] = []
        self.is_slow = is_slow
        # Not the bound method: of that the signal would hold only a weak reference.
        gallery.tasks_wanted.connect(partial(Library._note, self))

    def _note(self, ids: tuple[TaskId, ...]) -> None:
        self.wanted.append(ids)
        if not self.is_slow:
            self.answer(ids)

    def answer(self, ids: Sequence[TaskId]) -> None:
        self.gallery.take_tasks([self.tasks[task_id] for task_id in ids if task_id in self.tasks])


def show(gallery: Gallery, tasks: Sequence[Task]) -> Library:
    """Show a library of *tasks*, newest first, all of whose wishes are granted at once."""
    library = Library(gallery, tasks)
    gallery.set_index(index_of(tasks))
    return library
