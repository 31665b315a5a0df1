"""More than a hundred files that mean harm or are broken, the same ones every time: made from a seed."""

from __future__ import annotations

import random
import struct
import zlib
from collections.abc import Iterator

from PIL import Image

from tests.imaging.corpus import (
    PNG_START,
    animation,
    chunk,
    encoded,
    png_bomb,
    png_header,
    profile_bomb,
    text_bomb,
    webp_extended,
    with_chunk,
)
from tests.imaging.reference_corpus import corners, deep_tiff, exif, heic, psd

Named = tuple[str, bytes]
COUNT = 120
_SEED = 20_260_101
_FORMATS = ("JPEG", "PNG", "WEBP", "AVIF", "TIFF", "BMP", "GIF")


def hostile_files() -> list[Named]:
    """Return them, each with what is wrong with it."""
    chance = random.Random(_SEED)
    grain = Image.frombytes("RGB", (64, 48), chance.randbytes(64 * 48 * 3)).resize((320, 240))
    sound = {name: encoded(grain, name) for name in _FORMATS}
    sound |= {"HEIC": heic(grain), "PSD": psd(grain)}
    files = [*_bombs(), *_notes(), *_tiffs(), *_boxes(), *_polyglots(sound)]
    files += list(_cut(sound, chance, 2)) + list(_scribbled(sound, chance, 3))
    return files + list(_mixed(sound, chance, COUNT - len(files)))


def _bombs() -> Iterator[Named]:
    yield "PNG of 400 megapixels", png_bomb()
    yield "PNG of 2^31 by 2^31", PNG_START + png_header(2**31 - 1, 2**31 - 1) + chunk(b"IEND", b"")
    yield "PNG without pixels", PNG_START + png_header(0, 0) + chunk(b"IEND", b"")
    yield "PNG of 119 megapixels and none of them", PNG_START + png_header(11_900, 10_000) + chunk(b"IEND", b"")
    packed = zlib.compress(b"\0" * 5_000_000, 9)
    yield "PNG that ends far too early", PNG_START + png_header(10_000, 10_000) + _image(packed)
    yield "PNG with far more pixels than said", PNG_START + png_header(20, 20) + _image(packed)
    yield "WebP of 268 megapixels", webp_extended(16_384, 16_384, 0)
    yield "GIF with a huge canvas", b"GIF89a" + struct.pack("<HHBBB", 65_535, 65_535, 0, 0, 0) + b"\x3b"
    yield "GIF frame beyond its canvas", _gif(20, 20, (60_000, 60_000, 5_000, 5_000))
    yield "GIF of nothing", _gif(0, 0, (0, 0, 0, 0))
    yield "JPEG of 65,535 by 65,535", _jpeg_of(65_535, 65_535)
    yield "JPEG without height", _jpeg_of(0, 64)
    yield "JPEG taller than its data", _jpeg_of(3_000, 64)
    yield "BMP of 10 gigapixels", _bmp_of(100_000, 100_000)
    yield "BMP upside down and bottomless", _bmp_of(64, -(2**31))
    yield "BMP larger than its file", _bmp_of(9_000, 9_000)
    yield "PSD of 30,000 by 30,000", b"8BPS" + struct.pack(">H6xHIIHH", 1, 3, 30_000, 30_000, 8, 3) + bytes(14)
    yield "PSD with 56 channels and no data", b"8BPS" + struct.pack(">H6xHIIHH", 1, 56, 10, 10, 8, 3) + bytes(14)
    yield "PSD whose resources have no end", b"8BPS" + struct.pack(">H6xHIIHHII", 1, 3, 9, 9, 8, 3, 0, 2**32 - 1)


