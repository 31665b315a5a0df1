"""The data folder as it may be found: new, copied, read-only, full, or not a folder at all."""

from __future__ import annotations

import errno
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from seedream_desktop.domain.request import GenerationRequest
from seedream_desktop.ports.errors import DiskFullError, StorageError
from seedream_desktop.store.errors import from_os
from seedream_desktop.store.files import patiently
from seedream_desktop.store.meta import identity_of
from seedream_desktop.store.opening import Store, open_store
from tests.store.samples import opened

CHECKOUT = Path(__file__).parents[2]


async def test_a_draft_survives_the_program(data: Path) -> None:
    async with opened(data) as store:
        assert await store.drafts.load_draft() is None
        await store.drafts.save_draft(GenerationRequest("a fox"))
        await store.drafts.save_draft(GenerationRequest("a red fox \ud800", count=4))

    async with opened(data) as store:
        assert await store.drafts.load_draft() == GenerationRequest("a red fox \ud800", count=4)


async def test_a_copied_folder_can_be_told_from_its_original(data: Path, tmp_path: Path) -> None:
    async with opened(data) as store:
        assert await store.folder.identity() is None
        await store.folder.remember(identity_of("machine", data))
    shutil.copytree(data, tmp_path / "copy")

    async with opened(tmp_path / "copy") as store:
        assert await store.folder.identity() == identity_of("machine", data)
        assert await store.folder.identity() != identity_of("machine", tmp_path / "copy")
        assert await store.folder.identity() != identity_of("other machine", data)


def test_an_identity_is_the_same_by_every_path_to_the_folder(data: Path, tmp_path: Path) -> None:
    data.mkdir()
    (tmp_path / "link").symlink_to(data)

    assert identity_of("machine", tmp_path / "link") == identity_of("machine", data)


async def test_a_file_in_the_place_of_the_folder_is_named(data: Path) -> None:
    data.write_bytes(b"")

    with pytest.raises(StorageError) as caught:
        await open_store(data, data / "library")

    assert str(data) in caught.value.failure.message


async def test_opening_in_vain_leaves_no_thread_and_no_lock(data: Path) -> None:
    data.write_bytes(b"")
    with pytest.raises(StorageError):
        await open_store(data, data / "library")
    data.unlink()

    async with opened(data) as store:
        assert await store.tasks.newest(1) == ()


async def test_closing_twice_is_no_error(store: Store) -> None:
    await store.close()
    await store.close()


@pytest.mark.parametrize(
    ("number", "code"),
    [
        (errno.EROFS, "FOLDER_READ_ONLY"),
        (errno.EACCES, "FOLDER_READ_ONLY"),
        (errno.ENOTDIR, "FOLDER_UNUSABLE"),
        (errno.EIO, "DISK_ERROR"),
        (errno.ENOSPC, "DISK_FULL"),
        (errno.EDQUOT, "DISK_FULL"),
    ],
)
def test_troubles_of_the_system_have_names(tmp_path: Path, number: int, code: str) -> None:
    failure = from_os(OSError(number, os.strerror(number)), tmp_path).failure

    assert failure.code == code
    assert str(tmp_path) in failure.message


def test_a_file_held_by_a_virus_scanner_is_waited_for() -> None:
    waits: list[float] = []
    held = PermissionError(13, "held")
    held.winerror = 32  # type: ignore[attr-defined,unused-ignore]  # exists on Windows only

    def step() -> None:
        if len(waits) < 3:
            raise held

    patiently(step, waits.append)

    assert waits == [0.05, 0.1, 0.2]


def test_a_file_that_is_forbidden_is_not_waited_for() -> None:
    waits: list[float] = []

    def step() -> None:
        raise PermissionError(13, "forbidden")

    with pytest.raises(PermissionError):
        patiently(step, waits.append)
    assert waits == []


def can_mount() -> bool:
    if sys.platform != "linux" or shutil.which("unshare") is None:
        return False
    return subprocess.run(["unshare", "-m", "true"], check=False, capture_output=True).returncode == 0


