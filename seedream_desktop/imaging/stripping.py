"""Takes the notes out of a JPEG, PNG or WebP file and leaves every bit of its picture as it was; no pixel is decoded.

What it meets on the way is told too, since it is how the picture is to be seen: its profile and its EXIF data.
"""

from __future__ import annotations

import struct
import zlib
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Final

from seedream_desktop.imaging.probe import jpeg_segments
from seedream_desktop.ports.errors import UndecodableError

_PNG_START_BYTES: Final = 8
# What decoding needs or colours depend on; all else is a note, a second picture or unknown.
_PNG_KEPT: Final = frozenset({b"IHDR", b"PLTE", b"tRNS", b"IDAT", b"IEND", b"gAMA", b"cHRM", b"sRGB"})
_PNG_NOTES: Final = frozenset({b"tEXt", b"zTXt", b"iTXt"})
_WEBP_KEPT: Final = frozenset({b"VP8X", b"VP8 ", b"VP8L", b"ALPH"})
_WEBP_NOTE_FLAGS: Final = 0x20 | 0x08 | 0x04
_SOI: Final = b"\xff\xd8"
_EOI: Final = 0xD9
_EOI_MARK: Final = b"\xff\xd9"
_APP0: Final = 0xE0
_APP1: Final = 0xE1
_APP2: Final = 0xE2
_APP14: Final = 0xEE
_APP15: Final = 0xEF
_COMMENT: Final = 0xFE
_EXIF: Final = b"Exif\0\0"
_ICC: Final = b"ICC_PROFILE\0"
MAX_PROFILE_BYTES: Final = 4 * 1024 * 1024


@dataclass(slots=True)
class Bare:
    """A file without notes; *profile* and *exif* are what stood in it, *has_notes* tells of XMP, IPTC, texts and such.

    *is_moving* tells that frames beyond the first were left out.
    """

    data: bytes = b""
    profile: bytes | None = None
    exif: bytes | None = None
    has_notes: bool = False
    is_moving: bool = False
    parts: list[bytes | memoryview] = field(default_factory=list)

    def joined(self) -> Bare:
        """Put the parts together and return itself."""
        self.data = b"".join(self.parts)
        self.parts.clear()
        return self


def strip(data: bytes, kind: str) -> Bare | None:
    """Return the file without its notes, or None when it is of another kind or too odd to be taken apart."""
    strippers = {"JPEG": _strip_jpeg, "PNG": _strip_png, "WEBP": _strip_webp}
    stripper = strippers.get(kind)
    if stripper is None:
        return None
    try:
        return stripper(data)
    except (struct.error, IndexError, ValueError, zlib.error, UndecodableError):
        return None


def _strip_jpeg(data: bytes) -> Bare:
    bare, whole, marks = Bare(parts=[_SOI]), memoryview(data), _jpeg_marks(data)
    profile_parts: dict[int, bytes] = {}
    for (marker, at), (_, following) in pairwise(marks):
        body = whole[at + 2 : at + struct.unpack_from(">H", data, at)[0]]
        if _is_note(marker):
            _note_segment(bare, marker, bytes(body), profile_parts)
        else:
            bare.parts.append(_kept_segment(marker, whole[at - 2 : following - 2], body))
    bare.parts.append(_EOI_MARK)
    # A phone's film behind its photo, with sound and all, is no part of the picture.
    bare.has_notes = bare.has_notes or bool(data[marks[-1][1] :].strip(b"\0"))
    bare.profile = b"".join(profile_parts[number] for number in sorted(profile_parts)) or None
    return bare.joined()


def _jpeg_marks(data: bytes) -> list[tuple[int, int]]:
    marks = []
    for marker, at in jpeg_segments(data):
        marks.append((marker, at))
        if marker == _EOI:
            return marks
    raise ValueError("the JPEG file has no end")


def _is_note(marker: int) -> bool:
    return marker == _COMMENT or (_APP0 < marker <= _APP15 and marker != _APP14)


