"""Preparing shares the workers with the other jobs: it leaves one free, can be given up, and takes its memory alone."""

from __future__ import annotations

import asyncio
import hashlib
import os
import signal
import subprocess
import sys
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from PIL import Image

from seedream_desktop.domain.pixels import PixelSize
from seedream_desktop.domain.preparation import Change, PictureFacts, ReferenceFault
from seedream_desktop.imaging.pool import ImagingPool
from seedream_desktop.imaging.preparation import read_preparation
from seedream_desktop.ports.errors import StorageError, UndecodableError, UnusableReferenceError
from tests.imaging.corpus import encoded
from tests.imaging.reference_corpus import corners, noisy
from tests.imaging.test_imaging_pool import is_busy

CHECKOUT = Path(__file__).parents[2]
posix_only = pytest.mark.skipif(sys.platform == "win32", reason="uses signals of POSIX")
linux_only = pytest.mark.skipif(sys.platform != "linux", reason="reads /proc")
TOLD = {"media_format": "BMP", "width_px": 9, "height_px": 8, "size_bytes": 7}
ORIGIN_SHA = "ab" * 32


@pytest.fixture
async def pool(tmp_path: Path) -> AsyncIterator[ImagingPool]:
    pool = ImagingPool(tmp_path / "scratch", job_limit_s=20)
    yield pool
    await pool.close()


