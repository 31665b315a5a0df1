"""Which pictures a key or a click is about: the one that is seen large, or all that are chosen."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from seedream_desktop.domain.picture import Picture
from seedream_desktop.domain.task import Task, TaskId
from seedream_desktop.ports.gallery import GalleryIndex
from seedream_desktop.ui.gallery.choice import Keys
from seedream_desktop.ui.gallery.model import stored_picture
from seedream_desktop.ui.main_window import MainWindow

Shown = tuple[Task, Picture]


@dataclass(frozen=True, slots=True)
class Meant:
    """One picture on this disk, or the places of *many*; fixed when the key is pressed, whatever is chosen later."""

    one: Shown | None = None
    many: Sequence[tuple[TaskId, int]] = ()

    @classmethod
    def now(cls, window: MainWindow) -> Meant | None:
        """Return what is meant at this moment; None when it is no picture."""
        keys = window.centre.chosen_keys()
        if len(keys) > 1:
            return cls(many=keys if isinstance(keys, Keys) else tuple(keys))
        current = window.centre.current()
        return cls(one=current) if current is not None and current[1].sha256 is not None else None

    async def pictures(self, index: GalleryIndex) -> tuple[Shown, ...]:
        """Return every picture meant that is on this disk, in reading order; raises StorageError."""
        if self.one is not None:
            return (self.one,)
        tasks = await index.tasks(await asyncio.to_thread(self._task_ids))
        return await asyncio.to_thread(lambda: tuple(_found(self.many, {task.id: task for task in tasks})))

    async def contents(self, index: GalleryIndex) -> tuple[str, ...]:
        """Return the SHA-256 of every picture meant that is on this disk, each once; raises StorageError."""
        if self.one is not None:
            return (self.one[1].sha256,) if self.one[1].sha256 else ()
        return await index.contents_at(self.many)

    def _task_ids(self) -> list[TaskId]:
        return list(dict.fromkeys(task_id for task_id, _ in self.many))


def _found(keys: Iterable[tuple[TaskId, int]], tasks: dict[TaskId, Task]) -> Iterable[Shown]:
    for task_id, index in keys:
        task = tasks.get(task_id)
        picture = stored_picture(task, index) if task else None
        if task is not None and picture is not None:
            yield task, picture
