"""Runs the simulator as a child process for demo mode; it ends with this program, however this program ends."""

from __future__ import annotations

import asyncio
import logging
import os
import subprocess
import sys
import threading
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from typing import Final

log = logging.getLogger(__name__)

START_LIMIT_S: Final = 15.0
_STOP_LIMIT_S: Final = 1.0
_LOOK_EVERY_S: Final = 2.0
_GREETING: Final = "listening on "
_PORT_FILE: Final = "port"


class SimulatorError(Exception):
    """The simulator did not start; the text says so to the user."""


class SimulatorChild:
    """A simulator with its state in *folder*; *speed* divides its times.

    *program* is what is started, *start_limit_s* how many real seconds it has to say where it listens.
    """

    def __init__(
        self,
        folder: Path,
        speed: float,
        *,
        program: Sequence[str] | None = None,
        start_limit_s: float = START_LIMIT_S,
    ) -> None:
        self._folder = folder
        self._speed = speed
        self._program = list(program) if program is not None else _program()
        self._start_limit_s = start_limit_s
        self._process: subprocess.Popen[str] | None = None

    async def start(self) -> str:
        """Start it and return its base URL, on the same port as the last time where that is free.

        Raises:
            SimulatorError: when it ends at once, or says nothing in time; it is gone by then.
        """
        self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        for port in dict.fromkeys((self._last_port(), 0)):
            url = await asyncio.to_thread(self._start_on, port)
            if url is not None:
                (self._folder / _PORT_FILE).write_text(url.split(":")[2].split("/")[0], encoding="ascii")
                return url
        raise SimulatorError("The simulator could not be started. Try again, or restart the computer.")

    async def keep_running(self) -> None:
        """Until cancelled, start it again when it ended, on the same port where that is free."""
        while True:
            await asyncio.sleep(_LOOK_EVERY_S)
            if self._process is not None and self._process.poll() is not None:
                log.warning("the simulator ended with %s and is started again", self._process.returncode)
                with suppress(SimulatorError):
                    await self.start()

    async def stop(self) -> None:
        """End it and wait until it is gone."""
        await asyncio.to_thread(self._end)

    def _last_port(self) -> int:
        """Links of earlier demo tasks hold the port they were made with."""
        try:
            return int((self._folder / _PORT_FILE).read_text(encoding="ascii"))
        except (OSError, ValueError):
            return 0

    def _start_on(self, port: int) -> str | None:
        options = ["--port", str(port), "--speed", str(self._speed), "--state", str(self._folder), "--exit-with-stdin"]
        self._process = subprocess.Popen(
            [*self._program, *options],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
            env=_environment(),
        )
        first_line = self._first_line(self._process)
        if first_line.startswith(_GREETING) and first_line.endswith("\n"):
            return first_line.removeprefix(_GREETING).strip()
        self._end()
        return None

    def _first_line(self, process: subprocess.Popen[str]) -> str:
        """Return the child's first line; one that says nothing is killed, which ends the line.

        Raises:
            SimulatorError: when the time was up.
        """
        assert process.stdout is not None  # noqa: S101 - a pipe was asked for
        is_late = threading.Event()

        def give_up() -> None:
            is_late.set()
            process.kill()

        limit = threading.Timer(self._start_limit_s, give_up)
        limit.daemon = True
        limit.start()
        try:
            line = process.stdout.readline()
        finally:
            limit.cancel()
        if is_late.is_set():
            self._end()
            raise SimulatorError(_too_late(self._start_limit_s))
        return line

    def _end(self) -> None:
        process, self._process = self._process, None
        if process is None:
            return
        process.terminate()
        try:
            process.wait(_STOP_LIMIT_S)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
        for pipe in (process.stdin, process.stdout):
            if pipe is not None:
                pipe.close()


def _too_late(limit_s: float) -> str:
    return f"The simulator did not start within {limit_s:g} seconds. Try again, or restart the computer."


def _program() -> list[str]:
    if getattr(sys, "frozen", False):
        return [sys.executable, "simulate"]
    return [sys.executable, "-m", "seedream_desktop.simulator"]


def _environment() -> dict[str, str]:
    """Our own environment without anything secret or of ours in it."""
    return {name: value for name, value in os.environ.items() if not name.startswith("SEEDREAM_")}
