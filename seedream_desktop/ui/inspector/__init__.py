"""The panel on the right: what is known and said of the chosen pictures."""

from seedream_desktop.ui.inspector.panel import Inspector
from seedream_desktop.ui.inspector.preview import WIDTH_PX

__all__ = ["WIDTH_PX", "Inspector"]
