"""The program as chaos sees it: a process group with its own folders, started, heard, killed and counted."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

CHECKOUT: Final = Path(__file__).parents[2]
TIME_SCALE: Final = 0.02
LIMIT_S: Final = 120.0
ORPHANS_LEAVE_WITHIN_S: Final = 5.0
KILLED: Final = -signal.SIGKILL


@dataclass
class Life:
    """One process from start to end; *words* are its command, *told* the JSON objects it printed, in order."""

    process: subprocess.Popen[str]
    words: tuple[str, ...] = ()
    told: list[dict[str, Any]] = field(default_factory=list)
    error: str = ""

    def __post_init__(self) -> None:
        self._news = threading.Condition()
        self._listeners = [threading.Thread(target=self._listen), threading.Thread(target=self._hear_complaints)]
        for listener in self._listeners:
            listener.start()

    @property
    def is_over(self) -> bool:
        """Whether the process has ended."""
        return self.process.poll() is not None

    def wait_for_lines(self, count: int, timeout_s: float = LIMIT_S) -> bool:
        """Return once *count* lines were told; False when the process ended or the time was up before."""
        with self._news:
            self._news.wait_for(lambda: len(self.told) >= count or self.is_over, timeout_s)
            return len(self.told) >= count

    def kill(self) -> None:
        """End the process itself with SIGKILL; its children have to find out by themselves."""
        self.process.kill()

    def wait(self, timeout_s: float = LIMIT_S) -> int:
        """Return the exit code. Raises: TimeoutError after *timeout_s*, the process killed."""
        try:
            code = self.process.wait(timeout_s)
        except subprocess.TimeoutExpired:
            self.kill()
            self.process.wait()
            raise TimeoutError(f"the program ran for more than {timeout_s} s: {self.words}") from None
        finally:
            self._hear_out()
        return code

    def children_left(self) -> list[int]:
        """Return the members of the ended process's group that are still there after a while, and end them."""
        end = time.monotonic() + ORPHANS_LEAVE_WITHIN_S
        while (left := members_of(self.process.pid)) and time.monotonic() < end:
            time.sleep(0.02)
        for pid in left:
            os.kill(pid, signal.SIGKILL)
        return left

    def told_events(self, name: str) -> list[dict[str, Any]]:
        """Return what was told under the name of an event."""
        return [line for line in self.told if line.get("event") == name]

    def _listen(self) -> None:
        assert self.process.stdout is not None
        for line in self.process.stdout:
            # A process killed in the middle of a line has not told it.
            if line.endswith("\n") and line.startswith("{"):
                with self._news:
                    self.told.append(json.loads(line))
                    self._news.notify_all()
        self.process.wait()
        with self._news:
            self._news.notify_all()

    def _hear_complaints(self) -> None:
        assert self.process.stderr is not None
        self.error = self.process.stderr.read()

    def _hear_out(self) -> None:
        for listener in self._listeners:
            listener.join()
        for pipe in (self.process.stdout, self.process.stderr):
            if pipe is not None:
                pipe.close()


class Program:
    """Starts lives on one data folder and one library."""

    def __init__(self, folder: Path, base_url: str, *, home: Path | None = None) -> None:
        """Keep the prompts in *folder*, and the program's own folders in *home* when that is another one."""
        self.folder = folder
        self.data_dir = (home or folder) / "data"
        self.library = (home or folder) / "library"
        self._lives: list[Life] = []
        self._common = ["--base-url", base_url, "--data-dir", str(self.data_dir), "--library", str(self.library)]

    def start(self, *words: str, environment: Mapping[str, str] | None = None, through: Sequence[str] = ()) -> Life:
        """Start a command in a process group of its own, *through* another command when given."""
        process = subprocess.Popen(
            [*through, *self._command(words)],
            cwd=CHECKOUT,
            env={**_environment(), **(environment or {})},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            start_new_session=True,
        )
        life = Life(process, words)
        self._lives.append(life)
        return life

    def end(self) -> None:
        """End what is still running, as after a trial that broke off."""
        for life in self._lives:
            if not life.is_over:
                life.kill()
                life.wait()

    def order(
        self, prompts: Sequence[str], *, environment: Mapping[str, str] | None = None, through: Sequence[str] = ()
    ) -> Life:
        """Start `generate` for *prompts*, telling its events."""
        file = self.folder / "prompts.txt"
        file.write_text("\n".join(prompts), encoding="utf-8")
        words = ("generate", "--from", str(file), "--resolution", "2K", "--json")
        return self.start(*words, environment=environment, through=through)

    def tasks(self) -> list[dict[str, Any]]:
        """Return what `tasks --json` tells. Raises: RuntimeError with its sentence when it refuses."""
        ended = subprocess.run(
            self._command(("tasks", "--json")),
            cwd=CHECKOUT,
            env=_environment(),
            capture_output=True,
            text=True,
            timeout=LIMIT_S,
            check=False,
        )
        if ended.returncode != 0:
            raise RuntimeError(ended.stderr)
        tasks: list[dict[str, Any]] = json.loads(ended.stdout)
        return tasks

    def _command(self, words: Sequence[str]) -> list[str]:
        return [sys.executable, "-m", "seedream_desktop", *self._common, "--time-scale", str(TIME_SCALE), *words]


def _environment() -> dict[str, str]:
    return {**os.environ, "SEEDREAM_API_KEY": "chaos-key", "PYTHONDONTWRITEBYTECODE": "1"}


def crash_at(point: str) -> dict[str, str]:
    """Return the environment in which the program dies at ``NAME[:N]``."""
    return {"SEEDREAM_TESTING": "1", "SEEDREAM_CRASH_AT": point}


def members_of(group: int) -> list[int]:
    """Return the processes of a group that still run; where there is no ``/proc``: the group itself if any does."""
    proc = Path("/proc")
    if proc.is_dir():
        return [int(entry.name) for entry in proc.iterdir() if entry.name.isdigit() and _runs_in(entry, group)]
    try:
        os.killpg(group, 0)
    except (ProcessLookupError, PermissionError):
        return []
    return [group]


def _runs_in(entry: Path, group: int) -> bool:
    try:
        state, _, its_group = (entry / "stat").read_text().rpartition(")")[2].split()[:3]
    except OSError:
        return False
    return int(its_group) == group and state != "Z"
