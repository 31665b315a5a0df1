"""The program's side of imaging, behind `PictureInspector` and `ReferencePreparer`: workers, each driven from a thread.

Plain pipes and threads work under any event loop, Qt's included. Nothing here imports Pillow.
"""

from __future__ import annotations

import asyncio
import errno
import logging
import threading
import uuid
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Final, TypeVar

from seedream_desktop.crashpoints import pass_point
from seedream_desktop.domain.failure import Failure, FailureKind
from seedream_desktop.domain.pixels import PixelSize
from seedream_desktop.domain.preparation import PreparedReference, ReferenceFault
from seedream_desktop.domain.recipe import Recipe, recipe_to_json
from seedream_desktop.domain.reference import Crop
from seedream_desktop.imaging.child import Child, ChildLostError
from seedream_desktop.imaging.preparation import read_preparation, traces_of
from seedream_desktop.imaging.protocol import Message
from seedream_desktop.ports.errors import DiskFullError, StorageError, UndecodableError, UnusableReferenceError
from seedream_desktop.ports.pictures import Examined
from seedream_desktop.ports.recognition import Traces

log = logging.getLogger(__name__)
T = TypeVar("T")
JOB_LIMIT_S: Final = 20.0
_START_LIMIT_S: Final = 30.0
_FULL: Final = frozenset({errno.ENOSPC, errno.EDQUOT})


