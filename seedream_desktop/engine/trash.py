"""The trash: the record first and then the files, so that whatever breaks off in the middle is taken up again.

A thrown picture keeps its original in the program's own folder, so bringing it back depends on nobody's trash.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from functools import partial
from pathlib import Path
from typing import Final

from seedream_desktop.crashpoints import pass_point
from seedream_desktop.domain.picture import Picture, PictureState
from seedream_desktop.domain.reference import Reference
from seedream_desktop.domain.task import Task, TaskId, TaskState
from seedream_desktop.engine.copies import ChangeTask, Copier
from seedream_desktop.engine.fetch import THUMBNAIL_EDGES_PX
from seedream_desktop.ports.clock import Clock
from seedream_desktop.ports.errors import StorageError
from seedream_desktop.ports.references import ReferenceStore
from seedream_desktop.ports.tasks import TaskStore
from seedream_desktop.ports.trash import LibraryCopy, NoTrashError, Trashed, TrashFiles, TrashStore

log = logging.getLogger(__name__)

KEPT_FOR: Final = timedelta(days=30)
# Less than a day, which is how often it is looked through.
_BETWEEN_LOOKS: Final = timedelta(hours=23)
# In these states an order still opens the files of its references.
_OPENS_FILES: Final = (TaskState.DRAFT, TaskState.QUEUED, TaskState.SUBMITTING)
Copies = Sequence[LibraryCopy]
Places = dict[tuple[TaskId, int], str]


@dataclass(frozen=True, slots=True)
class Put:
    """What came of throwing pictures away.

    *contents* are in the trash now. *without_trash* are those of them with a copy that the system has no trash for, in
    *files* files: it stays in its place until the user decides. *staying* are places of copies that could not be moved
    for now. *needed* pictures were left alone: an order that waits opens their files.
    """

    contents: tuple[str, ...] = ()
    without_trash: tuple[str, ...] = ()
    files: int = 0
    staying: tuple[str, ...] = ()
    needed: int = 0


@dataclass(frozen=True, slots=True)
class Restored:
    """What came back; *lost* are places of changed copies that could not be fetched from the trash of the system."""

    contents: tuple[str, ...] = ()
    lost: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Emptied:
    """What left for good or stayed; *without_trash* could only be deleted, *staying* is in use or not writable."""

    contents: tuple[str, ...] = ()
    without_trash: tuple[str, ...] = ()
    staying: tuple[str, ...] = ()
    needed: int = 0


@dataclass(frozen=True, slots=True)
class TrashParts:
    """What the trash works with; *thumbnail_path* says where the one with a longest edge in pixels belongs."""

    records: TrashStore
    files: TrashFiles
    tasks: TaskStore
    references: ReferenceStore
    clock: Clock
    thumbnail_path: Callable[[str, int], Path]


class Trash:
    """Pictures in it are known by their content: of two with the same bytes both go, and both come back.

    *change* applies a change to a task's newest value and saves it. All calls raise StorageError when the records
    cannot be kept; trouble with single files is in the answers.
    """

    def __init__(self, parts: TrashParts, copies: Copier, change: ChangeTask) -> None:
        self._records, self._files, self._tasks = parts.records, parts.files, parts.tasks
        self._references, self._clock = parts.references, parts.clock
        self._thumbnail_path = parts.thumbnail_path
        self._library = copies
        self._change = change
        self._turn = asyncio.Lock()
        copies.spare(self._records.contents)

    async def put(self, contents: Iterable[str]) -> Put:
        """Throw pictures away, by SHA-256; those that are not on this disk are left out."""
        async with self._turn:
            found = await self._copies_of(frozenset(contents))
            needed = await self._needed_files()
            free = {sha: copies for sha, copies in found.items() if not needed & {each.place for each in copies}}
            noted = await self._records.note(free)
            pass_point("trash.noted")
            put = await self._move_copies({content: free[content] for content in noted})
        return replace(put, contents=noted, needed=len(found) - len(free))

    async def restore(self, contents: Iterable[str]) -> Restored:
        """Bring pictures back with their copies; those that are in the trash no more are left out."""
        async with self._turn:
            wanted = frozenset(contents)
            found = [each for each in await self._records.all() if each.sha256 in wanted and each.original]
            back, lost = await self._fetch_copies(found)
            pass_point("trash.fetched")
            forgotten = await self._records.forget(each.sha256 for each in found)
            await self._give_copies(frozenset(forgotten), back)
        return Restored(forgotten, lost)

    async def holds(self, content: str) -> bool:
        """Return whether a picture, by its SHA-256, is in the trash."""
        return content in await self._records.contents()

    async def delete_copies(self, contents: Iterable[str]) -> tuple[str, ...]:
        """Delete the copies that stayed in their place for good, on the user's word; return those that could not be."""
        async with self._turn:
            wanted = frozenset(contents)
            known = {each.sha256: each.copies for each in await self._records.all() if each.sha256 in wanted}
            put = await self._move_copies(known, for_good=True)
        return put.staying

    async def empty(
        self, *, thrown_before: timedelta = timedelta(0), only: Iterable[str] | None = None, for_good: bool = False
    ) -> Emptied:
        """Move the originals of what was thrown away that long ago into the trash of the system, too.

        With *for_good* they are deleted, on the user's word.
        """
        async with self._turn:
            latest = self._clock.now() - thrown_before
            wanted = None if only is None else frozenset(only)
            found = [each for each in await self._records.all() if each.original and each.trashed_at <= latest]
            chosen = [each for each in found if wanted is None or each.sha256 in wanted]
            return await self._empty(chosen, for_good=for_good)

    async def tidy(self) -> None:
        """Take up what a crash broke off or a folder that was away kept, then empty what is 30 days old."""
        async with self._turn:
            known = await self._records.all()
            await self._move_copies({each.sha256: each.copies for each in known if _has_unmoved(each)})
            for each in known:
                is_gone = each.original and not await self._files.is_there(Path(each.original))
                if is_gone and not await self._has_changed_copy(each):
                    await self._note_gone(each.sha256)
        await self._empty_old()

    async def _has_changed_copy(self, trashed: Trashed) -> bool:
        """Whether a copy that had other bytes than the original can come back: then it is all that is left."""
        places = [each.lies_at for each in trashed.copies if each.lies_at and not each.is_same]
        return any([await self._files.is_there(Path(place)) for place in places])

    async def _empty_old(self) -> None:
        """Empty what was 30 days old at the last look, a day ago: one look at a clock that is wrong empties nothing.

        After a leap of the clock, or a month in which nobody was here, the days are counted anew.
        """
        now, looked_at = self._clock.now(), await self._records.looked_at()
        since = timedelta(0) if looked_at is None else now - looked_at
        if looked_at is not None and timedelta(0) <= since < _BETWEEN_LOOKS:
            return
        if timedelta(0) < since <= KEPT_FOR:
            emptied = await self.empty(thrown_before=KEPT_FOR + since)
            if emptied != Emptied():
                log.info("emptied by itself: %d, not possible: %d", len(emptied.contents), len(emptied.without_trash))
        elif abs(since) > _BETWEEN_LOOKS:
            await self._records.begin_anew(now)
        await self._records.note_look(now)

    async def _copies_of(self, contents: frozenset[str]) -> dict[str, list[LibraryCopy]]:
        found: dict[str, list[LibraryCopy]] = {}
        for task, picture in await self._pictures(contents):
            if picture.is_stored and picture.path is not None and picture.sha256 is not None:
                copies = found.setdefault(picture.sha256, [])
                if picture.saved_path is not None:
                    is_same = await self._files.is_same(Path(picture.path), Path(picture.saved_path))
                    copies.append(LibraryCopy(task.id, picture.position, picture.saved_path, is_same))
        return found

    async def _pictures(self, contents: frozenset[str]) -> list[tuple[Task, Picture]]:
        tasks = [await self._tasks.get(task_id) for task_id in await self._records.tasks_with(contents)]
        return [(task, picture) for task in tasks if task for picture in task.pictures if picture.sha256 in contents]

    async def _needed_files(self) -> frozenset[str]:
        """Return the files that orders will open, because no prepared copy of them is kept."""
        waiting = [task for task in await self._tasks.unfinished() if task.state in _OPENS_FILES]
        references = [reference for task in waiting for reference in task.request.references if not reference.is_link]
        return frozenset([str(Path(each.source)) for each in references if not await self._is_kept(each)])

    async def _is_kept(self, reference: Reference) -> bool:
        return reference.sha256 is not None and await self._references.kept(reference.sha256) is not None

    async def _move_copies(self, pictures: Mapping[str, Copies], *, for_good: bool = False) -> Put:
        """Move copies that are still in their place, write down where they are, and let the pictures know of none."""
        moved: dict[str, list[LibraryCopy]] = {}
        staying, homeless = [], []
        for content, copies in pictures.items():
            for each in copies:
                try:
                    lies_at = each.lies_at if each.lies_at is not None else await self._throw(each.place, for_good)
                except NoTrashError:
                    homeless.append((content, each.place))
                    lies_at = None
                except StorageError as error:
                    log.warning("a copy of %s stays for now: %s", content[:12], error)
                    staying.append(each.place)
                    lies_at = None
                moved.setdefault(content, []).append(replace(each, lies_at=lies_at))
        pass_point("trash.moved")
        await self._records.update(moved)
        await self._unlink_pictures([each for copies in moved.values() for each in copies if each.lies_at is not None])
        contents = tuple(dict.fromkeys(content for content, _ in homeless))
        return Put(without_trash=contents, files=len({place for _, place in homeless}), staying=tuple(staying))

    async def _throw(self, place: str, for_good: bool) -> str:  # noqa: FBT001 - named at both ends
        if not for_good:
            return await self._files.throw(Path(place))
        await self._files.delete(Path(place))
        return ""

    async def _unlink_pictures(self, copies: Iterable[LibraryCopy]) -> None:
        places: dict[TaskId, set[str]] = {}
        for each in copies:
            places.setdefault(each.task_id, set()).add(each.place)
        for task_id, gone in places.items():
            await self._change(task_id, partial(_without_copies, places=frozenset(gone)))

    async def _fetch_copies(self, trashed: Sequence[Trashed]) -> tuple[Places, tuple[str, ...]]:
        back: Places = {}
        lost = []
        moved = [(one.original or "", copy) for one in trashed for copy in one.copies if copy.lies_at is not None]
        for original, each in moved:
            if await self._is_fetched(each, original):
                back[each.task_id, each.position] = each.place
            elif not each.is_same:
                lost.append(each.place)
        return back, tuple(lost)

    async def _is_fetched(self, copy: LibraryCopy, original: str) -> bool:
        place = Path(copy.place)
        try:
            if copy.lies_at and await self._files.bring_back(Path(copy.lies_at), place):
                return True
            # Somebody, or an earlier try that was broken off, has put it back already.
            return await self._files.is_there(place) and await self._files.is_same(Path(original), place)
        except StorageError as error:
            # The names of copies hold words of prompts.
            log.warning("a copy of %s does not come back: %s", copy.task_id, error)
            return False

    async def _give_copies(self, contents: frozenset[str], back: Places) -> None:
        """Let pictures have their copies again: the very file, or one made from the original."""
        for task, picture in await self._pictures(contents):
            if picture.is_stored and picture.saved_path is None:
                place = back.get((task.id, picture.position))
                given = picture.but(saved_path=place) if place else await self._library.copied(task, picture)
                if given != picture:
                    await self._change(task.id, partial(_with_copy, given=given))

    async def _empty(self, trashed: Sequence[Trashed], *, for_good: bool) -> Emptied:
        needed = await self._needed_files()
        emptied, homeless, staying, held = [], [], [], 0
        for each in trashed:
            if each.original in needed:
                held += 1
                continue
            try:
                await self._throw(each.original or "", for_good)
            except NoTrashError:
                homeless.append(each.sha256)
            except StorageError as error:
                log.warning("%s stays for now: %s", each.original, error)
                staying.append(each.original or "")
            else:
                emptied.append(each.sha256)
                pass_point("trash.emptied")
                await self._note_gone(each.sha256)
        return Emptied(tuple(emptied), tuple(homeless), tuple(staying), held)

    async def _note_gone(self, content: str) -> None:
        for task_id in await self._records.tasks_with([content]):
            await self._change(task_id, partial(_without_original, content=content))
        try:
            for edge_px in THUMBNAIL_EDGES_PX:
                await self._files.delete(self._thumbnail_path(content, edge_px))
        except StorageError as error:
            log.warning("a thumbnail stays: %s", error)


def _has_unmoved(trashed: Trashed) -> bool:
    return any(each.lies_at is None for each in trashed.copies)


def _without_copies(task: Task, places: frozenset[str]) -> Task:
    for picture in task.pictures:
        if picture.saved_path in places:
            task = task.with_picture(picture.but(saved_path=None))
    return task


def _with_copy(task: Task, given: Picture) -> Task:
    picture = next(each for each in task.pictures if each.position == given.position)
    return task.with_picture(picture.but(saved_path=given.saved_path))


def _without_original(task: Task, content: str) -> Task:
    for picture in task.pictures:
        if picture.sha256 == content and picture.is_stored:
            task = task.with_picture(picture.but(state=PictureState.MISSING, path=None))
    return task
