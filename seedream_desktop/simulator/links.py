"""Result links: unguessable, without credentials, and dead after their time."""

from __future__ import annotations

import zlib
from pathlib import Path

from seedream_desktop.simulator.tasks import Task

ENDINGS = ("jpeg", "png", "jpg", "png")
"""The bytes are JPEG whatever the link says: half of the links tell the truth."""


class Links:
    """Makes the links of this server, and says which are still good."""

    def __init__(self, root_url: str, links_live_s: float, folder: Path) -> None:
        self._root_url = root_url
        self._links_live_s = links_live_s
        self._folder = folder

    def of(self, task: Task) -> list[str]:
        """The links to all pictures of *task*."""
        return [self.to(task, number) for number in range(1, task.images + 1)]

    def to(self, task: Task, number: int) -> str:
        """The link to picture *number*, from 1."""
        return f"{self._root_url}/files/{task.links_token}/{number}.{_ending(task, number)}"

    def are_dead(self, task: Task, now: float) -> bool:
        """Whether the links of *task* have expired."""
        return task.ended_at is not None and now > task.ended_at + self._links_live_s

    def file(self, token: str, number: int) -> Path:
        """Where the picture behind a link lies."""
        return self._folder / "pictures" / token / f"{number}.jpg"


def _ending(task: Task, number: int) -> str:
    return ENDINGS[(zlib.crc32(task.prompt.encode(errors="replace")) + number) % len(ENDINGS)]
