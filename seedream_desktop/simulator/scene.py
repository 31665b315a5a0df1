"""What a fault may need to know about the call that it spoils."""

from __future__ import annotations

from dataclasses import dataclass

from seedream_desktop.simulator.links import Links
from seedream_desktop.simulator.tasks import Task


@dataclass(frozen=True)
class Scene:
    """The call, its task if there is one, and where the server is."""

    call: str
    root_url: str
    path: str
    hop: int
    """How many redirects of ours the client has followed to get here."""
    links: Links
    task: Task | None = None
    asked: int = 0
    """How often this rule acted on this task before."""
