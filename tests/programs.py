"""The program as a user starts it: a child process with its own data folder, judged by what it prints and leaves."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

CHECKOUT = Path(__file__).parent.parent
LIMIT_S = 90.0


@dataclass(frozen=True)
class Ended:
    """How a command ended."""

    code: int
    out: str
    err: str

    @property
    def lines(self) -> list[Any]:
        """The JSON lines of standard output."""
        return [json.loads(line) for line in self.out.splitlines()]

    @property
    def task(self) -> dict[str, Any]:
        """The task object that `generate --json` ends with."""
        last = self.lines[-1]
        assert isinstance(last, dict)
        return last


class CommandLine:
    """Starts commands on one data folder; demo mode unless a base URL is given."""

    def __init__(self, folder: Path, *, base_url: str | None = None, time_scale: float = 0.02) -> None:
        self.data_dir = folder / "data"
        self.library = folder / "library"
        self.environment: dict[str, str] = {}
        self._service = ["--base-url", base_url] if base_url else ["--demo"]
        self._common = [
            "--data-dir",
            str(self.data_dir),
            "--library",
            str(self.library),
            "--time-scale",
            str(time_scale),
        ]

    def start(self, *words: str) -> subprocess.Popen[str]:
        """Start a command and return at once."""
        return subprocess.Popen(
            [sys.executable, "-m", "seedream_desktop", *self._service, *self._common, *words],
            cwd=CHECKOUT,
            env={**os.environ, **self.environment},
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )

    def run(self, *words: str) -> Ended:
        """Run a command to its end."""
        with self.start(*words) as process:
            try:
                out, err = process.communicate(timeout=LIMIT_S)
            except subprocess.TimeoutExpired:
                process.kill()
                raise
        ended = Ended(process.returncode, out, err)
        assert "Traceback" not in ended.err, ended.err
        return ended

    def tasks(self) -> list[dict[str, Any]]:
        """Return what `tasks --json` tells."""
        ended = self.run("tasks", "--json")
        assert ended.code == 0, ended.err
        tasks = json.loads(ended.out)
        assert isinstance(tasks, list)
        return tasks

    def everything_on_disk(self) -> bytes:
        """Return the bytes of every file the program left, the simulator's own state excepted."""
        folders = (self.data_dir, self.library)
        files = (file for folder in folders for file in folder.rglob("*") if file.is_file())
        return b"".join(file.read_bytes() for file in files if "simulator" not in file.parts)
