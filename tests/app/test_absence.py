"""A program that was stopped for a while takes its work up again by itself."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.app.short_absence import ABSENCE_S, LOOK_EVERY_S
from tests.programs import CHECKOUT, CommandLine
from tests.simulators import SimulatorProcess

SCALE = 100
"""The first question comes 2,000 s after the order: whatever is asked earlier is because of the absence."""


@pytest.fixture
def simulator(tmp_path: Path) -> Iterator[SimulatorProcess]:
    with SimulatorProcess(speed=50, state=tmp_path / "service", options=["--plain-pictures"]) as running:
        yield running


@pytest.fixture
def program(simulator: SimulatorProcess, tmp_path: Path) -> CommandLine:
    return CommandLine(tmp_path, base_url=simulator.url, time_scale=SCALE)


@contextmanager
def waiting(program: CommandLine, simulator: SimulatorProcess) -> Iterator[subprocess.Popen[str]]:
    """Run an order in a program of short patience, up to where it waits to ask for the task."""
    options = ["--base-url", simulator.url, "--time-scale", str(SCALE)]
    folders = ["--data-dir", str(program.data_dir), "--library", str(program.library)]
    with subprocess.Popen(
        [sys.executable, "-m", "tests.app.short_absence", *options, *folders, "generate", "slept over"],
        cwd=CHECKOUT,
        env={**os.environ, "SEEDREAM_API_KEY": "a-good-key"},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    ) as process:
        try:
            deadline_s = time.monotonic() + 30
            while not any(submit["answered"] for submit in simulator.submits()):
                assert time.monotonic() < deadline_s
                time.sleep(0.1)
            time.sleep(2 * LOOK_EVERY_S)
            yield process
        finally:
            process.kill()


def test_a_task_that_finished_while_the_machine_slept_is_fetched_soon_after(
    program: CommandLine, simulator: SimulatorProcess
) -> None:
    with waiting(program, simulator) as process:
        process.send_signal(signal.SIGSTOP)
        time.sleep(ABSENCE_S + 2 * LOOK_EVERY_S)
        process.send_signal(signal.SIGCONT)
        process.communicate(timeout=60)

    assert process.returncode == 0
    assert [task["state"] for task in program.tasks()] == ["done"]


def test_a_short_pause_is_no_absence(program: CommandLine, simulator: SimulatorProcess) -> None:
    with waiting(program, simulator) as process:
        process.send_signal(signal.SIGSTOP)
        time.sleep(ABSENCE_S / 4)
        process.send_signal(signal.SIGCONT)
        with pytest.raises(subprocess.TimeoutExpired):
            process.communicate(timeout=4)

    assert [task["state"] for task in program.tasks()] == ["processing"]
