"""What the user may decide about an order whose outcome is unknown."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from tests.programs import CommandLine
from tests.simulators import SimulatorProcess


@pytest.fixture
def simulator(tmp_path: Path) -> Iterator[SimulatorProcess]:
    with SimulatorProcess(speed=50, state=tmp_path / "service", options=["--plain-pictures"]) as running:
        yield running


@pytest.fixture
def program(simulator: SimulatorProcess, tmp_path: Path) -> CommandLine:
    program = CommandLine(tmp_path, base_url=simulator.url)
    program.environment["SEEDREAM_API_KEY"] = "a-good-key"
    return program


@pytest.fixture
def lost(program: CommandLine) -> dict[str, Any]:
    """A task whose answer was lost after the service had taken it."""
    ended = program.run("generate", "[drop-after-body] lost", "--count", "2", "--json")
    assert ended.code == 1
    assert "may have been charged" in ended.err
    assert ended.task["state"] == "unknown"
    assert [attempt["state"] for attempt in ended.task["attempts"]] == ["unknown"]
    return ended.task


def test_run_never_sends_an_unknown_order_again(
    program: CommandLine, simulator: SimulatorProcess, lost: dict[str, Any]
) -> None:
    assert program.run("run").code == 0

    assert len(simulator.ledger()["submits"]) == 1
    assert [task["state"] for task in program.tasks()] == ["unknown"]


def test_a_task_id_found_elsewhere_brings_the_pictures(
    program: CommandLine, simulator: SimulatorProcess, lost: dict[str, Any]
) -> None:
    (submit,) = simulator.ledger()["submits"]

    assert program.run("resolve", lost["id"], "--link", submit["task_id"]).code == 0
    assert program.run("run").code == 0

    (task,) = program.tasks()
    assert (task["state"], task["task_id"], len(task["pictures"])) == ("done", submit["task_id"], 2)
    assert len(simulator.ledger()["submits"]) == 1


def test_a_task_of_the_right_time_is_linked_without_a_word(
    program: CommandLine, simulator: SimulatorProcess, lost: dict[str, Any]
) -> None:
    (submit,) = simulator.ledger()["submits"]

    assert program.run("resolve", lost["id"], "--link", submit["task_id"]).err == ""


@pytest.mark.parametrize(
    ("apart", "words"),
    [
        (timedelta(minutes=-11), "11 minutes before"),
        (timedelta(hours=5, minutes=1), "5 hours after"),
        (timedelta(days=-9, minutes=-1), "9 days before"),
    ],
)
def test_a_task_of_another_time_is_linked_with_a_warning(
    program: CommandLine, simulator: SimulatorProcess, lost: dict[str, Any], apart: timedelta, words: str
) -> None:
    (submit,) = simulator.ledger()["submits"]
    sent_at = datetime.fromisoformat(lost["attempts"][0]["started_at"])
    told_ms = round((sent_at + apart).timestamp() * 1000)
    simulator.set_faults([{"call": "status", "do": {"times": told_ms}}])

    ended = program.run("resolve", lost["id"], "--link", submit["task_id"])

    assert ended.code == 0
    assert f"the service made this task {words} the order was sent" in ended.err
    assert [task["task_id"] for task in program.tasks()] == [submit["task_id"]]


@pytest.mark.parametrize("task_id", ["0" * 32, "", "two words", "../../etc", "x" * 201])
def test_a_task_id_that_cannot_be_right_changes_nothing(
    program: CommandLine, lost: dict[str, Any], task_id: str
) -> None:
    ended = program.run("resolve", lost["id"], "--link", task_id)

    assert ended.code == 2
    assert program.tasks() == [lost]


def test_another_tasks_id_is_refused(program: CommandLine, lost: dict[str, Any]) -> None:
    other = program.run("generate", "other", "--json").task

    ended = program.run("resolve", lost["id"], "--link", other["task_id"])

    assert ended.code == 2
    assert program.tasks()[-1] == lost


def test_sending_again_is_a_new_attempt_and_the_old_one_stays(
    program: CommandLine, simulator: SimulatorProcess, lost: dict[str, Any]
) -> None:
    simulator.set_faults([{"call": "generate", "match": {"prompt": "lost"}, "do": {}}])

    assert program.run("resolve", lost["id"], "--resend").code == 0
    program.run("run")

    (task,) = program.tasks()
    assert len(task["attempts"]) == 2
    assert task["attempts"][0]["state"] == "unknown"
    assert len(simulator.ledger()["submits"]) == 2


def test_a_written_off_order_is_final(program: CommandLine, lost: dict[str, Any]) -> None:
    assert program.run("resolve", lost["id"], "--write-off").code == 0

    assert [task["state"] for task in program.tasks()] == ["written_off"]
    assert program.run("resolve", lost["id"], "--resend").code == 2
