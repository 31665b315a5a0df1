"""Picture files for the tests, sound and hostile, made as bytes."""

from __future__ import annotations

import io
import struct
import zlib
from typing import Any

from PIL import Image, ImageCms

PNG_START = b"\x89PNG\r\n\x1a\n"


def picture(mode: str = "RGB", size: tuple[int, int] = (120, 80)) -> Image.Image:
    """Return a picture with a light left and a dark right half, so that turning it shows."""
    grey = Image.new("L", size, 230)
    grey.paste(20, (size[0] // 2, 0, size[0], size[1]))
    return grey.convert(mode)


def encoded(image: Image.Image, media_format: str, **options: Any) -> bytes:
    """Return the picture as a file."""
    buffer = io.BytesIO()
    image.save(buffer, media_format, **options)
    return buffer.getvalue()


def turned_jpeg() -> bytes:
    """Return a JPEG stored on its side: seen, it is 80 x 120 with its light half on top."""
    exif = Image.Exif()
    exif[0x0112] = 6
    return encoded(picture(), "JPEG", exif=exif)


def chunk(kind: bytes, data: bytes) -> bytes:
    """Return a PNG chunk with its sum."""
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def png_header(width_px: int, height_px: int) -> bytes:
    """Return the header chunk of an 8-bit RGB picture."""
    return chunk(b"IHDR", struct.pack(">IIBBBBB", width_px, height_px, 8, 2, 0, 0, 0))


def png_bomb() -> bytes:
    """Return a small PNG that says it has 400 million pixels."""
    return PNG_START + png_header(20_000, 20_000) + chunk(b"IDAT", zlib.compress(b"\0" * 100_000)) + chunk(b"IEND", b"")


def with_chunk(png: bytes, extra: bytes) -> bytes:
    """Return the PNG with *extra* right behind its header."""
    return png[:33] + extra + png[33:]


def text_bomb() -> bytes:
    """Return a PNG whose comment unpacks to 64 MiB."""
    packed = zlib.compress(b"\0" * (64 * 1024 * 1024), 9)
    return with_chunk(encoded(picture(), "PNG"), chunk(b"zTXt", b"Comment\0\0" + packed))


def profile_bomb() -> bytes:
    """Return a PNG whose colour profile unpacks to 64 MiB."""
    packed = zlib.compress(b"\0" * (64 * 1024 * 1024), 9)
    return with_chunk(encoded(picture(), "PNG"), chunk(b"iCCP", b"profile\0\0" + packed))


def animation(media_format: str) -> bytes:
    """Return a file with three frames."""
    frames = [Image.new("RGB", (40, 30), colour) for colour in ("red", "green", "blue")]
    return encoded(frames[0], media_format, save_all=True, append_images=frames[1:], duration=50)


def odd_profile() -> bytes:
    """Return a profile whose red is blue and whose blue is red; greys stay grey."""
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    profile = profile.replace("sRGB".encode("utf-16-be"), "Test".encode("utf-16-be"))
    return profile.replace(b"rXYZ", b"????").replace(b"bXYZ", b"rXYZ").replace(b"????", b"bXYZ")


def webp_extended(width_px: int, height_px: int, flags: int) -> bytes:
    """Return only the beginning of an extended WebP file, its sizes consistent."""
    body = struct.pack("<I", flags) + (width_px - 1).to_bytes(3, "little") + (height_px - 1).to_bytes(3, "little")
    chunks = b"WEBP" + b"VP8X" + struct.pack("<I", len(body)) + body
    return b"RIFF" + struct.pack("<I", len(chunks)) + chunks
