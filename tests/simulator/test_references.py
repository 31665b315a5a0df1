"""Reference images: uploading them, and what the service makes of their addresses."""

from __future__ import annotations

import io
import time

import httpx
import pytest
from PIL import Image, ImageChops

from tests.simulator.shelf import Shelf
from tests.simulator.talk import Talk, picture
from tests.simulators import SimulatorProcess


def test_an_upload_is_served_to_anyone_and_noted(talk: Talk) -> None:
    for kind in ("PNG", "JPEG", "WEBP"):
        data = picture(kind=kind)
        kept = talk.upload(data).json()
        served = httpx.get(kept["url"], trust_env=False)
        assert served.content == data
        assert served.headers["content-type"] == f"image/{kind.lower()}"
        assert kept["expires_at"] > time.time()
    assert len(talk.simulator.ledger()["uploads"]) == 3


def test_an_upload_can_be_removed_by_whoever_has_a_key(talk: Talk) -> None:
    url = talk.upload(picture()).json()["url"]

    assert httpx.delete(url, trust_env=False).status_code == 401
    assert httpx.get(url, trust_env=False).status_code == 200
    with_key = [httpx.delete(url, headers={"Authorization": "Bearer a-key"}, trust_env=False) for _ in range(2)]
    assert [reply.status_code for reply in with_key] == [204, 404]
    assert httpx.get(url, trust_env=False).status_code == 404


def test_uploads_that_are_too_large_or_no_pictures_are_refused(talk: Talk) -> None:
    large = picture() + bytes(10 * 1024 * 1024)

    assert [talk.upload(large).status_code, talk.upload(b"hello").status_code] == [413, 415]


def test_references_are_opened_and_colour_the_picture(talk: Talk) -> None:
    url = talk.upload(picture((300, 300), colour="crimson")).json()["url"]
    with SimulatorProcess(speed=400) as simulator:
        drawing = Talk(simulator)
        (with_it,) = drawing.links("dunes", mode="image-to-image", image_urls=[url])
        (without,) = drawing.links("dunes")
        one, other = (Image.open(io.BytesIO(drawing.http.get(link).content)) for link in (with_it, without))
        drawing.close()

        assert ImageChops.difference(one, other).getbbox() is not None
        red, green, _ = one.resize((1, 1)).getpixel((0, 0))  # type: ignore[misc]  # RGB gives three
        assert red > 1.5 * green


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (None, "INVALID_IMAGE_URL"),
        (b"hello", "INVALID_IMAGE_URL"),
        (picture()[:60], "INVALID_IMAGE_URL"),
        (picture(kind="GIF"), "UNSUPPORTED_FORMAT"),
        (picture(kind="TIFF"), "UNSUPPORTED_FORMAT"),
        (picture((14, 100)), "UNSUPPORTED_FORMAT"),
        (picture() + bytes(10 * 1024 * 1024), "IMAGE_TOO_LARGE"),
    ],
    ids=["missing", "text", "cut", "gif", "tiff", "too narrow", "over 10 MB"],
)
def test_a_reference_that_cannot_be_used_fails_the_task(
    talk: Talk, shelf: tuple[str, type[Shelf]], data: bytes | None, code: str
) -> None:
    root, kind = shelf
    if data is not None:
        kind.served["/a.png"] = data

    ended = talk.finished(talk.submit(mode="image-to-image", image_urls=[f"{root}/a.png"]))

    assert (ended["state"], ended["failCode"]) == ("failed", code)


def test_a_reference_elsewhere_is_believed_by_its_shape(talk: Talk) -> None:
    ended = talk.finished(talk.submit(mode="image-to-image", image_urls=["https://pictures.invalid/a.jpg"]))

    assert ended["state"] == "success"
