"""A damaged, lost or older database: the file stays as it was found, and what is known comes back."""

from __future__ import annotations

import random
import shutil
import sqlite3
import stat
import sys
from datetime import timedelta
from pathlib import Path

import pytest

from seedream_desktop.domain.task import TaskId, TaskState
from seedream_desktop.ports.errors import StorageError
from seedream_desktop.store.backup import KEPT, copy_of, newest_first
from seedream_desktop.store.database import connect, connect_read_only
from seedream_desktop.store.inspection import is_in_order
from seedream_desktop.store.opening import open_read_only
from seedream_desktop.store.schema import STEPS
from tests.store.samples import NOON, accepted, opened, task_of


async def filled(data: Path, count: int = 20) -> None:
    async with opened(data) as store:
        for number in range(count):
            await store.tasks.save(accepted(f"task-{number}", f"service-{number}"))


async def task_ids(data: Path) -> set[str]:
    async with opened(data) as store:
        return {task.id for task in await store.tasks.newest(1000)}


ALL = {f"task-{number}" for number in range(20)}


async def test_a_zeroed_header_costs_nothing_and_the_damaged_file_stays(data: Path) -> None:
    await filled(data)
    path = data / "seedream.db"
    damaged = bytes(100) + path.read_bytes()[100:]
    path.write_bytes(damaged)

    async with opened(data) as store:
        assert store.rescue is not None
        assert store.rescue.aside is not None
        assert store.rescue.ledger_tasks == 20
        assert (store.rescue.aside / "seedream.db").read_bytes() == damaged
        assert await store.tasks.get(TaskId("task-3")) == accepted("task-3", "service-3")

    async with opened(data) as store:
        assert store.rescue is None


async def test_a_sound_database_needs_no_rescue(data: Path) -> None:
    await filled(data)

    async with opened(data) as store:
        assert store.rescue is None
    assert not (data / "damaged").exists()


async def test_thirty_damaged_databases_all_open_with_every_paid_task(data: Path) -> None:
    await filled(data)
    path = data / "seedream.db"
    sound = path.read_bytes()
    chance = random.Random(20261120)
    for _ in range(30):
        damaged = mutated(sound, chance)
        path.write_bytes(damaged)
        assert await task_ids(data) == ALL
        for companion in ("seedream.db-wal", "seedream.db-shm"):
            (data / companion).unlink(missing_ok=True)


def mutated(sound: bytes, chance: random.Random) -> bytes:
    kind = chance.choice(("cut", "zeroes", "noise"))
    at = chance.randrange(len(sound))
    if kind == "cut":
        return sound[:at]
    span = min(chance.choice((16, 512, 8192)), len(sound) - at)
    return sound[:at] + (bytes(span) if kind == "zeroes" else chance.randbytes(span)) + sound[at + span :]


async def test_a_lost_database_comes_back_from_the_ledger(data: Path) -> None:
    await filled(data)
    (data / "seedream.db").unlink()

    assert await task_ids(data) == ALL


async def test_the_leftovers_of_a_lost_database_do_not_spoil_the_new_one(data: Path, tmp_path: Path) -> None:
    async with opened(data) as store:
        for number in range(20):
            await store.tasks.save(accepted(f"task-{number}", f"service-{number}"))
        shutil.copy(data / "seedream.db-wal", tmp_path / "wal")
    (data / "seedream.db").unlink()
    shutil.copy(tmp_path / "wal", data / "seedream.db-wal")

    async with opened(data) as store:
        assert store.rescue is not None
        assert store.rescue.aside is not None
        assert (store.rescue.aside / "seedream.db-wal").read_bytes() == (tmp_path / "wal").read_bytes()
        assert {task.id for task in await store.tasks.newest(100)} == ALL
        assert await store.database.row("PRAGMA integrity_check", ()) == ("ok",)


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such modes")
async def test_a_rescued_database_is_for_the_user_alone(data: Path) -> None:
    async with opened(data) as store:
        await store.back_up()
    (data / "seedream.db").unlink()

    async with opened(data):
        assert stat.S_IMODE((data / "seedream.db").stat().st_mode) == 0o600


