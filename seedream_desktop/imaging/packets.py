"""XMP packets in JPEG, PNG and WebP files: found, and put in the place of an older one, without touching a pixel.

Where they belong: Adobe's XMP specification, part 3 (JPEG: a segment APP1, at most 65,502 bytes; PNG: a chunk iTXt;
WebP: a chunk ``XMP `` after the picture, announced in VP8X). Worker process only.
"""

from __future__ import annotations

import struct
import zlib
from collections.abc import Callable, Iterator
from typing import Final

from seedream_desktop.imaging.probe import SNIFF_BYTES, jpeg_segments, probe, sniff_format
from seedream_desktop.ports.errors import UndecodableError

MAX_PACKET_BYTES: Final = 256 * 1024
MAX_JPEG_PACKET_BYTES: Final = 65_502
_XAP: Final = b"http://ns.adobe.com/xap/1.0/\0"
_KEYWORD: Final = b"XML:com.adobe.xmp\0"
_PNG_START_BYTES: Final = 8
_APP0, _APP1, _APP15, _START_OF_SCAN = 0xE0, 0xE1, 0xEF, 0xDA
_EXIF: Final = b"Exif\0\0"
_XMP_FLAG, _ALPHA_FLAG = 0x04, 0x10
_ALPHA_BIT: Final = 1 << 28


def read_packet(data: bytes) -> bytes | None:
    """Return the XMP packet in a picture file; None when there is none, or it is larger than 256 KiB."""
    readers: dict[str, Callable[[bytes], bytes | None]] = {"JPEG": _in_jpeg, "PNG": _in_png, "WEBP": _in_webp}
    reader = readers.get(sniff_format(data[:SNIFF_BYTES]) or "")
    try:
        packet = reader(data) if reader is not None else None
    except (struct.error, IndexError, zlib.error, UndecodableError):
        return None
    return packet if packet is not None and len(packet) <= MAX_PACKET_BYTES else None


def with_packet(data: bytes, packet: bytes) -> bytes:
    """Return the file with *packet* in the place of the one it may have; all pixels and all else stay.

    Raises:
        UndecodableError: when it is no still JPEG, PNG or WebP picture.
        ValueError: when the packet does not fit in a JPEG.
    """
    found = probe(data)
    writers = {"JPEG": _jpeg_with, "PNG": _png_with, "WEBP": _webp_with}
    try:
        return writers[found.media_format](data, packet)
    except (struct.error, IndexError) as error:
        raise UndecodableError("the file ends in the middle of its parts") from error


def _in_jpeg(data: bytes) -> bytes | None:
    for marker, at in jpeg_segments(data):
        if marker == _START_OF_SCAN:
            return None
        if marker == _APP1 and data.startswith(_XAP, at + 2):
            return data[at + 2 + len(_XAP) : at + struct.unpack_from(">H", data, at)[0]]
    return None


def _jpeg_with(data: bytes, packet: bytes) -> bytes:
    if len(packet) > MAX_JPEG_PACKET_BYTES:
        raise ValueError(f"{len(packet)} bytes are more than a segment holds")
    segment = b"\xff\xe1" + struct.pack(">H", 2 + len(_XAP) + len(packet)) + _XAP + packet
    first, rest, begin = [data[:2]], b"", 2
    for marker, at in jpeg_segments(data):
        if not _APP0 <= marker <= _APP15:
            rest = data[begin:]
            break
        end = at + struct.unpack_from(">H", data, at)[0]
        if not (marker == _APP1 and data.startswith(_XAP, at + 2)):
            first.append(data[begin:end])
        begin = end
    # Readers want JFIF and Exif at the very beginning.
    place = next((n for n, part in enumerate(first[1:], 1) if not _goes_first(part)), len(first))
    return b"".join((*first[:place], segment, *first[place:], rest))


