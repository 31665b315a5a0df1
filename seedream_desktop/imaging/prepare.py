"""The worker's job of making a file that the service takes out of any picture, with the least that is done to it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from PIL import JpegImagePlugin

from seedream_desktop.domain.pixels import PixelSize
from seedream_desktop.domain.preparation import Change, ReferenceFault
from seedream_desktop.domain.reference import MAX_REFERENCE_BYTES, Crop
from seedream_desktop.imaging.fitting import Encoded, encode
from seedream_desktop.imaging.geometry import Frame, frame_for
from seedream_desktop.imaging.painting import Painting, colour_mode, load, paint
from seedream_desktop.imaging.source import Source, more_pixels, read_source, refuse

Answer = dict[str, Any]
# What Pillow calls the ways of storing colour at less than the full resolution.
_FULL_COLOUR = 0
_KEPT_MODES = frozenset({"RGB", "RGBA", "L", "LA", "P", "1"})


def prepare(path: Path, crop: Crop | None, into: Path) -> Answer:
    """Write the file to send to *into* and return what it was made from and what was done.

    Raises:
        UnusableReferenceError: without a name, when the picture cannot be used.
        OSError: when *into* cannot be written.
    """
    with more_pixels():
        source = read_source(path)
        frame = frame_for(source.size, source.orientation, crop)
        if frame is None:
            refuse(ReferenceFault.TOO_LONG)
        try:
            encoded, painting = _made(source, frame)
        except MemoryError:
            refuse(ReferenceFault.TOO_MANY_PIXELS)
    into.write_bytes(encoded.data)
    return {
        "origin": _facts(source.kind, source.seen_size, source.size_bytes),
        "origin_sha256": source.sha256,
        "changes": [str(change) for change in _changes(source, frame, encoded, painting)],
    }


def _made(source: Source, frame: Frame) -> tuple[Encoded, Painting | None]:
    """Return the file, and the picture in it where one had to be painted."""
    if source.bare is not None and _is_right(source, frame):
        load(source)
        return Encoded(source.bare.data, source.kind, is_squeezed=False), None
    is_full_colour = _is_full_colour(source)
    painting = paint(source, frame)
    source.image.close()
    is_lossless = source.is_lossless
    return encode(painting.image, is_lossless=is_lossless, is_full_colour=is_full_colour), painting


def _is_right(source: Source, frame: Frame) -> bool:
    """Return whether the file needs nothing but to lose its notes."""
    from seedream_desktop.imaging.colours import conversion_for

    if source.bare is None or len(source.bare.data) > MAX_REFERENCE_BYTES:
        return False
    if source.orientation != 1 or frame.is_cropped or frame.size != frame.box_size:
        return False
    if source.is_deep or source.image.mode not in _KEPT_MODES:
        return False
    return not source.profile or conversion_for(colour_mode(source.image), source.profile) is None


def _is_full_colour(source: Source) -> bool:
    """Return whether colour is worth its full resolution: a file that has half of it gains nothing by more."""
    if not isinstance(source.image, JpegImagePlugin.JpegImageFile):
        return True
    return JpegImagePlugin.get_sampling(source.image) == _FULL_COLOUR


def _changes(source: Source, frame: Frame, encoded: Encoded, painting: Painting | None) -> list[Change]:
    is_smaller = frame.is_cropped or frame.factor < 1
    was_too_large = source.size_bytes > MAX_REFERENCE_BYTES and painting is not None
    done = {
        Change.CROPPED: frame.is_cropped,
        Change.TURNED: source.was_turned,
        Change.FIRST_FRAME: source.is_first_of_many,
        Change.COLOURS_CONVERTED: painting is not None and painting.is_converted,
        Change.DEPTH_REDUCED: source.is_deep,
        Change.SCALED_DOWN: frame.factor < 1,
        Change.ENLARGED: frame.factor > 1,
        Change.FORMAT_CHANGED: source.kind != encoded.media_format,
        Change.COMPRESSED: encoded.is_squeezed or (was_too_large and not is_smaller),
        Change.METADATA_REMOVED: source.has_notes,
    }
    return [change for change, was_done in done.items() if was_done]


def _facts(media_format: str, size: PixelSize, size_bytes: int) -> Answer:
    return {
        "media_format": media_format,
        "width_px": size.width_px,
        "height_px": size.height_px,
        "size_bytes": size_bytes,
    }
