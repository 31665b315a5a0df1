"""Colours stay what they look like: from wide profiles, from print, from sixteen bits, into sRGB with eight."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from seedream_desktop.domain.preparation import Change
from seedream_desktop.imaging.pool import ImagingPool
from tests.imaging.corpus import encoded
from tests.imaging.reference_bench import Bench, assert_corners, assert_near
from tests.imaging.reference_corpus import corners, deep_png, deep_tiff, p3_as_srgb, p3_profile, psd


@pytest.fixture(scope="module")
def pool() -> Iterator[ImagingPool]:
    pool = ImagingPool()
    yield pool
    asyncio.run(pool.close())


@pytest.fixture
def bench(pool: ImagingPool, tmp_path: Path) -> Bench:
    return Bench(pool, tmp_path)


P3_COLOURS = ((255, 0, 0), (180, 80, 80), (90, 160, 110), (60, 60, 200), (128, 128, 128))


@pytest.mark.parametrize("media_format", ["HEIF", "JPEG", "PNG", "WEBP", "AVIF", "TIFF"])
@pytest.mark.parametrize("colour", P3_COLOURS)
async def test_display_p3_becomes_the_same_colour_in_srgb(
    bench: Bench, media_format: str, colour: tuple[int, int, int]
) -> None:
    lossless: dict[str, Any] = {"quality": -1, "chroma": 444} if media_format == "HEIF" else {"quality": 100}
    data = encoded(Image.new("RGB", (64, 64), colour), media_format, icc_profile=p3_profile(), **lossless)

    prepared, image = await bench.prepare(data)

    assert_near(image.convert("RGB").getpixel((30, 30)), p3_as_srgb(colour), 5)
    assert Change.COLOURS_CONVERTED in prepared.changes


async def test_a_psds_profile_counts(bench: Bench) -> None:
    prepared, image = await bench.prepare(psd(Image.new("RGB", (64, 64), (180, 80, 80)), p3_profile()))

    assert prepared.changes == (Change.COLOURS_CONVERTED, Change.FORMAT_CHANGED)
    assert_near(image.getpixel((30, 30)), p3_as_srgb((180, 80, 80)), 2)


async def test_transparency_outlives_a_conversion_of_colours(bench: Bench) -> None:
    data = encoded(Image.new("RGBA", (64, 64), (180, 80, 80, 77)), "PNG", icc_profile=p3_profile())

    prepared, image = await bench.prepare(data)

    assert prepared.facts.media_format == "PNG"
    assert_near(image.getpixel((30, 30)), (*p3_as_srgb((180, 80, 80)), 77), 2)


@pytest.mark.parametrize("channels", [1, 2, 3, 4])
async def test_sixteen_bits_become_eight_without_a_shift(bench: Bench, channels: int) -> None:
    for value, level in ((0xFFFF, 255), (0x8080, 128), (0x0101, 1), (0, 0)):
        prepared, image = await bench.prepare(deep_png((40, 30), channels, value))

        assert prepared.changes == (Change.DEPTH_REDUCED,)
        assert_near(image.convert("RGB").getpixel((9, 9)), (level,) * 3, 0)


async def test_a_tiff_of_thirty_megabytes_fits(bench: Bench) -> None:
    data = deep_tiff((2600, 2000))
    assert len(data) > 30_000_000

    prepared, image = await bench.prepare(data)

    assert prepared.changes[:2] == (Change.DEPTH_REDUCED, Change.FORMAT_CHANGED)
    assert image.size == (2600, 2000)
    column = [image.convert("L").getpixel((1300, row)) for row in (20, 1000, 1980)]
    assert column == [pytest.approx(wanted, abs=3) for wanted in (2, 127, 252)]


async def test_an_unknown_profile_in_a_cmyk_picture_costs_nothing_but_itself(bench: Bench) -> None:
    data = encoded(corners(mode="CMYK"), "JPEG", quality=95, icc_profile=b"rubbish" * 40)

    prepared, image = await bench.prepare(data)

    assert_corners(image)
    assert prepared.changes == (Change.COLOURS_CONVERTED,)
