"""A picture of the user's becomes a file within the rules: upright, in sRGB, without notes, hardly touched."""

from __future__ import annotations

import asyncio
import os
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from PIL import Image, ImageChops, ImageCms

from seedream_desktop.domain.pixels import PixelSize
from seedream_desktop.domain.preparation import Change, PictureFacts, ReferenceFault
from seedream_desktop.domain.reference import MAX_REFERENCE_BYTES, Crop
from seedream_desktop.imaging.pool import ImagingPool
from seedream_desktop.ports.errors import StorageError, UnusableReferenceError
from seedream_desktop.ports.references import ReferencePreparer
from tests.imaging.corpus import animation, encoded, with_chunk
from tests.imaging.corpus import chunk as png_chunk
from tests.imaging.reference_bench import Bench, assert_corners, assert_near
from tests.imaging.reference_corpus import (
    GPS_CANARY,
    corners,
    exif,
    grainy,
    heic,
    noisy,
    opened,
    phone_jpeg,
    psd,
    srgb_profile,
    stored_for,
)

FRAMES: dict[str, Any] = {"save_all": True, "append_images": [Image.new("RGB", (96, 64), "black")]}


@pytest.fixture(scope="module")
def pool() -> Iterator[ImagingPool]:
    pool = ImagingPool()
    yield pool
    asyncio.run(pool.close())


@pytest.fixture
def bench(pool: ImagingPool, tmp_path: Path) -> Bench:
    return Bench(pool, tmp_path)


def lab() -> Image.Image:
    converted = ImageCms.profileToProfile(
        corners(), ImageCms.createProfile("sRGB"), ImageCms.createProfile("LAB"), outputMode="LAB"
    )
    assert converted is not None
    return converted


def test_the_pool_fits_the_port() -> None:
    pool = ImagingPool()
    port: ReferencePreparer = pool

    assert port is pool


# Kinds of files that hold the four corners: the bytes, the format that comes out, and all that is done.
KINDS: dict[str, tuple[bytes, str, tuple[Change, ...]]] = {
    "JPEG": (encoded(corners(), "JPEG", quality=95, subsampling=0), "JPEG", ()),
    "PNG": (encoded(corners(), "PNG"), "PNG", ()),
    "WebP": (encoded(corners(), "WEBP", quality=95), "WEBP", ()),
    "lossless WebP": (encoded(corners(mode="RGBA"), "WEBP", lossless=True), "WEBP", ()),
    "palette PNG": (encoded(corners().quantize(8), "PNG"), "PNG", ()),
    "AVIF": (encoded(corners(), "AVIF", quality=95), "JPEG", (Change.FORMAT_CHANGED,)),
    "turned AVIF": (
        encoded(stored_for(corners(), 6), "AVIF", quality=95, exif=exif(6)),
        "JPEG",
        (Change.TURNED, Change.FORMAT_CHANGED, Change.METADATA_REMOVED),
    ),
    "HEIC": (heic(corners()), "JPEG", (Change.FORMAT_CHANGED,)),
    "turned HEIC": (
        heic(stored_for(corners(), 6), exif=exif(6).tobytes()),
        "JPEG",
        (Change.TURNED, Change.FORMAT_CHANGED, Change.METADATA_REMOVED),
    ),
    "TIFF": (encoded(corners(), "TIFF", compression="tiff_lzw"), "PNG", (Change.FORMAT_CHANGED,)),
    "turned TIFF": (
        encoded(stored_for(corners(), 6), "TIFF", exif=exif(6)),
        "PNG",
        (Change.TURNED, Change.FORMAT_CHANGED, Change.METADATA_REMOVED),
    ),
    "TIFF of two pages": (encoded(corners(), "TIFF", **FRAMES), "PNG", (Change.FIRST_FRAME, Change.FORMAT_CHANGED)),
    "LAB TIFF": (encoded(lab(), "TIFF"), "PNG", (Change.COLOURS_CONVERTED, Change.FORMAT_CHANGED)),
    "CMYK TIFF": (encoded(corners(mode="CMYK"), "TIFF"), "PNG", (Change.COLOURS_CONVERTED, Change.FORMAT_CHANGED)),
    "CMYK JPEG": (encoded(corners(mode="CMYK"), "JPEG", quality=95), "JPEG", (Change.COLOURS_CONVERTED,)),
    "BMP": (encoded(corners(), "BMP"), "PNG", (Change.FORMAT_CHANGED,)),
    "GIF": (encoded(corners(), "GIF"), "PNG", (Change.FORMAT_CHANGED,)),
    "animated GIF": (encoded(corners(), "GIF", **FRAMES), "PNG", (Change.FIRST_FRAME, Change.FORMAT_CHANGED)),
    "animated PNG": (encoded(corners(), "PNG", **FRAMES), "PNG", (Change.FIRST_FRAME,)),
    "animated WebP": (
        encoded(corners(), "WEBP", quality=95, **FRAMES),
        "JPEG",
        (Change.FIRST_FRAME, Change.FORMAT_CHANGED),
    ),
    "PSD": (psd(corners()), "PNG", (Change.FORMAT_CHANGED,)),
}


