"""The pictures of a library are looked at one after the other, from what there is of them."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest

from seedream_desktop.app import likenesses
from seedream_desktop.app.likenesses import LikenessKeeper
from seedream_desktop.domain.events import PictureStored
from seedream_desktop.domain.failure import Failure, FailureKind
from seedream_desktop.domain.picture import Picture, PictureState
from seedream_desktop.domain.preparation import ReferenceFault
from seedream_desktop.domain.task import Task, TaskId
from seedream_desktop.engine.bus import Bus
from seedream_desktop.ports.errors import StorageError, UnusableReferenceError
from seedream_desktop.ports.recognition import Lookalike, Traces
from seedream_desktop.store.opening import Store
from tests.store.samples import opened, task_of

LIKENESS = bytes(range(16))
TROUBLE = StorageError(Failure(FailureKind.DISK_TROUBLE, "DISK_ERROR", "full"))


class Reader:
    """Sees the same in every picture, but for one that it cannot open, or fails altogether."""

    def __init__(self, unreadable: str = "none", trouble: StorageError | None = None) -> None:
        self.unreadable = unreadable
        self.trouble = trouble
        self.read: list[str] = []

    async def traces(self, path: Path) -> Traces:
        self.read.append(path.name)
        if self.trouble is not None:
            raise self.trouble
        if path.name.startswith(self.unreadable):
            raise UnusableReferenceError(ReferenceFault.DAMAGED, path.name)
        return Traces(likeness=LIKENESS)

    async def inscribe(self, path: Path, into: Path, recipe: object) -> None:
        raise NotImplementedError


def content(number: int) -> str:
    return f"{number:064x}"


async def filled(store: Store, count: int) -> list[Task]:
    """Save tasks with a picture each, of which those with an even number have a thumbnail."""
    tasks = []
    for number in range(count):
        path = str(store.layout.originals / f"{number}.jpg")
        picture = Picture(0, "https://example.com/1", PictureState.STORED, sha256=content(number), path=path)
        tasks.append(task_of(f"task {number}").but(id=TaskId(f"{number:032x}"), pictures=(picture,)))
        await store.tasks.save(tasks[-1])
        if number % 2 == 0:
            thumbnail = store.layout.thumbnail(content(number), 256)
            thumbnail.parent.mkdir(parents=True, exist_ok=True)
            thumbnail.write_bytes(b"a small picture")
    return tasks


def keeper(store: Store, reader: Reader) -> LikenessKeeper:
    return LikenessKeeper(store.likenesses, store.tasks, reader, store.layout)


@pytest.fixture(autouse=True)
def _at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(likenesses, "_FIRST_AFTER_S", 0.0)


async def until_all_are_seen(store: Store, keeper: LikenessKeeper) -> None:
    keeping = asyncio.ensure_future(keeper.keep_up())
    async with asyncio.timeout(20):
        while await store.likenesses.unseen(1):
            await asyncio.sleep(0.01)
    keeping.cancel()


async def test_old_pictures_are_filled_in_from_thumbnails_or_else_their_originals(tmp_path: Path) -> None:
    reader = Reader()
    async with opened(tmp_path) as store:
        await filled(store, 45)

        await until_all_are_seen(store, keeper(store, reader))

        assert len(await store.likenesses.lookalikes(LIKENESS)) == 12
    assert sorted(reader.read) == sorted(
        f"{content(number)}.jpg" if number % 2 == 0 else f"{number}.jpg" for number in range(45)
    )


async def test_a_picture_that_cannot_be_opened_is_not_tried_again(tmp_path: Path) -> None:
    reader = Reader(unreadable="1.jpg")
    async with opened(tmp_path) as store:
        await filled(store, 2)

        await until_all_are_seen(store, keeper(store, reader))

        assert await store.likenesses.lookalikes(LIKENESS) == (Lookalike(content(0), 0),)


async def test_trouble_with_the_disk_leaves_it_for_later(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    async with opened(tmp_path) as store:
        await filled(store, 1)
        keeping = asyncio.ensure_future(keeper(store, Reader(trouble=TROUBLE)).keep_up())
        async with asyncio.timeout(20):
            while "likenesses" not in caplog.text:
                await asyncio.sleep(0.01)
        keeping.cancel()

        assert await store.likenesses.unseen(10) == (content(0),)


async def test_a_picture_that_comes_is_looked_at_before_all_others(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(likenesses, "_FIRST_AFTER_S", 3600.0)
    reader, bus = Reader(), Bus()
    async with opened(tmp_path) as store:
        tasks = await filled(store, 5)
        kept = keeper(store, reader)
        kept.follow(bus)
        keeping = asyncio.ensure_future(kept.keep_up())

        bus.publish(PictureStored(tasks[3], tasks[3].pictures[0]))
        async with asyncio.timeout(20):
            while not await store.likenesses.lookalikes(LIKENESS):
                await asyncio.sleep(0.01)
        keeping.cancel()

    assert reader.read == ["3.jpg"]
