"""Originals are there whole, under the hash of their bytes, or not at all."""

from __future__ import annotations

import asyncio
import hashlib
import os
from pathlib import Path

import pytest

from seedream_desktop.domain.task import TaskId
from seedream_desktop.ports.errors import StorageError
from seedream_desktop.ports.pictures import PictureStore
from seedream_desktop.store.opening import Store
from tests.store.samples import opened

TASK = TaskId("0123456789abcdef")


def incoming(data: Path) -> list[Path]:
    return list((data / "incoming").iterdir())


def test_the_files_fit_the_port(store: Store) -> None:
    port: PictureStore = store.pictures

    assert port is store.pictures


async def test_a_picture_is_kept_byte_for_byte_under_its_hash(store: Store, data: Path) -> None:
    body = os.urandom(100_000)
    async with store.pictures.begin(TASK, 0) as part:
        assert part.path.parent == data / "incoming"
        await part.write(body[:60_000])
        await part.write(body[60_000:])
        assert part.path.read_bytes() == body
        kept = await store.pictures.keep(part, "JPEG")

    sha256 = hashlib.sha256(body).hexdigest()
    assert (kept.sha256, kept.size_bytes) == (sha256, 100_000)
    assert kept.path == data / "originals" / sha256[:2] / f"{sha256}.jpg"
    assert kept.path.read_bytes() == body
    assert incoming(data) == []


@pytest.mark.parametrize(("media_format", "ending"), [("JPEG", ".jpg"), ("PNG", ".png"), ("WEBP", ".webp")])
async def test_the_ending_is_that_of_the_proved_format(store: Store, media_format: str, ending: str) -> None:
    async with store.pictures.begin(TASK, 0) as part:
        await part.write(b"bytes")
        kept = await store.pictures.keep(part, media_format)

    assert kept.path.suffix == ending


async def test_the_same_bytes_twice_are_one_file(store: Store, data: Path) -> None:
    kept = []
    for position in range(2):
        async with store.pictures.begin(TASK, position) as part:
            await part.write(b"the same")
            kept.append(await store.pictures.keep(part, "PNG"))

    assert kept[0] == kept[1]
    assert len([path for path in (data / "originals").rglob("*") if path.is_file()]) == 1


async def test_a_spoilt_original_is_mended_by_the_same_picture(store: Store) -> None:
    for _ in range(2):
        async with store.pictures.begin(TASK, 0) as part:
            await part.write(b"right")
            kept = await store.pictures.keep(part, "PNG")
        assert kept.path.read_bytes() == b"right"
        kept.path.write_bytes(b"wrong")


async def test_a_part_that_is_not_kept_is_removed(store: Store, data: Path) -> None:
    async with store.pictures.begin(TASK, 0) as part:
        await part.write(b"half")

    assert incoming(data) == []


async def test_a_cancelled_download_leaves_nothing(store: Store, data: Path) -> None:
    begun = asyncio.Event()

    async def download() -> None:
        async with store.pictures.begin(TASK, 0) as part:
            begun.set()
            while True:
                await part.write(b"x" * 10_000)

    task = asyncio.ensure_future(download())
    await begun.wait()
    await asyncio.sleep(0.01)
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task

    assert incoming(data) == []


async def test_writing_after_keeping_is_refused(store: Store) -> None:
    async with store.pictures.begin(TASK, 0) as part:
        await store.pictures.keep(part, "PNG")
        with pytest.raises(StorageError):
            await part.write(b"more")


async def test_many_downloads_run_side_by_side(store: Store, data: Path) -> None:
    async def download(number: int) -> Path:
        async with store.pictures.begin(TASK, number) as part:
            for _ in range(5):
                await part.write(bytes([number]) * 1000)
            return (await store.pictures.keep(part, "PNG")).path

    paths = await asyncio.gather(*(download(number) for number in range(20)))

    assert {path.read_bytes()[:1][0] for path in paths} == set(range(20))
    assert {path.stat().st_size for path in paths} == {5000}


async def test_what_a_crash_left_is_swept_at_the_next_start(data: Path) -> None:
    async with opened(data):
        pass
    (data / "incoming" / "stray.part").write_bytes(b"half")

    async with opened(data):
        assert incoming(data) == []


async def test_a_lost_folder_is_a_storage_error_and_leaves_no_task_hanging(store: Store, data: Path) -> None:
    (data / "originals").write_bytes(b"a file where a folder belongs")

    async with store.pictures.begin(TASK, 0) as part:
        await part.write(b"bytes")
        with pytest.raises(StorageError):
            await store.pictures.keep(part, "PNG")

    assert incoming(data) == []


def test_thumbnails_have_their_place_by_size_and_content(store: Store, data: Path) -> None:
    sha256 = "ab" * 32

    assert store.pictures.thumbnail_path(sha256, 512) == data / "thumbnails" / "512" / "ab" / f"{sha256}.jpg"