@pytest.mark.parametrize("kind", KINDS)
async def test_every_format_ends_as_one_the_service_takes(bench: Bench, kind: str) -> None:
    data, media_format, changes = KINDS[kind]

    prepared, image = await bench.prepare(data)

    assert (prepared.facts.media_format, prepared.changes) == (media_format, changes)
    told = next(name for name in ("JPEG", "PNG", "WebP", "AVIF", "HEIC", "TIFF", "BMP", "GIF", "PSD") if name in kind)
    assert prepared.origin == PictureFacts(told.upper(), SIZE, len(data))
    assert prepared.facts.size == SIZE
    assert_corners(image)


SIZE = PixelSize(96, 64)


@pytest.mark.parametrize("orientation", range(1, 9))
@pytest.mark.parametrize("media_format", ["JPEG", "PNG", "WEBP"])
async def test_a_picture_is_turned_as_the_camera_was_held(bench: Bench, media_format: str, orientation: int) -> None:
    stored = stored_for(corners(), orientation)

    prepared, image = await bench.prepare(encoded(stored, media_format, quality=95, exif=exif(orientation)))

    assert prepared.facts.size == prepared.origin.size == SIZE
    assert (Change.TURNED in prepared.changes) == (orientation != 1)
    assert_corners(image)


@pytest.mark.parametrize("orientation", range(1, 9))
@pytest.mark.parametrize("crop", [Crop(0, 0, 0.5, 0.5), Crop(0.5, 0.25, 1, 0.75), Crop(0.1, 0.6, 0.35, 1)])
async def test_a_crop_is_of_the_picture_as_it_is_seen(bench: Bench, orientation: int, crop: Crop) -> None:
    seen = corners((160, 120))
    stored = stored_for(seen, orientation)

    prepared, image = await bench.prepare(encoded(stored, "PNG", exif=exif(orientation)), crop)

    wanted = seen.crop(crop.box_px(PixelSize(160, 120)))
    assert Change.CROPPED in prepared.changes
    assert prepared.origin.size == PixelSize(160, 120)
    assert ImageChops.difference(image, wanted).getbbox() is None


UNTOUCHED = {
    "JPEG": encoded(grainy((120, 90)), "JPEG", exif=exif(1), comment=b"canary", xmp=b"<x:xmpmeta/>", quality=80),
    "grey progressive JPEG": encoded(grainy((120, 90), "L"), "JPEG", exif=exif(), progressive=True),
    "JPEG in sRGB": encoded(grainy((120, 90)), "JPEG", exif=exif(), icc_profile=srgb_profile()),
    "JPEG with a film behind it": encoded(grainy((120, 90)), "JPEG", exif=exif()) + b"ftypmp42 canary of a film",
    "PNG": with_chunk(encoded(grainy((120, 90)), "PNG", exif=exif(1)), png_chunk(b"tEXt", b"Comment\0canary")),
    "PNG in sRGB": encoded(grainy((120, 90)), "PNG", exif=exif(), icc_profile=srgb_profile()),
    "clear palette PNG": encoded(grainy((120, 90)).quantize(9), "PNG", exif=exif(), transparency=3),
    "WebP": encoded(grainy((120, 90)), "WEBP", exif=exif(), xmp=b"<x:xmpmeta/>", quality=70),
    "clear WebP in sRGB": encoded(noisy((120, 90), "RGBA"), "WEBP", exif=exif(), icc_profile=srgb_profile()),
}


@pytest.mark.parametrize("kind", UNTOUCHED)
async def test_a_picture_within_the_rules_only_loses_its_notes(bench: Bench, kind: str) -> None:
    prepared, image = await bench.prepare(UNTOUCHED[kind])

    assert prepared.changes == (Change.METADATA_REMOVED,)
    before = opened(UNTOUCHED[kind])
    assert (image.mode, image.convert("RGBA").tobytes()) == (before.mode, before.convert("RGBA").tobytes())


