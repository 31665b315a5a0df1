"""`run` in real processes: what it finishes, what it leaves for later, and that it always comes to its end."""

from __future__ import annotations

import signal
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.programs import CommandLine
from tests.simulators import SimulatorProcess

LIMIT_S = 20.0
WITHOUT_KEY = 4


@pytest.fixture
def simulator(tmp_path: Path) -> Iterator[SimulatorProcess]:
    with SimulatorProcess(speed=50, state=tmp_path / "service", options=["--plain-pictures"]) as running:
        yield running


@pytest.fixture
def program(simulator: SimulatorProcess, tmp_path: Path) -> CommandLine:
    program = CommandLine(tmp_path, base_url=simulator.url)
    program.environment["SEEDREAM_API_KEY"] = "a-good-key"
    return program


def until(claim: Callable[[], bool]) -> None:
    deadline_s = time.monotonic() + LIMIT_S
    while not claim():
        assert time.monotonic() < deadline_s
        time.sleep(0.05)


def killed_while_downloading(program: CommandLine, simulator: SimulatorProcess) -> None:
    """Leave a task whose two pictures are half on this disk, and take the key away."""
    simulator.hold("image.half")
    with program.start("generate", "half here", "--count", "2") as process:
        simulator.wait_until_held("image.half", LIMIT_S)
        process.send_signal(signal.SIGKILL)
    simulator.release("image.half")
    assert program.tasks()[0]["state"] == "downloading"
    del program.environment["SEEDREAM_API_KEY"]


def test_without_a_key_the_downloads_are_finished_before_it_is_asked_for(
    program: CommandLine, simulator: SimulatorProcess
) -> None:
    program.run("generate", "[stuck] needs the key", "--no-wait")
    killed_while_downloading(program, simulator)

    ended = program.run("run")

    assert (ended.code, ended.out) == (WITHOUT_KEY, "")
    assert "key" in ended.err
    half, stuck = program.tasks()
    assert (half["state"], stuck["state"]) == ("done", "processing")
    assert all(Path(picture["saved_path"]).is_file() for picture in half["pictures"])


def test_without_a_key_a_dead_link_holds_nothing_up_and_is_not_given_up(
    program: CommandLine, simulator: SimulatorProcess
) -> None:
    killed_while_downloading(program, simulator)
    # Only now: with its key the killed program could have found out for itself that the link is dead.
    simulator.set_faults([{"call": "image", "match": {"image": 1}, "do": {"status": 403, "body": "empty"}}])
    began_s = time.monotonic()

    assert program.run("run").code == WITHOUT_KEY

    assert time.monotonic() - began_s < LIMIT_S
    (task,) = program.tasks()
    assert [(picture["state"], bool(picture["path"])) for picture in task["pictures"]] == [
        ("planned", False),
        ("stored", True),
    ]
    simulator.set_faults([])
    program.environment["SEEDREAM_API_KEY"] = "a-good-key"
    assert program.run("run").code == 0
    assert [task["state"] for task in program.tasks()] == ["done"]


def test_pictures_that_stay_bad_are_left_for_the_next_hour(program: CommandLine, simulator: SimulatorProcess) -> None:
    simulator.set_faults([{"call": "image", "match": {"image": 1}, "do": {"image": "html"}}])
    assert program.run("generate", "one is bad", "--count", "2").code == 1
    began_s = time.monotonic()

    assert program.run("run").code == 0

    assert time.monotonic() - began_s < LIMIT_S
    (task,) = program.tasks()
    assert task["state"] == "partial"
    assert [picture["state"] for picture in task["pictures"]] == ["not_an_image", "stored"]


def test_a_host_that_wants_minutes_does_not_hold_the_command(program: CommandLine, simulator: SimulatorProcess) -> None:
    """The picture is asked for again at the next start, or when the host said, whichever comes first."""
    simulator.set_faults([{"call": "image", "do": {"status": 503, "retry_after": "500"}, "times": 1}])
    program.run("generate", "not now", "--no-wait")

    assert program.run("run").code == 0
    assert [task["state"] for task in program.tasks()] == ["downloading"]
    assert program.run("run").code == 0

    (task,) = program.tasks()
    assert task["state"] == "done"
    assert len(simulator.ledger()["submits"]) == 1
