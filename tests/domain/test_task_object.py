"""The JSON that scripts read of a task keeps its names."""

from __future__ import annotations

import json
from datetime import timedelta, timezone

from seedream_desktop.domain.failure import Failure, FailureKind
from seedream_desktop.domain.picture import Picture, PictureState
from seedream_desktop.domain.pixels import PixelSize
from seedream_desktop.domain.reference import Reference
from seedream_desktop.domain.request import GenerationRequest, Mode, Provider, Resolution
from seedream_desktop.domain.task import AttemptState, ServiceTaskId, TaskState
from seedream_desktop.domain.task_object import task_object
from tests.domain.samples import NOW, make_attempt, make_task

PROMISED = {
    *("id", "prompt", "mode", "resolution", "aspect_ratio", "count", "sequence", "provider", "references", "state"),
    *("task_id", "attempts", "fail_code", "fail_message", "estimated_cost", "created_at", "pictures"),
}


def test_every_promised_name_is_there_and_two_more() -> None:
    assert set(task_object(make_task())) == PROMISED | {"callback_url", "finished_at"}


def test_a_whole_task_is_told_in_plain_json() -> None:
    request = GenerationRequest(
        "a fox",
        Mode.IMAGE_TO_IMAGE,
        Resolution.FOUR_K,
        None,
        count=2,
        sequence=True,
        provider=Provider.VALUE,
        references=(Reference("/home/ann/fox.jpg"), Reference("https://pictures.example/fox.jpg")),
        callback_url="https://hooks.example/cb",
    )
    stored = Picture(
        0,
        "https://r2.example/1.jpg",
        PictureState.STORED,
        sha256="ab" * 32,
        path="/data/ab.jpg",
        saved_path="/pictures/fox.jpg",
        size=PixelSize(4096, 4096),
    )
    task = make_task(
        TaskState.PARTIAL,
        request=request,
        service_task_id=ServiceTaskId("0af"),
        attempts=(make_attempt(AttemptState.ACCEPTED, ended_at=NOW, detail="200"),),
        pictures=(stored, Picture(1, "https://r2.example/2.jpg", PictureState.UNDECODABLE)),
        failure=Failure(FailureKind.PICTURES_BAD),
        finished_at=NOW.astimezone(timezone(timedelta(hours=2))),
    )

    assert json.loads(json.dumps(task_object(task))) == {
        "id": "1f3c9a2b77",
        "prompt": "a fox",
        "mode": "image-to-image",
        "resolution": "4K",
        "aspect_ratio": None,
        "count": 2,
        "sequence": True,
        "provider": "value",
        "references": ["/home/ann/fox.jpg", "https://pictures.example/fox.jpg"],
        "callback_url": "https://hooks.example/cb",
        "state": "partial",
        "task_id": "0af",
        "attempts": [
            {
                "id": "a1",
                "state": "accepted",
                "started_at": "2026-11-20T12:00:00+00:00",
                "ended_at": "2026-11-20T12:00:00+00:00",
                "detail": "200",
            }
        ],
        "fail_code": "pictures_bad",
        "fail_message": "",
        "estimated_cost": 0.16,
        "created_at": "2026-11-20T12:00:00+00:00",
        "finished_at": "2026-11-20T12:00:00+00:00",
        "pictures": [
            {
                "url": "https://r2.example/1.jpg",
                "state": "stored",
                "path": "/data/ab.jpg",
                "saved_path": "/pictures/fox.jpg",
                "width": 4096,
                "height": 4096,
                "sha256": "ab" * 32,
            },
            {
                "url": "https://r2.example/2.jpg",
                "state": "undecodable",
                "path": None,
                "saved_path": None,
                "width": None,
                "height": None,
                "sha256": None,
            },
        ],
    }


def test_what_is_not_known_yet_is_null() -> None:
    told = task_object(make_task())

    assert [told[name] for name in ("task_id", "fail_code", "fail_message", "finished_at")] == [None] * 4
    assert told["attempts"] == told["pictures"] == []
    assert told["aspect_ratio"] == "1:1"


def test_the_services_own_code_is_told_where_there_is_one() -> None:
    failure = Failure(FailureKind.MODERATION, "NSFW_DETECTED", "unsafe")

    told = task_object(make_task(TaskState.FAILED, failure=failure))

    assert (told["fail_code"], told["fail_message"]) == ("NSFW_DETECTED", "unsafe")