async def test_a_file_without_notes_stays_the_very_same(bench: Bench) -> None:
    data = encoded(grainy((120, 90)), "PNG")

    prepared, _ = await bench.prepare(data)

    assert (bench.into.read_bytes(), prepared.changes) == (data, ())
    assert prepared.facts == prepared.origin == PictureFacts("PNG", PixelSize(120, 90), len(data))


async def test_a_preview_inside_a_jpeg_does_not_survive(bench: Bench) -> None:
    jpeg = encoded(corners(), "JPEG", quality=95)
    preview = b"JFIF\0\1\1\0\0\1\0\1\2\2" + b"canary-rgb!!"
    data = jpeg[:2] + b"\xff\xe0" + (len(preview) + 2).to_bytes(2, "big") + preview + jpeg[20:]

    _, image = await bench.prepare(data)

    assert_corners(image)


async def test_a_phones_photo_is_turned_and_loses_its_place(bench: Bench) -> None:
    data = phone_jpeg((480, 640))

    prepared, image = await bench.prepare(data)

    assert prepared.changes == (Change.TURNED, Change.METADATA_REMOVED)
    assert GPS_CANARY in data
    assert prepared.facts.size == PixelSize(480, 640)
    wanted = grainy_mean(opened(data).transpose(Image.Transpose.ROTATE_270))
    assert grainy_mean(image) == pytest.approx(wanted, abs=1.5)


def grainy_mean(image: Image.Image) -> list[float]:
    """Return the brightness of the four quarters."""
    small = image.convert("L").resize((2, 2), Image.Resampling.BOX)
    return [float(value) for value in small.tobytes()]


async def test_a_48_megapixel_photo_of_12_megabytes_ends_within_the_rules(bench: Bench) -> None:
    data = phone_jpeg((6048, 8064), quality=95)
    assert 11_000_000 < len(data) < 20_000_000, len(data)

    prepared, image = await bench.prepare(data)

    assert prepared.changes[:2] == (Change.TURNED, Change.SCALED_DOWN)
    assert prepared.changes[-1] == Change.METADATA_REMOVED
    assert prepared.origin == PictureFacts("JPEG", PixelSize(6048, 8064), len(data))
    assert 35_900_000 < image.width * image.height <= 36_000_000
    assert image.width / image.height == pytest.approx(0.75, abs=0.001)
    assert prepared.facts.size_bytes > 5_000_000
    assert_corners(image, within=70)


async def test_a_large_file_of_few_pixels_is_given_the_best_quality_that_fits(bench: Bench) -> None:
    prepared, image = await bench.prepare(encoded(noisy((2400, 2000)), "PNG", compress_level=1))

    assert (prepared.facts.media_format, image.size) == ("JPEG", (2400, 2000))
    assert prepared.changes == (Change.FORMAT_CHANGED, Change.COMPRESSED)
    assert 9_000_000 < prepared.facts.size_bytes <= MAX_REFERENCE_BYTES


async def test_a_transparent_picture_of_more_than_ten_megabytes_stays_transparent(bench: Bench) -> None:
    data = encoded(noisy((1900, 1800), "RGBA"), "PNG", compress_level=1)
    assert len(data) > MAX_REFERENCE_BYTES

    prepared, image = await bench.prepare(data)

    assert (prepared.facts.media_format, image.mode) == ("WEBP", "RGBA")
    assert Change.FORMAT_CHANGED in prepared.changes


async def test_flat_graphics_in_a_clumsy_file_stay_without_loss(bench: Bench) -> None:
    drawing = corners((2200, 1600))

    prepared, image = await bench.prepare(encoded(drawing, "BMP"))

    assert prepared.changes == (Change.FORMAT_CHANGED, Change.COMPRESSED)
    assert image.format == "PNG"
    assert ImageChops.difference(image, drawing).getbbox() is None


async def test_a_long_panorama_is_refused_and_a_part_of_it_works(bench: Bench) -> None:
    panorama = encoded(grainy((4000, 200)), "JPEG")

    assert await bench.fault(panorama) == ReferenceFault.TOO_LONG
    prepared, image = await bench.prepare(panorama, Crop(0, 0, 0.8, 1))
    assert image.size == (3200, 200)
    assert prepared.changes == (Change.CROPPED,)


async def test_a_crop_can_be_too_long_as_well(bench: Bench) -> None:
    assert await bench.fault(encoded(corners((400, 400)), "PNG"), Crop(0, 0, 1, 0.05)) == ReferenceFault.TOO_LONG


