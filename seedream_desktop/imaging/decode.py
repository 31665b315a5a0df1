"""Turns the bytes of a picture file into pixels, within limits. Only the worker process may call this.

The limits (JPEG, PNG, WebP; 36 Mpx; 24,000 px a side; one frame) keep a hostile file from costing more than a job.
"""

from __future__ import annotations

import io
import warnings
from pathlib import Path
from typing import Final

# Importing these three registers them; Pillow never has to load its other formats.
from PIL import Image, JpegImagePlugin, PngImagePlugin, WebPImagePlugin

from seedream_desktop.domain.pixels import PixelSize
from seedream_desktop.imaging.probe import Probe, probe
from seedream_desktop.ports.errors import UndecodableError

MAX_FILE_BYTES: Final = 64 * 1024 * 1024
MAX_PIXELS: Final = 36_000_000
# The longest picture of 36 megapixels that the service takes as a reference: 16:1.
MAX_SIDE_PX: Final = 24_000
FORMATS: Final = tuple(
    plugin.format
    for plugin in (JpegImagePlugin.JpegImageFile, PngImagePlugin.PngImageFile, WebPImagePlugin.WebPImageFile)
)

Image.MAX_IMAGE_PIXELS = MAX_PIXELS
warnings.simplefilter("error", Image.DecompressionBombWarning)


def read_bytes(path: Path) -> bytes:
    """Return a file's bytes; raises UndecodableError over 64 MiB, OSError."""
    with path.open("rb") as file:
        data = file.read(MAX_FILE_BYTES + 1)
    if len(data) > MAX_FILE_BYTES:
        raise UndecodableError("the file is larger than 64 MiB")
    return data


def probe_within_limits(data: bytes) -> Probe:
    """Return what the file's structure tells; raises UndecodableError before a pixel is decoded."""
    found = probe(data)
    check_limits(found.size)
    return found


def check_limits(size: PixelSize) -> None:
    """Raise UndecodableError when a picture has more pixels than we open."""
    if max(size.width_px, size.height_px) > MAX_SIDE_PX or size.width_px * size.height_px > MAX_PIXELS:
        raise UndecodableError(f"{size.width_px} x {size.height_px} pixels are more than this program opens")


def open_picture(data: bytes) -> Image.Image:
    """Return the picture with its header read and its pixels still packed.

    Raises:
        UndecodableError: when it is not one picture within the limits.
    """
    expected = probe_within_limits(data)
    try:
        image = Image.open(io.BytesIO(data), formats=FORMATS)
    except Exception as error:  # damaged files bring Pillow to raise whatever its parsers stumble over
        raise undecodable(error) from error
    if image.size != (expected.size.width_px, expected.size.height_px):
        raise UndecodableError("the file's two headers disagree about its size")
    # A JPEG may carry a second picture for other purposes (MPO, gain maps); the first is the one meant.
    if expected.media_format != "JPEG" and getattr(image, "n_frames", 1) != 1:
        raise UndecodableError("the file is an animation")
    return image


def load(image: Image.Image) -> None:
    """Decode every pixel; raises UndecodableError when some are missing or broken."""
    try:
        image.load()
    except Exception as error:  # the same as above
        raise undecodable(error) from error


def undecodable(error: Exception) -> UndecodableError:
    """Return our error for one of Pillow's, with its words for the log."""
    if isinstance(error, MemoryError):
        return UndecodableError("decoding needs more memory than it is given")
    return UndecodableError(f"{type(error).__name__}: {error}")
