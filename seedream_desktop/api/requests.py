"""Turns a request of ours into the JSON that the submit call takes (source: the API page's request table)."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from seedream_desktop.domain.request import GenerationRequest, Mode, Provider


def submit_body(request: GenerationRequest, reference_urls: Sequence[str]) -> bytes:
    """Return the UTF-8 JSON body; *reference_urls* go along in image-to-image only."""
    return json.dumps(submit_payload(request, reference_urls), ensure_ascii=False).encode()


def submit_payload(request: GenerationRequest, reference_urls: Sequence[str]) -> dict[str, Any]:
    """Return the fields of the submit call.

    `provider` goes along only when it is not `auto`: newer pages of the API bind the routing to the key.
    """
    payload: dict[str, Any] = {"request_type": "callback" if request.callback_url else "async"}
    if request.callback_url:
        payload["callback_url"] = request.callback_url
    if request.provider is not Provider.AUTO:
        payload["provider"] = request.provider.value
    payload["input"] = _input(request, reference_urls)
    return payload


def _input(request: GenerationRequest, reference_urls: Sequence[str]) -> dict[str, Any]:
    fields: dict[str, Any] = {
        "mode": request.mode.value,
        "prompt": request.sent_prompt,
        "max_images": request.count,
        "resolution": request.resolution.value,
        "sequential_image_generation": "auto" if request.sequence else "disabled",
    }
    if request.aspect_ratio is not None:
        fields["aspect_ratio"] = request.aspect_ratio.value
    if request.mode is Mode.IMAGE_TO_IMAGE:
        fields["image_urls"] = list(reference_urls)
    return fields
