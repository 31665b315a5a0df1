"""How long to wait before what: the polling schedule and the backoff after troubles, in seconds."""

from __future__ import annotations

from typing import Final

FIRST_POLL_AFTER_S: Final = 20.0
# (age of the task, interval from then on); source: the API page's "wait 20 s, then every 3 s".
_INTERVALS_S: Final[tuple[tuple[float, float], ...]] = (
    (24 * 3600.0, 3600.0),
    (60 * 60.0, 60.0),
    (15 * 60.0, 30.0),
    (5 * 60.0, 10.0),
    (0.0, 3.0),
)
# With a callback on its way, polling is only the safety net.
CALLBACK_FACTOR: Final = 5.0

MAX_CALLS_PER_S: Final = 150
NOT_FOUND_GRACE_S: Final = 600.0
RESULT_RETRIES: Final = 10
PICTURE_TRIES: Final = 8
RESCUE_INTERVAL_S: Final = 3600.0
LINK_LIFE_S: Final = 15 * 24 * 3600.0
MAX_RETRY_AFTER_S: Final = 600.0
SUBMIT_DEADLINE_S: Final = 120.0
STATUS_DEADLINE_S: Final = 30.0
PICTURE_DEADLINE_S: Final = 600.0


def poll_delay_s(age_s: float, *, expects_callback: bool = False) -> float:
    """Return the seconds until the next status call of a task accepted *age_s* seconds ago."""
    factor = CALLBACK_FACTOR if expects_callback else 1.0
    if age_s < FIRST_POLL_AFTER_S:
        return FIRST_POLL_AFTER_S - max(0.0, age_s)
    return factor * next(interval for since, interval in _INTERVALS_S if age_s >= since)


def backoff_s(failures: int, chance: float, *, first_s: float = 1.0, most_s: float = 60.0) -> float:
    """Return the seconds to wait after *failures* troubles in a row (1 or more).

    Doubles from *first_s* up to *most_s*; *chance* in 0..1 spreads it over the upper half.
    """
    whole_s = min(most_s, first_s * 2.0 ** min(failures - 1, 30))
    return whole_s * (0.5 + chance / 2)


def retry_after_s(told_s: float | None, failures: int, chance: float) -> float:
    """Return the wait the service asked for, held within 0..600 s, else the backoff."""
    if told_s is None or told_s < 0:
        return backoff_s(failures, chance)
    return min(told_s, MAX_RETRY_AFTER_S)


def typical_duration_s(resolution: str) -> tuple[float, float]:
    """Return the shortest and longest usual seconds of one task at *resolution* (the API page)."""
    return (25.0, 35.0) if resolution == "2K" else (40.0, 55.0)
