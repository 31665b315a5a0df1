"""The rows above the gallery: what is looked for, how it is shown, and how much there is."""

from seedream_desktop.ui.filters.header import GalleryHeader

__all__ = ["GalleryHeader"]
