"""A recipe written into picture files and read back, from ours and from anybody's."""

from __future__ import annotations

import contextlib
import io
from typing import Any
from xml.etree import ElementTree

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from seedream_desktop.domain.recipe import Recipe, recipe_from_json, recipe_to_json
from seedream_desktop.domain.request import AspectRatio, Mode, Provider, Resolution
from seedream_desktop.imaging.packets import MAX_PACKET_BYTES, read_packet, with_packet
from seedream_desktop.imaging.probe import probe
from seedream_desktop.imaging.recipe import read_recipe, with_recipe
from seedream_desktop.ports.errors import UndecodableError

RECIPE = Recipe(
    prompt='A fox <in> the "snow" & ice, 狐狸 🦊\n图1',
    mode=Mode.IMAGE_TO_IMAGE,
    resolution=Resolution.FOUR_K,
    aspect_ratio=AspectRatio.LANDSCAPE_16_9,
    count=4,
    sequence=True,
    provider=Provider.OFFICIAL,
    reference_count=2,
    task_id="task-17",
    program="Seedream Desktop 0.9",
)
FOREIGN = (
    b'<x:xmpmeta xmlns:x="adobe:ns:meta/"><r:RDF xmlns:r="http://www.w3.org/1999/02/22-rdf-syntax-ns#">'
    b'<r:Description r:about="" xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:rights>Mine</dc:rights>'
    b"</r:Description></r:RDF></x:xmpmeta>"
)


def file_of(kind: str, **options: Any) -> bytes:
    mode = "RGBA" if kind == "PNG" else "RGB"
    image = Image.linear_gradient("L").resize((61, 47)).convert(mode)
    file = io.BytesIO()
    image.save(file, kind, **options)
    return file.getvalue()


def pixels(data: bytes) -> bytes:
    return Image.open(io.BytesIO(data)).convert("RGBA").tobytes()


def webp_without_extension(*, lossless: bool) -> bytes:
    return file_of("WEBP", lossless=lossless)


SAMPLES = {
    "jpeg": file_of("JPEG"),
    "progressive jpeg": file_of("JPEG", progressive=True, exif=Image.Exif().tobytes() or b"Exif\0\0", icc_profile=b"p"),
    "png": file_of("PNG"),
    "webp": webp_without_extension(lossless=False),
    "lossless webp": webp_without_extension(lossless=True),
    "extended webp": file_of("WEBP", icc_profile=b"profile"),
}


@pytest.mark.parametrize("name", SAMPLES)
def test_a_recipe_comes_back_and_no_pixel_changes(name: str) -> None:
    original = SAMPLES[name]

    written = with_recipe(original, RECIPE)

    assert read_recipe(written) == RECIPE
    assert pixels(written) == pixels(original)
    assert probe(written).trailing_bytes == 0
    assert Image.open(io.BytesIO(written)).info.get("icc_profile") == Image.open(io.BytesIO(original)).info.get(
        "icc_profile"
    )


@pytest.mark.parametrize("name", SAMPLES)
def test_a_second_recipe_takes_the_place_of_the_first(name: str) -> None:
    once = with_recipe(SAMPLES[name], RECIPE)
    other = Recipe(prompt="Something else")

    twice = with_recipe(once, other)

    assert read_recipe(twice) == other
    assert b"fox" not in twice


@pytest.mark.parametrize("name", SAMPLES)
def test_other_programs_find_the_prompt_where_they_look_for_it(name: str) -> None:
    written = with_recipe(SAMPLES[name], RECIPE)

    with Image.open(io.BytesIO(written)) as image:
        packet = image.info.get("xmp") or image.info["XML:com.adobe.xmp"]
    text = packet.decode() if isinstance(packet, bytes) else packet
    root = ElementTree.fromstring(text)

    assert root.findtext(".//{http://purl.org/dc/elements/1.1/}description//*") is not None
    assert RECIPE.prompt in "".join(root.itertext())
    assert root.findtext(".//{http://ns.adobe.com/xap/1.0/}CreatorTool") == "Seedream Desktop 0.9"


@pytest.mark.parametrize("name", SAMPLES)
def test_what_others_wrote_about_the_picture_stays(name: str) -> None:
    written = with_recipe(with_packet(SAMPLES[name], FOREIGN), RECIPE)

    packet = read_packet(written)
    assert packet is not None
    assert b"<dc:rights>Mine</dc:rights>" in packet
    assert read_recipe(written) == RECIPE


@pytest.mark.parametrize("packet", [b"<not xml", b"", b"\0\xff", b'<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>'])
def test_xmp_that_cannot_be_read_is_replaced(packet: bytes) -> None:
    written = with_recipe(with_packet(SAMPLES["jpeg"], packet), RECIPE)

    assert read_recipe(written) == RECIPE


