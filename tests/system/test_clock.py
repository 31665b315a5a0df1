"""The real clock, shortened."""

from __future__ import annotations

import asyncio
import time
from datetime import UTC, timedelta

import pytest

from seedream_desktop.ports.clock import Clock
from seedream_desktop.system.clock import AbsenceWatch, ScaledClock, sleepless_clock_s


def test_the_clock_is_what_the_engine_asks_for() -> None:
    clock: Clock = ScaledClock()

    assert clock.now().tzinfo is UTC


async def test_a_wait_takes_its_share_of_real_time() -> None:
    started_s = time.monotonic()

    await ScaledClock(0.01).sleep(10)

    assert 0.09 <= time.monotonic() - started_s < 1.0


async def test_a_deadline_strikes_in_engine_seconds() -> None:
    clock = ScaledClock(0.01)
    started_s = time.monotonic()

    with pytest.raises(TimeoutError):
        async with clock.deadline(10):
            await asyncio.sleep(5)

    assert 0.09 <= time.monotonic() - started_s < 1.0


async def test_the_clock_measures_its_own_sleep_as_it_was_asked_for() -> None:
    clock = ScaledClock(0.01)
    started_s = clock.monotonic_s()

    await clock.sleep(10)

    assert 9 <= clock.monotonic_s() - started_s < 100


def test_ages_are_in_engine_seconds_too() -> None:
    clock = ScaledClock(0.5)

    assert clock.age_s(clock.now() - timedelta(seconds=30)) == pytest.approx(60, abs=1)


def test_an_age_is_never_negative_when_the_wall_clock_was_set_back() -> None:
    clock = ScaledClock()

    assert clock.age_s(clock.now() + timedelta(days=3650)) == 0


@pytest.mark.parametrize("scale", [0, -1, float("inf"), float("nan")])
def test_a_scale_that_would_stop_time_is_refused(scale: float) -> None:
    with pytest.raises(ValueError, match="above 0"):
        ScaledClock(scale)


class HandClock:
    """A sleepless clock moved by hand."""

    def __init__(self) -> None:
        self.at_s = 1000.0

    def __call__(self) -> float:
        return self.at_s


def test_a_night_in_which_the_machine_slept_is_noticed_once() -> None:
    clock = HandClock()
    watch = AbsenceWatch(clock)

    clock.at_s += 10 + 8 * 3600
    assert watch.missed_s(10) == pytest.approx(8 * 3600)

    clock.at_s += 10
    assert watch.missed_s(10) == 0


def test_a_tick_that_is_a_little_late_is_no_absence() -> None:
    clock = HandClock()
    watch = AbsenceWatch(clock)

    clock.at_s += 10 + 29

    assert watch.missed_s(10) == 0


def test_a_clock_that_jumps_back_is_no_absence() -> None:
    clock = HandClock()
    watch = AbsenceWatch(clock)

    clock.at_s -= 500

    assert watch.missed_s(10) == 0


def test_the_sleepless_clock_of_this_machine_runs() -> None:
    first_s = sleepless_clock_s()
    time.sleep(0.02)

    assert 0.02 <= sleepless_clock_s() - first_s < 1.0
