"""The three jobs of the worker process, each from a file to an answer."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any, Final

from PIL import Image

from seedream_desktop.imaging.appearance import presentable
from seedream_desktop.imaging.decode import load, open_picture, probe_within_limits, read_bytes

Answer = dict[str, Any]
_QUALITY: Final = 85
# QImage.Format_RGB32 is 0xffRRGGBB in the machine's own byte order.
_RGB32: Final = "BGRA" if sys.byteorder == "little" else "ARGB"
# In strips it is twice as fast as at once, and needs no second copy in memory.
_STRIP_PX: Final = 64
_REDUCING_GAP: Final = 2.0
# Palettes and 16-bit greys must become ordinary pixels before pixels can be mixed.
_SCALABLE_MODES: Final = frozenset({"RGB", "RGBA", "L", "LA", "CMYK"})


def examine(path: Path) -> Answer:
    """Decode the whole file; return its format, its size as stored and the bytes after its end.

    Raises:
        UndecodableError, OSError: when that cannot be done.
    """
    data = read_bytes(path)
    found = probe_within_limits(data)
    load(open_picture(data))
    return {
        "media_format": found.media_format,
        "width_px": found.size.width_px,
        "height_px": found.size.height_px,
        "trailing_bytes": found.trailing_bytes,
    }


def make_thumbnails(path: Path, targets: dict[int, Path]) -> Answer:
    """Write a JPEG with each longest edge in pixels, never larger than the picture itself.

    Raises:
        UndecodableError, OSError: when that cannot be done.
    """
    image = open_picture(read_bytes(path))
    largest_px = max(targets)
    # JPEG can be decoded at an eighth, a quarter or half of its size for a fraction of the time.
    image.draft(None, (largest_px, largest_px))
    load(image)
    if image.mode not in _SCALABLE_MODES:
        image = presentable(image)
    image.thumbnail((largest_px, largest_px), Image.Resampling.LANCZOS, _REDUCING_GAP)
    small = presentable(image)
    for edge_px in sorted(targets, reverse=True):
        small.thumbnail((edge_px, edge_px), Image.Resampling.LANCZOS)
        small.save(targets[edge_px], "JPEG", quality=_QUALITY)
    return {}


def render(path: Path, into: Path) -> Answer:
    """Write all pixels as RGB32, row after row without gaps, and return the size as seen.

    Raises:
        UndecodableError, OSError: when that cannot be done.
    """
    image = open_picture(read_bytes(path))
    load(image)
    seen = presentable(image)
    with into.open("wb") as file:
        for top_px in range(0, seen.height, _STRIP_PX):
            strip = seen.crop((0, top_px, seen.width, min(top_px + _STRIP_PX, seen.height)))
            file.write(strip.convert("RGBA").tobytes("raw", _RGB32))
    return {"width_px": seen.width, "height_px": seen.height}
