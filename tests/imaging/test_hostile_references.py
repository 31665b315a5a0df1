"""More than a hundred hostile files: each ends as a file within the rules or a named fault; the pool works on."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from seedream_desktop.domain.preparation import PreparedReference
from seedream_desktop.imaging.pool import ImagingPool
from seedream_desktop.ports.errors import UnusableReferenceError
from tests.imaging.corpus import encoded
from tests.imaging.hostile import COUNT, hostile_files
from tests.imaging.reference_bench import checked
from tests.imaging.reference_corpus import corners

FILES = hostile_files()
# The slowest takes a second or two; this leaves room for a busy machine, and less than a killed worker takes.
LIMIT_S = 15.0


@pytest.fixture(scope="module")
def pool() -> Iterator[ImagingPool]:
    pool = ImagingPool(workers=1, job_limit_s=10)
    yield pool
    asyncio.run(pool.close())


async def outcome_of(pool: ImagingPool, path: Path, into: Path) -> PreparedReference | UnusableReferenceError:
    try:
        return await pool.prepare(path, None, into)
    except UnusableReferenceError as error:
        return error


def test_there_are_more_than_a_hundred_and_always_the_same() -> None:
    assert len({name for name, _ in FILES}) == COUNT > 100
    assert hostile_files() == FILES


@pytest.mark.parametrize(("name", "data"), FILES, ids=[name for name, _ in FILES])
async def test_a_hostile_file_ends_as_a_file_or_a_fault(
    pool: ImagingPool, tmp_path: Path, name: str, data: bytes
) -> None:
    path, into = tmp_path / "hostile", tmp_path / "out"
    path.write_bytes(data)
    started_s = time.monotonic()

    outcome = await outcome_of(pool, path, into)

    if isinstance(outcome, UnusableReferenceError):
        assert outcome.name == "hostile"
        assert not into.exists()
    else:
        checked(outcome, into)
    assert time.monotonic() - started_s < LIMIT_S
    assert len(pool.pids) <= 1
    path.write_bytes(encoded(corners(), "PNG"))
    assert checked(await pool.prepare(path, None, into), into).size == (96, 64)
    assert sorted(left.name for left in tmp_path.iterdir()) == ["hostile", "out"]
