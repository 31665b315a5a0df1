"""The size of a picture."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class PixelSize:
    """Width and height of a picture in pixels."""

    width_px: int
    height_px: int

    @property
    def megapixels(self) -> float:
        """Millions of pixels."""
        return self.width_px * self.height_px / 1_000_000
