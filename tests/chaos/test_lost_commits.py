"""A database that lost its last commits looks sound; the ledger tells, and what was lost comes back."""

from __future__ import annotations

import shutil
import sqlite3
from pathlib import Path

import pytest

from seedream_desktop.domain.failure import Failure, FailureKind
from seedream_desktop.domain.task import AttemptState, Task, TaskId, TaskState
from seedream_desktop.store.ledger import Ledger
from tests.store.samples import NOON, accepted, attempt_of, opened, task_of

DATABASE = "seedream.db"


@pytest.fixture
def data(tmp_path: Path) -> Path:
    return tmp_path / "data"


async def save(data: Path, *tasks: Task) -> None:
    async with opened(data) as store:
        for task in tasks:
            await store.tasks.save(task)


def sending(name: str, state: AttemptState = AttemptState.INTENT) -> Task:
    return task_of(name, state=TaskState.SUBMITTING).with_attempt(attempt_of(f"{name}-try", state))


async def test_tasks_that_went_with_the_log_are_back_and_the_files_are_kept_as_they_were(data: Path) -> None:
    await save(data, accepted("old", "service-1"))
    before = (data / DATABASE).read_bytes()
    await save(data, accepted("new", "service-2"), sending("newest"))
    (data / DATABASE).write_bytes(before)

    async with opened(data) as store:
        assert store.rescue is not None
        assert store.rescue.aside is not None
        assert (store.rescue.aside / DATABASE).read_bytes() == before
        assert await store.tasks.get(TaskId("new")) == accepted("new", "service-2")
        assert await store.tasks.get(TaskId("newest")) == sending("newest")
        assert await store.tasks.get(TaskId("old")) == accepted("old", "service-1")

    async with opened(data) as store:
        assert store.rescue is None


async def test_a_log_lost_before_its_first_checkpoint_leaves_an_empty_database_that_is_filled_again(
    data: Path, tmp_path: Path
) -> None:
    async with opened(data) as store:
        await store.tasks.save(accepted())
        shutil.copytree(data, tmp_path / "killed")
    killed = tmp_path / "killed"
    (killed / f"{DATABASE}-wal").unlink()

    async with opened(killed) as store:
        assert await store.tasks.get(TaskId("one")) == accepted()


async def test_one_line_without_its_commit_is_a_crash_and_no_damage(data: Path) -> None:
    await save(data, sending("one", AttemptState.WIRE))
    ledger = Ledger(data / "ledger.jsonl")
    ledger.append(accepted(), accepted().attempts, NOON)
    ledger.close()

    async with opened(data) as store:
        assert store.rescue is None
        assert await store.tasks.get(TaskId("one")) == accepted()
    assert not (data / "damaged").exists()


async def test_an_order_that_the_database_still_thinks_unsent_counts_as_sent_when_the_ledger_says_so(
    data: Path,
) -> None:
    await save(data, sending("one"))
    ledger = Ledger(data / "ledger.jsonl")
    ledger.append(sending("one", AttemptState.WIRE), sending("one", AttemptState.WIRE).attempts, NOON)
    ledger.close()

    async with opened(data) as store:
        assert await store.tasks.get(TaskId("one")) == sending("one", AttemptState.WIRE)


async def test_what_the_database_knows_better_is_not_taken_back(data: Path) -> None:
    done = accepted().but(state=TaskState.DONE, failure=Failure(FailureKind.UNSORTED, "X"))
    await save(data, sending("one", AttemptState.WIRE), accepted(), done)

    async with opened(data) as store:
        assert store.rescue is None
        assert await store.tasks.get(TaskId("one")) == done


async def test_intents_that_a_full_disk_kept_from_being_committed_hinder_no_rescue(data: Path) -> None:
    await save(data, accepted("other", "service-0"))
    ledger = Ledger(data / "ledger.jsonl")
    for number in range(3):
        ledger.append(sending("one"), [attempt_of(f"stale-{number}")], NOON)
    ledger.append(accepted(), accepted().attempts, NOON)
    ledger.close()
    (data / DATABASE).unlink()

    async with opened(data) as store:
        assert await store.tasks.get(TaskId("one")) == accepted()


@pytest.mark.parametrize("version", [-1, 0, -(2**31)])
async def test_a_version_that_no_program_writes_is_damage(data: Path, version: int) -> None:
    await save(data, accepted())
    connection = sqlite3.connect(data / DATABASE)
    connection.execute(f"PRAGMA user_version = {version}")
    connection.close()

    async with opened(data) as store:
        assert store.rescue is not None
        assert await store.tasks.get(TaskId("one")) == accepted()


@pytest.mark.parametrize(
    ("column", "value"),
    [("prompt", b"\xff\xfe"), ("failure_kind", b"NO_SUCH"), ("accepted_at", b"noon"), ("raw_result", b"\xc3")],
)
async def test_a_text_that_makes_no_sense_is_damage(data: Path, column: str, value: bytes) -> None:
    await save(data, accepted())
    connection = sqlite3.connect(data / DATABASE)
    connection.execute(f"UPDATE tasks SET {column} = cast(? AS TEXT)", (value,))
    connection.commit()
    connection.close()

    async with opened(data) as store:
        assert store.rescue is not None
        assert await store.tasks.get(TaskId("one")) == accepted()
