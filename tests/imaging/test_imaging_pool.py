"""The worker processes: started when needed, replaced when they die, gone when the program is."""

from __future__ import annotations

import asyncio
import os
import signal
import subprocess
import sys
import time
from collections.abc import AsyncIterator, Callable
from pathlib import Path

import pytest
from PIL import Image

from seedream_desktop.domain.pixels import PixelSize
from seedream_desktop.imaging.child import Child
from seedream_desktop.imaging.pool import ImagingPool
from seedream_desktop.ports.errors import DiskFullError, StorageError, UndecodableError
from seedream_desktop.ports.pictures import Examined, PictureInspector
from tests.imaging.corpus import encoded, picture, png_bomb, turned_jpeg

CHECKOUT = Path(__file__).parents[2]
posix_only = pytest.mark.skipif(sys.platform == "win32", reason="uses signals of POSIX")
linux_only = pytest.mark.skipif(sys.platform != "linux", reason="reads /proc")


@pytest.fixture
async def pool(tmp_path: Path) -> AsyncIterator[ImagingPool]:
    pool = ImagingPool(tmp_path / "scratch")
    yield pool
    await pool.close()


@pytest.fixture
def jpeg(tmp_path: Path) -> Path:
    path = tmp_path / "a fox \udcff.jpg" if sys.platform == "linux" else tmp_path / "a fox.jpg"
    path.write_bytes(encoded(picture(), "JPEG"))
    return path


