"""The viewer: one picture large, in the place of the gallery."""

from __future__ import annotations

from seedream_desktop.ui.viewer.viewer import Viewer

__all__ = ["Viewer"]
