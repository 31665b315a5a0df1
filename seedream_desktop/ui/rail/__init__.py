"""The rail at the left of the window: places to look in, among them the user's projects and collections."""

from seedream_desktop.ui.rail.items import Contents, Item, Kind
from seedream_desktop.ui.rail.rail import Rail

__all__ = ["Contents", "Item", "Kind", "Rail"]
