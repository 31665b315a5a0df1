"""The order's JSON holds the fields of the API page and no others."""

from __future__ import annotations

import json
from typing import Any

import pytest

from seedream_desktop.api.requests import submit_body
from seedream_desktop.domain.reference import Reference
from seedream_desktop.domain.request import AspectRatio, GenerationRequest, Mode, Provider, Resolution

LINKS = ("https://pictures.example/1.jpg", "https://pictures.example/2.jpg")


def sent(request: GenerationRequest, links: tuple[str, ...] = ()) -> dict[str, Any]:
    body: dict[str, Any] = json.loads(submit_body(request, links))
    return body


def test_a_plain_order_names_everything_but_the_provider() -> None:
    assert sent(GenerationRequest("a fox")) == {
        "request_type": "async",
        "input": {
            "mode": "text-to-image",
            "prompt": "a fox",
            "max_images": 1,
            "resolution": "2K",
            "aspect_ratio": "1:1",
            "sequential_image_generation": "disabled",
        },
    }


def test_every_choice_arrives_in_its_field() -> None:
    request = GenerationRequest(
        "a fox",
        Mode.IMAGE_TO_IMAGE,
        Resolution.FOUR_K,
        AspectRatio.PANORAMA_21_9,
        count=7,
        sequence=True,
        provider=Provider.OFFICIAL,
        references=(Reference("/home/ann/1.jpg"), Reference("/home/ann/2.jpg")),
        callback_url="https://hooks.example/cb",
    )

    assert sent(request, LINKS) == {
        "request_type": "callback",
        "callback_url": "https://hooks.example/cb",
        "provider": "official",
        "input": {
            "mode": "image-to-image",
            "prompt": "a fox",
            "max_images": 7,
            "resolution": "4K",
            "aspect_ratio": "21:9",
            "sequential_image_generation": "auto",
            "image_urls": list(LINKS),
        },
    }


def test_the_ratio_is_left_out_when_the_model_chooses_the_shape() -> None:
    assert "aspect_ratio" not in sent(GenerationRequest("a fox", aspect_ratio=None))["input"]


def test_no_links_go_along_in_text_to_image() -> None:
    assert "image_urls" not in sent(GenerationRequest("a fox"), LINKS)["input"]


@pytest.mark.parametrize("provider", [Provider.VALUE, Provider.OFFICIAL])
def test_a_chosen_provider_is_named(provider: Provider) -> None:
    assert sent(GenerationRequest("a fox", provider=provider))["provider"] == provider.value


@pytest.mark.parametrize("prompt", ['R&D <b> "fox"\n', "🦊 лиса \u202e ثعلب", "back\\slash\t\u2028"])
def test_the_prompt_arrives_to_the_letter_as_utf_8(prompt: str) -> None:
    body = submit_body(GenerationRequest(prompt), ())

    assert json.loads(body.decode("utf-8"))["input"]["prompt"] == prompt
    assert b"\\u" not in body.replace(b"\\u2028", b"")
