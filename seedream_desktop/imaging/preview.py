"""The worker's job of showing any picture that can be a reference, as a whole and small enough for a screen."""

from __future__ import annotations

from pathlib import Path
from typing import Any, Final

from seedream_desktop.imaging.appearance import presentable
from seedream_desktop.imaging.geometry import frame_within
from seedream_desktop.imaging.painting import paint
from seedream_desktop.imaging.source import more_pixels, read_source

Answer = dict[str, Any]
_QUALITY: Final = 90


def preview(path: Path, into: Path, edge_px: int) -> Answer:
    """Write an upright JPEG of at most *edge_px* a side to *into*; return the size of the whole picture as seen.

    Raises:
        UnusableReferenceError: without a name, when the picture cannot be opened.
        OSError: when *into* cannot be written.
    """
    with more_pixels():
        source = read_source(path)
        painting = paint(source, frame_within(source.size, source.orientation, edge_px))
    presentable(painting.image).save(into, "JPEG", quality=_QUALITY)
    return {"width_px": source.seen_size.width_px, "height_px": source.seen_size.height_px}
