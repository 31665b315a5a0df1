"""Counts the calls to the API, for the limit of 10,000 a minute and for the ledger."""

from __future__ import annotations

from collections import deque

MINUTE_S = 60.0


class RequestMeter:
    """A sliding minute of calls, on a monotonic clock given by the caller."""

    def __init__(self) -> None:
        self._times: deque[float] = deque()
        self.most_in_a_minute = 0
        self.most_in_a_second = 0

    def note(self, now_s: float) -> int:
        """Count one call at *now_s*; returns how many there were in the minute up to now, this one included."""
        self._times.append(now_s)
        in_a_minute = self.last_minute(now_s)
        self.most_in_a_minute = max(self.most_in_a_minute, in_a_minute)
        self.most_in_a_second = max(self.most_in_a_second, self._last_second(now_s))
        return in_a_minute

    def last_minute(self, now_s: float) -> int:
        """How many calls came in the minute before *now_s*."""
        while self._times and self._times[0] <= now_s - MINUTE_S:
            self._times.popleft()
        return len(self._times)

    def _last_second(self, now_s: float) -> int:
        count = 0
        for moment in reversed(self._times):
            if moment <= now_s - 1.0:
                break
            count += 1
        return count
