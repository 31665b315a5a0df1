"""A program that was stopped for a while takes its work up again by itself."""

from __future__ import annotations

import signal
import time
from pathlib import Path

import pytest

from tests.programs import CommandLine
from tests.simulators import SimulatorProcess


@pytest.mark.timeout(120)
def test_a_task_that_finished_while_the_machine_slept_is_fetched_soon_after(tmp_path: Path) -> None:
    with SimulatorProcess(speed=50, state=tmp_path / "service") as simulator:
        program = CommandLine(tmp_path, base_url=simulator.url, time_scale=100)
        program.environment["SEEDREAM_API_KEY"] = "a-good-key"
        with program.start("generate", "slept over") as process:
            deadline_s = time.monotonic() + 30
            while not any(task["state"] == "processing" for task in program.tasks()):
                assert time.monotonic() < deadline_s
                time.sleep(0.1)
            # Its next question is 2,000 s away at this scale.
            process.send_signal(signal.SIGSTOP)
            time.sleep(36)
            process.send_signal(signal.SIGCONT)
            process.communicate(timeout=60)

        assert [task["state"] for task in program.tasks()] == ["done"]