needs_mounts = pytest.mark.skipif(not can_mount(), reason="needs the right to mount")


def in_own_mounts(script: str, folder: Path) -> str:
    """Run a shell script whose mounts end with it; `$python` runs code with the program importable."""
    environment = {**os.environ, "folder": str(folder), "python": sys.executable, "PYTHONPATH": str(CHECKOUT)}
    shell = ["unshare", "-m", "sh", "-ec", script]
    done = subprocess.run(shell, env=environment, capture_output=True, text=True, timeout=60, check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout


TRY_TO_OPEN = """
import asyncio, pathlib, sys
from seedream_desktop.ports.errors import StorageError
from seedream_desktop.store.opening import open_store, open_read_only
async def main():
    data = pathlib.Path(sys.argv[1])
    try:
        await (await open_store(data, data / "library")).close()
    except StorageError as error:
        print(error.failure.code, error.failure.message)
    reader = await open_read_only(data)
    print(len(await reader.tasks.newest(10)), "tasks")
    await reader.close()
asyncio.run(main())
"""


@needs_mounts
async def test_a_read_only_folder_is_named_and_can_still_be_looked_at(data: Path) -> None:
    async with opened(data):
        pass
    script = f"""mount --bind "$folder" "$folder"; mount -o remount,ro,bind "$folder"
"$python" - "$folder" <<'END'{TRY_TO_OPEN}END"""

    assert in_own_mounts(script, data).splitlines() == [f"FOLDER_READ_ONLY {data}", "0 tasks"]


FILL_AND_HEAL = """
import asyncio, os, pathlib, sys
from seedream_desktop.ports.errors import DiskFullError
from seedream_desktop.domain.task import TaskId
from seedream_desktop.store.opening import open_store
from tests.store.samples import accepted
async def main():
    data = pathlib.Path(sys.argv[1])
    store = await open_store(data, data / "library")
    ballast = data / "ballast"
    saved = 0
    try:
        while True:
            await store.tasks.save(accepted(f"task-{saved}", f"service-{saved}").but(raw_result="x" * 20_000))
            saved += 1
    except DiskFullError as error:
        print(error.failure.code, error.failure.message.rsplit(", ", 1)[1])
    try:
        async with store.pictures.begin(TaskId("x" * 8), 0) as part:
            while True:
                await part.write(b"x" * 50_000)
    except DiskFullError:
        print("picture refused,", len(list((data / "incoming").iterdir())), "parts left")
    os.system(f"mount -o remount,size=8m '{data}'")
    await store.tasks.save(accepted("afterwards", "afterwards"))
    known = await store.tasks.newest(10_000)
    print(len(known) == saved + 1, saved > 5)
    await store.close()
asyncio.run(main())
"""


@needs_mounts
def test_a_full_disk_is_named_loses_nothing_and_heals_without_a_restart(data: Path) -> None:
    data.mkdir()
    script = f"""mount -t tmpfs -o size=1m tmpfs "$folder"
"$python" - "$folder" <<'END'{FILL_AND_HEAL}END"""

    lines = in_own_mounts(script, data).splitlines()

    assert lines[0].startswith("DISK_FULL ")
    assert lines[0].endswith(" MB free")
    assert lines[1:] == ["picture refused, 0 parts left", "True True"]


@needs_mounts
def test_a_disk_too_full_to_begin_is_named(data: Path) -> None:
    data.mkdir()
    script = f"""mount -t tmpfs -o size=64k tmpfs "$folder"
"$python" - "$folder" <<'END'{TRY_TO_OPEN}END"""

    assert in_own_mounts(script, data).startswith(f"DISK_FULL {data}, ")


def test_a_full_disk_is_an_error_of_its_own(tmp_path: Path) -> None:
    assert isinstance(from_os(OSError(errno.ENOSPC, "full"), tmp_path), DiskFullError)