def _note_segment(bare: Bare, marker: int, body: bytes, profile_parts: dict[int, bytes]) -> None:
    """Keep what matters of a segment that is left out."""
    if marker == _APP1 and body.startswith(_EXIF):
        bare.exif = bare.exif or body
    elif marker == _APP2 and body.startswith(_ICC):
        profile_parts[body[len(_ICC)]] = body[len(_ICC) + 2 :]
    elif marker != _APP2 or not body.startswith(b"MPF\0"):
        bare.has_notes = True


def _kept_segment(marker: int, segment: memoryview, body: bytes | memoryview) -> bytes | memoryview:
    if marker != _APP0:
        return segment
    if bytes(body[:5]) != b"JFIF\0":
        return b""
    # The thumbnail in it shows what the picture was before it was edited.
    return b"\xff\xe0\0\x10" + bytes(body[:12]) + b"\0\0"


def _strip_png(data: bytes) -> Bare:
    bare, whole, at = Bare(parts=[data[:_PNG_START_BYTES]]), memoryview(data), _PNG_START_BYTES
    kind = b""
    while kind != b"IEND":
        length, kind = struct.unpack_from(">I4s", data, at)
        chunk, at = whole[at : at + 12 + length], at + 12 + length
        if len(chunk) != 12 + length:
            raise ValueError("the PNG file ends too early")
        if kind in _PNG_KEPT:
            bare.parts.append(chunk)
        else:
            _note_chunk(bare, kind, chunk[8:-4])
    bare.has_notes = bare.has_notes or bool(data[at:].strip(b"\0"))
    return bare.joined()


def _note_chunk(bare: Bare, kind: bytes, body: memoryview) -> None:
    match kind:
        case b"iCCP":
            bare.profile = _unpacked(bytes(body).partition(b"\0")[2][1:])
        case b"eXIf":
            bare.exif = _EXIF + bytes(body)
        case b"fcTL" | b"fdAT":
            bare.is_moving = True
        case _:
            bare.has_notes = bare.has_notes or kind in _PNG_NOTES


def _unpacked(packed: bytes) -> bytes:
    unpacking = zlib.decompressobj()
    profile = unpacking.decompress(packed, MAX_PROFILE_BYTES)
    if unpacking.unconsumed_tail:
        raise ValueError("a profile that unpacks to more than a profile has")
    return profile


def _strip_webp(data: bytes) -> Bare:
    bare, end = Bare(), 8 + struct.unpack_from("<I", data, 4)[0]
    at = 12
    while at + 8 <= end:
        kind, length = struct.unpack_from("<4sI", data, at)
        body, at = data[at + 8 : at + 8 + length], at + 8 + length + length % 2
        if len(body) != length:
            raise ValueError("the WebP file ends too early")
        if kind in _WEBP_KEPT:
            bare.parts.append(_webp_chunk(kind, body))
        else:
            _note_webp(bare, kind, body)
    kept = b"".join(bare.parts)
    bare.parts[:] = [b"RIFF", struct.pack("<I", len(kept) + 4), b"WEBP", kept]
    bare.has_notes = bare.has_notes or bool(data[at:].strip(b"\0"))
    return bare.joined()


def _webp_chunk(kind: bytes, body: bytes) -> bytes:
    if kind == b"VP8X":
        body = bytes((body[0] & ~_WEBP_NOTE_FLAGS,)) + body[1:]
    return kind + struct.pack("<I", len(body)) + body + b"\0" * (len(body) % 2)


def _note_webp(bare: Bare, kind: bytes, body: bytes) -> None:
    match kind:
        case b"ICCP":
            bare.profile = body[:MAX_PROFILE_BYTES]
        case b"EXIF":
            bare.exif = body if body.startswith(_EXIF) else _EXIF + body
        case b"XMP ":
            bare.has_notes = True
        case b"ANIM" | b"ANMF":
            raise ValueError("an animation has no picture to be left alone")
