"""How a picture lies in a window, as numbers; must not know Qt.

All lengths are device pixels, so that scale 1 means one picture pixel on one screen pixel at any pixel ratio.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Final

MAX_SCALE: Final = 8.0
_CLOSE: Final = 1e-6


@dataclass(frozen=True, slots=True)
class Framing:
    """Sizes of picture and window, screen pixels per picture pixel, and the picture point in the window's middle.

    *margin* is left free around a picture that is seen whole; a larger one takes the whole window. One that
    *may_grow* fills the window when it is seen whole, however small it is.
    """

    picture_width: int
    picture_height: int
    window_width: int
    window_height: int
    scale: float = 1.0
    centre_x: float = 0.0
    centre_y: float = 0.0
    margin: int = 0
    may_grow: bool = False

    @property
    def fit_scale(self) -> float:
        """The scale at which the whole picture is seen; at most 1, so that small ones are not blown up unasked."""
        across = (self.window_width - 2 * self.margin) / max(1, self.picture_width)
        down = (self.window_height - 2 * self.margin) / max(1, self.picture_height)
        return max(_CLOSE, min(across, down) if self.may_grow else min(1.0, across, down))

    @property
    def is_fit(self) -> bool:
        """Whether the whole picture is seen."""
        return self.scale <= self.fit_scale + _CLOSE

    @property
    def left(self) -> int:
        """Where the picture begins in the window; negative when its left part is out of sight."""
        return round(self.window_width / 2 - self.centre_x * self.scale)

    @property
    def top(self) -> int:
        """Where the picture begins in the window; negative when its upper part is out of sight."""
        return round(self.window_height / 2 - self.centre_y * self.scale)

    @property
    def width(self) -> int:
        """The picture's width on the screen."""
        return max(1, round(self.picture_width * self.scale))

    @property
    def height(self) -> int:
        """The picture's height on the screen."""
        return max(1, round(self.picture_height * self.scale))

    @property
    def pans_sideways(self) -> bool:
        """Whether the picture is wider than the window."""
        return self.width > self.window_width

    def fitted(self) -> Framing:
        """Return the framing that shows the whole picture."""
        return self._at(self.fit_scale, self.picture_width / 2, self.picture_height / 2)

    def zoomed(self, scale: float, x: float, y: float) -> Framing:
        """Return the framing at *scale*, held between fit and 8, with the point under (x, y) staying there."""
        scale = max(self.fit_scale, min(MAX_SCALE, scale))
        away_x, away_y = x - self.window_width / 2, y - self.window_height / 2
        under_x = self.centre_x + away_x / self.scale
        under_y = self.centre_y + away_y / self.scale
        return self._at(scale, under_x - away_x / scale, under_y - away_y / scale)

    def panned(self, dx: float, dy: float) -> Framing:
        """Return the framing with the picture moved by screen pixels, never past its edges."""
        return self._at(self.scale, self.centre_x - dx / self.scale, self.centre_y - dy / self.scale)

    def resized(self, window_width: int, window_height: int) -> Framing:
        """Return the framing in a window of another size; a fitted picture stays fitted."""
        other = replace(self, window_width=window_width, window_height=window_height)
        return other.fitted() if self.is_fit else other._at(max(self.scale, other.fit_scale), *self._centre)

    def following(self, lead: Framing) -> Framing:
        """Return the framing that shows the same part as *lead* does of its picture, be that of another size."""
        if lead.is_fit:
            return self.fitted()
        across, down = self.picture_width / lead.picture_width, self.picture_height / lead.picture_height
        scale = self.fit_scale * lead.scale / lead.fit_scale
        return self._at(scale, lead.centre_x * across, lead.centre_y * down)

    @property
    def _centre(self) -> tuple[float, float]:
        return self.centre_x, self.centre_y

    def _at(self, scale: float, centre_x: float, centre_y: float) -> Framing:
        return replace(
            self,
            scale=scale,
            centre_x=_held(centre_x, self.picture_width, self.window_width / scale),
            centre_y=_held(centre_y, self.picture_height, self.window_height / scale),
        )


def _held(centre: float, length: int, seen: float) -> float:
    """Keep the middle of what is *seen* of a *length* so that nothing beyond its ends shows."""
    if seen >= length:
        return length / 2
    return min(max(centre, seen / 2), length - seen / 2)
