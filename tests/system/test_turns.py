"""How long threads run Python at a stretch."""

from __future__ import annotations

import sys
from collections.abc import Iterator

import pytest

from seedream_desktop.system.turns import take_short_turns


@pytest.fixture(autouse=True)
def own_interval() -> Iterator[None]:
    before_s = sys.getswitchinterval()
    yield
    sys.setswitchinterval(before_s)


def test_a_turn_is_a_small_part_of_a_frame() -> None:
    take_short_turns()

    assert 0 < sys.getswitchinterval() <= 0.016 / 10
