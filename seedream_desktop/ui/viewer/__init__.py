"""The viewer: one picture large, in the place of the gallery or in a window of its own."""

from __future__ import annotations

from seedream_desktop.ui.viewer.viewer import Viewer
from seedream_desktop.ui.viewer.window import ViewerWindow

__all__ = ["Viewer", "ViewerWindow"]
