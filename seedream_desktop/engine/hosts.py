"""Remembers which picture hosts asked to be left alone, and until when."""

from __future__ import annotations

from urllib.parse import urlsplit

from seedream_desktop.domain.pacing import MAX_RETRY_AFTER_S
from seedream_desktop.ports.clock import Clock


class Hosts:
    """The hosts behind result links; each is held by itself."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._held_until_s: dict[str, float] = {}

    def hold(self, url: str, told_s: float) -> None:
        """Leave the host of *url* alone for *told_s* engine seconds, 600 at most."""
        until_s = self._clock.monotonic_s() + min(max(0.0, told_s), MAX_RETRY_AFTER_S)
        host = _host(url)
        self._held_until_s[host] = max(until_s, self._held_until_s.get(host, 0.0))

    def held_for_s(self, url: str) -> float:
        """Return the engine seconds for which the host of *url* still wants to be left alone; 0 when it does not."""
        return max(0.0, self._held_until_s.get(_host(url), 0.0) - self._clock.monotonic_s())


def _host(url: str) -> str:
    try:
        return urlsplit(url).netloc
    except ValueError:
        return url
