"""Tells a foreign picture's kind by its first bytes. Without Pillow, so that the rest of the program may ask too."""

from __future__ import annotations

import struct
from typing import Final

from seedream_desktop.imaging.probe import sniff_format

# Long enough for the compatible brands of HEIC and AVIF.
START_BYTES: Final = 64
_STARTS: Final = (
    (b"GIF87a", "GIF"),
    (b"GIF89a", "GIF"),
    (b"II*\0", "TIFF"),
    (b"MM\0*", "TIFF"),
    (b"II+\0", "TIFF"),
    (b"MM\0+", "TIFF"),
    (b"8BPS", "PSD"),
)
_BMP_HEADERS_BYTES: Final = frozenset({12, 16, 40, 52, 56, 64, 108, 124})
_AVIF_BRANDS: Final = frozenset({b"avif", b"avis"})
_HEIC_BRANDS: Final = frozenset({b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"mif1", b"msf1"})


def sniff_kind(start: bytes) -> str | None:
    """Return the kind's name, e.g. ``HEIC``, by the first 64 bytes of a file, or None for what is not opened here."""
    for magic, kind in _STARTS:
        if start.startswith(magic):
            return kind
    if start[:2] == b"BM" and len(start) >= 18:
        return "BMP" if struct.unpack_from("<I", start, 14)[0] in _BMP_HEADERS_BYTES else None
    if start[4:8] == b"ftyp":
        return _sniff_brands(start)
    return sniff_format(start)


def _sniff_brands(start: bytes) -> str | None:
    box_bytes = struct.unpack_from(">I", start)[0]
    names = start[8 : min(box_bytes, len(start))]
    brands = {names[at : at + 4] for at in range(0, len(names) - 3, 4) if at != 4}
    if brands & _AVIF_BRANDS:
        return "AVIF"
    return "HEIC" if brands & _HEIC_BRANDS else None
