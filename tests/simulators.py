"""A simulator of the service in its own process, for tests that need a real socket and a real server to kill.

It is the program's `simulate` command started as a child; it never runs inside the test process.
"""

from __future__ import annotations

import json
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from types import TracebackType
from typing import Any, Self

STOP_LIMIT_S = 5.0
GREETING = "listening on "
CHECKOUT = Path(__file__).parent.parent
DIRECT = urllib.request.build_opener(urllib.request.ProxyHandler({}))
"""Opens loopback addresses without a proxy, whatever the environment says."""


class SimulatorProcess:
    """One simulator; started by `start()` or by entering it, and always ended by `stop()`, `kill()` or leaving it.

    The child also ends by itself when this process dies, because it watches its standard input. Give the same
    *state* folder and the same *port* to a second one to see what a restarted service remembers.
    """

    def __init__(
        self,
        *,
        speed: float = 50.0,
        state: Path | None = None,
        port: int = 0,
        seed: int = 0,
        faults: Sequence[dict[str, Any]] = (),
        options: Sequence[str] = (),
    ) -> None:
        self._arguments = ["--speed", str(speed), "--seed", str(seed), "--exit-with-stdin", *options]
        if state is not None:
            self._arguments += ["--state", str(state)]
        self.port = port
        self._faults = list(faults)
        self.process: subprocess.Popen[str] | None = None
        self.url = ""
        """The base URL for clients, ending in `/api/v1`; empty before the start."""

    @property
    def root(self) -> str:
        """The server's address without any path."""
        return self.url.removesuffix("/api/v1")

    @property
    def pid(self) -> int:
        """The child's process id."""
        return self._running().pid

    def start(self) -> Self:
        """Start the child and wait for its first line. Raises: RuntimeError when it does not come up."""
        command = [sys.executable, "-m", "seedream_desktop.simulator", "--port", str(self.port), *self._arguments]
        self.process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, cwd=CHECKOUT)
        line = self._first_line()
        self.url = line.removeprefix(GREETING).strip()
        self.port = int(self.url.rsplit(":", 1)[1].split("/")[0])
        if self._faults:
            self.set_faults(self._faults)
        return self

    def ledger(self) -> dict[str, Any]:
        """What the service saw and billed so far."""
        ledger: dict[str, Any] = self.control("GET", "/_sim/ledger")
        return ledger

    def submits(self) -> list[dict[str, Any]]:
        """The ledger's submits, in the order of their arrival."""
        submits: list[dict[str, Any]] = self.ledger()["submits"]
        return submits

    def set_faults(self, rules: Sequence[dict[str, Any]]) -> None:
        """Replace all fault rules."""
        self.control("POST", "/_sim/faults", list(rules))

    def hold(self, *phases: str) -> None:
        """From now on stop every call that reaches one of *phases*."""
        self.control("POST", "/_sim/gates", {"hold": list(phases)})

    def release(self, *phases: str) -> None:
        """Let what is held at *phases* go on, and hold no more there; without a name: at all of them."""
        self.control("POST", "/_sim/gates", {"release": list(phases)})

    def held(self) -> dict[str, int]:
        """How many calls are being held at each phase this very moment; phases with none are left out."""
        held: dict[str, int] = self.control("GET", "/_sim/gates")["held"]
        return held

    def wait_until_held(self, phase: str, timeout_s: float = 10.0) -> None:
        """Return as soon as a call is held at *phase*. Raises: TimeoutError."""
        end = time.monotonic() + timeout_s
        while not self.held().get(phase):
            if time.monotonic() > end:
                raise TimeoutError(f"nothing reached the gate {phase} within {timeout_s} s")
            time.sleep(0.01)

    def control(self, method: str, path: str, body: object = None) -> Any:
        """Call one of the simulator's own `/_sim/` addresses and return the parsed reply."""
        data = None if body is None else json.dumps(body).encode()
        request = urllib.request.Request(self.root + path, data=data, method=method)
        with DIRECT.open(request, timeout=10) as reply:
            return json.load(reply)

    def stop(self) -> int | None:
        """End the child as a system would (SIGTERM); returns its exit code, None when it never ran."""
        return self._end("terminate")

    def kill(self) -> int | None:
        """End the child with no chance to tidy up (SIGKILL)."""
        return self._end("kill")

    def _end(self, way: str) -> int | None:
        if self.process is None:
            return None
        getattr(self.process, way)()
        try:
            code = self.process.wait(STOP_LIMIT_S)
        except subprocess.TimeoutExpired:
            self.process.kill()
            code = self.process.wait()
        self._close_pipes()
        return code

    def _close_pipes(self) -> None:
        for pipe in (self._running().stdin, self._running().stdout):
            if pipe is not None:
                pipe.close()
        self.process = None

    def _running(self) -> subprocess.Popen[str]:
        if self.process is None:
            raise RuntimeError("the simulator is not running")
        return self.process

    def _first_line(self) -> str:
        process = self._running()
        assert process.stdout is not None
        line = process.stdout.readline()
        if not line.startswith(GREETING):
            self.kill()
            raise RuntimeError(f"the simulator did not start: {line!r}")
        return line

    def __enter__(self) -> Self:
        return self.start()

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stop()


@contextmanager
def restarted(first: SimulatorProcess, state: Path, *, speed: float = 50.0) -> Iterator[SimulatorProcess]:
    """Kill *first* and run a successor on its port and *state* folder, as after a crash of the service."""
    port = first.port
    first.kill()
    with SimulatorProcess(speed=speed, state=state, port=port) as second:
        yield second
