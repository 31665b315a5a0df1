"""The program killed at its named points: what is found afterwards is whole, old or new."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from seedream_desktop.domain.task import TaskId
from tests.store.samples import accepted, opened

CHECKOUT = Path(__file__).parents[2]
posix_only = pytest.mark.skipif(sys.platform == "win32", reason="SIGKILL")
WORK = """
import asyncio, pathlib, sys
from seedream_desktop.domain.task import TaskId
from seedream_desktop.store.opening import open_store
from tests.store.samples import accepted
async def main():
    data = pathlib.Path(sys.argv[1])
    store = await open_store(data, data.parent / "library")
    await store.tasks.save(accepted("first", "service-1"))
    await store.tasks.save(accepted("second", "service-2"))
    async with store.pictures.begin(TaskId("first"), 0) as part:
        for _ in range(4):
            await part.write(b"x" * 10_000)
        kept = await store.pictures.keep(part, "JPEG")
    await store.library.save(kept.path, "a.jpg")
    await store.close()
    print("lived")
asyncio.run(main())
"""


def run_until(point: str, data: Path) -> subprocess.CompletedProcess[str]:
    environment = {
        **os.environ,
        "SEEDREAM_TESTING": "1",
        "SEEDREAM_CRASH_AT": point,
        "PYTHONPATH": str(CHECKOUT),
    }
    command = [sys.executable, "-c", WORK, str(data)]
    return subprocess.run(command, env=environment, capture_output=True, text=True, timeout=60, check=False)


def everything_in(folder: Path) -> list[Path]:
    return [path for path in folder.rglob("*") if path.is_file()]


@posix_only
@pytest.mark.parametrize(
    "point",
    [
        *("migrate.begin", "migrate.mid", "migrate.end", "ledger.half", "ledger.half:2"),
        *("part.open", "part.half", "part.full", "part.fsynced", "rename.after", "dir.fsynced", "export.half"),
    ],
)
async def test_after_a_crash_everything_is_whole_and_the_work_can_be_done(data: Path, point: str) -> None:
    assert run_until(point, data).returncode == -signal.SIGKILL

    async with opened(data) as store:
        assert store.rescue is None or not store.rescue.aside
        assert await store.database.row("PRAGMA integrity_check", ()) == ("ok",)
        known = {task.id for task in await store.tasks.newest(10)}
        await store.library.sweep()
    for original in everything_in(data / "originals"):
        assert original.read_bytes() == b"x" * 40_000
    library = data.parent / "library"
    assert not list(data.rglob("*.part"))
    assert not list(library.glob("*.jpg"))
    assert not list(library.rglob("*.part"))
    after_saving = not point.startswith(("migrate", "ledger"))
    assert known == ({"first", "second"} if after_saving else {"first"} if point == "ledger.half:2" else set())

    assert run_until("nowhere", data).stdout.strip() == "lived"
    async with opened(data) as store:
        assert await store.tasks.get(TaskId("second")) == accepted("second", "service-2")
    assert (library / "a.jpg").read_bytes() == b"x" * 40_000


@posix_only
def test_a_copy_is_cut_in_its_middle(data: Path) -> None:
    run_until("export.half", data)

    (part,) = (data.parent / "library").glob(".seedream-part-*")
    assert part.stat().st_size == 20_000


@posix_only
def test_a_line_of_the_ledger_is_cut_in_its_middle(data: Path) -> None:
    run_until("ledger.half", data)

    text = (data / "ledger.jsonl").read_bytes()
    assert text
    assert not text.endswith(b"\n")
