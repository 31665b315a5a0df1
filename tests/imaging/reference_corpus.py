"""Pictures as designers have them, made as bytes: every format, mode and profile that a reference may come in."""

from __future__ import annotations

import io
import struct
import zlib
from random import Random
from statistics import NormalDist
from typing import Any

import pillow_heif
from PIL import Image, ImageCms

from tests.imaging.corpus import chunk, encoded

pillow_heif.register_heif_opener()

# What a corner is, so that turning and mirroring show: top left, top right, bottom left, bottom right.
CORNERS = {(0, 0): (200, 40, 40), (1, 0): (40, 180, 40), (0, 1): (40, 40, 200), (1, 1): (210, 200, 60)}
# Display P3's primaries, adapted to D50 (SMPTE EG 432-1, as in Apple's profile).
P3_PRIMARIES = {
    b"rXYZ": (0.51512, 0.24120, -0.00105),
    b"gXYZ": (0.29198, 0.69225, 0.04189),
    b"bXYZ": (0.15710, 0.06657, 0.78407),
}
GPS_CANARY = b"canary-of-a-place"


def corners(size: tuple[int, int] = (96, 64), mode: str = "RGB") -> Image.Image:
    """Return a picture whose four quarters have the four colours."""
    picture = Image.new("RGB", size)
    width_px, height_px = size
    for (column, row), colour in CORNERS.items():
        box = (column * width_px // 2, row * height_px // 2, (column + 1) * width_px // 2, (row + 1) * height_px // 2)
        picture.paste(colour, box)
    return picture.convert(mode)


def stored_for(upright: Image.Image, orientation: int) -> Image.Image:
    """Return the picture as a camera stores it that notes *orientation*."""
    undo = {
        2: Image.Transpose.FLIP_LEFT_RIGHT,
        3: Image.Transpose.ROTATE_180,
        4: Image.Transpose.FLIP_TOP_BOTTOM,
        5: Image.Transpose.TRANSPOSE,
        6: Image.Transpose.ROTATE_90,
        7: Image.Transpose.TRANSVERSE,
        8: Image.Transpose.ROTATE_270,
    }
    return upright.transpose(undo[orientation]) if orientation in undo else upright


def exif(orientation: int | None = None, *, with_gps: bool = True) -> Image.Exif:
    """Return what a phone writes: where, with what, and how it was held."""
    notes = Image.Exif()
    if orientation:
        notes[0x0112] = orientation
    if with_gps:
        notes[0x010F] = "Maker of phones"
        notes.get_ifd(0x8825).update({1: "N", 2: (52.0, 31.0, 12.0), 3: "E", 4: (13.0, 24.0, 18.0), 29: GPS_CANARY})
    return notes


def phone_jpeg(size: tuple[int, int], quality: int = 90, orientation: int = 6) -> bytes:
    """Return a photo with grain, as stored by a phone held upright: GPS, XMP, a comment, colour at half resolution."""
    photo = grainy(size)
    xmp = b"<x:xmpmeta xmlns:x='adobe:ns:meta/'>canary-of-xmp</x:xmpmeta>"
    stored = stored_for(photo, orientation)
    return encoded(
        stored, "JPEG", quality=quality, subsampling=2, exif=exif(orientation), xmp=xmp, comment=b"canary-comment"
    )


def grainy(size: tuple[int, int], mode: str = "RGB") -> Image.Image:
    """Return the coloured corners with grain that costs a codec bytes."""
    grain = noise((max(1, size[0] // 4), max(1, size[1] // 4)), 60).resize(size, Image.Resampling.BILINEAR)
    return Image.blend(corners(size), grain.convert("RGB"), 0.25).convert(mode)


def noisy(size: tuple[int, int], mode: str = "RGB") -> Image.Image:
    """Return noise in every band, which nothing compresses."""
    bands = [noise(size, 120, seed) for seed, _ in enumerate(Image.new(mode, (1, 1)).getbands())]
    return Image.merge(mode, bands) if len(bands) > 1 else bands[0].convert(mode)


def noise(size: tuple[int, int], sigma: float, seed: int = 0) -> Image.Image:
    """Return Gaussian noise about mid grey, the same in every process: Pillow's goes by what was drawn before."""
    spread = NormalDist(128, sigma)
    levels = bytes(min(255, max(0, round(spread.inv_cdf((step + 0.5) / 256)))) for step in range(256))
    return Image.frombytes("L", size, Random(seed).randbytes(size[0] * size[1]).translate(levels))


def p3_profile() -> bytes:
    """Return a profile with Display P3's primaries and sRGB's curve."""
    profile = bytearray(ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes())
    count = struct.unpack_from(">I", profile, 128)[0]
    for index in range(count):
        name, at, _length = struct.unpack_from(">4sII", profile, 132 + 12 * index)
        if name in P3_PRIMARIES:
            struct.pack_into(">3i", profile, at + 8, *(round(value * 65_536) for value in P3_PRIMARIES[name]))
    return bytes(profile)


def srgb_profile() -> bytes:
    """Return sRGB under a name that does not say so."""
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    return profile.replace("sRGB".encode("utf-16-be"), "c2ci".encode("utf-16-be"))


def p3_as_srgb(colour: tuple[int, int, int]) -> tuple[int, int, int]:
    """Return what a colour of Display P3 is in sRGB, worked out by hand (CSS Color 4, section 10)."""
    red, green, blue = (_linear(value / 255) for value in colour)
    mixed = (
        1.2249401763 * red - 0.2249401763 * green,
        -0.0420569547 * red + 1.0420569547 * green,
        -0.0196375546 * red - 0.0786360456 * green + 1.0982736001 * blue,
    )
    levels = [round(255 * _curved(min(1.0, max(0.0, value)))) for value in mixed]
    return levels[0], levels[1], levels[2]


def _linear(value: float) -> float:
    return value / 12.92 if value <= 0.04045 else float(((value + 0.055) / 1.055) ** 2.4)


def _curved(value: float) -> float:
    return value * 12.92 if value <= 0.0031308 else 1.055 * float(value ** (1 / 2.4)) - 0.055


def heic(image: Image.Image, **options: Any) -> bytes:
    """Return the picture as HEIC without loss."""
    return encoded(image, "HEIF", quality=-1, chroma=444, **options)


def psd(image: Image.Image, profile: bytes = b"") -> bytes:
    """Return a PSD that is flat: header, no palette, its profile, no layers, raw planes."""
    channels = len(image.getbands())
    header = b"8BPS" + struct.pack(">H6xHIIHH", 1, channels, image.height, image.width, 8, 3 if channels > 1 else 1)
    resource = b"8BIM" + struct.pack(">H2xI", 1039, len(profile)) + profile + b"\0" * (len(profile) % 2)
    resources = resource if profile else b""
    planes = b"".join(band.tobytes() for band in image.split())
    return header + struct.pack(">II", 0, len(resources)) + resources + struct.pack(">IH", 0, 0) + planes


def deep_png(size: tuple[int, int], channels: int = 3, value: int = 0x80FF) -> bytes:
    """Return a 16-bit PNG of one value everywhere; Pillow itself writes none in colour."""
    colour_type = {1: 0, 2: 4, 3: 2, 4: 6}[channels]
    row = b"\0" + struct.pack(">H", value) * channels * size[0]
    header = struct.pack(">IIBBBBB", *size, 16, colour_type, 0, 0, 0)
    start = b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header)
    return start + chunk(b"IDAT", zlib.compress(row * size[1])) + chunk(b"IEND", b"")


def deep_tiff(size: tuple[int, int]) -> bytes:
    """Return an uncompressed 16-bit RGB TIFF: the low bytes noise, the picture a slope from dark to light."""
    slope = Image.linear_gradient("L").resize(size).tobytes()
    pixels = bytearray(6 * len(slope))
    for band in range(3):
        pixels[2 * band + 1 :: 6] = slope
    tags = [(256, 4, 1, size[0]), (257, 4, 1, size[1]), (258, 3, 3, 0), (259, 3, 1, 1), (262, 3, 1, 2)]
    tags += [(273, 4, 1, 0), (277, 3, 1, 3), (278, 4, 1, size[1]), (279, 4, 1, len(pixels)), (284, 3, 1, 1)]
    behind = 8 + 2 + 12 * len(tags) + 4
    places = {258: behind, 273: behind + 6}
    entries = b"".join(struct.pack("<HHII", tag, kind, n, places.get(tag, v)) for tag, kind, n, v in tags)
    start = b"II*\0" + struct.pack("<IH", 8, len(tags)) + entries + struct.pack("<I3H", 0, 16, 16, 16)
    return start + pixels


def opened(data: bytes) -> Image.Image:
    """Return the picture in a file, all of it."""
    image = Image.open(io.BytesIO(data))
    image.load()
    return image
