"""The arithmetic of a crop: a frame in a picture that is moved, pulled and held to a ratio; it knows no Qt."""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import Enum, auto
from math import floor, nextafter
from typing import Final

from seedream_desktop.domain.pixels import PixelSize
from seedream_desktop.domain.reference import MAX_REFERENCE_RATIO, MIN_REFERENCE_SIDE_PX, Crop

_LEAST_PX: Final = 1.0
# What is nearer to the next whole pixel than this is it.
_CLOSE: Final = 1e-6


class FrameFault(Enum):
    """What the model does not take of a picture cut like this."""

    TOO_SMALL = auto()
    TOO_LONG = auto()


@dataclass(frozen=True, slots=True)
class Handle:
    """The place where a frame is pulled: -1 its left or upper edge, 1 its right or lower one, 0 neither."""

    across: int
    down: int


HANDLES: Final = tuple(Handle(across, down) for down in (-1, 0, 1) for across in (-1, 0, 1) if across or down)


@dataclass(frozen=True, slots=True)
class Frame:
    """A box in a picture of *size*, in its pixels; *ratio* is width to height, None for a free frame."""

    size: PixelSize
    left: float
    top: float
    right: float
    bottom: float
    ratio: float | None = None

    @property
    def width(self) -> float:
        """The frame's width in pixels."""
        return self.right - self.left

    @property
    def height(self) -> float:
        """The frame's height in pixels."""
        return self.bottom - self.top

    @property
    def is_whole(self) -> bool:
        """Whether the frame holds the whole picture."""
        return self._box_px() == (0, 0, self.size.width_px, self.size.height_px)

    @property
    def pixels(self) -> PixelSize:
        """The size of the picture that comes out."""
        left, top, right, bottom = self._box_px()
        return PixelSize(right - left, bottom - top)

    @property
    def fault(self) -> FrameFault | None:
        """What the model does not take of it, by the limits of the API page."""
        sides = sorted((self.pixels.width_px, self.pixels.height_px))
        if sides[0] < MIN_REFERENCE_SIDE_PX:
            return FrameFault.TOO_SMALL
        return FrameFault.TOO_LONG if sides[1] > MAX_REFERENCE_RATIO * sides[0] else None

    def crop(self) -> Crop | None:
        """Return the part of the picture, or None for the whole."""
        return None if self.is_whole else self._fractions()

    def whole(self) -> Frame:
        """Return the frame of the whole picture, held to no ratio."""
        return whole_frame(self.size)

    def with_ratio(self, ratio: float | None) -> Frame:
        """Return the largest frame of *ratio* with its middle as near to the present one's as can be."""
        if ratio is None:
            return replace(self, ratio=None)
        width = _whole_px(min(float(self.size.width_px), self.size.height_px * ratio))
        return self._around(width, width / ratio, ratio)

    def moved(self, across: float, down: float) -> Frame:
        """Return the frame moved by pixels, never beyond the picture."""
        left = _held(self.left + across, self.width, self.size.width_px)
        top = _held(self.top + down, self.height, self.size.height_px)
        return self._at(left, top, self.width, self.height)

    def pulled(self, handle: Handle, x: float, y: float) -> Frame:
        """Return the frame with *handle* at (x, y), as near as picture and ratio allow; the other side stays."""
        width = self._pulled_length(handle.across, x, (self.left, self.right), self.size.width_px)
        height = self._pulled_length(handle.down, y, (self.top, self.bottom), self.size.height_px)
        if self.ratio is not None:
            width, height = self._in_ratio(handle, width, height, self.ratio)
        left = _anchored(handle.across, self.left, self.right, width)
        top = _anchored(handle.down, self.top, self.bottom, height)
        return self._at(left, top, width, height)

    def longest_allowed(self) -> Frame:
        """Return the part in the middle whose sides the model still takes: the long one 16 times the short one."""
        # One pixel is left for the rounding to whole ones.
        short, long = sorted((self.pixels.width_px, self.pixels.height_px))
        side = min(long, MAX_REFERENCE_RATIO * short - 1)
        is_wide = self.width > self.height
        return self._around(side if is_wide else self.width, self.height if is_wide else side, None)

    def _pulled_length(self, side: int, place: float, edges: tuple[float, float], limit: int) -> float:
        near, far = edges
        if side == 0:
            return far - near
        pulled, room = (place - near, limit - near) if side > 0 else (far - place, far)
        return _whole_px(min(max(_LEAST_PX, pulled), room))

    def _in_ratio(self, handle: Handle, width: float, height: float, ratio: float) -> tuple[float, float]:
        """Return the size of *ratio* that the pull means: by the edge pulled, at a corner by the farther pull."""
        if handle.across == 0 or (handle.down != 0 and height * ratio > width):
            width = height * ratio
        width = min(width, self._room(handle.across, self.left, self.right, self.size.width_px))
        width = min(width, self._room(handle.down, self.top, self.bottom, self.size.height_px) * ratio)
        width = _whole_px(width)
        return width, width / ratio

    def _room(self, side: int, near: float, far: float, limit: int) -> float:
        """Return how long the frame can get when its *side* is pulled; sideways it grows from its middle."""
        if side:
            return limit - near if side > 0 else far
        return min(near + far, 2 * limit - near - far)

    def _around(self, width: float, height: float, ratio: float | None) -> Frame:
        left = _held((self.left + self.right - width) / 2, width, self.size.width_px)
        top = _held((self.top + self.bottom - height) / 2, height, self.size.height_px)
        return replace(self, ratio=ratio)._at(left, top, width, height)

    def _at(self, left: float, top: float, width: float, height: float) -> Frame:
        """Return the frame there, begun at a whole pixel, so that a square one comes out with equal sides.

        The edges stay within the picture whatever the rounding of the sums did.
        """
        left, top = float(floor(left + _CLOSE)), float(floor(top + _CLOSE))
        right = min(left + width, float(self.size.width_px))
        bottom = min(top + height, float(self.size.height_px))
        return replace(self, left=max(0.0, left), top=max(0.0, top), right=right, bottom=bottom)

    def _box_px(self) -> tuple[int, int, int, int]:
        return self._fractions().box_px(self.size)

    def _fractions(self) -> Crop:
        width, height = self.size.width_px, self.size.height_px
        left, top = _share(self.left, width), _share(self.top, height)
        return Crop(left, top, self.right / width, self.bottom / height)


def whole_frame(size: PixelSize) -> Frame:
    """Return the frame of the whole picture."""
    return Frame(size, 0.0, 0.0, float(size.width_px), float(size.height_px))


def frame_of(crop: Crop | None, size: PixelSize) -> Frame:
    """Return the frame that *crop* cuts out of a picture of *size*."""
    if crop is None:
        return whole_frame(size)
    width, height = size.width_px, size.height_px
    return Frame(size, crop.left * width, crop.top * height, crop.right * width, crop.bottom * height)


def _anchored(side: int, near: float, far: float, length: float) -> float:
    """Return where an edge pair of *length* begins when *side* was pulled and the other stays."""
    if side > 0:
        return near
    return far - length if side < 0 else (near + far - length) / 2


def _held(start: float, length: float, limit: int) -> float:
    return min(max(0.0, start), limit - length)


def _whole_px(length: float) -> float:
    """Return *length* without its part of a pixel; what is shorter than one stays."""
    return max(float(floor(length + _CLOSE)), min(length, _LEAST_PX))


def _share(place: float, length: int) -> float:
    """Return *place* as a part of *length* that, times it, is never less: 29 / 100 * 100 is less than 29."""
    share = place / length
    return share if share * length >= place else nextafter(share, 1.0)
