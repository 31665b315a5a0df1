"""A damaged database: what the user said of pictures comes back from it, because nothing else knows it."""

from __future__ import annotations

import shutil
import sqlite3
from datetime import timedelta
from pathlib import Path

from seedream_desktop.domain.judging import Change
from seedream_desktop.store.database import connect
from seedream_desktop.store.salvage import salvage
from seedream_desktop.store.schema import migrate
from tests.store.samples import NOON, accepted, opened


async def judged(data: Path, count: int = 3) -> None:
    async with opened(data) as store:
        await store.tasks.save(accepted())
        note = Change(stars=4, note="the good one", adds=("fox",))
        await store.judging.judge({f"sha-{number:06}": note for number in range(count)})
        await store.sorting.make_project("Autumn")


def spoil_tasks(database: Path) -> None:
    """Break the table of tasks and no other."""
    with sqlite3.connect(database) as connection:
        (page,) = connection.execute("SELECT rootpage FROM sqlite_schema WHERE name = 'tasks'").fetchone()
        (size,) = connection.execute("PRAGMA page_size").fetchone()
    connection.close()
    _overwrite(database, page, size)


def _overwrite(database: Path, page: int, size: int) -> None:
    data = bytearray(database.read_bytes())
    data[(page - 1) * size : page * size] = b"\xff" * size
    database.write_bytes(data)


async def test_judgments_given_since_the_last_backup_outlive_a_damaged_database(data: Path) -> None:
    await judged(data)
    spoil_tasks(data / "seedream.db")

    async with opened(data) as store:
        assert store.rescue is not None
        judgments = await store.judging.judgments(["sha-000001"])
        assert (judgments["sha-000001"].stars, judgments["sha-000001"].note) == (4, "the good one")
        assert judgments["sha-000001"].tags == ("fox",)
        assert [each.name for each in await store.sorting.projects()] == ["Autumn"]


async def test_the_damaged_file_is_read_from_a_copy_that_goes_again(data: Path) -> None:
    await judged(data)
    spoil_tasks(data / "seedream.db")
    before = (data / "seedream.db").read_bytes()

    async with opened(data) as store:
        assert store.rescue is not None
        assert store.rescue.aside is not None
        assert not list(store.rescue.aside.glob(".reading-*"))
        assert (store.rescue.aside / "seedream.db").read_bytes() == before


async def test_what_lies_on_both_sides_of_a_broken_page_is_read(data: Path, tmp_path: Path) -> None:
    await judged(data, 2000)
    damaged = tmp_path / "damaged.db"
    shutil.copyfile(data / "seedream.db", damaged)
    pages = damaged.read_bytes()
    middle = pages.index(b"sha-001000") // 4096 + 1
    _overwrite(damaged, middle, 4096)
    connection = connect(tmp_path / "new.db")
    migrate(connection)

    assert salvage(damaged, connection) > 0

    found = {content for (content,) in connection.execute("SELECT sha256 FROM judgments")}
    connection.close()
    assert {"sha-000000", "sha-001999"} <= found
    assert len(found) > 1500


async def test_after_a_rescue_nothing_leaves_the_trash_before_another_thirty_days(data: Path) -> None:
    long_ago = NOON - timedelta(days=29)
    async with opened(data) as store:
        await store.database.execute(
            "INSERT INTO trashed_pictures (sha256, trashed_at, places) VALUES ('sha', ?, '[]')",
            (long_ago.isoformat(timespec="microseconds"),),
        )
        await store.back_up()
    (data / "seedream.db").unlink()

    async with opened(data) as store:
        (trashed,) = await store.trash.all()
        assert trashed.trashed_at - long_ago > timedelta(days=28)


async def test_a_rescue_that_was_broken_off_after_the_file_was_moved_loses_no_judgment(data: Path) -> None:
    await judged(data)
    spoil_tasks(data / "seedream.db")
    aside = data / "damaged" / "20261120-120000-000000"
    aside.mkdir(parents=True)
    (data / "seedream.db").rename(aside / "seedream.db")

    async with opened(data) as store:
        assert (await store.judging.judgments(["sha-000001"]))["sha-000001"].stars == 4


async def test_a_damaged_file_older_than_the_backup_changes_nothing(data: Path) -> None:
    await judged(data)
    aside = data / "damaged" / "20200101-120000-000000"
    aside.mkdir(parents=True)
    shutil.copyfile(data / "seedream.db", aside / "seedream.db")
    async with opened(data) as store:
        await store.judging.judge({"sha-000001": Change(stars=1)})
        await store.back_up()
    (data / "seedream.db").unlink()

    async with opened(data) as store:
        assert (await store.judging.judgments(["sha-000001"]))["sha-000001"].stars == 1
