"""The gallery in the middle of the window: finished pictures and running tasks, grouped by task, newest first."""

from __future__ import annotations

from seedream_desktop.ui.gallery.thumbnails import THUMBNAIL_EDGES_PX
from seedream_desktop.ui.gallery.view import Gallery

__all__ = ["THUMBNAIL_EDGES_PX", "Gallery"]
