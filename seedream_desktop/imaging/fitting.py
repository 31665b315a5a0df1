"""Writes a picture as the best file that the service takes: without loss where that fits, else as good as fits.

Worker process only. How large a file becomes is first tried on strips from all over the picture.
"""

from __future__ import annotations

import functools
import io
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final

from PIL import Image

from seedream_desktop.domain.reference import MAX_REFERENCE_BYTES

# Pillow's documentation: values above 95 make large files with hardly any gain.
_BEST_QUALITY: Final = 95
_LOWEST_QUALITY: Final = 1
# Below this, colour at half the resolution costs less than coarser steps everywhere.
_LOWEST_FULL_COLOUR_QUALITY: Final = 88
_FULL_COLOUR: Final = 0
_HALF_COLOUR: Final = 2
_SAMPLE_STRIPS: Final = 16
# JPEG at half colour codes blocks of 16 rows.
_SAMPLE_STRIP_PX: Final = 16
_MARGIN: Final = 1.01
# WebP can be larger only in theory: 14 bits a side.
_MAX_WEBP_SIDE_PX: Final = 16_383
_WEBP_METHOD: Final = 2
# A few strips say less about a PNG than about a JPEG; the whole file decides.
_PNG_BENEFIT: Final = 1.1

Encode = Callable[[Image.Image, int], bytes]


@dataclass(frozen=True, slots=True)
class Encoded:
    """A whole file within the limit; *is_squeezed* tells that quality was given for that."""

    data: bytes
    media_format: str
    is_squeezed: bool


def encode(image: Image.Image, *, is_lossless: bool, is_full_colour: bool) -> Encoded:
    """Return the RGB, RGBA or L picture as the best file of at most 10,000,000 bytes, without notes.

    *is_lossless* tells that nothing was lost so far, *is_full_colour* that colour has the full resolution.
    """
    image.info.clear()
    is_clear = image.mode == "RGBA"
    if (is_clear or is_lossless) and (png := _png(image)):
        return Encoded(png, "PNG", is_squeezed=False)
    if is_clear and (webp := _webp(image)):
        return webp
    return _jpeg(_on_white(image) if is_clear else image, is_full_colour=is_full_colour)


def _png(image: Image.Image) -> bytes | None:
    sample, factor = _sample(image)
    if len(_saved(sample, "PNG")) * factor > MAX_REFERENCE_BYTES * _PNG_BENEFIT:
        return None
    data = _saved(image, "PNG")
    return data if len(data) <= MAX_REFERENCE_BYTES else None


def _webp(image: Image.Image) -> Encoded | None:
    if max(image.size) > _MAX_WEBP_SIDE_PX:
        return None

    def encode_at(part: Image.Image, quality: int) -> bytes:
        return _saved(part, "WEBP", quality=quality, method=_WEBP_METHOD)

    try:
        data, quality = _best(image, encode_at)
    except ValueError:
        # What WebP keeps of each block may not pass 512 KiB in all, which large pictures can.
        return None
    return Encoded(data, "WEBP", is_squeezed=quality < _BEST_QUALITY)


def _jpeg(image: Image.Image, *, is_full_colour: bool) -> Encoded:
    if is_full_colour:
        full = functools.partial(_jpeg_at, _FULL_COLOUR)
        if _reaches(image, full, _LOWEST_FULL_COLOUR_QUALITY):
            data, quality = _best(image, full)
            return Encoded(data, "JPEG", is_squeezed=quality < _BEST_QUALITY)
    data, quality = _best(image, functools.partial(_jpeg_at, _HALF_COLOUR))
    return Encoded(data, "JPEG", is_squeezed=is_full_colour or quality < _BEST_QUALITY)


def _jpeg_at(subsampling: int, image: Image.Image, quality: int) -> bytes:
    return _saved(image, "JPEG", quality=quality, subsampling=subsampling)


def _reaches(image: Image.Image, encode_at: Encode, quality: int) -> bool:
    sample, factor = _sample(image)
    return len(encode_at(sample, quality)) * factor * _MARGIN <= MAX_REFERENCE_BYTES


def _best(image: Image.Image, encode_at: Encode) -> tuple[bytes, int]:
    """Return the file of the highest quality that fits, and that quality."""
    sample, factor = _sample(image)
    factor *= _MARGIN
    size_at = functools.cache(lambda quality: len(encode_at(sample, quality)))
    while True:
        quality = _highest(size_at, MAX_REFERENCE_BYTES / factor)
        data = encode_at(image, quality)
        if len(data) <= MAX_REFERENCE_BYTES or quality == _LOWEST_QUALITY:
            return data, quality
        # The strips promised too much; now it is known by how much.
        factor = len(data) / size_at(quality) * _MARGIN


def _highest(size_at: Callable[[int], int], limit_bytes: float) -> int:
    """Return the highest quality at which the size is within the limit, or the lowest there is."""
    if size_at(_BEST_QUALITY) <= limit_bytes:
        return _BEST_QUALITY
    low, high = _LOWEST_QUALITY, _BEST_QUALITY
    while high - low > 1:
        middle = (low + high) // 2
        low, high = (middle, high) if size_at(middle) <= limit_bytes else (low, middle)
    return low


def _sample(image: Image.Image) -> tuple[Image.Image, float]:
    """Return strips from all over the picture below each other, and how often they fit into the whole."""
    rows = _SAMPLE_STRIPS * _SAMPLE_STRIP_PX
    if image.height <= 2 * rows:
        return image, 1.0
    sample = Image.new(image.mode, (image.width, rows))
    for index in range(_SAMPLE_STRIPS):
        top_px = index * (image.height - _SAMPLE_STRIP_PX) // (_SAMPLE_STRIPS - 1)
        strip = image.crop((0, top_px, image.width, top_px + _SAMPLE_STRIP_PX))
        sample.paste(strip, (0, index * _SAMPLE_STRIP_PX))
    return sample, image.height / rows


def _on_white(image: Image.Image) -> Image.Image:
    white = Image.new("RGB", image.size, "white")
    white.paste(image, mask=image.getchannel("A"))
    return white


def _saved(image: Image.Image, media_format: str, **options: Any) -> bytes:
    buffer = io.BytesIO()
    image.save(buffer, media_format, **options)
    return buffer.getvalue()
