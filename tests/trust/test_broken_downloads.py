"""Downloads that break off over a real socket: the rest is fetched where that is sound, the whole anew where not."""

from __future__ import annotations

import asyncio
import hashlib
import urllib.request
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from seedream_desktop.domain.events import PictureProgressed
from seedream_desktop.domain.task import TaskState
from seedream_desktop.imaging.pool import ImagingPool
from tests.simulators import DIRECT, SimulatorProcess
from tests.trust.stories import Story, Teller, Told, judge

SCALE = 0.1
"""Slow enough that a busy machine is not taken for a host that hardly sends."""


def broken(name: str, *cuts: dict[str, Any] | float, **spoils: Any) -> Story:
    """Return a story whose first answers are cut, each as it says, by a host that is spoilt in other ways, too."""
    rules = [{"do": {"cut": cut, **spoils}, "times": 1} for cut in cuts]
    return Story(name, TaskState.DONE, image=(*rules, {"do": spoils}), scale=SCALE)


GOES_ON = [
    broken("cut at 30 %", 0.3),
    broken("cut in the middle", 0.5),
    broken("cut at 99 %", 0.99),
    broken("cut again and again", 0.5, 0.0, 0.5, 0.2, 0.5, 0.9),
]
STARTS_ANEW = [
    broken("too little to keep", 0.1),
    broken("no length", {"at": 0.5, "how": "chunked"}),
    broken("a mark that changes", 0.5, etag="changes"),
    broken("a file that changes", 0.5, etag="changes-content"),
    broken("a weak mark", 0.5, etag="weak"),
    broken("no mark", 0.5, etag="none"),
    broken("a host that ignores ranges", 0.5, range="ignored"),
    broken("a host that sends another range", 0.5, range="shifted"),
    broken("a host that does not tell the range", 0.5, range="no-content-range"),
]
# Its bytes are others each time, which no second look can match.
CHANGING = "a file that changes"


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, Told]]:
    folder = tmp_path_factory.mktemp("broken")
    with SimulatorProcess(speed=400) as simulator:
        told = asyncio.run(_tell_all(simulator, folder))
        simulator.set_faults([])
        for one in told.values():
            one.trouble += _differences(one)
        yield told


async def _tell_all(simulator: SimulatorProcess, folder: Path) -> dict[str, Told]:
    pool = ImagingPool()
    try:
        return await Teller(simulator, folder, [*GOES_ON, *STARTS_ANEW]).tell_all(pool)
    finally:
        await pool.close()


def _differences(told: Told) -> str:
    """Return what is stored other than the host has it; the host is a good one by now."""
    pictures = told.task.pictures if told.task and CHANGING not in told.task.request.prompt else ()
    return "".join(f"picture {p.position} differs;" for p in pictures if p.sha256 != _hash_of(p.url))


def _hash_of(url: str) -> str:
    with DIRECT.open(urllib.request.Request(url), timeout=10) as reply:
        return hashlib.sha256(reply.read()).hexdigest()


def received(told: Told) -> list[int]:
    return [event.received_bytes for event in told.events if isinstance(event, PictureProgressed)]


def judged(story: Story, told: dict[str, Told]) -> int:
    """Assert what holds for every broken download; returns how many tries were counted against it."""
    one = told[story.name]
    (picture,) = judge(story, one).pictures
    assert picture.path is not None
    content = Path(picture.path).read_bytes()
    assert (hashlib.sha256(content).hexdigest(), len(content)) == (picture.sha256, picture.size_bytes)
    assert not list(one.folder.rglob("*.part"))
    return picture.tries


@pytest.mark.parametrize("story", GOES_ON, ids=lambda story: story.name)
def test_a_download_that_broke_off_goes_on_where_it_stopped(story: Story, told: dict[str, Told]) -> None:
    assert judged(story, told) == 0
    assert all(before < after for before, after in pairwise(received(told[story.name])))


@pytest.mark.parametrize("story", STARTS_ANEW, ids=lambda story: story.name)
def test_without_proof_that_the_rest_belongs_to_it_the_whole_comes_anew(story: Story, told: dict[str, Told]) -> None:
    assert judged(story, told) == 1
