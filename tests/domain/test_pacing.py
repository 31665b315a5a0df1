"""When the program asks, and how long it holds back after troubles."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from seedream_desktop.domain.pacing import backoff_s, poll_delay_s, retry_after_s, typical_duration_s

CHANCES = st.floats(0, 1)


@pytest.mark.parametrize(
    ("age_s", "delay_s"),
    [
        (-5, 20),
        (0, 20),
        (12.5, 7.5),
        (20, 3),
        (299.9, 3),
        (300, 10),
        (899.9, 10),
        (900, 30),
        (3599.9, 30),
        (3600, 60),
        (86_399.9, 60),
        (86_400, 3600),
        (10**9, 3600),
    ],
)
def test_a_task_is_asked_for_20_seconds_in_then_ever_more_rarely(age_s: float, delay_s: float) -> None:
    assert poll_delay_s(age_s) == pytest.approx(delay_s)


@pytest.mark.parametrize(("age_s", "delay_s"), [(0, 20), (20, 15), (300, 50), (86_400, 18_000)])
def test_with_a_callback_on_its_way_polling_is_five_times_rarer(age_s: float, delay_s: float) -> None:
    assert poll_delay_s(age_s, expects_callback=True) == pytest.approx(delay_s)


@pytest.mark.parametrize(("failures", "whole_s"), [(1, 1), (2, 2), (3, 4), (6, 32), (7, 60), (8, 60), (10**6, 60)])
def test_the_backoff_doubles_up_to_a_minute_and_is_spread_over_its_upper_half(failures: int, whole_s: float) -> None:
    assert backoff_s(failures, 0.0) == pytest.approx(whole_s / 2)
    assert backoff_s(failures, 1.0) == pytest.approx(whole_s)


@given(st.integers(1, 10_000), CHANCES, st.floats(0.01, 10), st.floats(10, 1000))
def test_the_backoff_stays_within_its_bounds(failures: int, chance: float, first_s: float, most_s: float) -> None:
    wait_s = backoff_s(failures, chance, first_s=first_s, most_s=most_s)

    assert first_s / 2 <= wait_s <= most_s


@pytest.mark.parametrize(("told_s", "wait_s"), [(0, 0), (7, 7), (600, 600), (601, 600), (99_999_999, 600)])
def test_the_wait_the_service_asks_for_is_kept_up_to_ten_minutes(told_s: float, wait_s: float) -> None:
    assert retry_after_s(told_s, 1, 0.5) == wait_s


@pytest.mark.parametrize("told_s", [None, -1.0, -1e9])
def test_without_a_usable_wait_the_backoff_decides(told_s: float | None) -> None:
    assert retry_after_s(told_s, 3, 0.5) == backoff_s(3, 0.5) == 3.0


@given(st.none() | st.floats(allow_nan=False, allow_infinity=False), st.integers(1, 100), CHANCES)
def test_no_wait_is_negative_or_longer_than_ten_minutes(told_s: float | None, failures: int, chance: float) -> None:
    wait_s = retry_after_s(told_s, failures, chance)

    assert math.isfinite(wait_s)
    assert 0 <= wait_s <= 600


def test_the_usual_times_are_those_of_the_api_page() -> None:
    assert typical_duration_s("2K") == (25.0, 35.0)
    assert typical_duration_s("4K") == (40.0, 55.0)
