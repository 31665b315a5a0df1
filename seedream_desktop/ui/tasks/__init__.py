"""The list of all tasks that the dock opens."""

from __future__ import annotations

from seedream_desktop.ui.tasks.panel import TaskList

__all__ = ["TaskList"]
