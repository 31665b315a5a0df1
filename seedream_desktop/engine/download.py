"""Brings the pictures of a finished task to this disk: whole, proved, and saved before they are shown."""

from __future__ import annotations

import asyncio
import logging
from typing import Final

from seedream_desktop.domain.failure import Failure, FailureKind
from seedream_desktop.domain.pacing import LINK_LIFE_S, PICTURE_TRIES, RESCUE_INTERVAL_S, backoff_s
from seedream_desktop.domain.picture import Picture, PictureState
from seedream_desktop.domain.task import Task, TaskId, TaskState
from seedream_desktop.engine.copies import Copier
from seedream_desktop.engine.core import Core
from seedream_desktop.engine.fetch import Fetcher, LinkGoneError, TryAgainLaterError, UselessFileError
from seedream_desktop.engine.hosts import Hosts
from seedream_desktop.engine.inquiry import ask_status
from seedream_desktop.engine.shipment import Shipment
from seedream_desktop.ports.errors import (
    KeyRefusedError,
    ServiceError,
    StorageError,
    TaskNotFoundError,
    UnreachableError,
)
from seedream_desktop.ports.service import Succeeded

log = logging.getLogger(__name__)

AT_ONCE: Final = 3
# A wait that is longer than this is one of the whole task, so that the program may end meanwhile.
_LONG_WAIT_S: Final = 60.0
_WITHOUT_KEY_S: Final = 120.0
_QUESTION_LIMIT_S: Final = 60.0
# First tries after a restart are spread over this time.
_RESTART_SPREAD_S: Final = 3.0


