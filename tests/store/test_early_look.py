"""A large database is looked through before it is opened, and that counts only while the files stay the same."""

from __future__ import annotations

import asyncio
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from threading import Event

import pytest

from seedream_desktop.store.database import connect, connect_read_only
from seedream_desktop.store.early_look import EarlyLook
from seedream_desktop.store.opening import Store, open_store
from tests.store.samples import NOON, accepted, opened

LARGE_BYTES = 66 * 1024 * 1024
TASKS = {f"task-{number}" for number in range(20)}


class Noting(EarlyLook):
    """Notes what it told whoever opened the database."""

    def __init__(self, database: Path) -> None:
        self.told: list[bool] = []
        super().__init__(database)

    def found_all_well(self, connection: sqlite3.Connection) -> bool:
        self.told.append(super().found_all_well(connection))
        return self.told[-1]

    def finish(self) -> None:
        self._thread.join()


class Held(Noting):
    """Begins to read only when it may."""

    def __init__(self, database: Path) -> None:
        self.may_read = Event()
        super().__init__(database)

    def _look(self) -> None:
        self.may_read.wait()
        super()._look()


class Credulous(EarlyLook):
    """Finds everything well."""

    def found_all_well(self, connection: sqlite3.Connection) -> bool:
        return True


@pytest.fixture(scope="module")
def large(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    folder = tmp_path_factory.mktemp("large") / "data"
    asyncio.run(filled(folder))
    with closing(connect(folder / "seedream.db")) as connection:
        connection.execute("PRAGMA synchronous = OFF")
        connection.execute("INSERT INTO meta (key, value) VALUES ('filler', CAST(zeroblob(?) AS TEXT))", [LARGE_BYTES])
        connection.executemany("INSERT INTO balances (at, usd) VALUES (?, ?)", [(NOON.isoformat(), "1.00")] * 5_000)
    yield folder
    shutil.rmtree(folder)


@pytest.fixture
def data(large: Path, tmp_path: Path) -> Iterator[Path]:
    folder = tmp_path / "data"
    shutil.copytree(large, folder)
    yield folder
    shutil.rmtree(folder)


async def filled(folder: Path) -> None:
    async with opened(folder) as store:
        for number in range(20):
            await store.tasks.save(accepted(f"task-{number}", f"service-{number}"))


def break_page(database: Path) -> None:
    """Spoil a page that nobody reads at the start."""
    with closing(connect_read_only(database)) as connection:
        (page,) = connection.execute("SELECT rootpage FROM sqlite_schema WHERE name = 'balances'").fetchone()
        (page_bytes,) = connection.execute("PRAGMA page_size").fetchone()
    with database.open("r+b") as file:
        file.seek((page - 1) * page_bytes)
        file.write(b"\x55" * 200)


async def opened_after(look: EarlyLook | None, data: Path) -> Store:
    return await open_store(data, data.parent / "library", early_look=look)


async def is_rescued_whole(look: EarlyLook, data: Path) -> bool:
    store = await opened_after(look, data)
    ids = {task.id for task in await store.tasks.newest(100)}
    await store.close()
    return store.rescue is not None and ids == TASKS


def test_a_small_database_or_none_is_not_looked_at(tmp_path: Path) -> None:
    asyncio.run(filled(tmp_path / "small"))

    assert EarlyLook.begin(tmp_path / "small" / "seedream.db") is None
    assert EarlyLook.begin(tmp_path / "nowhere" / "seedream.db") is None


def test_what_was_asked_early_is_not_asked_at_the_opening(data: Path) -> None:
    look = Noting.begin(data / "seedream.db")
    assert isinstance(look, Noting)
    look.finish()
    asked: list[str] = []

    with closing(connect_read_only(data / "seedream.db")) as connection:
        connection.set_trace_callback(asked.append)
        assert look.found_all_well(connection)

    assert asked == []


async def test_a_sound_one_is_opened_on_the_look_s_word(data: Path) -> None:
    look = Noting(data / "seedream.db")
    look.finish()

    store = await opened_after(look, data)
    await store.close()

    assert (look.told, store.rescue) == ([True], None)


async def test_a_look_that_has_only_just_begun_holds_nothing_up(data: Path) -> None:
    look = Noting(data / "seedream.db")

    store = await opened_after(look, data)
    await store.close()

    assert store.rescue is None
    assert not look._thread.is_alive()


async def test_opening_asks_nothing_itself_when_the_look_found_all_well(data: Path) -> None:
    break_page(data / "seedream.db")

    store = await opened_after(Credulous(data / "seedream.db"), data)
    await store.close()

    assert store.rescue is None


async def test_damage_from_before_is_found(data: Path) -> None:
    break_page(data / "seedream.db")
    look = Noting(data / "seedream.db")

    assert await is_rescued_whole(look, data)
    assert look.told == [False]


async def test_damage_done_while_it_looks_is_found(data: Path) -> None:
    look = Held(data / "seedream.db")
    break_page(data / "seedream.db")
    look.may_read.set()

    assert await is_rescued_whole(look, data)
    assert look.told == [False]


async def test_damage_done_after_the_look_is_found(data: Path) -> None:
    look = Noting(data / "seedream.db")
    look.finish()
    break_page(data / "seedream.db")

    assert await is_rescued_whole(look, data)
    assert look.told == [False]


async def test_a_sound_one_that_was_put_in_its_place_is_looked_through_again(data: Path) -> None:
    look = Noting(data / "seedream.db")
    look.finish()
    shutil.copy2(data / "seedream.db", data / "other.db")
    (data / "other.db").replace(data / "seedream.db")

    store = await opened_after(look, data)
    await store.close()

    assert (look.told, store.rescue) == ([False], None)


async def test_a_lost_one_comes_back_though_it_was_looked_at(data: Path) -> None:
    look = Noting(data / "seedream.db")
    look.finish()
    (data / "seedream.db").unlink()

    assert await is_rescued_whole(look, data)
    assert look.told == []


async def test_a_look_that_fails_keeps_nothing_from_opening(data: Path) -> None:
    look = Noting(data / "nowhere.db")

    store = await opened_after(look, data)
    await store.close()

    assert (look.told, store.rescue) == ([False], None)


async def test_a_log_that_a_crash_left_is_read_and_stays_as_it_is(data: Path) -> None:
    log = data / "seedream.db-wal"
    left = leave_log(data)
    look = Noting(data / "seedream.db")
    look.finish()
    assert log.read_bytes() == left

    store = await opened_after(look, data)
    written = await store.database.row("SELECT value FROM meta WHERE key = 'late'", ())
    await store.close()

    assert (look.told, store.rescue, written) == ([True], None, ("word",))


async def test_a_log_that_was_written_to_after_the_look_is_looked_at_again(data: Path) -> None:
    left = leave_log(data)
    look = Noting(data / "seedream.db")
    look.finish()
    (data / "seedream.db-wal").write_bytes(left[:-100])

    store = await opened_after(look, data)
    await store.close()

    assert look.told == [False]


def leave_log(data: Path) -> bytes:
    """Leave a commit in the log only, as a killed program does; return the log."""
    log = data / "seedream.db-wal"
    with closing(connect(data / "seedream.db")) as connection:
        connection.execute("INSERT INTO meta (key, value) VALUES ('late', 'word')")
        files = {path: path.read_bytes() for path in (data / "seedream.db", log)}
    for path, content in files.items():
        path.write_bytes(content)
    return files[log]


def test_a_look_that_is_broken_off_ends_and_tells_nothing(data: Path) -> None:
    look = Noting(data / "seedream.db")

    look.end()

    assert not look._thread.is_alive()
    with closing(connect_read_only(data / "seedream.db")) as connection:
        assert not look.found_all_well(connection)


def test_a_look_that_takes_for_ever_lets_the_process_end(tmp_path: Path) -> None:
    program = (
        "import sys, threading; from pathlib import Path; from seedream_desktop.store.early_look import EarlyLook\n"
        "class Endless(EarlyLook):\n"
        "    def _look(self): threading.Event().wait()\n"
        "Endless(Path(sys.argv[1])); print('begun')"
    )

    ended = subprocess.run(
        [sys.executable, "-c", program, str(tmp_path / "any.db")],
        capture_output=True,
        text=True,
        check=True,
        timeout=60,
    )

    assert ended.stdout.split() == ["begun"]
