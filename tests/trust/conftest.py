"""The service and the proxy before which the program is watched for secrets that leave it."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.simulators import SimulatorProcess
from tests.trust.recorders import Recorder, recording


@pytest.fixture(scope="module")
def simulator(tmp_path_factory: pytest.TempPathFactory) -> Iterator[SimulatorProcess]:
    state = tmp_path_factory.mktemp("service")
    with SimulatorProcess(speed=200, state=state, options=["--plain-pictures"]) as running:
        yield running


@pytest.fixture
def proxy() -> Iterator[Recorder]:
    with recording() as recorder:
        yield recorder