def _notes() -> Iterator[Named]:
    yield "PNG with a comment of 64 MiB", text_bomb()
    yield "PNG with a profile of 64 MiB", profile_bomb()
    inner = zlib.compress(b"\0" * 50_000_000, 9)
    body = b"XML:com.adobe.xmp\0\1\0\0\0" + inner
    yield "PNG with an iTXt bomb", with_chunk(encoded(corners(), "PNG"), chunk(b"iTXt", body))
    yield "PNG with ten thousand comments", with_chunk(encoded(corners(), "PNG"), chunk(b"tEXt", b"a\0b") * 10_000)
    yield "PNG with a profile of rubbish", encoded(corners(), "PNG", icc_profile=b"rubbish" * 99)
    yield "JPEG with a profile that counts wrongly", encoded(corners(), "JPEG", icc_profile=_profile(2**31))
    yield "JPEG with a profile of endless tags", encoded(corners(), "JPEG", icc_profile=_profile(100))
    loop = b"Exif\0\0II*\0\x08\0\0\0" + struct.pack("<HHHII", 1, 0x8769, 4, 1, 8) + struct.pack("<I", 8)
    yield "JPEG with EXIF that bites its tail", encoded(corners(), "JPEG", exif=loop)
    yield "JPEG with an orientation of 99", encoded(corners(), "JPEG", exif=exif(99))
    yield "animated PNG of 300 frames", animation("PNG").replace(b"acTL\0\0\0\3", b"acTL\0\0\1\x2c")
    yield "JPEG of comments only", b"\xff\xd8" + b"\xff\xfe\xff\xff" + bytes(65_533) + b"\xff\xd9"
    yield "JPEG with ten thousand comments", b"\xff\xd8" + b"\xff\xfe\0\x04ab" * 10_000 + encoded(corners(), "JPEG")[2:]


def _tiffs() -> Iterator[Named]:
    wide = [(256, 4, 1, 64), (257, 4, 1, 64), (258, 3, 1, 8), (259, 3, 1, 1), (262, 3, 1, 1)]
    yield "TIFF whose directory is itself", _tiff(wide, following=8)
    yield "TIFF of 4 gigapixels squared", _tiff([(256, 4, 1, 2**32 - 1), (257, 4, 1, 2**32 - 1), *wide[2:]])
    yield "TIFF with four thousand million strips", _tiff([*wide, (273, 4, 2**32 - 1, 8), (279, 4, 2**32 - 1, 8)])
    yield "TIFF with a strip beyond its end", _tiff([*wide, (273, 4, 1, 2**31), (278, 4, 1, 64), (279, 4, 1, 4096)])
    yield "TIFF with types that do not exist", _tiff([(256, 99, 7, 1), (257, 0, 9, 1), *wide[2:]])
    yield "TIFF with 65,535 samples", _tiff([*wide, (277, 3, 1, 65_535), (273, 4, 1, 8), (279, 4, 1, 8)])
    yield "TIFF in tiles of nothing", _tiff([*wide, (322, 4, 1, 0), (323, 4, 1, 0), (324, 4, 1, 8), (325, 4, 1, 8)])
    deflated = [*wide[:3], (259, 3, 1, 8), (262, 3, 1, 1), (273, 4, 1, 8), (278, 4, 1, 64), (279, 4, 1, 50)]
    yield "TIFF packed as rubbish", _tiff(deflated)
    yield "TIFF without tags", b"II*\0\x08\0\0\0\0\0"
    yield "TIFF cut in its tags", deep_tiff((60, 40))[:60]
    yield "BigTIFF that points past everything", b"II+\0\x08\0\0\0" + struct.pack("<Q", 2**63)


def _boxes() -> Iterator[Named]:
    brand = b"\0\0\0\x18ftypheic\0\0\0\0mif1heic"
    yield "HEIC of a header only", brand
    yield "HEIC of random bytes", brand + random.Random(1).randbytes(5_000)
    yield "HEIC with a box larger than all", brand + struct.pack(">I4s", 2**32 - 1, b"meta") + bytes(64)
    yield "HEIC with a box of nothing", brand + struct.pack(">I4s", 0, b"meta") + bytes(64)
    yield (
        "HEIC of boxes in boxes",
        brand + b"".join(struct.pack(">I4sI", 12 * (2_000 - depth), b"meta", 0) for depth in range(2_000)),
    )
    whole = heic(corners())
    yield "HEIC that lies about its size", _resized(whole, 60_000, 60_000)
    yield "AVIF that lies about its size", _resized(encoded(corners(), "AVIF"), 60_000, 60_000)
    yield "AVIF of random bytes", b"\0\0\0\x1cftypavif\0\0\0\0avifmif1miaf" + random.Random(2).randbytes(3_000)


