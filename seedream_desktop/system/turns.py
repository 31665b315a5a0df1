"""How long a thread may run Python before another one gets its turn."""

from __future__ import annotations

import sys
from typing import Final

_TURN_S: Final = 0.001


def take_short_turns() -> None:
    """Let threads change turns every millisecond.

    Python's own 5 ms are a third of a frame: so long the window waits, each time it has something to do, while the
    database's thread makes tasks of rows (`sys.setswitchinterval`).
    """
    sys.setswitchinterval(_TURN_S)
