"""Faults in what a result link serves: other things than pictures, pictures that bite, and ranges that lie."""

from __future__ import annotations

import io
import struct
import time
import zlib
from collections.abc import Callable
from typing import Any

from PIL import Image

from seedream_desktop.simulator.alterations import PAGE
from seedream_desktop.simulator.replies import Reply
from seedream_desktop.simulator.scene import Scene

SVG = b'<svg xmlns="http://www.w3.org/2000/svg"><image href="file:///etc/hostname" width="9" height="9"/></svg>'
OTHER_FORMATS = {"gif": "GIF", "tiff": "TIFF", "bmp": "BMP", "png": "PNG", "webp": "WEBP"}
SMALL = (640, 480)
BOMB_SIDE_PX = 20_000
PNG_START = b"\x89PNG\r\n\x1a\n"


def image(reply: Reply, value: Any, _scene: Scene) -> Reply:
    """Serve something else than the picture, under the content type that the link promises."""
    variants: dict[str, Callable[[bytes], bytes]] = {
        "html": lambda _: PAGE,
        "json": lambda _: b'{"code": 404, "message": "no such file"}',
        "empty": lambda _: b"",
        "truncated": lambda data: data[: len(data) // 2],
        "no-end": lambda data: data[:-2],
        "flipped": _flipped,
        "trailing-zip": lambda data: data + b"PK\x05\x06" + bytes(18),
        "trailing-html": lambda data: data + b"<script>alert(1)</script>",
        "svg": lambda _: SVG,
        "pdf": lambda _: b"%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\n%%EOF\n",
        "png-bomb": lambda _: _png_bomb(),
        "text-bomb": lambda _: _text_bomb(),
        "apng": lambda _: _apng(),
        "rotated": lambda data: _saved(data, "JPEG", exif=_rotation()),
        "cmyk": lambda data: _saved(data, "JPEG", mode="CMYK"),
        "png16": lambda data: _saved(data, "PNG", mode="I;16"),
        "palette": lambda data: _saved(data, "PNG", mode="P"),
    }
    if value in OTHER_FORMATS:
        return _with_bytes(reply, _saved(reply.body, OTHER_FORMATS[value]))
    return _with_bytes(reply, variants[value](reply.body))


def etag(reply: Reply, value: Any, scene: Scene) -> Reply:
    """`changes`: another one at each call; `weak`; `none`; `changes-content`: the bytes change with it."""
    fresh = reply.with_header("etag", f'"{time.monotonic_ns()}"')
    if value == "changes":
        return fresh
    if value == "changes-content":
        return _with_bytes(fresh, _saved(reply.body, "JPEG", quality=70 + scene.asked % 20))
    if value == "weak":
        return reply.with_header("etag", "W/" + reply.headers["etag"])
    return Reply(reply.status, reply.body, {k: v for k, v in reply.headers.items() if k != "etag"})


def _with_bytes(reply: Reply, data: bytes) -> Reply:
    return Reply(reply.status, data, reply.headers)


def _flipped(data: bytes) -> bytes:
    """The picture with some bytes in its middle turned over: whole by its ends, spoilt inside."""
    middle = len(data) // 2
    return data[:middle] + bytes(byte ^ 0xFF for byte in data[middle : middle + 64]) + data[middle + 64 :]


def _saved(data: bytes, kind: str, *, mode: str = "RGB", **options: Any) -> bytes:
    """A smaller copy of the picture in another format or colour mode."""
    with Image.open(io.BytesIO(data)) as picture:
        picture.draft("RGB", SMALL)
        small = picture.convert("RGB").resize(SMALL)
    changed = small.convert("I;16") if mode == "I;16" else small.convert(mode)
    file = io.BytesIO()
    changed.save(file, kind, **options)
    return file.getvalue()


def _rotation() -> Image.Exif:
    exif = Image.Exif()
    exif[0x0112] = 6
    return exif


def _chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def _png(width_px: int, height_px: int, data: bytes, *extra: bytes) -> bytes:
    header = _chunk(b"IHDR", struct.pack(">IIBBBBB", width_px, height_px, 8, 0, 0, 0, 0))
    return b"".join([PNG_START, header, *extra, _chunk(b"IDAT", data), _chunk(b"IEND", b"")])


def _blank(width_px: int, height_px: int) -> bytes:
    packer = zlib.compressobj(9)
    row = bytes(width_px + 1)
    return b"".join([*(packer.compress(row) for _ in range(height_px)), packer.flush()])


def _png_bomb() -> bytes:
    """A valid PNG of 20,000 x 20,000 pixels in some 400 kB."""
    return _png(BOMB_SIDE_PX, BOMB_SIDE_PX, _blank(BOMB_SIDE_PX, BOMB_SIDE_PX))


def _text_bomb() -> bytes:
    """A small PNG whose compressed text swells to 64 MiB."""
    text = zlib.compress(b" " * (64 * 1024 * 1024), 9)
    return _png(64, 64, _blank(64, 64), _chunk(b"zTXt", b"Comment\0\0" + text))


def _apng() -> bytes:
    """A small PNG that announces 10,000 frames."""
    return _png(64, 64, _blank(64, 64), _chunk(b"acTL", struct.pack(">II", 10_000, 0)))
