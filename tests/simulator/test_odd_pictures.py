"""Result links that serve other things than whole pictures."""

from __future__ import annotations

import io
import json
import struct

import httpx
import pytest
from PIL import Image

from tests.simulator.talk import Talk, fault


@pytest.fixture
def link(talk: Talk) -> str:
    return talk.links()[0]


@pytest.mark.parametrize("part", [0.1, 0.5, 0.99])
def test_a_picture_that_breaks_off(talk: Talk, link: str, part: float) -> None:
    whole = talk.http.get(link).content
    fault(talk, "image", {"cut": {"at": part}})

    _, _, body = talk.raw_get(link).partition(b"\r\n\r\n")

    assert body == whole[: int(len(whole) * part)]


@pytest.mark.parametrize(
    ("variant", "line"),
    [("longer", "content-length: {}"), ("shorter", "content-length: {}"), ("10TB", "content-length: 10995116277760")],
)
def test_lengths_that_lie(talk: Talk, link: str, variant: str, line: str) -> None:
    size = len(talk.http.get(link).content)
    fault(talk, "image", {"content_length": variant})

    head, _, body = talk.raw_get(link).partition(b"\r\n\r\n")

    claimed = {"longer": size + 1000, "shorter": size // 2}.get(variant)
    assert line.format(claimed).encode() in head
    assert len(body) == size


def test_ranges_that_are_ignored_or_wrong(talk: Talk, link: str) -> None:
    def part(mode: str) -> httpx.Response:
        fault(talk, "image", {"range": mode})
        return talk.http.get(link, headers={"Range": "bytes=5000-"})

    assert part("ignored").status_code == 200
    assert part("shifted").headers["content-range"].startswith("bytes 4000-")
    assert (part("no-content-range").status_code, "content-range" in part("no-content-range").headers) == (206, False)


def test_etags_that_change_weaken_or_vanish(talk: Talk, link: str) -> None:
    def reply(mode: str) -> httpx.Response:
        fault(talk, "image", {"etag": mode})
        return talk.http.get(link)

    assert reply("changes").headers["etag"] != reply("changes").headers["etag"]
    assert reply("weak").headers["etag"].startswith("W/")
    assert "etag" not in reply("none").headers
    fault(talk, "image", {"etag": "changes-content"})
    assert talk.http.get(link).content != talk.http.get(link).content


FORMATS = {"gif": "GIF", "tiff": "TIFF", "bmp": "BMP", "png": "PNG", "webp": "WEBP", "rotated": "JPEG", "cmyk": "JPEG"}


@pytest.mark.parametrize(("variant", "kind"), FORMATS.items(), ids=list(FORMATS))
def test_pictures_in_other_formats_and_modes(talk: Talk, link: str, variant: str, kind: str) -> None:
    fault(talk, "image", {"image": variant})

    served = Image.open(io.BytesIO(talk.http.get(link).content))

    assert served.format == kind
    assert (served.mode == "CMYK") == (variant == "cmyk")
    assert served.getexif().get(0x0112) == (6 if variant == "rotated" else None)


def test_things_that_are_no_whole_picture(talk: Talk, link: str) -> None:
    whole = talk.http.get(link).content

    def served(variant: str) -> bytes:
        fault(talk, "image", {"image": variant})
        return talk.http.get(link).content

    assert served("empty") == b""
    assert b"<html>" in served("html")
    assert json.loads(served("json"))
    assert served("svg").startswith(b"<svg")
    assert served("truncated") == whole[: len(whole) // 2]
    assert served("no-end") == whole[:-2]
    assert served("trailing-html") == whole + b"<script>alert(1)</script>"
    flipped = served("flipped")
    assert (len(flipped), flipped == whole) == (len(whole), False)


def test_bombs_are_small_and_announce_much(talk: Talk, link: str) -> None:
    def served(variant: str) -> bytes:
        fault(talk, "image", {"image": variant})
        return talk.http.get(link).content

    bomb, text, frames = served("png-bomb"), served("text-bomb"), served("apng")
    assert struct.unpack(">II", bomb[16:24]) == (20_000, 20_000)
    assert max(len(bomb), len(text), len(frames)) < 1_000_000
    assert b"zTXt" in text
    assert b"acTL" + struct.pack(">I", 10_000) in frames


def test_pictures_that_are_gone_or_busy(talk: Talk, link: str) -> None:
    codes = []
    for status in (403, 404, 410, 429, 503):
        fault(talk, "image", {"status": status, "retry_after": 1})
        codes.append(talk.http.get(link).status_code)

    assert codes == [403, 404, 410, 429, 503]


def test_redirects_of_pictures_chain_and_loop(talk: Talk, link: str) -> None:
    whole = talk.http.get(link).content
    fault(talk, "image", {"redirect": {"to": "chain", "hops": 3}})
    chained = talk.http.get(link, follow_redirects=True)
    fault(talk, "image", {"redirect": {"to": "loop"}})

    assert (chained.content, len(chained.history)) == (whole, 3)
    with pytest.raises(httpx.TooManyRedirects):
        talk.http.get(link, follow_redirects=True)


def test_a_picture_without_end(talk: Talk, link: str) -> None:
    fault(talk, "image", {"endless": 30_000_000})

    assert len(talk.raw_get(link, limit_s=10)) > 30_000_000


def test_a_picture_with_a_content_encoding_or_in_chunks(talk: Talk, link: str) -> None:
    whole = talk.http.get(link).content
    fault(talk, "image", {"encoding": "gzip"})
    encoded = talk.http.get(link)
    fault(talk, "image", {"chunked": 10_000})
    chunked = talk.http.get(link)
    fault(talk, "image", {"no_length": True})
    unmeasured = talk.http.get(link)

    assert encoded.headers["content-encoding"] == "gzip"
    assert chunked.headers["transfer-encoding"] == "chunked"
    assert "content-length" not in unmeasured.headers
    assert encoded.content == chunked.content == unmeasured.content == whole
