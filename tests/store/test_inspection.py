"""A large database is looked at by two threads, and damage is found by either."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from seedream_desktop.store.database import connect, connect_read_only
from seedream_desktop.store.inspection import READ_ERRORS, is_in_order
from seedream_desktop.store.schema import migrate
from tests.store.samples import NOON

LARGE_BYTES = 70 * 1024 * 1024


@pytest.fixture(scope="module")
def large(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("large") / "large.db"
    with closing(connect(path)) as connection:
        migrate(connection)
        connection.execute("PRAGMA synchronous = OFF")
        connection.execute("INSERT INTO meta (key, value) VALUES ('filler', CAST(zeroblob(?) AS TEXT))", [LARGE_BYTES])
        connection.executemany("INSERT INTO balances (at, usd) VALUES (?, ?)", [(NOON.isoformat(), "1.00")] * 5_000)
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    return path


@pytest.fixture
def copy(large: Path, tmp_path: Path) -> Iterator[Path]:
    path = tmp_path / "copy.db"
    path.write_bytes(large.read_bytes())
    yield path
    path.unlink()


def is_well(path: Path) -> bool:
    with closing(connect_read_only(path)) as connection:
        try:
            return is_in_order(connection)
        except READ_ERRORS:
            return False


def test_a_sound_one_is_in_order(copy: Path) -> None:
    assert is_well(copy)


def test_a_word_that_makes_no_sense_is_found(copy: Path) -> None:
    with closing(sqlite3.connect(copy)) as connection:
        connection.execute(
            "INSERT INTO tasks (id, created_at, state, prompt, mode, resolution, count, sequence, provider, request,"
            " estimated_cost_usd, service_state, is_watched) VALUES ('a', '2026-11-20T12:00:00.000000+00:00', 'odd',"
            " '', '', '', 1, 0, '', '{}', '1', '', 1)"
        )
        connection.commit()

    assert not is_well(copy)


def test_a_broken_page_is_found(copy: Path) -> None:
    with closing(sqlite3.connect(copy)) as connection:
        (page,) = connection.execute("SELECT rootpage FROM sqlite_schema WHERE name = 'balances'").fetchone()
        (page_bytes,) = connection.execute("PRAGMA page_size").fetchone()
    with copy.open("r+b") as file:
        file.seek((page - 1) * page_bytes)
        file.write(b"\x55" * 200)

    assert not is_well(copy)
