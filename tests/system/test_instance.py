"""One process to a data folder, with real processes and real kills."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from seedream_desktop.ports.errors import StorageError
from seedream_desktop.system.instance import DataFolderInUseError, DataFolderLock

HOLD = """
import sys, time
from pathlib import Path
from seedream_desktop.system.instance import DataFolderLock
with DataFolderLock(Path(sys.argv[1])):
    print("held", flush=True)
    sys.stdin.read()
"""
TRY = """
import sys
from pathlib import Path
from seedream_desktop.system.instance import DataFolderLock, DataFolderInUseError
try:
    lock = DataFolderLock(Path(sys.argv[1])).acquire()
except DataFolderInUseError:
    print("in use", flush=True)
else:
    print("held", flush=True)
    sys.stdin.read()
"""


@contextmanager
def holder(data_dir: Path, script: str = HOLD) -> Iterator[subprocess.Popen[str]]:
    command = [sys.executable, "-c", script, str(data_dir)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "held\n"
        try:
            yield process
        finally:
            process.kill()


def test_a_second_process_is_refused_at_once_and_told_who_is_there(tmp_path: Path) -> None:
    with holder(tmp_path) as other:
        started_s = time.monotonic()
        with pytest.raises(DataFolderInUseError, match=f"process {other.pid}") as caught:
            DataFolderLock(tmp_path).acquire()

    assert time.monotonic() - started_s < 2
    assert caught.value.holder_pid == other.pid
    assert str(tmp_path) in str(caught.value)


def test_the_lock_ends_with_a_holder_that_was_killed(tmp_path: Path) -> None:
    with holder(tmp_path) as other:
        os.kill(other.pid, signal.SIGKILL)
        other.wait()

        with DataFolderLock(tmp_path):
            assert (tmp_path / "seedream.pid").read_text() == str(os.getpid())


def test_an_old_lock_file_alone_refuses_nobody(tmp_path: Path) -> None:
    (tmp_path / "seedream.lock").touch()
    (tmp_path / "seedream.pid").write_text("1")

    with DataFolderLock(tmp_path):
        pass


def test_who_waits_gets_the_folder_when_the_holder_leaves(tmp_path: Path) -> None:
    with holder(tmp_path) as other:
        leaving = threading.Timer(0.3, other.kill)
        leaving.start()

        with DataFolderLock(tmp_path).acquire(wait_s=5):
            pass

        leaving.join()


def test_waiting_ends_when_the_holder_stays(tmp_path: Path) -> None:
    with holder(tmp_path), pytest.raises(DataFolderInUseError):
        DataFolderLock(tmp_path).acquire(wait_s=0.2)


def test_of_many_that_start_at_once_one_wins(tmp_path: Path) -> None:
    command = [sys.executable, "-c", TRY, str(tmp_path)]
    processes = [subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) for _ in range(6)]
    try:
        answers = [process.stdout.readline().strip() for process in processes if process.stdout]
    finally:
        for process in processes:
            process.communicate()

    assert sorted(answers) == ["held"] + ["in use"] * 5


def test_the_same_process_cannot_take_a_folder_twice_by_mistake(tmp_path: Path) -> None:
    with DataFolderLock(tmp_path), pytest.raises(DataFolderInUseError):
        DataFolderLock(tmp_path).acquire()


def test_a_released_folder_is_free_and_names_nobody(tmp_path: Path) -> None:
    lock = DataFolderLock(tmp_path).acquire()
    lock.release()
    lock.release()

    assert not (tmp_path / "seedream.pid").exists()
    with DataFolderLock(tmp_path):
        pass


def test_a_folder_that_cannot_be_made_is_a_trouble_of_this_disk(tmp_path: Path) -> None:
    (tmp_path / "data").write_text("a file in the way")

    with pytest.raises(StorageError) as caught:
        DataFolderLock(tmp_path / "data").acquire()

    assert str(tmp_path / "data") in caught.value.failure.message


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such modes")
def test_a_new_data_folder_is_its_owners_alone(tmp_path: Path) -> None:
    with DataFolderLock(tmp_path / "new"):
        assert (tmp_path / "new").stat().st_mode & 0o777 == 0o700
        assert (tmp_path / "new" / "seedream.lock").stat().st_mode & 0o777 == 0o600
