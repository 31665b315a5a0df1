"""What of a JPEG, PNG or WebP file is not coded pixels, where any bytes may stand by chance."""

from __future__ import annotations

import re
import struct
from collections.abc import Iterator
from typing import Final

_PNG_START: Final = b"\x89PNG\r\n\x1a\n"
_PNG_PIXELS: Final = frozenset({b"IDAT", b"fdAT"})
_WEBP_PIXELS: Final = frozenset({b"VP8 ", b"VP8L", b"ALPH"})
_JPEG_SCAN: Final = 0xDA
_JPEG_END: Final = 0xD9
# Coded pixels go on over a stuffed 0xFF and over restart marks (ITU-T T.81, B.1.1.5 and B.2.1).
_JPEG_SCAN_END: Final = re.compile(rb"\xff(?![\x00\xd0-\xd7])", re.DOTALL)


def without_pixels(data: bytes) -> bytes:
    """Return every byte of the file but those of its coded pixels; raises AssertionError for another kind of file."""
    if data.startswith(_PNG_START):
        return b"".join(_png(data))
    if data.startswith(b"RIFF") and data[8:12] == b"WEBP":
        return b"".join(_webp(data))
    assert data.startswith(b"\xff\xd8"), data[:16]
    return b"".join(_jpeg(data))


def _png(data: bytes) -> Iterator[bytes]:
    at, kind = len(_PNG_START), b""
    while kind != b"IEND":
        length, kind = struct.unpack_from(">I4s", data, at)
        yield kind if kind in _PNG_PIXELS else data[at : at + 12 + length]
        at += 12 + length
    yield data[at:]


def _webp(data: bytes) -> Iterator[bytes]:
    at = 12
    while at + 8 <= len(data):
        kind, length = struct.unpack_from("<4sI", data, at)
        yield kind if kind in _WEBP_PIXELS else data[at : at + 8 + length]
        at += 8 + length + length % 2
    yield data[at:]


def _jpeg(data: bytes) -> Iterator[bytes]:
    at, marker = 2, 0
    while marker != _JPEG_END:
        assert data[at] == 0xFF, f"no marker at {at}"
        marker = data[at + 1]
        following = at + 2 if marker == _JPEG_END else at + 2 + int.from_bytes(data[at + 2 : at + 4])
        yield data[at:following]
        at = following
        if marker == _JPEG_SCAN:
            end = _JPEG_SCAN_END.search(data, at)
            assert end is not None, "the scan has no end"
            at = end.start()
    yield data[at:]