@pytest.fixture(scope="module")
def photo(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A picture that takes a while."""
    path = tmp_path_factory.mktemp("photos") / "photo.bmp"
    path.write_bytes(encoded(noisy((4000, 3000)), "BMP"))
    return path


@pytest.fixture
def small(tmp_path: Path) -> Path:
    path = tmp_path / "small.png"
    path.write_bytes(encoded(corners(), "PNG"))
    return path


async def test_many_preparations_leave_a_worker_to_thumbnails(
    pool: ImagingPool, photo: Path, small: Path, tmp_path: Path
) -> None:
    preparing = [asyncio.ensure_future(pool.prepare(photo, None, tmp_path / str(index))) for index in range(3)]
    await asyncio.sleep(0)

    await pool.make_thumbnails(small, {16: tmp_path / "16.jpg"})

    assert sum(job.done() for job in preparing) <= 1, "the thumbnail waited behind the photos"
    assert len({prepared.sha256 for prepared in await asyncio.gather(*preparing)}) == 1


async def test_the_part_file_is_gone_and_the_result_is_whole(pool: ImagingPool, photo: Path, tmp_path: Path) -> None:
    into = tmp_path / "kept" / "ab" / "x"

    prepared = await pool.prepare(photo, None, into)

    assert hashlib.sha256(into.read_bytes()).hexdigest() == prepared.sha256
    assert list((tmp_path / "scratch").iterdir()) == []
    assert [path.name for path in into.parent.iterdir()] == ["x"]


async def test_a_preparation_given_up_writes_nothing(
    pool: ImagingPool, photo: Path, small: Path, tmp_path: Path
) -> None:
    job = asyncio.ensure_future(pool.prepare(photo, None, tmp_path / "out"))
    while not pool.pids:
        await asyncio.sleep(0.005)
    job.cancel()
    with pytest.raises(asyncio.CancelledError):
        await job

    await asyncio.gather(*(pool.prepare(small, None, tmp_path / name) for name in ("a", "b")))
    while any((tmp_path / "scratch").iterdir()):
        await asyncio.sleep(0.01)

    assert not (tmp_path / "out").exists()


@linux_only
async def test_a_decoder_that_dies_twice_makes_the_file_damaged(photo: Path, tmp_path: Path) -> None:
    pool = ImagingPool(tmp_path / "scratch", workers=1)
    job = asyncio.ensure_future(pool.prepare(photo, None, tmp_path / "out"))
    killed: set[int] = set()
    while not job.done():
        await asyncio.sleep(0.005)
        for pid in set(pool.pids) - killed:
            if is_busy(pid):
                os.kill(pid, signal.SIGKILL)
                killed.add(pid)

    with pytest.raises(UnusableReferenceError) as caught:
        await job

    assert (caught.value.fault, caught.value.name) == (ReferenceFault.DAMAGED, "photo.bmp")
    assert len(killed) == 2
    assert list((tmp_path / "scratch").iterdir()) == []
    await pool.close()


@posix_only
async def test_a_preparation_that_takes_too_long_is_ended_and_named(small: Path, photo: Path, tmp_path: Path) -> None:
    pool = ImagingPool(workers=1, job_limit_s=0.5)
    await pool.examine(small)
    (pid,) = pool.pids
    os.kill(pid, signal.SIGSTOP)

    with pytest.raises(UnusableReferenceError) as caught:
        await pool.prepare(photo, None, tmp_path / "out")

    assert caught.value.fault == ReferenceFault.TOO_MANY_PIXELS
    assert "longer than 1 s" in caught.value.detail
    assert pool.pids == ()
    await pool.close()


async def test_a_pool_that_closes_ends_preparations_too(photo: Path, tmp_path: Path) -> None:
    pool = ImagingPool()
    jobs = [asyncio.ensure_future(pool.prepare(photo, None, tmp_path / str(index))) for index in range(3)]
    await asyncio.sleep(0.1)

    await pool.close()

    results = await asyncio.gather(*jobs, return_exceptions=True)
    assert all(isinstance(result, StorageError) for result in results), results
    assert not any((tmp_path / str(index)).exists() for index in range(3))


@linux_only
async def test_other_jobs_have_their_own_memory_limit_again(small: Path, tmp_path: Path) -> None:
    pool = ImagingPool(workers=1)
    await pool.prepare(small, None, tmp_path / "out")
    (pid,) = pool.pids
    assert f"Max address space         {2 * 1024**3}" in Path(f"/proc/{pid}/limits").read_text()

    await pool.examine(small)

    assert pool.pids == (pid,)
    assert f"Max address space         {1024**3} " in Path(f"/proc/{pid}/limits").read_text()
    with pytest.raises(UndecodableError):
        await pool.examine(written(tmp_path, encoded(Image.new("1", (6_000, 6_001)), "PNG")))
    await pool.close()


@linux_only
async def test_a_worker_is_told_to_give_large_blocks_back(pool: ImagingPool, small: Path) -> None:
    # What glibc keeps of 480 MB depends on what was freed before; that it may not is what can be tested.
    await pool.examine(small)
    (pid,) = pool.pids

    assert b"MALLOC_MMAP_THRESHOLD_=8388608" in Path(f"/proc/{pid}/environ").read_bytes().split(b"\0")


def written(folder: Path, data: bytes) -> Path:
    (folder / "written").write_bytes(data)
    return folder / "written"


def test_a_worker_starts_without_what_only_references_need() -> None:
    code = (
        "import sys, seedream_desktop.imaging.worker, seedream_desktop.imaging.jobs\n"
        "sys.exit(any(name in sys.modules for name in ('pillow_heif', 'PIL.ImageCms', 'PIL.AvifImagePlugin')))\n"
    )

    assert subprocess.run([sys.executable, "-c", code], check=False, cwd=CHECKOUT).returncode == 0


def test_what_the_file_is_is_read_from_the_file(tmp_path: Path) -> None:
    part = written(tmp_path, encoded(corners(), "PNG"))

    prepared = read_preparation(
        {"origin": TOLD, "origin_sha256": ORIGIN_SHA, "changes": ["turned", "format_changed"]}, part
    )

    assert prepared.sha256 == hashlib.sha256(part.read_bytes()).hexdigest()
    assert prepared.facts == PictureFacts("PNG", PixelSize(96, 64), part.stat().st_size)
    assert prepared.origin == PictureFacts("BMP", PixelSize(9, 8), 7)
    assert prepared.changes == (Change.TURNED, Change.FORMAT_CHANGED)
    assert prepared.origin_sha256 == ORIGIN_SHA


@pytest.mark.parametrize(
    ("answer", "data"),
    [
        ({"origin": TOLD, "origin_sha256": ORIGIN_SHA, "changes": []}, b"GIF89a"),
        ({"origin": TOLD, "origin_sha256": ORIGIN_SHA, "changes": ["painted"]}, encoded(corners(), "PNG")),
        ({"origin": {}, "origin_sha256": ORIGIN_SHA, "changes": []}, encoded(corners(), "PNG")),
        ({}, encoded(corners(), "PNG")),
    ],
)
def test_a_worker_that_lies_is_not_believed(tmp_path: Path, answer: dict[str, object], data: bytes) -> None:
    with pytest.raises(UndecodableError):
        read_preparation(answer, written(tmp_path, data))
