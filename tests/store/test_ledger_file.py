"""The second copy: one line a change, torn lines passed over, tasks brought back from nothing else."""

from __future__ import annotations

import json
from decimal import Decimal
from pathlib import Path

import pytest

from seedream_desktop.domain.failure import Failure, FailureKind
from seedream_desktop.domain.reference import Reference, Role
from seedream_desktop.domain.request import GenerationRequest, Mode
from seedream_desktop.domain.task import AttemptState, ServiceTaskId, Task, TaskId, TaskState
from seedream_desktop.ports.errors import StorageError
from seedream_desktop.store.database import connect_in_memory
from seedream_desktop.store.layout import Layout
from seedream_desktop.store.ledger import Ledger, rebuild
from seedream_desktop.store.opening import Store
from seedream_desktop.store.rows import TaskRows
from tests.store.samples import NOON, accepted, attempt_of, task_of


def lines_of(data: Path) -> list[dict[str, object]]:
    return [json.loads(line) for line in (data / "ledger.jsonl").read_text().splitlines() if line]


def rebuilt(data: Path) -> tuple[int, tuple[Task, ...]]:
    connection = connect_in_memory()
    rows = TaskRows(Layout(data))
    count = rebuild(connection, Ledger(data / "ledger.jsonl"), rows)
    tasks = rows.read(connection, "ORDER BY id")
    connection.close()
    return count, tasks


async def test_each_change_of_an_attempt_is_one_line(store: Store, data: Path) -> None:
    task = task_of()
    await store.tasks.save(task)
    for state in (AttemptState.INTENT, AttemptState.INTENT, AttemptState.WIRE, AttemptState.UNKNOWN):
        await store.tasks.save(task.with_attempt(attempt_of(state=state)))

    assert [line["attempt"]["state"] for line in lines_of(data)] == ["intent", "wire", "unknown"]  # type: ignore[index]  # JSON


async def test_a_save_without_a_changed_attempt_writes_no_line(store: Store, data: Path) -> None:
    await store.tasks.save(task_of())

    assert not (data / "ledger.jsonl").exists()


async def test_every_task_comes_back_from_the_ledger_alone(store: Store, data: Path) -> None:
    request = GenerationRequest(
        "\U0001f98a \ud800", mode=Mode.IMAGE_TO_IMAGE, count=4, references=(Reference("/a/b.png", Role.POSE),)
    )
    lost = task_of("lost", state=TaskState.SUBMITTING).but(request=request, estimated_cost_usd=Decimal("0.16"))
    for state in (AttemptState.INTENT, AttemptState.WIRE):
        await store.tasks.save(lost.with_attempt(attempt_of("lost-try", state)))
    unclear = task_of("unclear", state=TaskState.UNKNOWN).with_attempt(attempt_of("u", AttemptState.UNKNOWN))
    taken = accepted("taken")
    for task in (unclear, taken):
        await store.tasks.save(task)

    count, tasks = rebuilt(data)

    assert count == 3
    assert tasks == (lost.with_attempt(attempt_of("lost-try", AttemptState.WIRE)), taken, unclear)


async def test_a_finished_task_comes_back_as_one_to_be_asked_for(store: Store, data: Path) -> None:
    await store.tasks.save(accepted())
    await store.tasks.save(accepted().but(state=TaskState.DONE))

    assert rebuilt(data)[1] == (accepted(),)


async def test_all_attempts_of_a_task_come_back_in_order(store: Store, data: Path) -> None:
    task = task_of(state=TaskState.SUBMITTING)
    for number in range(3):
        task = task.with_attempt(attempt_of(f"try-{number}", AttemptState.UNSENT))
        await store.tasks.save(task)

    assert rebuilt(data)[1] == (task,)


@pytest.mark.parametrize("cut_bytes", [1, 2, 40, 300])
async def test_a_torn_last_line_costs_only_itself(store: Store, data: Path, cut_bytes: int) -> None:
    await store.tasks.save(accepted("one", "service-1"))
    await store.tasks.save(accepted("two", "service-2"))
    await store.close()
    path = data / "ledger.jsonl"
    path.write_bytes(path.read_bytes()[:-cut_bytes])

    found = {task.id for task in rebuilt(data)[1]}

    assert found == ({"one", "two"} if cut_bytes == 1 else {"one"})


async def test_a_line_after_a_torn_one_is_whole(data: Path) -> None:
    data.mkdir()
    ledger = Ledger(data / "ledger.jsonl")
    ledger.append(accepted("one", "service-1"), accepted("one").attempts, NOON)
    ledger.close()
    with (data / "ledger.jsonl").open("ab") as file:
        file.write(b'{"torn": "li')

    again = Ledger(data / "ledger.jsonl")
    again.append(accepted("two", "service-2"), accepted("two").attempts, NOON)
    again.close()

    assert [entry.task.id for entry in Ledger(data / "ledger.jsonl").entries()] == ["one", "two"]


async def test_a_line_that_was_altered_is_not_believed(store: Store, data: Path) -> None:
    await store.tasks.save(accepted("one", "service-1"))
    path = data / "ledger.jsonl"
    path.write_text(path.read_text().replace("service-1", "service-9"))

    assert rebuilt(data) == (0, ())


@pytest.mark.parametrize(
    "rubbish", [b"null", b"[1]", b'"x"', b"{}", b'{"crc32": 1}', b"[" * 100_000, b"\xff\x00", b"9" * 6000]
)
async def test_rubbish_in_the_ledger_is_passed_over(store: Store, data: Path, rubbish: bytes) -> None:
    await store.tasks.save(accepted())
    with (data / "ledger.jsonl").open("ab") as file:
        file.write(rubbish + b"\n")

    assert rebuilt(data)[1] == (accepted(),)


async def test_an_older_database_takes_over_what_the_ledger_knows_better(store: Store, data: Path) -> None:
    old = task_of(state=TaskState.SUBMITTING).with_attempt(attempt_of("one-try", AttemptState.WIRE))
    failure = Failure(FailureKind.UNSORTED, "X")
    done = accepted("done", "service-2").but(state=TaskState.DONE, failure=failure)
    for task in (old, done, accepted("one", "service-1")):
        await store.tasks.save(task)
    connection = connect_in_memory()
    rows = TaskRows(Layout(data))
    for task in (old.but(service_state="kept"), done):
        rows.write(connection, task)

    count = rebuild(connection, Ledger(data / "ledger.jsonl"), rows)

    found = {task.id: task for task in rows.read(connection, "")}
    connection.close()
    assert count == 1
    assert found[TaskId("done")] == done
    assert found[TaskId("one")].state is TaskState.PROCESSING
    assert found[TaskId("one")].service_task_id == ServiceTaskId("service-1")
    assert found[TaskId("one")].service_state == "kept"


async def test_without_a_ledger_line_nothing_is_committed(store: Store, data: Path) -> None:
    (data / "ledger.jsonl").mkdir()

    with pytest.raises(StorageError):
        await store.tasks.save(accepted())

    assert await store.tasks.get(TaskId("one")) is None
    (data / "ledger.jsonl").rmdir()
    await store.tasks.save(accepted())
    assert rebuilt(data)[1] == (accepted(),)
