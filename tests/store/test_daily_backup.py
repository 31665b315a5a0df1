"""A backup a day is enough."""

from __future__ import annotations

from pathlib import Path

from seedream_desktop.store.opening import open_store


async def test_a_young_backup_is_enough_and_an_old_one_is_not(tmp_path: Path) -> None:
    store = await open_store(tmp_path / "data", tmp_path / "library")
    try:
        first = await store.back_up_when_older_than(3600)
        assert first is not None
        assert await store.back_up_when_older_than(3600) is None
        assert await store.back_up_when_older_than(0) is not None
    finally:
        await store.close()
