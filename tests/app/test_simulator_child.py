"""Demo mode's simulator: a child that does not come up is ended, and the user is told, within a limit."""

from __future__ import annotations

import os
import sys
import time
from pathlib import Path

import pytest

from seedream_desktop.app.simulator import SimulatorChild, SimulatorError

LIMIT_S = 1.0
SAYS_NOTHING = "import os, pathlib, time; pathlib.Path({note!r}).write_text(str(os.getpid())); time.sleep(60)"
HALF_A_LINE = "import sys, time; print('listening on http://127', end='', flush=True); time.sleep(60)"


def child(folder: Path, code: str, limit_s: float = LIMIT_S) -> SimulatorChild:
    return SimulatorChild(folder, 1, program=[sys.executable, "-c", code], start_limit_s=limit_s)


async def test_a_simulator_that_says_nothing_is_ended_and_the_user_told_why(tmp_path: Path) -> None:
    note = tmp_path / "pid"
    began_s = time.monotonic()

    with pytest.raises(SimulatorError, match=r"did not start within 3 seconds\. Try again"):
        await child(tmp_path / "state", SAYS_NOTHING.format(note=str(note)), limit_s=3).start()

    assert time.monotonic() - began_s < 10
    with pytest.raises(ProcessLookupError):
        os.kill(int(note.read_text()), 0)


async def test_half_a_greeting_is_none(tmp_path: Path) -> None:
    with pytest.raises(SimulatorError, match="did not start within"):
        await child(tmp_path, HALF_A_LINE).start()


@pytest.mark.parametrize("code", ["", "print('listening on http://127.0', end='')", "print('Hello')"])
async def test_a_simulator_that_ends_at_once_is_not_waited_for(tmp_path: Path, code: str) -> None:
    with pytest.raises(SimulatorError, match="could not be started"):
        await child(tmp_path, code, limit_s=60).start()


async def test_the_true_simulator_comes_back_on_the_same_port(tmp_path: Path) -> None:
    first = SimulatorChild(tmp_path, 1)
    url = await first.start()
    await first.stop()
    second = SimulatorChild(tmp_path, 1)
    try:
        assert await second.start() == url
    finally:
        await second.stop()
