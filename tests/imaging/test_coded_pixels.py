"""The tests' own look for notes sees each real one, and none in coded pixels."""

from __future__ import annotations

import pytest

from tests.imaging.coded_pixels import without_pixels
from tests.imaging.corpus import chunk, encoded, with_chunk
from tests.imaging.reference_corpus import exif, grainy, noisy


@pytest.mark.parametrize(("media_format", "note"), [("JPEG", b"Exif\0\0"), ("PNG", b"eXIf"), ("WEBP", b"EXIF")])
def test_a_real_note_is_seen(media_format: str, note: bytes) -> None:
    assert note in without_pixels(encoded(grainy((120, 90)), media_format, exif=exif(6)))


def test_a_note_behind_the_scans_of_a_progressive_jpeg_is_seen() -> None:
    jpeg = encoded(noisy((120, 90)), "JPEG", progressive=True, restart_marker_blocks=4)
    segment = b"\xff\xed\0\x068BIM"

    assert b"8BIM" in without_pixels(jpeg[:-2] + segment + jpeg[-2:])
    assert b"8BIM" in without_pixels(jpeg + b"8BIM")


@pytest.mark.parametrize("media_format", ["JPEG", "PNG", "WEBP"])
def test_pixels_are_most_of_a_file_and_are_left_out(media_format: str) -> None:
    data = encoded(noisy((400, 300)), media_format)

    assert len(without_pixels(data)) < 0.05 * len(data)


def test_a_png_whose_coded_pixels_say_8bim_has_no_note() -> None:
    png = with_chunk(encoded(grainy((120, 90)), "PNG"), chunk(b"IDAT", b"8BIM"))

    assert b"8BIM" in png
    assert b"8BIM" not in without_pixels(png)
