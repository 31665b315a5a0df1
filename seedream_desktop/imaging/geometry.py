"""Sizes and boxes of a reference: which part is meant, how it lies in the file, how large it may be sent."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Final

from seedream_desktop.domain.pixels import PixelSize
from seedream_desktop.domain.reference import (
    MAX_REFERENCE_PIXELS,
    MAX_REFERENCE_RATIO,
    MIN_REFERENCE_SIDE_PX,
    Crop,
)

Box = tuple[int, int, int, int]
_FIRST_SIDEWAYS: Final = 5


@dataclass(frozen=True, slots=True)
class Frame:
    """The part of a picture that is meant: *box* in the pixels as stored, *size* as sent, both before it is turned.

    *orientation* is EXIF's 1 to 8; *is_cropped* tells that something was left out.
    """

    box: Box
    size: PixelSize
    orientation: int
    is_cropped: bool

    @property
    def box_size(self) -> PixelSize:
        """The size of the part in the file."""
        left, top, right, bottom = self.box
        return PixelSize(right - left, bottom - top)

    @property
    def upright_size(self) -> PixelSize:
        """The size as sent, when it is upright."""
        return turned(self.size, self.orientation)

    def upright_box(self, top_px: int, bottom_px: int) -> Box:
        """Return where the rows from *top_px* to *bottom_px* lie when the picture is upright."""
        back = {6: 8, 8: 6}.get(self.orientation, self.orientation)
        return _as_stored((0, top_px, self.size.width_px, bottom_px), self.size, back)

    @property
    def factor(self) -> float:
        """How much larger it is sent than it is stored, in pixels."""
        return _pixels(self.size) / _pixels(self.box_size)


def frame_for(stored: PixelSize, orientation: int, crop: Crop | None) -> Frame | None:
    """Return what is sent of a picture, or None when that part is longer than the service takes."""
    upright = turned(stored, orientation)
    whole = (0, 0, upright.width_px, upright.height_px)
    box = whole if crop is None else crop.box_px(upright)
    size = PixelSize(box[2] - box[0], box[3] - box[1])
    if is_too_long(size):
        return None
    sent = turned(fitted(size), orientation)
    return Frame(_as_stored(box, upright, orientation), sent, orientation, box != whole)


def frame_within(stored: PixelSize, orientation: int, edge_px: int) -> Frame:
    """Return the whole picture, made smaller where its longest side has more than *edge_px*, whatever its ratio."""
    scale = min(1.0, edge_px / max(stored.width_px, stored.height_px))
    size = PixelSize(max(1, round(stored.width_px * scale)), max(1, round(stored.height_px * scale)))
    return Frame((0, 0, stored.width_px, stored.height_px), size, orientation, is_cropped=False)


def turned(size: PixelSize, orientation: int) -> PixelSize:
    """Return the size as seen for the size as stored, and the other way round."""
    return PixelSize(size.height_px, size.width_px) if orientation >= _FIRST_SIDEWAYS else size


def is_too_long(size: PixelSize) -> bool:
    """Return whether one side is more than sixteen times the other."""
    return max(size.width_px, size.height_px) > MAX_REFERENCE_RATIO * min(size.width_px, size.height_px)


def fitted(size: PixelSize) -> PixelSize:
    """Return the size within the service's limits that is nearest to *size*, in the same ratio."""
    short_px = min(size.width_px, size.height_px)
    if _pixels(size) > MAX_REFERENCE_PIXELS:
        scale = math.sqrt(MAX_REFERENCE_PIXELS / _pixels(size))
        return _within_ratio(math.floor(size.width_px * scale), math.floor(size.height_px * scale))
    if short_px < MIN_REFERENCE_SIDE_PX:
        scale = MIN_REFERENCE_SIDE_PX / short_px
        return _within_ratio(round(size.width_px * scale), round(size.height_px * scale))
    return size


def _within_ratio(width_px: int, height_px: int) -> PixelSize:
    # Whole pixels can push 16:1 over its edge.
    return PixelSize(min(width_px, MAX_REFERENCE_RATIO * height_px), min(height_px, MAX_REFERENCE_RATIO * width_px))


def _as_stored(box: Box, upright: PixelSize, orientation: int) -> Box:
    """Return where *box* of the upright picture lies in the file (EXIF 2.32, tag 274)."""
    left, top, right, bottom = box
    mirrored = (upright.width_px - right, upright.width_px - left)
    flipped = (upright.height_px - bottom, upright.height_px - top)
    columns = mirrored if orientation in (2, 3, 6, 7) else (left, right)
    rows = flipped if orientation in (3, 4, 7, 8) else (top, bottom)
    if orientation >= _FIRST_SIDEWAYS:
        columns, rows = rows, columns
    return columns[0], rows[0], columns[1], rows[1]


def _pixels(size: PixelSize) -> int:
    return size.width_px * size.height_px
