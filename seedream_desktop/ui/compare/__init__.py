"""Two to four pictures against each other: side by side, under a slider, or in turns."""

from __future__ import annotations

from seedream_desktop.ui.compare.view import CompareView

__all__ = ["CompareView"]
