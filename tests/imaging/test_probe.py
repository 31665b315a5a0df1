"""A file's structure says what it is and whether it is whole, whatever its name."""

from __future__ import annotations

import subprocess
import sys

import pytest

from seedream_desktop.domain.pixels import PixelSize
from seedream_desktop.imaging.probe import Probe, probe, sniff_format
from seedream_desktop.ports.errors import UndecodableError
from tests.imaging.corpus import animation, encoded, picture, webp_extended

SOUND = {
    "plain": ("JPEG", encoded(picture(), "JPEG")),
    "progressive": ("JPEG", encoded(picture(), "JPEG", progressive=True)),
    "with restarts": ("JPEG", encoded(picture(), "JPEG", restart_marker_blocks=4)),
    "png": ("PNG", encoded(picture(), "PNG")),
    "lossy": ("WEBP", encoded(picture(), "WEBP")),
    "lossless": ("WEBP", encoded(picture(), "WEBP", lossless=True)),
    "extended": ("WEBP", encoded(picture(), "WEBP", icc_profile=b"any")),
}


@pytest.mark.parametrize("kind", SOUND)
def test_a_sound_file_is_known_with_its_size_and_end(kind: str) -> None:
    media_format, data = SOUND[kind]

    assert probe(data) == Probe(media_format, PixelSize(120, 80), 0)


@pytest.mark.parametrize("kind", SOUND)
def test_every_shortened_file_is_found_out(kind: str) -> None:
    data = SOUND[kind][1]

    for length in (*range(0, len(data) - 1, 7), len(data) - 1):
        with pytest.raises(UndecodableError):
            probe(data[:length])


@pytest.mark.parametrize("kind", SOUND)
def test_what_follows_the_end_is_counted(kind: str) -> None:
    assert probe(SOUND[kind][1] + b"<script>").trailing_bytes == 8


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"<svg xmlns='http://www.w3.org/2000/svg'><image href='file:///etc/passwd'/></svg>",
        b"<html></html>",
        b'{"code": 404}',
        b"%PDF-1.7",
        b"%!PS-Adobe-3.0 EPSF-3.0",
        encoded(picture(), "GIF"),
        encoded(picture(), "BMP"),
        encoded(picture(), "TIFF"),
        b"RIFF\x24\0\0\0WAVEfmt ",
    ],
)
def test_anything_else_is_no_picture(data: bytes) -> None:
    assert sniff_format(data[:12]) is None
    with pytest.raises(UndecodableError, match="neither"):
        probe(data)


@pytest.mark.parametrize("data", [animation("PNG"), animation("WEBP"), webp_extended(40, 30, 0x02)])
def test_animations_are_refused(data: bytes) -> None:
    with pytest.raises(UndecodableError, match="animation"):
        probe(data)


def test_a_size_of_nothing_is_refused() -> None:
    data = bytearray(SOUND["png"][1])
    data[16:20] = bytes(4)

    with pytest.raises(UndecodableError, match="no pixels"):
        probe(bytes(data))


def test_a_large_extended_webp_tells_its_size() -> None:
    assert probe(webp_extended(16_000, 9_000, 0)).size == PixelSize(16_000, 9_000)


def test_probing_needs_no_pillow() -> None:
    code = "import sys, seedream_desktop.imaging.probe, seedream_desktop.imaging.pool; sys.exit('PIL' in sys.modules)"

    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
