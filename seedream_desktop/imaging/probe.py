"""Reads the structure of a picture file without decoding it: what it says it is, how large, and where it ends.

Nothing here imports Pillow, so the rest of the program may ask too.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from seedream_desktop.domain.pixels import PixelSize
from seedream_desktop.ports.errors import UndecodableError

SNIFF_BYTES: Final = 12
_PNG: Final = b"\x89PNG\r\n\x1a\n"
# JPEG's frame headers: SOF0 to SOF15 but for DHT, JPG and DAC (ITU-T T.81, table B.1).
_FRAME_HEADERS: Final = frozenset(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}
_START_OF_SCAN: Final = 0xDA
_END_OF_IMAGE: Final = 0xD9
_LONE_MARKERS: Final = frozenset({0x01, *range(0xD0, 0xD9)})
# Inside a scan, FF 00 is a stuffed byte and FF D0 to FF D7 are restart markers; FF before FF fills.
_IN_SCAN: Final = frozenset({0x00, *range(0xD0, 0xD8)})


@dataclass(frozen=True, slots=True)
class Probe:
    """What a file's structure tells: ``JPEG``, ``PNG`` or ``WEBP``, its size, and what follows its end."""

    media_format: str
    size: PixelSize
    trailing_bytes: int


def sniff_format(start: bytes) -> str | None:
    """Return ``JPEG``, ``PNG`` or ``WEBP`` by the first 12 bytes of a file, or None for anything else."""
    if start.startswith(b"\xff\xd8\xff"):
        return "JPEG"
    if start.startswith(_PNG):
        return "PNG"
    if start[:4] == b"RIFF" and start[8:12] == b"WEBP":
        return "WEBP"
    return None


def probe(data: bytes) -> Probe:
    """Return what the bytes of a whole file are.

    Raises:
        UndecodableError: when they are no still JPEG, PNG or WebP picture, or end too early.
    """
    readers = {"JPEG": _jpeg, "PNG": _png, "WEBP": _webp}
    media_format = sniff_format(data[:SNIFF_BYTES])
    if media_format is None:
        raise UndecodableError("neither JPEG nor PNG nor WebP")
    try:
        size, end = readers[media_format](data)
    except (struct.error, IndexError) as error:
        raise UndecodableError(f"the {media_format} file ends too early") from error
    if size.width_px < 1 or size.height_px < 1:
        raise UndecodableError(f"the {media_format} file has no pixels")
    return Probe(media_format, size, len(data) - end)


def _jpeg(data: bytes) -> tuple[PixelSize, int]:
    size: PixelSize | None = None
    for marker, at in jpeg_segments(data):
        if marker in _FRAME_HEADERS and size is None:
            height_px, width_px = struct.unpack_from(">HH", data, at + 3)
            size = PixelSize(width_px, height_px)
        if marker == _END_OF_IMAGE:
            if size is None:
                raise UndecodableError("the JPEG file has no frame")
            return size, at
    raise UndecodableError("the JPEG file ends too early")


def jpeg_segments(data: bytes) -> Iterator[tuple[int, int]]:
    """Yield each marker with the place after it, the picture data between scans left out.

    Raises UndecodableError, IndexError or struct.error where the file is not one.
    """
    at = 2
    while at < len(data):
        if data[at] != 0xFF:
            raise UndecodableError("the JPEG file is damaged between its segments")
        while data[at] == 0xFF:
            at += 1
        marker = data[at]
        at += 1
        yield marker, at
        if marker not in _LONE_MARKERS:
            at += struct.unpack_from(">H", data, at)[0]
        if marker == _START_OF_SCAN:
            at = _after_scan(data, at)


def _after_scan(data: bytes, at: int) -> int:
    # One long regular expression would keep every other thread waiting, the window's too: 0.1 s for 10 MB.
    while (at := data.find(b"\xff", at)) >= 0:
        following = at + 1
        while data[following] == 0xFF:
            following += 1
        if data[following] not in _IN_SCAN:
            return at
        at = following + 1
    raise UndecodableError("the JPEG file ends too early")


def _png(data: bytes) -> tuple[PixelSize, int]:
    if data[12:16] != b"IHDR":
        raise UndecodableError("the PNG file does not begin with its header")
    size = PixelSize(*struct.unpack_from(">II", data, 16))
    at = len(_PNG)
    while True:
        length, kind = struct.unpack_from(">I4s", data, at)
        at += 12 + length
        if at > len(data):
            raise UndecodableError("the PNG file ends too early")
        if kind == b"acTL":
            raise UndecodableError("the PNG file is an animation")
        if kind == b"IEND":
            return size, at


def _webp(data: bytes) -> tuple[PixelSize, int]:
    end = 8 + struct.unpack_from("<I", data, 4)[0]
    if end > len(data):
        raise UndecodableError("the WebP file ends too early")
    return _webp_size(data), min(len(data), end + end % 2)


def _webp_size(data: bytes) -> PixelSize:
    """Read the first chunk: extended, lossless or lossy (RFC 9649, sections 2.5 to 2.7)."""
    kind = data[12:16]
    if kind == b"VP8X":
        if data[20] & 0x02:
            raise UndecodableError("the WebP file is an animation")
        return PixelSize(_uint24(data, 24) + 1, _uint24(data, 27) + 1)
    if kind == b"VP8L":
        bits = struct.unpack_from("<I", data, 21)[0]
        return PixelSize((bits & 0x3FFF) + 1, (bits >> 14 & 0x3FFF) + 1)
    if kind == b"VP8 ":
        width_px, height_px = struct.unpack_from("<HH", data, 26)
        return PixelSize(width_px & 0x3FFF, height_px & 0x3FFF)
    raise UndecodableError("the WebP file does not begin with a picture")


def _uint24(data: bytes, at: int) -> int:
    return data[at] | data[at + 1] << 8 | data[at + 2] << 16