@settings(max_examples=60, deadline=None)
@given(st.text(st.characters(), max_size=400))
def test_every_prompt_survives(prompt: str) -> None:
    assert read_recipe(with_recipe(SAMPLES["jpeg"], Recipe(prompt=prompt))) == Recipe(prompt=prompt)


@pytest.mark.parametrize("sign", ["a", "&", "<", "🦊", '"', "\n"])
def test_the_longest_prompt_fits_into_the_segment_of_a_jpeg(sign: str) -> None:
    longest = Recipe(prompt=sign * 5000)

    assert read_recipe(with_recipe(SAMPLES["jpeg"], longest)) == longest


def test_a_recipe_says_nothing_of_the_user() -> None:
    assert set(recipe_to_json(RECIPE)) == {
        "version", "prompt", "mode", "resolution", "aspect_ratio", "count", "sequence", "provider", "references",
        "task_id", "program",
    }  # fmt: skip
    assert recipe_to_json(RECIPE)["references"] == 2


@pytest.mark.parametrize(
    "change",
    [
        {"version": 2}, {"prompt": None}, {"prompt": "a" * 5001}, {"mode": "video"}, {"count": 11}, {"count": True},
        {"aspect_ratio": "5:4"}, {"references": -1}, {"task_id": 7}, {"provider": ["auto"]}, {"program": "a" * 129},
    ],
)  # fmt: skip
def test_a_foreign_recipe_that_no_request_could_have_is_none(change: dict[str, object]) -> None:
    with pytest.raises(ValueError, match=r".+"):
        recipe_from_json({**recipe_to_json(RECIPE), **change})


def our_packet(inner: str) -> bytes:
    return f'<a xmlns:recipe="urn:seedream-desktop:recipe:1#"><recipe:json>{inner}</recipe:json></a>'.encode()


@pytest.mark.parametrize(
    "packet",
    [
        our_packet("{}"),
        our_packet("[" * 100_000),
        our_packet("nothing"),
        our_packet("&lol;"),
        b'<!DOCTYPE a [<!ENTITY lol "ha">]>' + our_packet("&lol;"),
        our_packet("1" * MAX_PACKET_BYTES),
        our_packet("").replace(b"utf-8", b"utf-16"),
        our_packet("{}").decode().encode("utf-16"),
    ],
)
def test_a_packet_made_to_do_harm_is_no_recipe(packet: bytes) -> None:
    assert read_recipe(with_packet(SAMPLES["png"], packet)) is None


def test_a_packed_text_that_unpacks_to_too_much_is_not_read() -> None:
    from PIL.PngImagePlugin import PngInfo

    info = PngInfo()
    info.add_itxt("XML:com.adobe.xmp", "a" * (MAX_PACKET_BYTES + 1), zip=True)

    assert read_packet(file_of("PNG", pnginfo=info)) is None


def test_a_packed_text_is_read() -> None:
    from PIL.PngImagePlugin import PngInfo

    packet = read_packet(with_recipe(SAMPLES["png"], RECIPE))
    assert packet is not None
    info = PngInfo()
    info.add_itxt("XML:com.adobe.xmp", packet.decode(), zip=True)

    assert read_recipe(file_of("PNG", pnginfo=info)) == RECIPE


@pytest.mark.parametrize("name", SAMPLES)
def test_a_file_that_ends_anywhere_is_no_trouble(name: str) -> None:
    written = with_recipe(SAMPLES[name], RECIPE)
    for end in range(0, len(written), 7):
        read_recipe(written[:end])


@pytest.mark.parametrize("name", SAMPLES)
def test_a_file_that_ends_anywhere_takes_a_recipe_or_is_said_to_be_none(name: str) -> None:
    written = with_recipe(SAMPLES[name], RECIPE)
    for end in range(0, len(written), 7):
        with contextlib.suppress(UndecodableError):
            with_recipe(written[:end], RECIPE)


def test_a_webp_whose_parts_are_shorter_than_they_say_takes_no_recipe() -> None:
    for size in (0, 22):
        cut = b"RIFF" + size.to_bytes(4, "little") + b"WEBPVP8X" + b"\0" * 4 + b"\0" * 10
        with pytest.raises(UndecodableError):
            with_recipe(cut, RECIPE)


def test_an_end_of_the_old_packet_that_stands_in_a_comment_costs_no_recipe() -> None:
    end = b"</r:RDF>"
    odd = with_packet(SAMPLES["png"], FOREIGN.replace(end, end + b"<!-- " + end + b" -->"))

    assert read_recipe(with_recipe(odd, RECIPE)) == RECIPE


def test_what_is_no_picture_takes_no_recipe() -> None:
    with pytest.raises(UndecodableError):
        with_recipe(b"hello", RECIPE)
