"""How large a reference may be sent, and which part of the file a crop of the upright picture is."""

from __future__ import annotations

import random

import pytest

from seedream_desktop.domain.pixels import PixelSize
from seedream_desktop.domain.reference import MAX_REFERENCE_PIXELS, Crop
from seedream_desktop.imaging.geometry import fitted, frame_for, is_too_long, turned


@pytest.mark.parametrize(
    ("size", "sent"),
    [
        ((100, 100), (100, 100)),
        ((6_000, 6_000), (6_000, 6_000)),
        ((6_001, 6_000), (6_000, 5_999)),
        ((8_064, 6_048), (6_928, 5_196)),
        ((40_000, 2_500), (24_000, 1_500)),
        ((14, 14), (15, 15)),
        ((1, 16), (15, 240)),
    ],
)
def test_a_size_is_changed_only_as_far_as_the_rules_ask(size: tuple[int, int], sent: tuple[int, int]) -> None:
    assert fitted(PixelSize(*size)) == PixelSize(*sent)


def test_every_size_becomes_one_within_the_rules() -> None:
    chance = random.Random(4)
    for _ in range(2_000):
        short_px = chance.choice((chance.randint(1, 20), chance.randint(1, 9_000)))
        size = PixelSize(short_px, min(chance.randint(short_px, 16 * short_px), 120_000_000 // short_px))

        sent = fitted(size)

        assert sent.width_px * sent.height_px <= MAX_REFERENCE_PIXELS
        assert min(sent.width_px, sent.height_px) >= 15
        assert not is_too_long(sent), (size, sent)
        assert sent.width_px / sent.height_px == pytest.approx(size.width_px / size.height_px, rel=0.035)


def test_a_part_too_long_has_no_frame() -> None:
    assert frame_for(PixelSize(1_601, 100), 1, None) is None
    assert frame_for(PixelSize(1_600, 100), 1, None) is not None
    assert frame_for(PixelSize(100, 1_601), 6, None) is None
    assert frame_for(PixelSize(1_601, 100), 6, Crop(0, 0, 1, 0.9)) is not None


def test_a_whole_crop_is_no_crop() -> None:
    frame = frame_for(PixelSize(300, 200), 6, Crop(0, 0, 1, 1))

    assert frame is not None
    assert not frame.is_cropped
    assert frame.box == (0, 0, 300, 200)


@pytest.mark.parametrize("orientation", range(1, 9))
def test_strips_of_a_turned_picture_cover_it_once(orientation: int) -> None:
    frame = frame_for(PixelSize(30, 50), orientation, None)
    assert frame is not None
    upright = turned(PixelSize(30, 50), orientation)
    covered: list[tuple[int, int]] = []

    for top_px in range(0, 50, 20):
        left, top, right, bottom = frame.upright_box(top_px, min(top_px + 20, 50))
        covered += [(x, y) for x in range(left, right) for y in range(top, bottom)]

    assert sorted(covered) == [(x, y) for x in range(upright.width_px) for y in range(upright.height_px)]
