"""The whole window for tests, with no thumbnails on the disk, and what is started behind it."""

from __future__ import annotations

from collections.abc import Callable, Coroutine
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from seedream_desktop.ui.main_window import MainWindow


def _now() -> datetime:
    return datetime.now(UTC)


def new_window(clock: Callable[[], datetime] = _now) -> MainWindow:
    """Return a window that is not shown yet; whoever makes it lets it close."""
    return MainWindow(lambda sha256, edge: Path("/nowhere", sha256, str(edge)), clock)


@dataclass(kw_only=True)
class Work:
    """What the window's actions have started; it runs when a test says so, in its order."""

    started: list[Coroutine[Any, Any, Any]] = field(default_factory=list)
    is_over: bool = False

    def start(self, work: Coroutine[Any, Any, Any], _name: str) -> None:
        """Note work for later; after the end a timer may still want some, which nobody waits for."""
        self.started.append(work)
        if self.is_over:
            work.close()

    async def finish(self) -> None:
        """Let everything come to its end that was asked for, in its order."""
        while self.started:
            await self.started.pop(0)

    def let_go(self) -> None:
        """Start nothing any more, and leave undone what is left."""
        self.is_over = True
        for work in self.started:
            work.close()