@pytest.mark.parametrize(
    ("size", "becomes"),
    [((1, 1), (15, 15)), ((10, 20), (15, 30)), ((3, 48), (15, 240)), ((14, 224), (15, 240)), ((15, 15), (15, 15))],
)
async def test_tiny_pictures_are_enlarged_just_enough(
    bench: Bench, size: tuple[int, int], becomes: tuple[int, int]
) -> None:
    prepared, image = await bench.prepare(encoded(Image.new("RGB", size, "red"), "PNG"))

    assert image.size == becomes
    assert prepared.changes == ((Change.ENLARGED,) if size != becomes else ())
    assert image.convert("RGB").getpixel((7, 7)) == (255, 0, 0)


async def test_a_hundred_megapixels_are_opened_and_more_are_refused(bench: Bench) -> None:
    huge = encoded(corners((10_000, 10_000)), "JPEG", quality=30, progressive=True)
    prepared, image = await bench.prepare(huge)
    assert image.size == (6000, 6000)
    assert prepared.changes == (Change.SCALED_DOWN,)
    assert_corners(image)
    bench.into.unlink()

    more = bytearray(encoded(Image.new("L", (64, 64)), "JPEG"))
    at = more.index(b"\xff\xc0") + 5
    more[at : at + 4] = (11_000).to_bytes(2, "big") * 2
    assert await bench.fault(bytes(more)) == ReferenceFault.TOO_MANY_PIXELS


async def test_what_is_no_picture_is_said_to_be_none(bench: Bench) -> None:
    for data in (
        b"",
        b"<svg xmlns='http://www.w3.org/2000/svg'/>",
        b"%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 9 9\n",
        b"%PDF-1.7\n",
        b"BM, said the sheep, and went away",
        b"\0\0\0\x18ftypmp42" + bytes(40),
        encoded(corners(), "PPM"),
        encoded(corners(), "ICO", sizes=[(16, 16)]),
    ):
        assert await bench.fault(data) == ReferenceFault.NOT_A_PICTURE


async def test_a_cameras_raw_file_is_not_taken_for_its_preview(bench: Bench) -> None:
    assert await bench.fault(encoded(corners(), "TIFF", tiffinfo={254: 1})) == ReferenceFault.NOT_A_PICTURE


@pytest.mark.parametrize("media_format", ["JPEG", "PNG", "WEBP", "AVIF", "HEIF", "TIFF", "BMP", "GIF"])
async def test_a_file_cut_short_is_damaged(bench: Bench, media_format: str) -> None:
    data = encoded(noisy((300, 200)), media_format)

    assert await bench.fault(data[: int(len(data) * 0.7)]) == ReferenceFault.DAMAGED


async def test_files_that_cannot_be_read_are_named(pool: ImagingPool, tmp_path: Path) -> None:
    large = tmp_path / "large"
    with large.open("wb") as file:
        file.write(encoded(corners(), "BMP"))
        file.truncate(129 * 1024 * 1024)
    faults = {"nowhere": ReferenceFault.FILE_MISSING, "large": ReferenceFault.TOO_LARGE_FILE}
    (tmp_path / "folder").mkdir()
    faults["folder"] = ReferenceFault.FILE_UNREADABLE
    if sys.platform != "win32":
        os.mkfifo(tmp_path / "pipe")
        faults["pipe"] = ReferenceFault.FILE_UNREADABLE

    for name, fault in faults.items():
        with pytest.raises(UnusableReferenceError) as caught:
            await pool.prepare(tmp_path / name, None, tmp_path / "out")
        assert (caught.value.fault, caught.value.name) == (fault, name)


async def test_a_place_that_cannot_be_written_is_the_disks_matter(pool: ImagingPool, tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes(encoded(corners(), "PNG"))
    (tmp_path / "file").write_bytes(b"")
    (tmp_path / "folder").mkdir()

    for place in (tmp_path / "file" / "out", tmp_path / "folder"):
        with pytest.raises(StorageError):
            await pool.prepare(tmp_path / "a", None, place)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a", "file", "folder"]


async def test_the_thumbnail_job_takes_what_was_prepared(bench: Bench, pool: ImagingPool, tmp_path: Path) -> None:
    for data in (heic(corners()), UNTOUCHED["WebP"], encoded(Image.new("RGB", (4, 60), "red"), "GIF")):
        await bench.prepare(data)

        await pool.make_thumbnails(bench.into, {32: tmp_path / "32.jpg"})

        assert max(opened((tmp_path / "32.jpg").read_bytes()).size) == 32


async def test_a_flat_picture_of_an_animation_is_its_first_frame(bench: Bench) -> None:
    for media_format in ("GIF", "PNG", "WEBP"):
        prepared, image = await bench.prepare(animation(media_format))

        assert Change.FIRST_FRAME in prepared.changes
        assert_near(image.convert("RGB").getpixel((20, 15)), (255, 0, 0), 4)
