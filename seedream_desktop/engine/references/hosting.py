"""The user's view of what is hosted: where it is, who still needs it, and away with it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from seedream_desktop.domain.reference import HostedReference
from seedream_desktop.domain.request import Mode
from seedream_desktop.domain.task import TaskState
from seedream_desktop.engine.references.calling import call_host
from seedream_desktop.engine.references.publishing import ReferencePublisher
from seedream_desktop.ports.clock import Clock
from seedream_desktop.ports.references import KeptReference, ReferenceStore
from seedream_desktop.ports.tasks import TaskStore

# From its place in the queue to its results a task's links may be fetched at any moment.
_NEEDING: Final = frozenset(
    {TaskState.QUEUED, TaskState.SUBMITTING, TaskState.UNKNOWN, TaskState.PROCESSING, TaskState.NOT_FOUND}
)


@dataclass(frozen=True, slots=True)
class HostedCopy:
    """One upload; *kept* is our own copy of it, None when it is gone; *needed_by* counts unfinished tasks."""

    hosted: HostedReference
    kept: KeptReference | None
    needed_by: int = 0


class HostedReferenceInUseError(Exception):
    """Deleting was refused: *needed_by* unfinished tasks may still have to be shown the picture."""

    def __init__(self, needed_by: int) -> None:
        super().__init__(f"{needed_by} unfinished tasks still need this reference at its host.")
        self.needed_by = needed_by


class HostedElsewhereError(Exception):
    """Deleting was refused: the file is at the host called *host*, which is not the one in Settings."""

    def __init__(self, host: str) -> None:
        super().__init__(f"The file is at {host}, which is not the storage chosen in Settings.")
        self.host = host


class HostManager:
    """Lists and deletes what was uploaded."""

    def __init__(self, store: ReferenceStore, tasks: TaskStore, publisher: ReferencePublisher, clock: Clock) -> None:
        self._store = store
        self._tasks = tasks
        self._publisher = publisher
        self._clock = clock

    async def all_hosted(self) -> tuple[HostedCopy, ...]:
        """Return everything that is hosted anywhere, newest first; raises StorageError."""
        needed = await self._needed()
        hosted = await self._store.all_hosted()
        return tuple(
            [HostedCopy(each, await self._store.kept(each.sha256), needed.count(each.sha256)) for each in hosted]
        )

    async def unhost(self, hosted: HostedReference, *, even_if_used: bool = False) -> None:
        """Delete an upload at its host and forget it.

        Raises:
            HostedElsewhereError: when the host in use now is another one.
            HostedReferenceInUseError: when unfinished tasks need it, unless *even_if_used*.
            UnreachableError, HostRefusedError: when the host did not do it.
            StorageError: when it cannot be forgotten.
        """
        host = self._publisher.host
        if host is None or host.name != hosted.host:
            raise HostedElsewhereError(hosted.host)
        async with self._publisher.locks.of(hosted.sha256):
            needed_by = (await self._needed()).count(hosted.sha256)
            if needed_by and not even_if_used:
                raise HostedReferenceInUseError(needed_by)
            await call_host(host.delete(hosted), self._clock)
            await self._publisher.forget(hosted)

    async def _needed(self) -> list[str]:
        """Return the contents that unfinished tasks refer to, one entry for each task."""
        tasks = [task for task in await self._tasks.unfinished() if task.state in _NEEDING]
        requests = [task.request for task in tasks if task.request.mode is Mode.IMAGE_TO_IMAGE]
        named = ({reference.sha256 for reference in request.references} for request in requests)
        return [sha256 for names in named for sha256 in names if sha256 is not None]
