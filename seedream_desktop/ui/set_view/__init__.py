"""Several pictures side by side, as large as the room allows: one task's, or those that were chosen."""

from __future__ import annotations

from seedream_desktop.ui.set_view.view import SetView

__all__ = ["SetView"]
