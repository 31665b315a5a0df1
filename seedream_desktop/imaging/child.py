"""One worker process seen from the program: started lean, asked one thing at a time, killed when it takes too long."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
from pathlib import Path
from typing import IO, Final

from seedream_desktop.imaging.protocol import BrokenPipeProtocolError, Message, receive, send

_MODULE: Final = "seedream_desktop.imaging.worker"
_CODE_ROOT: Final = Path(__file__).parents[2]
# What an interpreter may need to start at all; everything else, keys above all, stays here.
_PASSED_ON: Final = ("SYSTEMROOT", "LD_LIBRARY_PATH", "DYLD_LIBRARY_PATH", "PYTHONHOME")
# glibc keeps large blocks that were freed, once it has seen one, and a gigabyte kept from one picture is missing for
# the next; with the threshold given, every large block goes back to the system.
_FREE_AT_ONCE: Final = {"MALLOC_MMAP_THRESHOLD_": str(8 * 1024 * 1024)}
_NO_WINDOW: Final[int] = getattr(subprocess, "CREATE_NO_WINDOW", 0)


class ChildLostError(Exception):
    """The worker ended instead of answering; *was_too_slow* tells that it was killed for that."""

    def __init__(self, *, was_too_slow: bool) -> None:
        super().__init__("took too long" if was_too_slow else "ended by itself")
        self.was_too_slow = was_too_slow


class Child:
    """A running worker; every call blocks and belongs on a thread, but for `kill`."""

    def __init__(self) -> None:
        self._process = subprocess.Popen(
            _command(),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env=_environment(),
            creationflags=_NO_WINDOW,
        )
        self._jobs, self._answers = _pipes(self._process)
        self.is_ready = False

    @property
    def pid(self) -> int:
        """The worker's process id."""
        return self._process.pid

    def wait_ready(self, limit_s: float) -> None:
        """Return when the worker takes jobs; raises ChildLostError."""
        if not self.is_ready:
            self._within(limit_s, None)
            self.is_ready = True

    def ask(self, job: Message, limit_s: float) -> Message:
        """Return the answer to *job*; raises ChildLostError, after which the worker is of no use."""
        return self._within(limit_s, job)

    def kill(self) -> None:
        """End the worker now, in whatever it is doing."""
        self._process.kill()

    def bury(self) -> None:
        """Kill the worker if it lives and free everything that is left of it."""
        self._process.kill()
        self._process.wait()
        for pipe in (self._jobs, self._answers):
            _close_quietly(pipe)

    def _within(self, limit_s: float, job: Message | None) -> Message:
        struck = threading.Event()
        timer = threading.Timer(limit_s, self._strike, (struck,))
        timer.daemon = True
        timer.start()
        try:
            return self._talk(job)
        except (OSError, ValueError, BrokenPipeProtocolError) as error:
            raise ChildLostError(was_too_slow=struck.is_set()) from error
        finally:
            timer.cancel()

    def _strike(self, struck: threading.Event) -> None:
        struck.set()
        self.kill()

    def _talk(self, job: Message | None) -> Message:
        if job is not None:
            send(self._jobs, job)
        return receive(self._answers)


def _command() -> list[str]:
    if getattr(sys, "frozen", False):
        return [sys.executable, "--imaging-worker"]
    return [sys.executable, "-m", _MODULE]


def _environment() -> dict[str, str]:
    passed = {name: os.environ[name] for name in _PASSED_ON if name in os.environ}
    return {**passed, **_FREE_AT_ONCE, "PYTHONPATH": str(_CODE_ROOT), "PYTHONSAFEPATH": "1", "PYTHONUTF8": "1"}


def _pipes(process: subprocess.Popen[bytes]) -> tuple[IO[bytes], IO[bytes]]:
    if process.stdin is None or process.stdout is None:
        raise OSError("the worker was started without pipes")
    return process.stdin, process.stdout


def _close_quietly(pipe: IO[bytes]) -> None:
    try:
        pipe.close()
    except OSError:
        return  # what was still buffered for a dead worker is lost with it
