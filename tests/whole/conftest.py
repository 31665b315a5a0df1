"""One desktop for all tests of the real window; each starts the program afresh on it."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.xserver import Desktop, missing_programs, running_desktop


@pytest.fixture(scope="session")
def desktop() -> Iterator[Desktop]:
    missing = missing_programs()
    if missing:
        pytest.skip(f"not installed on this machine: {', '.join(missing)}")
    with running_desktop() as running:
        yield running
