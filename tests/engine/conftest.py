"""Every test of the engine runs in virtual time."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.engine.bench import Bench
from tests.engine.virtual_time import VirtualLoop


def pytest_asyncio_loop_factories() -> dict[str, Callable[[], asyncio.AbstractEventLoop]]:
    return {"virtual": VirtualLoop}


@pytest.fixture
async def bench(tmp_path: Path) -> Bench:
    """An engine over fakes, not started yet."""
    return Bench(tmp_path)
