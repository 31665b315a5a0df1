"""The small duties beside the work."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest

from seedream_desktop.app.housekeeping import read_for_search
from tests.store.samples import opened, task_of


def unread(data: Path) -> int:
    connection = sqlite3.connect(data / "seedream.db")
    (count,) = connection.execute("SELECT count(*) FROM search_pending").fetchone()
    connection.close()
    return int(count)


async def test_what_was_saved_before_a_crash_is_read_for_the_search(tmp_path: Path) -> None:
    async with opened(tmp_path) as store:
        await store.tasks.save(task_of())
    assert unread(tmp_path) == 1

    async with opened(tmp_path) as store:
        await read_for_search(store)

    assert unread(tmp_path) == 0


async def test_a_disk_that_refuses_is_written_down_and_stops_nothing(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    async with opened(tmp_path) as store:
        await store.tasks.save(task_of())
        connection = sqlite3.connect(tmp_path / "seedream.db")
        connection.execute("DROP TABLE search_pending")
        connection.close()

        await read_for_search(store)

    assert "does not know everything" in caplog.text
