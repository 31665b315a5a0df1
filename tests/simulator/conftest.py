"""One simulator for all tests of a module; each test begins with no faults and no gates held."""

from __future__ import annotations

import http.server
import threading
from collections.abc import Iterator

import pytest

from tests.simulator.shelf import Shelf
from tests.simulator.talk import Talk
from tests.simulators import SimulatorProcess


@pytest.fixture(scope="module")
def simulator() -> Iterator[SimulatorProcess]:
    with SimulatorProcess(speed=400, options=["--plain-pictures"]) as running:
        yield running


@pytest.fixture
def talk(simulator: SimulatorProcess) -> Iterator[Talk]:
    simulator.set_faults([])
    simulator.release()
    client = Talk(simulator)
    yield client
    client.close()


@pytest.fixture
def shelf() -> Iterator[tuple[str, type[Shelf]]]:
    kind = type("OneShelf", (Shelf,), {"served": {}, "posted": [], "answers": []})
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), kind)
    thread = threading.Thread(target=server.serve_forever, args=(0.01,))
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}", kind
    server.shutdown()
    thread.join()
    server.server_close()
