"""The connection's promises: durable, private, refusing what is newer, stepping forward whole."""

from __future__ import annotations

import hashlib
import sqlite3
import stat
import sys
from contextlib import closing
from pathlib import Path

import pytest

from seedream_desktop.ports.errors import DiskFullError, StorageError
from seedream_desktop.store import database
from seedream_desktop.store.database import connect, connect_in_memory, connect_read_only, copy_in_memory
from seedream_desktop.store.opening import Store, open_read_only, open_store
from seedream_desktop.store.schema import STEPS, migrate, version_of
from tests.store.samples import opened, task_of


async def pragma(store: Store, name: str) -> object:
    row = await store.database.row(f"PRAGMA {name}", ())
    return row and row[0]


async def test_commits_survive_a_power_cut_and_the_file_is_not_trusted(store: Store) -> None:
    assert await pragma(store, "journal_mode") == "wal"
    assert await pragma(store, "synchronous") == 2
    assert await pragma(store, "foreign_keys") == 1
    assert await pragma(store, "trusted_schema") == 0
    assert await pragma(store, "cell_size_check") == 1
    assert await pragma(store, "user_version") == len(STEPS)


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such modes")
async def test_everything_in_the_data_folder_is_for_the_user_alone(store: Store, data: Path) -> None:
    await store.tasks.save(task_of())

    for path in (data, *data.rglob("*")):
        wanted = 0o700 if path.is_dir() else 0o600
        assert stat.S_IMODE(path.stat().st_mode) == wanted, path


async def test_a_newer_database_is_refused_with_both_versions_and_left_alone(data: Path) -> None:
    async with opened(data):
        pass
    connection = sqlite3.connect(data / "seedream.db")
    connection.execute("PRAGMA user_version = 9999")
    connection.close()
    before = hashlib.sha256((data / "seedream.db").read_bytes()).hexdigest()

    for opening in (open_store(data, data / "library"), open_read_only(data)):
        with pytest.raises(StorageError) as caught:
            await opening
        assert caught.value.failure.code == "DATABASE_NEWER"
        assert "9999" in caught.value.failure.message
        assert str(len(STEPS)) in caught.value.failure.message

    assert hashlib.sha256((data / "seedream.db").read_bytes()).hexdigest() == before


def test_a_step_that_fails_leaves_the_old_version_as_it_was(tmp_path: Path) -> None:
    connection = connect(tmp_path / "some.db")
    migrate(connection, [["CREATE TABLE first (x)"]])

    with pytest.raises(sqlite3.OperationalError):
        migrate(connection, [["CREATE TABLE first (x)"], ["CREATE TABLE second (x)", "CREATE nonsense"]])

    tables = connection.execute("SELECT name FROM sqlite_master").fetchall()
    assert (tables, version_of(connection)) == ([("first",)], 1)
    connection.close()


def test_steps_are_taken_once_each(tmp_path: Path) -> None:
    steps = [["CREATE TABLE first (x)"], ["CREATE TABLE second (x)"]]
    connection = connect(tmp_path / "some.db")
    migrate(connection, steps[:1])
    migrate(connection, steps)
    migrate(connection, steps)

    assert version_of(connection) == 2
    connection.close()


def test_a_connection_for_reading_cannot_write(tmp_path: Path) -> None:
    connect(tmp_path / "some.db").close()
    connection = connect_read_only(tmp_path / "some.db")

    with pytest.raises(sqlite3.OperationalError, match="readonly"):
        connection.execute("CREATE TABLE x (y)")
    connection.close()


def test_to_read_a_file_that_is_not_there_does_not_make_it(tmp_path: Path) -> None:
    with pytest.raises(sqlite3.OperationalError):
        connect_read_only(tmp_path / "some.db")

    assert list(tmp_path.iterdir()) == []


async def test_tasks_can_be_read_while_the_program_runs(store: Store, data: Path) -> None:
    await store.tasks.save(task_of())

    reader = await open_read_only(data)
    assert await reader.tasks.newest(10) == (task_of(),)
    with pytest.raises(StorageError):
        await reader.tasks.save(task_of("two"))
    await store.tasks.save(task_of("three", age_s=5))
    assert len(await reader.tasks.newest(10)) == 2
    await reader.close()


async def test_looking_into_a_folder_that_is_not_there_finds_nothing_and_creates_nothing(data: Path) -> None:
    reader = await open_read_only(data)

    assert await reader.tasks.newest(10) == ()
    with pytest.raises(StorageError):
        await reader.tasks.save(task_of())
    await reader.close()
    assert not data.exists()


async def test_a_full_database_is_a_full_disk_and_heals_by_itself(store: Store) -> None:
    row = await store.database.row("PRAGMA page_count", ())
    assert row is not None
    await store.database.row(f"PRAGMA max_page_count = {row[0]}", ())

    with pytest.raises(DiskFullError) as caught:
        await store.tasks.save(task_of("large").but(raw_result="x" * 100_000))

    assert caught.value.failure.code == "DISK_FULL"
    assert " MB free" in caught.value.failure.message
    await store.database.row("PRAGMA max_page_count = 100000", ())
    assert await store.tasks.newest(10) == ()
    await store.tasks.save(task_of("afterwards"))


async def test_work_that_raises_leaves_nothing_behind(store: Store) -> None:
    def work(connection: sqlite3.Connection) -> None:
        connection.execute("INSERT INTO meta VALUES ('a', 'b')")
        raise KeyError("a")

    with pytest.raises(KeyError):
        await store.database.write(work)

    assert await store.meta.get("a") is None


def test_a_database_in_memory_that_cannot_be_made_is_closed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    made: list[sqlite3.Connection] = []

    def break_off(connection: sqlite3.Connection) -> None:
        made.append(connection)
        raise sqlite3.OperationalError("disk I/O error")

    monkeypatch.setattr(database, "migrate", break_off)
    with closing(connect(tmp_path / "some.db")) as source:
        for make in (connect_in_memory, lambda: copy_in_memory(source)):
            with pytest.raises(sqlite3.OperationalError, match="disk I/O"):
                make()

    assert len(made) == 2
    for connection in made:
        with pytest.raises(sqlite3.ProgrammingError, match="closed"):
            connection.execute("SELECT 1")
