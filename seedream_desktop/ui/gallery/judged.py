"""What was said of the pictures that were in sight lately; must not know Qt."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Iterable, Mapping
from typing import Final

from seedream_desktop.domain.judging import UNJUDGED, Judgment
from seedream_desktop.domain.task import Task

# More than the tasks held here have pictures that anybody marks.
_MOST: Final = 10_000
# Of more at once only those in sight are taken: the others would be as much work as they would push out of here.
_MOST_AT_ONCE: Final = 1_000


class Judged:
    """Judgments by the content of a picture; those that say nothing take no room."""

    def __init__(self) -> None:
        self._known: OrderedDict[str, Judgment] = OrderedDict()

    def take(self, judgments: Mapping[str, Judgment], here: Iterable[Task] = ()) -> None:
        """Know these from now on; of very many only those of the tasks that are *here*.

        What was said of the others is asked for when they come into sight.
        """
        if len(judgments) > _MOST_AT_ONCE:
            contents = {picture.sha256 or "" for task in here for picture in task.pictures}
            judgments = {content: judgments[content] for content in contents if content in judgments}
        for sha256, judgment in judgments.items():
            self._known.pop(sha256, None)
            if judgment != UNJUDGED:
                self._known[sha256] = judgment
        while len(self._known) > _MOST:
            self._known.popitem(last=False)

    def of(self, sha256: str | None) -> Judgment:
        """Return what was said of a picture, as far as it is known."""
        return self._known.get(sha256 or "", UNJUDGED)

    def of_tile(self, task: Task, index: int) -> Judgment:
        """Return what was said of the picture at *index* of a task; nothing of a card."""
        return self.of(task.pictures[index].sha256) if 0 <= index < len(task.pictures) else UNJUDGED
