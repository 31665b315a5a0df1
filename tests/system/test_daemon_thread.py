"""Blocking calls that may never come back."""

from __future__ import annotations

import subprocess
import sys
import threading
import time

import pytest

from seedream_desktop.system.daemon_thread import call_in_daemon_thread


async def test_the_result_comes_back_from_another_thread() -> None:
    assert await call_in_daemon_thread(lambda: threading.current_thread().name, 5, "worker") == "worker"


async def test_an_error_comes_back_to_the_caller() -> None:
    def refuse() -> None:
        raise LookupError("no such thing")

    with pytest.raises(LookupError, match="no such thing"):
        await call_in_daemon_thread(refuse, 5, "worker")


async def test_a_call_that_hangs_is_given_up_and_its_late_end_harms_nobody() -> None:
    let_go, ended = threading.Event(), threading.Event()

    def hang() -> None:
        let_go.wait(10)
        ended.set()

    started_s = time.monotonic()
    with pytest.raises(TimeoutError):
        await call_in_daemon_thread(hang, 0.05, "worker")
    assert time.monotonic() - started_s < 2

    let_go.set()
    assert ended.wait(5)
    assert await call_in_daemon_thread(lambda: "next", 5, "worker") == "next"


HANGING = """
import asyncio, threading
from seedream_desktop.system.daemon_thread import call_in_daemon_thread

async def main():
    try:
        await call_in_daemon_thread(threading.Event().wait, 0.1, "worker")
    except TimeoutError:
        print("gave up")

asyncio.run(main())
"""


def test_a_call_that_hangs_for_ever_does_not_keep_the_process_alive() -> None:
    ended = subprocess.run([sys.executable, "-c", HANGING], capture_output=True, text=True, timeout=20, check=True)

    assert ended.stdout == "gave up\n"
    assert ended.stderr == ""


LATE = """
import asyncio, time
from seedream_desktop.system.daemon_thread import call_in_daemon_thread

async def main():
    try:
        await call_in_daemon_thread(lambda: time.sleep(0.3), 0.05, "worker")
    except TimeoutError:
        print("gave up")

asyncio.run(main())
time.sleep(0.6)
"""


def test_a_call_that_ends_after_the_loop_is_closed_says_nothing() -> None:
    ended = subprocess.run([sys.executable, "-c", LATE], capture_output=True, text=True, timeout=20, check=True)

    assert (ended.stdout, ended.stderr) == ("gave up\n", "")
