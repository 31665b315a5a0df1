"""Named places where a test may kill the program, so that what a power cut would do can be looked at."""

from __future__ import annotations

import os
import signal
from collections import Counter
from typing import Final

_passings: Final[Counter[str]] = Counter()


def pass_point(name: str) -> None:
    """Die by SIGKILL when the environment asks for it at this passing of *name*; else do nothing."""
    wanted = os.environ.get("SEEDREAM_CRASH_AT")
    if not wanted or os.environ.get("SEEDREAM_TESTING") != "1":
        return
    point, _, nth = wanted.partition(":")
    if point != name:
        return
    _passings[name] += 1
    if _passings[name] == int(nth or 1):
        os.kill(os.getpid(), signal.SIGKILL)