def _polyglots(sound: dict[str, bytes]) -> Iterator[Named]:
    yield "JPEG and ZIP", sound["JPEG"] + b"PK\3\4" + bytes(200)
    yield "PNG and HTML", sound["PNG"] + b"<script>alert(1)</script>"
    yield "GIF and script", b"GIF89a/*" + bytes(20) + b"*/=1;alert(1)//"
    yield "PDF and JPEG", b"%PDF-1.4\n" + sound["JPEG"]
    yield "JPEG that says it is PostScript", b"\xff\xd8\xff%!PS-Adobe-3.0\n/a{a}def a"
    yield "SVG with a bomb of entities", b"<!DOCTYPE s[<!ENTITY a 'aaaa'><!ENTITY b '&a;&a;&a;'>]><svg>&b;</svg>"
    yield "RIFF that is no WebP", b"RIFF" + struct.pack("<I", 2**32 - 1) + b"WEBP" + b"VP8L" + b"\xff" * 30
    yield "photo with a film behind", sound["JPEG"] + b"\0\0\0\x18ftypmp42" + bytes(99)


def _cut(sound: dict[str, bytes], chance: random.Random, times: int) -> Iterator[Named]:
    for name, data in sound.items():
        for _ in range(times):
            length = chance.randrange(4, len(data) - 1)
            yield f"{name} cut at {length}", data[:length]


def _scribbled(sound: dict[str, bytes], chance: random.Random, times: int) -> Iterator[Named]:
    for name, data in sound.items():
        for turn in range(times):
            broken = bytearray(data)
            # The first bytes hold the structure; the kind itself is left alone.
            end = min(len(data), (300, 3_000, len(data))[turn])
            for _ in range(8):
                broken[chance.randrange(12, end)] = chance.randrange(256)
            yield f"{name} with eight wrong bytes in the first {end}", bytes(broken)


def _mixed(sound: dict[str, bytes], chance: random.Random, count: int) -> Iterator[Named]:
    names = sorted(sound)
    for number in range(count):
        head, tail = chance.choice(names), chance.choice(names)
        at = chance.randrange(20, 400)
        yield f"{head} that goes on as {tail} ({number})", sound[head][:at] + sound[tail][at:]


def _image(packed: bytes) -> bytes:
    return chunk(b"IDAT", packed) + chunk(b"IEND", b"")


def _gif(width_px: int, height_px: int, frame: tuple[int, int, int, int]) -> bytes:
    screen = struct.pack("<HHBBB", width_px, height_px, 0x80, 0, 0) + bytes(6)
    return b"GIF89a" + screen + b"," + struct.pack("<HHHHB", *frame, 0) + b"\2\2\x4c\1\0;"


def _jpeg_of(height_px: int, width_px: int) -> bytes:
    data = bytearray(encoded(Image.new("L", (64, 64)), "JPEG"))
    at = data.index(b"\xff\xc0") + 5
    data[at : at + 4] = struct.pack(">HH", height_px, width_px)
    return bytes(data)


def _bmp_of(width_px: int, height_px: int) -> bytes:
    header = struct.pack("<IiiHHIIiiII", 40, width_px, height_px, 1, 24, 0, 0, 0, 0, 0, 0)
    return b"BM" + struct.pack("<IHHI", 54, 0, 0, 54) + header + bytes(100)


def _profile(tags: int) -> bytes:
    header = bytes(8) + b"\4\0\0\0mntrRGB XYZ " + bytes(12) + b"acsp" + bytes(88)
    entries = struct.pack(">4sII", b"rXYZ", 2**31, 2**31) * 100
    body = header + struct.pack(">I", tags) + entries
    return struct.pack(">I", len(body)) + body[4:]


def _tiff(tags: list[tuple[int, int, int, int]], following: int = 0) -> bytes:
    entries = b"".join(struct.pack("<HHII", *tag) for tag in tags)
    return b"II*\0" + struct.pack("<IH", 8, len(tags)) + entries + struct.pack("<I", following) + bytes(64)


def _resized(data: bytes, width_px: int, height_px: int) -> bytes:
    at = data.index(b"ispe") + 8
    return data[:at] + struct.pack(">II", width_px, height_px) + data[at + 8 :]
