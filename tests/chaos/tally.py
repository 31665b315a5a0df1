"""Counts what was tried and what was found, from several threads, and makes the one line of JSON at the end."""

from __future__ import annotations

import sys
import threading
import time
from collections import Counter
from collections.abc import Iterable
from typing import Any, Final

from tests.chaos.judge import KINDS, Finding

_EXAMPLES: Final = 20


class Tally:
    """What one command of the chaos runner did and found."""

    def __init__(self, command: str, seed: int) -> None:
        self._head = {"command": command, "seed": seed}
        self._lock = threading.Lock()
        self._figures: Counter[str] = Counter()
        self._found: Counter[str] = Counter()
        self._examples: list[str] = []
        self._began_s = time.monotonic()

    def count(self, **figures: int) -> None:
        """Add to figures by their name."""
        with self._lock:
            self._figures.update(figures)

    def most(self, name: str, value: int) -> None:
        """Keep the greatest *value* as a figure."""
        with self._lock:
            self._figures[name] = max(self._figures[name], value)

    def blame(self, where: str, findings: Iterable[Finding]) -> None:
        """Take findings in; *where* tells which run they are of."""
        for finding in findings:
            with self._lock:
                self._found[finding.kind] += 1
                if len(self._examples) < _EXAMPLES:
                    self._examples.append(f"{where}: {finding.kind}: {finding.words}")
            self.say(f"FOUND {where}: {finding.kind}: {finding.words}")

    def say(self, words: str) -> None:
        """Tell how it goes, on standard error."""
        sys.stderr.write(f"[{time.monotonic() - self._began_s:6.1f} s] {words}\n")
        sys.stderr.flush()

    @property
    def is_clean(self) -> bool:
        """Whether nothing was found."""
        return not self._found

    def as_json(self) -> dict[str, Any]:
        """Return the figures, with a zero for every kind of finding that did not occur."""
        seconds = round(time.monotonic() - self._began_s)
        found = {kind: self._found[kind] for kind in KINDS}
        return {**self._head, **self._figures, "found": found, "examples": self._examples, "seconds": seconds}