class ImagingPool:
    """Implements both ports; workers start with the first job and are replaced when they die.

    One worker is never given a reference to prepare, which takes long, so that thumbnails do not wait behind them.
    Unfinished files are written to *scratch*, in the file system of the targets, or beside each target.
    """

    def __init__(self, scratch: Path | None = None, *, workers: int = 2, job_limit_s: float = JOB_LIMIT_S) -> None:
        self._scratch = scratch
        self._job_limit_s = job_limit_s
        self._threads = ThreadPoolExecutor(workers, thread_name_prefix="imaging")
        self._lock = threading.Lock()
        self._children: set[Child] = set()
        self._idle: list[Child] = []
        self._preparing = asyncio.Semaphore(max(1, workers - 1))
        self._is_closed = False

    @property
    def pids(self) -> tuple[int, ...]:
        """The process ids of the workers alive now."""
        with self._lock:
            return tuple(child.pid for child in self._children)

    async def examine(self, path: Path) -> Examined:
        """Decode the whole file and say what it is.

        Raises:
            UndecodableError: when it is not one whole picture within the limits.
            StorageError: when the file cannot be read, or no worker can be started.
        """
        answer = await self._run(lambda: self._ask({"job": "examine", "path": _text(path)}))
        if answer["trailing_bytes"]:
            log.warning("%s: %d bytes follow the end of the picture", path.name, answer["trailing_bytes"])
        return Examined(answer["media_format"], PixelSize(answer["width_px"], answer["height_px"]))

    async def make_thumbnails(self, path: Path, targets: dict[int, Path]) -> None:
        """Write a JPEG for each longest edge in pixels, whole or not at all, creating its folder.

        Raises:
            UndecodableError: when the picture cannot be opened.
            StorageError: when it cannot be read or the thumbnails cannot be written.
        """
        if targets:
            await self._run(lambda: self._make_thumbnails(path, targets))

    async def render(self, path: Path, into: Path) -> PixelSize:
        """Write every pixel to *into* as QImage.Format_RGB32 without gaps between rows; return the size as seen.

        The picture is upright, in sRGB and on white. Raises UndecodableError, StorageError.
        """
        job = {"job": "render", "path": _text(path), "into": _text(into)}
        answer = await self._run(lambda: self._ask(job))
        return PixelSize(answer["width_px"], answer["height_px"])

    async def prepare(self, path: Path, crop: Crop | None, into: Path) -> PreparedReference:
        """Write the file to send to *into*, whole or not at all, and say what was done.

        *crop* is a part of the upright picture.

        Raises:
            UnusableReferenceError: when the picture cannot be used; it names the file.
            StorageError: when the result cannot be written, or no worker can be started.
        """
        given_up = threading.Event()
        async with self._preparing:
            try:
                return await self._run(lambda: self._prepare(path, crop, into, given_up))
            finally:
                given_up.set()

    async def preview(self, path: Path, into: Path, edge_px: int) -> PixelSize:
        """Write any picture that can be a reference as an upright JPEG of at most *edge_px* a side to *into*.

        Returns the size of the whole picture as seen. Raises UnusableReferenceError, StorageError.
        """
        job = {"job": "preview", "path": _text(path), "into": _text(into), "edge_px": edge_px}
        async with self._preparing:
            answer = await self._run(lambda: self._of_reference(path.name, lambda: self._ask_long(job)))
        return PixelSize(answer["width_px"], answer["height_px"])

    async def traces(self, path: Path) -> Traces:
        """Return what a picture file from anywhere tells of itself.

        Raises UnusableReferenceError, StorageError.
        """
        job = {"job": "traces", "path": _text(path)}
        async with self._preparing:
            return await self._run(lambda: self._of_reference(path.name, lambda: traces_of(self._ask_long(job))))

    async def inscribe(self, path: Path, into: Path, recipe: Recipe) -> None:
        """Write the file with *recipe* in it to *into*, whole or not at all.

        Raises UndecodableError, StorageError.
        """
        await self._run(lambda: self._inscribe(path, into, recipe))

    async def close(self) -> None:
        """End all workers at once, in whatever they are doing; jobs still asked for raise StorageError."""
        with self._lock:
            if self._is_closed:
                return
            self._is_closed = True
            for child in self._children:
                child.kill()
        await asyncio.shield(asyncio.wrap_future(self._threads.submit(self._bury_all)))
        self._threads.shutdown(wait=False)

    async def _run(self, work: Callable[[], T]) -> T:
        try:
            future = self._threads.submit(work)
        except RuntimeError as error:
            raise _closed() from error
        return await asyncio.wrap_future(future)

    def _make_thumbnails(self, path: Path, targets: dict[int, Path]) -> None:
        parts = {edge: self._part_for(target) for edge, target in targets.items()}
        try:
            texts = {str(edge): _text(part) for edge, part in parts.items()}
            self._ask({"job": "thumbnails", "path": _text(path), "targets": texts})
            for edge, part in parts.items():
                part.replace(targets[edge])
                pass_point("thumb.half")
        except OSError as error:
            raise _storage_error(error.errno, error.strerror or str(error), path) from error
        finally:
            for part in parts.values():
                part.unlink(missing_ok=True)

    def _inscribe(self, path: Path, into: Path, recipe: Recipe) -> None:
        try:
            part = self._part_for(into)
            try:
                job = {"job": "inscribe", "path": _text(path), "into": _text(part), "recipe": recipe_to_json(recipe)}
                self._ask(job)
                part.replace(into)
            finally:
                part.unlink(missing_ok=True)
        except OSError as error:
            raise _storage_error(error.errno, error.strerror or str(error), into) from error

    def _prepare(self, path: Path, crop: Crop | None, into: Path, given_up: threading.Event) -> PreparedReference:
        box = None if crop is None else [crop.left, crop.top, crop.right, crop.bottom]
        try:
            part = self._part_for(into)
            try:
                job = {"job": "prepare", "path": _text(path), "into": _text(part), "crop": box}
                prepared = self._of_reference(path.name, lambda: read_preparation(self._ask_long(job), part))
                if not given_up.is_set():
                    part.replace(into)
            finally:
                part.unlink(missing_ok=True)
        except OSError as error:
            raise _storage_error(error.errno, error.strerror or str(error), into) from error
        return prepared

    def _ask_long(self, job: Message) -> Message:
        """Ask for what takes longer than a picture of the service: references may be larger."""
        return self._ask(job, 2 * self._job_limit_s)

    def _of_reference(self, name: str, work: Callable[[], T]) -> T:
        """Return what *work* brings, its errors as those of the reference called *name*."""
        try:
            return work()
        except UnusableReferenceError as error:
            raise UnusableReferenceError(error.fault, name, error.detail) from error
        except UndecodableError as error:
            was_too_slow = isinstance(error.__cause__, ChildLostError) and error.__cause__.was_too_slow
            fault = ReferenceFault.TOO_MANY_PIXELS if was_too_slow else ReferenceFault.DAMAGED
            raise UnusableReferenceError(fault, name, str(error)) from error

    def _part_for(self, target: Path) -> Path:
        for folder in (target.parent, self._scratch or target.parent):
            folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        return (self._scratch or target.parent) / f"{target.stem}-{uuid.uuid4().hex}.part"

    def _ask(self, job: Message, limit_s: float | None = None) -> Message:
        """Ask a worker, and another one when the first dies: the second death is the picture's fault."""
        limit_s = self._job_limit_s if limit_s is None else limit_s
        try:
            return _believed(self._ask_one(job, limit_s), job)
        except ChildLostError as error:
            if error.was_too_slow:
                raise UndecodableError(f"opening it took longer than {limit_s:g} s") from error
        try:
            return _believed(self._ask_one(job, limit_s), job)
        except ChildLostError as error:
            raise UndecodableError("the decoder crashed on it twice") from error

    def _ask_one(self, job: Message, limit_s: float) -> Message:
        child = self._take()
        try:
            answer = child.ask(job, limit_s)
        except BaseException:  # whatever it was, this child may be in mid-answer; raised on
            self._forget(child)
            self._raise_if_closed()
            raise
        with self._lock:
            self._idle.append(child)
        return answer

    def _take(self) -> Child:
        with self._lock:
            if self._is_closed:
                raise _closed()
            if self._idle:
                return self._idle.pop()
            child = self._started()
            self._children.add(child)
        try:
            child.wait_ready(_START_LIMIT_S)
        except ChildLostError as error:
            self._forget(child)
            self._raise_if_closed()
            raise _unavailable(str(error)) from error
        return child

    def _started(self) -> Child:
        try:
            return Child()
        except OSError as error:
            raise _unavailable(str(error)) from error

    def _forget(self, child: Child) -> None:
        child.bury()
        with self._lock:  # not before: whoever closes the pool waits for the children that stand here
            self._children.discard(child)

    def _bury_all(self) -> None:
        with self._lock:
            left = tuple(self._children)
            self._children.clear()
            self._idle.clear()
        for child in left:
            child.bury()

    def _raise_if_closed(self) -> None:
        if self._is_closed:
            raise _closed()


def _believed(answer: Message, job: Message) -> Message:
    if answer.get("ok"):
        return answer
    if "unusable" in answer:
        raise UnusableReferenceError(ReferenceFault(answer["unusable"]), "", str(answer.get("detail", "")))
    if "undecodable" in answer:
        raise UndecodableError(str(answer["undecodable"]))
    place = Path(job["into"] if "into" in job else job["path"])
    raise _storage_error(answer.get("errno"), str(answer.get("words")), place)


def _storage_error(number: int | None, words: str, path: Path) -> StorageError:
    if number in _FULL:
        return DiskFullError(Failure(FailureKind.DISK_TROUBLE, "DISK_FULL", str(path.parent)))
    return StorageError(Failure(FailureKind.DISK_TROUBLE, "DISK_ERROR", f"{path}: {words}"))


def _closed() -> StorageError:
    return StorageError(Failure(FailureKind.DISK_TROUBLE, "IMAGING_CLOSED", "the program is closing"))


def _unavailable(words: str) -> StorageError:
    return StorageError(Failure(FailureKind.DISK_TROUBLE, "IMAGING_UNAVAILABLE", words))


def _text(path: Path) -> str:
    return str(path.absolute())
