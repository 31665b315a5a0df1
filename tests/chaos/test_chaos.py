"""Short runs of the long proofs: kills at every named point and at a few random moments, full disks, damaged databases.

The long ones are commands: ``python -m tests.chaos kills``, ``disk`` and ``databases``.
"""

from __future__ import annotations

import sys

import pytest

from tests.chaos import databases, disk, kills
from tests.chaos.tally import Tally

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="process groups, /proc and limits of Linux")
SEED = 20261120


@pytest.mark.timeout(300)
def test_a_kill_at_any_named_point_or_random_moment_loses_nothing_and_bills_nothing_twice() -> None:
    tally = Tally("kills", SEED)

    kills.run(tally, seed=SEED, points=kills.POINTS, moments=0, tasks=1)
    kills.run(tally, seed=SEED, points=kills.PHASES, moments=10, tasks=4)

    found = tally.as_json()
    assert tally.is_clean, found
    assert found["point_kills"] == len(kills.POINTS) + len(kills.PHASES)
    assert found["random_kills"] == 10


@pytest.mark.timeout(200)
def test_a_full_disk_costs_neither_a_task_nor_money_and_all_is_stored_when_it_has_space_again() -> None:
    tally = Tally("disk", SEED)

    disk.run(tally, seed=SEED, budgets=8, tasks=4)

    assert tally.is_clean, tally.as_json()
    assert tally.as_json()["budgets"] == 8


@pytest.mark.timeout(200)
def test_no_damage_to_the_database_costs_a_task_that_may_have_been_paid() -> None:
    tally = Tally("databases", SEED)

    databases.run(tally, seed=SEED, count=10, tasks=4)

    assert tally.is_clean, tally.as_json()
    assert tally.as_json()["databases"] == 10
