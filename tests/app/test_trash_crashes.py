"""The program killed in the middle of throwing away, bringing back and emptying: nothing is lost, and it goes on."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from seedream_desktop.domain.picture import PictureState
from seedream_desktop.domain.query import Query
from tests.app.trash_bench import at_home, sha, trash_bench

CHECKOUT = Path(__file__).parents[2]
WORK = """
import asyncio, pathlib, sys
from tests.app.trash_bench import sha, trash_bench
async def main():
    async with trash_bench(pathlib.Path(sys.argv[1])) as bench:
        await bench.finished("one", "fox", "owl")
        await bench.trash.put([sha("fox"), sha("owl")])
        await bench.trash.restore([sha("owl")])
        await bench.trash.empty()
    print("lived")
asyncio.run(main())
"""
IN_TRASH, EMPTIED = "in the trash", "emptied"


@pytest.fixture(autouse=True)
def _home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    at_home(tmp_path, monkeypatch)


def run_until(point: str, folder: Path) -> int:
    wanted = {"SEEDREAM_TESTING": "1", "SEEDREAM_CRASH_AT": point, "PYTHONPATH": str(CHECKOUT)}
    command = [sys.executable, "-c", WORK, str(folder)]
    done = subprocess.run(command, env=os.environ | wanted, capture_output=True, text=True, timeout=60, check=False)
    return done.returncode


@pytest.mark.skipif(sys.platform == "win32", reason="SIGKILL")
@pytest.mark.parametrize(
    ("point", "fox", "owl"),
    [
        ("trash.noted", IN_TRASH, IN_TRASH),
        ("trash.moved", IN_TRASH, IN_TRASH),
        ("trash.fetched", IN_TRASH, IN_TRASH),
        ("trash.emptied", EMPTIED, "kept"),
    ],
)
async def test_after_a_crash_the_next_start_goes_on_and_everything_can_come_back(
    tmp_path: Path, point: str, fox: str, owl: str
) -> None:
    assert run_until(point, tmp_path) == -signal.SIGKILL

    async with trash_bench(tmp_path) as bench:
        await bench.trash.tidy()

        states = [picture.state for picture in await bench.pictures("one")]
        assert states == [PictureState.MISSING if fox == EMPTIED else PictureState.STORED, PictureState.STORED]
        thrown = {name for name, now in (("fox", fox), ("owl", owl)) if now == IN_TRASH}
        assert set(await bench.store.gallery.contents(Query(is_in_trash=True))) == set(map(sha, thrown))
        if point != "trash.fetched":
            assert bench.in_library() == (["one_1.png"] if owl == "kept" else [])

        await bench.trash.restore(map(sha, ("fox", "owl")))
        for picture in await bench.pictures("one"):
            assert picture.state is PictureState.MISSING or Path(picture.saved_path or "").is_file()