async def test_the_newest_good_backup_keeps_what_the_ledger_does_not_know(data: Path) -> None:
    async with opened(data) as store:
        await store.tasks.save(task_of("draft", state=TaskState.DRAFT))
        await store.back_up()
        await store.tasks.save(accepted("later"))
    (data / "backups" / "seedream-29990101-000000-000000.db").write_bytes(b"not a database")
    (data / "seedream.db").write_bytes(b"SQLite format 3\0" + b"rubbish" * 1000)

    async with opened(data) as store:
        assert store.rescue is not None
        assert store.rescue.backup is not None
        assert {task.id for task in await store.tasks.newest(10)} == {"draft", "later"}


async def test_a_rescue_cut_short_is_begun_again(data: Path) -> None:
    await filled(data)
    (data / "seedream.db").unlink()
    (data / "seedream.rescue").write_bytes(b"half of a rescue")

    assert await task_ids(data) == ALL
    assert not (data / "seedream.rescue").exists()


async def test_backups_are_whole_dated_and_ten(data: Path) -> None:
    await filled(data)
    source = connect_read_only(data / "seedream.db")
    made = [copy_of(source, data / "backups", NOON + timedelta(days=day)) for day in range(KEPT + 3)]
    source.close()

    kept = newest_first(data / "backups")
    assert kept == made[:2:-1]
    copy = connect_read_only(kept[0])
    assert is_in_order(copy)
    assert copy.execute("SELECT count(*) FROM tasks").fetchone() == (20,)
    copy.close()


@pytest.mark.parametrize(
    "broken",
    [
        "INSERT INTO judgments (sha256, note) VALUES ('a', {})",
        "INSERT INTO picture_tags (sha256, tag) VALUES ('a', {})",
        "INSERT INTO projects (id, name, created_at) VALUES ('a', {}, '')",
        "INSERT INTO collections (id, name, created_at) VALUES ('a', {}, '')",
        "INSERT INTO saved_searches (id, name, query, created_at) VALUES ('a', '', {}, '')",
        "INSERT INTO trashed_pictures (sha256, trashed_at, places) VALUES ('a', '', {})",
    ],
)
async def test_words_of_the_user_that_are_no_text_are_noticed(data: Path, broken: str) -> None:
    await filled(data)
    connection = connect(data / "seedream.db")
    assert is_in_order(connection)

    connection.execute(broken.format("CAST(x'ff00' AS TEXT)"))

    with pytest.raises(UnicodeDecodeError):
        is_in_order(connection)
    connection.close()


async def test_a_backup_is_made_beside_a_running_program(data: Path) -> None:
    async with opened(data) as store:
        await store.tasks.save(accepted())
        copy = connect_read_only(await store.back_up())
        assert copy.execute("SELECT id FROM tasks").fetchall() == [("one",)]
        copy.close()
        assert not list((data / "backups").glob("*.part"))


async def test_an_older_database_is_backed_up_before_its_step(data: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    await filled(data)
    add_step(monkeypatch, "ALTER TABLE tasks ADD COLUMN later TEXT")

    async with opened(data) as store:
        assert await store.database.row("SELECT later FROM tasks", ()) == (None,)
    (backup,) = newest_first(data / "backups")
    old = sqlite3.connect(backup)
    assert old.execute("PRAGMA user_version").fetchone() == (len(STEPS),)
    old.close()


async def test_an_older_database_can_be_read_without_being_changed(data: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    await filled(data)
    before = (data / "seedream.db").read_bytes()
    add_step(monkeypatch, "ALTER TABLE tasks ADD COLUMN later TEXT")

    reader = await open_read_only(data)
    assert await reader.database.row("SELECT later FROM tasks", ()) == (None,)
    assert await reader.database.row("SELECT bit_count(7), lies_in('a/b', 'a')", ()) == (3, 1)
    with pytest.raises(StorageError):
        await reader.tasks.save(accepted())
    await reader.close()

    assert (data / "seedream.db").read_bytes() == before


def add_step(monkeypatch: pytest.MonkeyPatch, statement: str) -> None:
    """Pretend to be the next release."""
    from seedream_desktop.store import database, rescue, schema

    steps = (*schema.STEPS, (statement,))
    monkeypatch.setattr(schema.migrate, "__defaults__", (steps,))
    monkeypatch.setattr(rescue, "STEPS", steps)
    monkeypatch.setattr(database, "_NEWEST", len(steps))
