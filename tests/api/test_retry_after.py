"""The Retry-After header in every shape it comes in."""

from __future__ import annotations

import math
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from seedream_desktop.api.submission import parse_retry_after
from seedream_desktop.domain.pacing import retry_after_s

BACKOFF_S = 0.5


@pytest.mark.parametrize(
    ("text", "told_s", "wait_s"),
    [
        ("7", 7, 7),
        ("0", 0, 0),
        ("1.5", 1.5, 1.5),
        ("-1", -1, BACKOFF_S),
        ("99999999", 99_999_999, 600),
        ("abc", None, BACKOFF_S),
        ("", None, BACKOFF_S),
        ("nan", None, BACKOFF_S),
        ("inf", None, BACKOFF_S),
    ],
)
def test_seconds_are_taken_within_reason_and_junk_is_not(text: str, told_s: float | None, wait_s: float) -> None:
    assert parse_retry_after(text) == told_s
    assert retry_after_s(parse_retry_after(text), 1, 0.0) == wait_s


def test_a_date_means_the_seconds_until_then() -> None:
    soon = datetime.now(UTC) + timedelta(seconds=90)

    for text in (format_datetime(soon, usegmt=True), format_datetime(soon.replace(tzinfo=None))):
        assert parse_retry_after(text) == pytest.approx(90, abs=5)


def test_a_date_in_the_past_is_no_reason_to_wait_long() -> None:
    told_s = parse_retry_after("Wed, 21 Oct 2015 07:28:00 GMT")

    assert told_s is not None
    assert told_s < 0
    assert retry_after_s(told_s, 1, 0.0) == BACKOFF_S


@given(st.text(max_size=60) | st.from_regex(r"[A-Z][a-z]{2}, \d{1,2} [A-Z][a-z]{2} \d{1,6} [\d:.]{1,9} [+-]?\w{1,12}"))
@example("Wed, 3 Apr 2002 12.34.56.78+0800")
@example("Fri, 01 Jan 99999 00:00:00 GMT")
@example("Fri, 01 Jan 2027 00:00:00 +999999999999")
@example("0")
@example(" ")
def test_any_text_gives_finite_seconds_or_nothing(text: str) -> None:
    told_s = parse_retry_after(text)

    assert told_s is None or math.isfinite(told_s)