def _goes_first(segment: bytes) -> bool:
    body = segment.lstrip(b"\xff")
    return body[0] == _APP0 or (body[0] == _APP1 and body.startswith(_EXIF, 3))


def _chunks(data: bytes) -> Iterator[tuple[bytes, int, int]]:
    """Yield kind, begin and end of each chunk of a PNG."""
    at, kind = _PNG_START_BYTES, b""
    while kind != b"IEND":
        length, kind = struct.unpack_from(">I4s", data, at)
        yield kind, at, at + 12 + length
        at += 12 + length


def _in_png(data: bytes) -> bytes | None:
    for kind, begin, end in _chunks(data):
        if kind == b"iTXt" and data.startswith(_KEYWORD, begin + 8):
            return _text_of(data[begin + 8 + len(_KEYWORD) : end - 4])
    return None


def _text_of(body: bytes) -> bytes | None:
    """Return the text of an iTXt chunk, whose keyword has been taken off (PNG, section 11.3.3.4)."""
    is_packed, rest = body[0] == 1, body[2:]
    text = rest.split(b"\0", 2)[2]
    if not is_packed:
        return text
    unpacking = zlib.decompressobj()
    unpacked = unpacking.decompress(text, MAX_PACKET_BYTES)
    return None if unpacking.unconsumed_tail else unpacked


def _png_with(data: bytes, packet: bytes) -> bytes:
    body = b"iTXt" + _KEYWORD + b"\0\0\0\0" + packet
    chunk = struct.pack(">I", len(body) - 4) + body + struct.pack(">I", zlib.crc32(body))
    parts = [data[:_PNG_START_BYTES]]
    end = _PNG_START_BYTES
    for kind, begin, chunk_end in _chunks(data):
        end = chunk_end
        if not (kind == b"iTXt" and data.startswith(_KEYWORD, begin + 8)):
            parts.append(data[begin:chunk_end])
        if kind == b"IHDR":
            parts.append(chunk)
    return b"".join((*parts, data[end:]))


def _riff(data: bytes) -> Iterator[tuple[bytes, bytes]]:
    """Yield kind and body of each chunk of a WebP."""
    at, end = 12, 8 + struct.unpack_from("<I", data, 4)[0]
    while at + 8 <= min(end, len(data)):
        kind, length = struct.unpack_from("<4sI", data, at)
        yield kind, data[at + 8 : at + 8 + length]
        at += 8 + length + length % 2


def _in_webp(data: bytes) -> bytes | None:
    return next((body for kind, body in _riff(data) if kind == b"XMP "), None)


def _webp_with(data: bytes, packet: bytes) -> bytes:
    chunks = [(kind, body) for kind, body in _riff(data) if kind != b"XMP "]
    if chunks[0][0] == b"VP8X":
        head = chunks.pop(0)[1]
        chunks.insert(0, (b"VP8X", bytes((head[0] | _XMP_FLAG,)) + head[1:]))
    else:
        chunks.insert(0, (b"VP8X", _extended(data, *chunks[0])))
    body = b"".join(_webp_chunk(kind, part) for kind, part in (*chunks, (b"XMP ", packet)))
    return b"RIFF" + struct.pack("<I", 4 + len(body)) + b"WEBP" + body


def _extended(data: bytes, kind: bytes, first: bytes) -> bytes:
    """Return the header that a simple WebP does without (RFC 9649, section 2.7)."""
    size = probe(data).size
    has_alpha = kind == b"VP8L" and bool(struct.unpack_from("<I", first, 1)[0] & _ALPHA_BIT)
    flags = _XMP_FLAG | (_ALPHA_FLAG if has_alpha else 0)
    sides = struct.pack("<I", size.width_px - 1)[:3] + struct.pack("<I", size.height_px - 1)[:3]
    return bytes((flags, 0, 0, 0)) + sides


def _webp_chunk(kind: bytes, body: bytes) -> bytes:
    return kind + struct.pack("<I", len(body)) + body + b"\0" * (len(body) % 2)