@pytest.fixture(scope="module")
def slow(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A picture that takes long enough to be disturbed."""
    path = tmp_path_factory.mktemp("slow") / "slow.png"
    path.write_bytes(encoded(Image.effect_noise((5000, 5000), 90), "PNG", compress_level=1))
    return path


def size_of(path: Path) -> tuple[int, int]:
    with Image.open(path) as image:
        return image.size


async def until(claim: Callable[[], bool]) -> None:
    async with asyncio.timeout(10):
        while not claim():
            await asyncio.sleep(0.005)


def is_alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return "Z" not in Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1][:3]


def test_the_pool_fits_the_port_and_starts_nothing_by_itself() -> None:
    pool = ImagingPool()
    port: PictureInspector = pool

    assert port is pool
    assert pool.pids == ()


async def test_a_picture_is_examined(pool: ImagingPool, jpeg: Path) -> None:
    assert await pool.examine(jpeg) == Examined("JPEG", PixelSize(120, 80))


async def test_thumbnails_appear_whole_in_their_folders(pool: ImagingPool, jpeg: Path, tmp_path: Path) -> None:
    targets = {edge: tmp_path / "thumbnails" / str(edge) / "ab" / "x.jpg" for edge in (16, 32)}

    await pool.make_thumbnails(jpeg, targets)

    assert {edge: size_of(target) for edge, target in targets.items()} == {16: (16, 11), 32: (32, 21)}
    assert list((tmp_path / "scratch").iterdir()) == []


async def test_without_a_scratch_folder_nothing_is_left_beside_the_thumbnail(jpeg: Path, tmp_path: Path) -> None:
    pool = ImagingPool()
    await pool.make_thumbnails(jpeg, {16: tmp_path / "small" / "x.jpg"})
    await pool.close()

    assert [path.name for path in (tmp_path / "small").iterdir()] == ["x.jpg"]


async def test_a_picture_is_rendered_for_the_window(pool: ImagingPool, tmp_path: Path) -> None:
    (tmp_path / "turned.jpg").write_bytes(turned_jpeg())

    assert await pool.render(tmp_path / "turned.jpg", tmp_path / "raw") == PixelSize(80, 120)
    assert (tmp_path / "raw").stat().st_size == 80 * 120 * 4


async def test_a_bad_picture_is_undecodable_and_the_worker_lives_on(pool: ImagingPool, tmp_path: Path) -> None:
    (tmp_path / "bomb").write_bytes(png_bomb())
    with pytest.raises(UndecodableError, match="20000 x 20000"):
        await pool.examine(tmp_path / "bomb")
    pids = pool.pids

    with pytest.raises(UndecodableError):
        await pool.render(tmp_path / "bomb", tmp_path / "raw")

    assert pool.pids == pids


async def test_a_missing_file_is_a_storage_error(pool: ImagingPool, tmp_path: Path) -> None:
    with pytest.raises(StorageError, match="nowhere"):
        await pool.examine(tmp_path / "nowhere")


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs /dev/full")
async def test_a_full_disk_is_named(pool: ImagingPool, jpeg: Path) -> None:
    with pytest.raises(DiskFullError):
        await pool.render(jpeg, Path("/dev/full"))


async def test_two_jobs_run_at_once_and_a_third_waits(pool: ImagingPool, jpeg: Path) -> None:
    await asyncio.gather(*(pool.examine(jpeg) for _ in range(20)))

    assert 1 <= len(pool.pids) <= 2


@posix_only
async def test_a_worker_killed_between_jobs_is_replaced(pool: ImagingPool, jpeg: Path) -> None:
    await pool.examine(jpeg)
    (pid,) = pool.pids
    os.kill(pid, signal.SIGKILL)

    assert (await pool.examine(jpeg)).media_format == "JPEG"
    assert pid not in pool.pids


@posix_only
async def test_a_worker_killed_in_mid_job_costs_nothing_but_time(pool: ImagingPool, jpeg: Path, slow: Path) -> None:
    await pool.examine(jpeg)
    (pid,) = pool.pids
    job = asyncio.ensure_future(pool.examine(slow))
    await asyncio.sleep(0.1)
    assert not job.done()
    os.kill(pid, signal.SIGKILL)

    assert (await job).size == PixelSize(5000, 5000)
    assert pid not in pool.pids


@posix_only
async def test_a_picture_that_kills_two_workers_is_undecodable(pool: ImagingPool, jpeg: Path, slow: Path) -> None:
    await pool.examine(jpeg)
    job = asyncio.ensure_future(pool.examine(slow))
    killed: set[int] = set()
    while not job.done():
        await asyncio.sleep(0.005)
        for pid in set(pool.pids) - killed:
            if is_busy(pid):
                os.kill(pid, signal.SIGKILL)
                killed.add(pid)

    with pytest.raises(UndecodableError, match="crashed"):
        await job
    assert (await pool.examine(jpeg)).media_format == "JPEG"


def is_busy(pid: int) -> bool:
    """Whether the worker has the slow picture in memory."""
    status = Path(f"/proc/{pid}/status").read_text()
    resident = [line.split()[1] for line in status.splitlines() if line.startswith("VmRSS")]
    return bool(resident) and int(resident[0]) > 60_000


@posix_only
async def test_a_worker_that_hangs_is_killed_and_only_that_one(slow: Path) -> None:
    pool = ImagingPool(job_limit_s=3)
    await asyncio.gather(*(pool.examine(slow) for _ in range(2)))
    stopped, working = pool.pids
    os.kill(stopped, signal.SIGSTOP)

    results = await asyncio.gather(*(pool.examine(slow) for _ in range(2)), return_exceptions=True)

    assert {type(result) for result in results} == {UndecodableError, Examined}
    assert pool.pids == (working,)
    await pool.close()


@posix_only
async def test_a_job_over_its_time_ends_in_time(jpeg: Path) -> None:
    pool = ImagingPool(workers=1, job_limit_s=0.5)
    await pool.examine(jpeg)
    (pid,) = pool.pids
    os.kill(pid, signal.SIGSTOP)
    started_s = time.monotonic()

    with pytest.raises(UndecodableError, match=r"longer than 0\.5 s"):
        await pool.examine(jpeg)

    assert time.monotonic() - started_s < 5
    assert pool.pids == ()
    assert (await pool.examine(jpeg)).media_format == "JPEG"
    await pool.close()


async def test_a_cancelled_job_gives_its_worker_back(pool: ImagingPool, jpeg: Path, slow: Path) -> None:
    jobs = [asyncio.ensure_future(pool.examine(slow)) for _ in range(4)]
    await asyncio.sleep(0.05)
    for job in jobs:
        job.cancel()
    await asyncio.gather(*jobs, return_exceptions=True)

    assert (await pool.examine(jpeg)).media_format == "JPEG"


@linux_only
async def test_closing_ends_busy_workers_quickly_and_condemns_no_picture(jpeg: Path, slow: Path) -> None:
    pool = ImagingPool()
    await asyncio.gather(*(pool.examine(jpeg) for _ in range(4)))
    jobs = [asyncio.ensure_future(pool.examine(slow)) for _ in range(4)]
    await asyncio.sleep(0.1)
    pids = pool.pids
    started_s = time.monotonic()

    await pool.close()

    assert time.monotonic() - started_s < 1.0, "the window must be gone within 2 s, workers included"
    assert pids
    assert not any(is_alive(pid) for pid in pids)
    results = await asyncio.gather(*jobs, return_exceptions=True)
    assert all(isinstance(result, StorageError) for result in results), results
    with pytest.raises(StorageError):
        await pool.examine(jpeg)
    await pool.close()


@linux_only
async def test_closing_waits_for_a_dead_worker_that_its_job_still_puts_away(
    jpeg: Path, slow: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    pool = ImagingPool(workers=2)
    await pool.examine(jpeg)
    (pid,) = pool.pids
    put_away_at_once, is_put_away = Child.bury, asyncio.Event()
    loop = asyncio.get_running_loop()

    def put_away_later(child: Child) -> None:
        loop.call_soon_threadsafe(is_put_away.set)
        time.sleep(0.3)
        put_away_at_once(child)

    monkeypatch.setattr(Child, "bury", put_away_later)
    job = asyncio.ensure_future(pool.examine(slow))
    os.kill(pid, signal.SIGKILL)
    await is_put_away.wait()

    await pool.close()

    assert not Path(f"/proc/{pid}").exists()
    assert isinstance((await asyncio.gather(job, return_exceptions=True))[0], StorageError)


@linux_only
async def test_a_killed_program_leaves_no_worker_behind(jpeg: Path) -> None:
    code = (
        "import asyncio, pathlib, sys, os\n"
        "from seedream_desktop.imaging.pool import ImagingPool\n"
        "async def main():\n"
        "    pool = ImagingPool(workers=1)\n"
        "    await pool.examine(pathlib.Path(os.fsdecode(sys.argv[1].encode('utf-8', 'surrogateescape'))))\n"
        "    print(pool.pids[0], flush=True)\n"
        "    await asyncio.sleep(60)\n"
        "asyncio.run(main())\n"
    )
    with subprocess.Popen(
        [sys.executable, "-c", code, os.fsencode(jpeg)], stdout=subprocess.PIPE, env=dict(os.environ), cwd=CHECKOUT
    ) as program:
        assert program.stdout is not None
        pid = int(program.stdout.readline())
        assert is_alive(pid)
        program.kill()

    await until(lambda: not is_alive(pid))


@linux_only
async def test_a_worker_knows_no_secret_and_is_limited(
    pool: ImagingPool, jpeg: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SEEDREAM_API_KEY", "canary-key")
    await pool.examine(jpeg)
    (pid,) = pool.pids

    assert b"canary" not in Path(f"/proc/{pid}/environ").read_bytes()
    limits = Path(f"/proc/{pid}/limits").read_text()
    assert f"Max address space         {1024**3}" in limits
    assert "Max core file size        0 " in limits
    assert "Max cpu time              unlimited" not in limits


@linux_only
async def test_the_largest_picture_allowed_fits_into_the_memory_allowed(pool: ImagingPool, tmp_path: Path) -> None:
    exif = Image.Exif()
    exif[0x0112] = 6
    path = tmp_path / "large.png"
    path.write_bytes(encoded(Image.new("RGBA", (6000, 6000), (9, 9, 9, 99)), "PNG", exif=exif, compress_level=1))

    assert (await pool.examine(path)).size == PixelSize(6000, 6000)
    await pool.make_thumbnails(path, {256: tmp_path / "256.jpg"})
    assert await pool.render(path, tmp_path / "raw") == PixelSize(6000, 6000)
