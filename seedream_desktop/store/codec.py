"""Requests and attempts as JSON, written one canonical way so that the same thing is always the same text."""

from __future__ import annotations

import json
from typing import Any

from seedream_desktop.domain.reference import Crop, Reference, Role
from seedream_desktop.domain.request import AspectRatio, GenerationRequest, Mode, Provider, Resolution
from seedream_desktop.domain.task import Attempt, AttemptId, AttemptState
from seedream_desktop.store.times import from_text, text_or_none, time_or_none, to_text

Json = dict[str, Any]


def canonical(value: Json) -> str:
    """Return *value* on one line of ASCII, keys sorted; lone surrogates survive as escapes."""
    return json.dumps(value, ensure_ascii=True, sort_keys=True, separators=(",", ":"))


def request_to_json(request: GenerationRequest) -> Json:
    """Return everything the user asked for."""
    return {
        "prompt": request.prompt,
        "mode": request.mode.value,
        "resolution": request.resolution.value,
        "aspect_ratio": request.aspect_ratio.value if request.aspect_ratio else None,
        "count": request.count,
        "sequence": request.sequence,
        "provider": request.provider.value,
        "references": [_reference_to_json(each) for each in request.references],
        "callback_url": request.callback_url,
        "adds_role_line": request.adds_role_line,
    }


def request_from_json(value: Json) -> GenerationRequest:
    """Return the request; raises KeyError, TypeError or ValueError when *value* is not one."""
    ratio = value["aspect_ratio"]
    return GenerationRequest(
        prompt=value["prompt"],
        mode=Mode(value["mode"]),
        resolution=Resolution(value["resolution"]),
        aspect_ratio=None if ratio is None else AspectRatio(ratio),
        count=value["count"],
        sequence=value["sequence"],
        provider=Provider(value["provider"]),
        references=tuple(_reference_from_json(each) for each in value["references"]),
        callback_url=value["callback_url"],
        adds_role_line=value.get("adds_role_line", False),
    )


def _reference_to_json(reference: Reference) -> Json:
    crop = reference.crop
    return {
        "source": reference.source,
        "role": reference.role.value,
        "crop": None if crop is None else [crop.left, crop.top, crop.right, crop.bottom],
        "sha256": reference.sha256,
        "title": reference.title,
    }


def _reference_from_json(value: Json) -> Reference:
    """Return the reference; what was written before there were crops and prepared copies has neither."""
    crop = value.get("crop")
    return Reference(
        source=value["source"],
        role=Role(value["role"]),
        crop=None if crop is None else Crop(*crop),
        sha256=value.get("sha256"),
        title=value.get("title", ""),
    )


def attempt_to_json(attempt: Attempt) -> Json:
    """Return the attempt with its times as text."""
    return {
        "id": attempt.id,
        "state": attempt.state.value,
        "started_at": to_text(attempt.started_at),
        "wire_at": text_or_none(attempt.wire_at),
        "ended_at": text_or_none(attempt.ended_at),
        "http_status": attempt.http_status,
        "detail": attempt.detail,
        "authorised_by_user_at": text_or_none(attempt.authorised_by_user_at),
    }


def attempt_from_json(value: Json) -> Attempt:
    """Return the attempt; raises KeyError, TypeError or ValueError when *value* is not one."""
    return Attempt(
        id=AttemptId(value["id"]),
        state=AttemptState(value["state"]),
        started_at=from_text(value["started_at"]),
        wire_at=time_or_none(value["wire_at"]),
        ended_at=time_or_none(value["ended_at"]),
        http_status=value["http_status"],
        detail=value["detail"],
        authorised_by_user_at=time_or_none(value["authorised_by_user_at"]),
    )
