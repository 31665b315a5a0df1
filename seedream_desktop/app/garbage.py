"""Collects Python's garbage on the window's thread and between events, and nowhere else.

Parts of a window may be among it. On another thread they would be taken down where Qt forbids it; in the middle of a
call into Qt, such as the end of a connection, they may wait for a lock that this very call holds, and for ever.
"""

from __future__ import annotations

import gc
from typing import Final

from PySide6.QtCore import QObject, QTimer

_EVERY_MS: Final = 250
# How much is new before each generation is looked through. The middle one comes more often than with Python's own 10:
# what had gathered by then took up to 18 ms at once. The last one takes longest, and comes every two minutes of work.
_MOST_NEW: Final = (700, 2, 150)


class Garbage(QObject):
    """Begins at once; after `close` Python collects by itself again, if it did before."""

    def __init__(self) -> None:
        super().__init__()
        self._was_enabled = gc.isenabled()
        gc.disable()
        self._timer = QTimer(self)
        self._timer.setInterval(_EVERY_MS)
        self._timer.timeout.connect(self._collect)
        self._timer.start()

    def close(self) -> None:
        """Leave it to whom it was left before."""
        self._timer.stop()
        if self._was_enabled:
            gc.enable()

    def _collect(self) -> None:
        new = gc.get_count()
        due = [generation for generation, most in enumerate(_MOST_NEW) if new[generation] > most]
        if due:
            gc.collect(due[-1])
