"""Notes leave a file, its picture does not change by a bit, and what cannot be taken apart is left alone."""

from __future__ import annotations

import struct
import zlib

import pytest

from seedream_desktop.imaging.stripping import strip
from tests.imaging.corpus import animation, chunk, encoded, picture, profile_bomb, with_chunk
from tests.imaging.reference_corpus import exif, opened, p3_profile

PLAIN = {name: encoded(picture(), name) for name in ("JPEG", "PNG", "WEBP")}


@pytest.mark.parametrize("kind", PLAIN)
def test_a_file_without_notes_comes_back_as_it_was(kind: str) -> None:
    bare = strip(PLAIN[kind], kind)

    assert bare is not None
    assert bare.data == PLAIN[kind]
    assert (bare.profile, bare.exif, bare.has_notes, bare.is_moving) == (None, None, False, False)


@pytest.mark.parametrize("kind", PLAIN)
def test_profile_and_exif_are_told_and_gone(kind: str) -> None:
    bare = strip(encoded(picture(), kind, icc_profile=p3_profile(), exif=exif(6)), kind)

    assert bare is not None
    assert bare.profile == p3_profile()
    assert bare.exif is not None
    assert exif(6).tobytes() in bare.exif
    assert b"Exif" not in bare.data
    assert opened(bare.data).tobytes() == opened(PLAIN[kind]).tobytes()


def test_a_long_profile_in_many_segments_is_put_together() -> None:
    profile = p3_profile() + bytes(range(256)) * 600

    bare = strip(encoded(picture(), "JPEG", icc_profile=profile), "JPEG")

    assert bare is not None
    assert bare.profile == profile


@pytest.mark.parametrize(
    ("kind", "data"),
    [
        ("JPEG", encoded(picture(), "JPEG", comment=b"words")),
        ("JPEG", encoded(picture(), "JPEG", xmp=b"<x/>")),
        ("JPEG", PLAIN["JPEG"][:2] + b"\xff\xed\0\x10Photoshop 3.0\0" + PLAIN["JPEG"][2:]),
        ("JPEG", PLAIN["JPEG"] + b"a film"),
        ("PNG", with_chunk(PLAIN["PNG"], chunk(b"tEXt", b"Author\0somebody"))),
        ("PNG", PLAIN["PNG"] + b"PK\3\4"),
        ("WEBP", encoded(picture(), "WEBP", xmp=b"<x/>")),
        ("WEBP", PLAIN["WEBP"] + b"PK\3\4"),
    ],
)
def test_words_and_stowaways_are_told_and_gone(kind: str, data: bytes) -> None:
    bare = strip(data, kind)

    assert bare is not None
    assert bare.has_notes
    assert opened(bare.data).tobytes() == opened(PLAIN[kind]).tobytes()
    assert len(bare.data) <= len(PLAIN[kind]) + 20


def test_padding_behind_a_picture_is_no_note() -> None:
    bare = strip(PLAIN["JPEG"] + bytes(100), "JPEG")

    assert bare is not None
    assert (bare.data, bare.has_notes) == (PLAIN["JPEG"], False)


def test_restarts_and_scans_are_kept() -> None:
    for options in ({"progressive": True}, {"restart_marker_blocks": 3}, {"progressive": True, "optimize": True}):
        data = encoded(picture(), "JPEG", **options)
        bare = strip(data, "JPEG")
        assert bare is not None
        assert bare.data == data


def test_what_colours_depend_on_is_kept() -> None:
    gamma = chunk(b"gAMA", struct.pack(">I", 45_455))
    data = with_chunk(encoded(picture("P"), "PNG", transparency=0), gamma + chunk(b"sRGB", b"\0"))

    bare = strip(data, "PNG")

    assert bare is not None
    assert bare.data == data


def test_the_flags_of_a_webp_speak_of_what_is_left() -> None:
    bare = strip(encoded(picture("RGBA"), "WEBP", icc_profile=p3_profile(), exif=exif(6), xmp=b"<x/>"), "WEBP")

    assert bare is not None
    assert bare.data[12:16] == b"VP8X"
    assert bare.data[20] & 0b0010_1100 == 0
    assert struct.unpack_from("<I", bare.data, 4)[0] == len(bare.data) - 8


def test_an_animated_png_is_left_with_its_first_picture() -> None:
    bare = strip(animation("PNG"), "PNG")

    assert bare is not None
    assert bare.is_moving
    assert getattr(opened(bare.data), "n_frames", 1) == 1


@pytest.mark.parametrize(
    ("kind", "data"),
    [
        ("GIF", animation("GIF")),
        ("WEBP", animation("WEBP")),
        ("PNG", profile_bomb()),
        ("PNG", with_chunk(PLAIN["PNG"], chunk(b"iCCP", b"x\0\0" + zlib.compress(b"a")[:-5] + b"rubbish"))),
        ("PNG", PLAIN["PNG"][:-12]),
        ("JPEG", PLAIN["JPEG"][:-2]),
        ("JPEG", PLAIN["JPEG"][:30]),
        ("WEBP", PLAIN["WEBP"][:-10]),
        ("JPEG", b"\xff\xd8\xff"),
        ("PNG", b"\x89PNG\r\n\x1a\n"),
        ("WEBP", b"RIFF"),
    ],
)
def test_what_cannot_be_taken_apart_is_left_alone(kind: str, data: bytes) -> None:
    assert strip(data, kind) is None
