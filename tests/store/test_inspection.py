"""A large database is looked at by two threads, and damage is found by either."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from seedream_desktop.store.database import connect, connect_read_only
from seedream_desktop.store.inspection import READ_ERRORS, Questions, is_in_order
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


def test_what_one_asks_nobody_else_asks(copy: Path) -> None:
    with closing(connect_read_only(copy)) as one, closing(connect_read_only(copy)) as other:
        questions = Questions(one)
        asked: list[str] = []
        other.set_trace_callback(asked.append)

        assert questions.are_answered(one)
        assert questions.are_answered(other)
        assert asked == []


def test_what_was_dropped_does_not_count_as_well(copy: Path) -> None:
    with closing(connect_read_only(copy)) as connection:
        questions = Questions(connection)
        questions.drop()

        assert not questions.are_answered(connection)


TASK: dict[str, object] = {
    "id": "a",
    "created_at": "2026-11-20T12:00:00.000000+00:00",
    "state": "done",
    **dict.fromkeys(("prompt", "mode", "resolution", "provider", "service_state"), ""),
    **dict.fromkeys(("count", "sequence", "is_watched"), 1),
    "request": "{}",
    "estimated_cost_usd": "0.04",
}
ATTEMPT: dict[str, object] = {
    "id": "t",
    "task_id": "a",
    "position": 0,
    "state": "accepted",
    "started_at": TASK["created_at"],
    "detail": "",
}
PICTURE: dict[str, object] = {"task_id": "a", "position": 0, "url": "", "state": "planned", "tries": 0}


@pytest.mark.parametrize(
    ("table", "column", "word"),
    [
        ("tasks", "state", "odd"),
        ("tasks", "failure_kind", "odd"),
        ("tasks", "request", "{"),
        ("tasks", "created_at", "today"),
        ("tasks", "accepted_at", "today"),
        ("tasks", "finished_at", "today"),
        ("tasks", "estimated_cost_usd", "much"),
        ("attempts", "state", "odd"),
        ("attempts", "started_at", "today"),
        ("attempts", "wire_at", "today"),
        ("attempts", "ended_at", "today"),
        ("attempts", "authorised_by_user_at", "today"),
        ("pictures", "state", "odd"),
        ("pictures", "stored_at", "today"),
        (None, None, None),
    ],
)
def test_each_word_is_looked_at(tmp_path: Path, table: str | None, column: str | None, word: str | None) -> None:
    path = tmp_path / "small.db"
    with closing(connect(path)) as connection:
        migrate(connection)
        for name, row in (("tasks", TASK), ("attempts", ATTEMPT), ("pictures", PICTURE)):
            values = {**row, column: word} if name == table and column else row
            marks = ", ".join("?" * len(values))
            connection.execute(f"INSERT INTO {name} ({', '.join(values)}) VALUES ({marks})", [*values.values()])

    assert is_well(path) is (table is None)