class Downloader:
    """Takes a task from result links to stored pictures; a few pictures at a time over all tasks."""

    def __init__(self, core: Core, fetcher: Fetcher, copier: Copier) -> None:
        self._core = core
        self._fetcher = fetcher
        self._copier = copier
        self._slots = asyncio.Semaphore(AT_ONCE)
        self._hosts = Hosts(core.clock)
        self._rescued: set[TaskId] = set()

    async def step(self, task: Task) -> Task:
        """Fetch every picture that is not stored yet and return the task as it ended.

        It is returned unfinished after a long wait: one that a host asked for, or for a key.
        """
        shipment = Shipment(task, self._core.record)
        for picture in task.stored_pictures:
            await self._copy(shipment, picture)
        fetches = (self._fetch(shipment, picture) for picture in _awaited(task))
        ended = await asyncio.gather(*fetches, return_exceptions=True)
        # None may outlive this step: the next one works with a value of the task of its own.
        if (error := next((result for result in ended if result is not None), None)) is not None:
            raise error
        if left := _awaited(shipment.task):
            await self._core.waits.pause(task.id, min(map(self._long_wait_s, left)))
            return shipment.task
        return await self._conclude(shipment.task)

    def _long_wait_s(self, picture: Picture) -> float:
        held_s = self._hosts.held_for_s(picture.url)
        return max(held_s, _WITHOUT_KEY_S) if self._core.gate.needs_key else held_s

    async def _copy(self, shipment: Shipment, picture: Picture) -> None:
        """Make the library's copy of a picture that a crash came in between of."""
        saved = await self._copier.copied(shipment.task, picture)
        if saved != picture:
            await shipment.put(saved)

    async def rescue(self, task: Task) -> Task:
        """Ask once more, an hour later, for pictures that stayed bad; give up on them with their links."""
        is_last = self._core.clock.age_s(task.finished_at or task.created_at) > LINK_LIFE_S
        if not is_last:
            await self._core.waits.pause(task.id, self._rescue_wait_s(task))
        shipment = Shipment(task, self._core.record)
        for picture in task.pictures:
            if picture.state in _MAY_IMPROVE:
                await self._try_once(shipment, picture)
        # The wall clock may be wrong, so even links that must be dead by it were tried once more.
        return await (self._give_up(shipment.task) if is_last else self._conclude(shipment.task))

    def _rescue_wait_s(self, task: Task) -> float:
        """An hour between two tries; the first one after a start comes at once when the hour was over by then."""
        if task.id in self._rescued:
            return RESCUE_INTERVAL_S
        self._rescued.add(task.id)
        age_s = self._core.clock.age_s(task.finished_at or task.created_at)
        return max(RESCUE_INTERVAL_S - age_s, self._core.chance() * _RESTART_SPREAD_S)

    async def _try_once(self, shipment: Shipment, picture: Picture) -> None:
        tried = await self._try(shipment, picture)
        if tried.is_stored or tried.state is PictureState.EXPIRED:
            return
        before = picture.state if picture.is_bad else PictureState.PLANNED
        await shipment.put(tried if tried.is_bad else tried.but(state=before))

    async def _give_up(self, task: Task) -> Task:
        shipment = Shipment(task, self._core.record)
        for picture in task.pictures:
            if picture.state in _MAY_IMPROVE:
                await shipment.put(picture.but(state=PictureState.EXPIRED))
        return await self._conclude(shipment.task)

    async def _fetch(self, shipment: Shipment, picture: Picture) -> None:
        """Try up to 8 times, being offline does not count; set it aside when only a long wait can help."""
        failures = 0
        while picture.tries < PICTURE_TRIES:
            if not await self._is_welcome(picture):
                return await self._set_aside(shipment, picture)
            before, picture = picture, await self._try(shipment, picture)
            if picture is before:
                # Its host asked to wait while it stood in the queue.
                continue
            if picture.is_stored or picture.state is PictureState.EXPIRED:
                return None
            if picture.tries == before.tries and self._core.gate.needs_key:
                return await self._set_aside(shipment, picture)
            failures += 1
            if picture.tries < PICTURE_TRIES:
                await self._core.clock.sleep(backoff_s(failures, self._core.chance()))
        bad = picture.but(state=picture.state if picture.is_bad else PictureState.UNDECODABLE)
        await shipment.put(bad)
        return None

    async def _is_welcome(self, picture: Picture) -> bool:
        """Wait until the picture's host may be asked; False at once when that is long."""
        while held_s := self._hosts.held_for_s(picture.url):
            if held_s > _LONG_WAIT_S:
                return False
            await self._core.clock.sleep(held_s)
        return True

    async def _set_aside(self, shipment: Shipment, picture: Picture) -> None:
        planned = picture.but(state=PictureState.PLANNED)
        if planned != shipment.task.pictures[picture.position]:
            await shipment.put(planned)

    async def _try(self, shipment: Shipment, picture: Picture) -> Picture:
        try:
            async with self._slots:
                if self._hosts.held_for_s(picture.url):
                    return picture
                await shipment.put(picture.but(state=PictureState.DOWNLOADING))
                brought = await self._fetcher.bring(shipment, picture)
            self._core.record.recovered()
            return brought
        except StorageError as error:
            self._core.record.troubled(error)
            return picture.but(state=PictureState.PLANNED)
        except (LinkGoneError, TryAgainLaterError, UselessFileError) as error:
            log.info("task %s: picture %d: %s", shipment.task.id, picture.position, error)
            return await self._after_trouble(shipment, picture, error)

    async def _after_trouble(
        self, shipment: Shipment, picture: Picture, error: LinkGoneError | TryAgainLaterError | UselessFileError
    ) -> Picture:
        match error:
            case UselessFileError():
                return picture.but(state=error.state, tries=picture.tries + 1)
            case TryAgainLaterError(counts=True, told_s=told_s):
                self._hosts.hold(picture.url, told_s or 0.0)
                return picture.but(state=PictureState.PLANNED, tries=picture.tries + 1)
            case TryAgainLaterError():
                return picture.but(state=PictureState.PLANNED, url=await self._newest_link(shipment.task, picture))
            case LinkGoneError():
                return await self._renew(shipment, picture)

    async def _renew(self, shipment: Shipment, picture: Picture) -> Picture:
        """Ask the service for a fresh link; the picture is expired when it answers and has none."""
        try:
            fresh = await self._fresh_link(shipment.task, picture)
        except TaskNotFoundError:
            fresh = None
        except ServiceError:
            # Not being answered decides nothing.
            return picture.but(state=PictureState.PLANNED)
        if fresh is not None:
            return picture.but(url=fresh, tries=picture.tries + 1, state=PictureState.PLANNED)
        expired = picture.but(state=PictureState.EXPIRED)
        await shipment.put(expired)
        return expired

    async def _newest_link(self, task: Task, picture: Picture) -> str:
        """Nobody answered at the link's address: the service may have moved its files."""
        try:
            return await self._fresh_link(task, picture) or picture.url
        except ServiceError:
            return picture.url

    async def _fresh_link(self, task: Task, picture: Picture) -> str | None:
        """Return another link than the known one, or None; raises a ServiceError when nobody could say."""
        if self._core.gate.needs_key:
            raise KeyRefusedError(Failure(FailureKind.KEY_MISSING))
        assert task.service_task_id is not None, "a task with results has the service's id"  # noqa: S101 - invariant
        try:
            # The gate may close while the question waits for its turn, and then for the user.
            async with self._core.clock.deadline(_QUESTION_LIMIT_S):
                report = await ask_status(self._core, task.service_task_id)
        except TimeoutError:
            raise UnreachableError(Failure(FailureKind.OFFLINE, "TimeoutError")) from None
        urls = report.urls[picture.position : picture.position + 1] if isinstance(report, Succeeded) else ()
        return next((url for url in urls if url != picture.url), None)

    async def _conclude(self, task: Task) -> Task:
        stored = len(task.stored_pictures)
        state = TaskState.DONE if stored == len(task.pictures) else TaskState.PARTIAL
        state = state if stored else TaskState.FAILED
        failure = None if state is TaskState.DONE else _why_incomplete(task)
        ended = task.finished_at or self._core.clock.now()
        changed = {"failure": failure, "finished_at": ended}
        if task.state is state:
            return await self._core.record.save(task.but(**changed))
        return await self._core.record.save(task.moved(state, **changed))


# A final task's picture in DOWNLOADING was left so by a try that broke off.
_MAY_IMPROVE: Final = frozenset(
    {PictureState.UNDECODABLE, PictureState.NOT_AN_IMAGE, PictureState.PLANNED, PictureState.DOWNLOADING}
)


def _awaited(task: Task) -> list[Picture]:
    return [picture for picture in task.pictures if not picture.is_stored and not picture.is_bad]


def can_be_rescued(task: Task) -> bool:
    """Whether a task ended with pictures that may still be fetched."""
    return any(picture.state in _MAY_IMPROVE for picture in task.pictures)


def _why_incomplete(task: Task) -> Failure:
    all_expired = all(p.state is PictureState.EXPIRED for p in task.pictures if not p.is_stored)
    return Failure(FailureKind.LINKS_EXPIRED if all_expired else FailureKind.PICTURES_BAD)
