"""Which tasks the gallery asks for: what is in sight first, and nothing that scrolled away meanwhile.

At most two questions are open, and each is put when it may be: so it is always about what is seen then, and no queue
of old wishes grows. Must not know Qt.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from itertools import islice
from typing import Final

from seedream_desktop.domain.task import TaskId

_MOST_OPEN: Final = 2
_MOST_AT_ONCE: Final = 120


class Wishes:
    """Remembers what was asked and what is not there."""

    def __init__(self) -> None:
        self._open: list[frozenset[TaskId]] = []
        self._absent: set[TaskId] = set()

    def clear(self) -> None:
        """Ask anew for everything, even for what was not there."""
        self._open.clear()
        self._absent.clear()

    def next(self, missing: Iterable[TaskId]) -> tuple[TaskId, ...]:
        """Return what to ask for now of all that is *missing*, most urgent first; nothing when all is under way."""
        if len(self._open) >= _MOST_OPEN:
            return ()
        asked = self._absent.union(*self._open)
        found = tuple(islice((task_id for task_id in dict.fromkeys(missing) if task_id not in asked), _MOST_AT_ONCE))
        if found:
            self._open.append(frozenset(found))
        return found

    def answered(self, came: Collection[TaskId]) -> None:
        """Note what came; what was asked in the same question and did not come is not there.

        An answer without anything closes the oldest question, and its tasks may be asked for again.
        """
        question = next((asked for asked in self._open if not asked.isdisjoint(came)), None)
        if question is not None:
            self._open.remove(question)
            self._absent |= question.difference(came)
        elif not came and self._open:
            del self._open[0]
