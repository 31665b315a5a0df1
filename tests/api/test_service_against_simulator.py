"""The client against the simulator in its own process: the calls in their order, and money against the ledger."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest

from seedream_desktop.api.client import ApixoService
from seedream_desktop.api.pictures import LinkSource
from seedream_desktop.domain.failure import FailureKind
from seedream_desktop.domain.request import GenerationRequest
from seedream_desktop.domain.task import ServiceTaskId
from seedream_desktop.ports.errors import KeyRefusedError, ServiceError, TaskNotFoundError
from seedream_desktop.ports.service import (
    Accepted,
    FailedAtService,
    KeyTurnedDown,
    Postponed,
    Refused,
    StatusReport,
    Submission,
    Succeeded,
    Unclear,
    Unreadable,
    Working,
)
from tests.simulators import SimulatorProcess

ServiceAt = Callable[..., ApixoService]
SourceAt = Callable[[str], LinkSource]


@pytest.fixture
def service(simulator: SimulatorProcess, service_at: ServiceAt) -> ApixoService:
    simulator.set_faults([])
    return service_at(simulator.url)


async def go() -> None:
    """A hook that lets the order go."""


async def order(service: ApixoService, prompt: str, count: int = 1) -> Submission:
    return service.read_submission(await service.submit(GenerationRequest(prompt, count=count), (), go))


async def ended(service: ApixoService, outcome: Submission) -> StatusReport:
    assert isinstance(outcome, Accepted)
    async with asyncio.timeout(20):
        while isinstance(report := await service.status(outcome.task_id), Working):
            await asyncio.sleep(0.02)
    return report


async def test_an_order_becomes_pictures_and_the_balance_falls(
    simulator: SimulatorProcess, service: ApixoService, source_at: SourceAt
) -> None:
    before = await service.balance()
    report = await ended(service, await order(service, "two foxes", 2))
    assert isinstance(report, Succeeded)
    assert len(report.urls) == 2
    source = source_at(simulator.url)
    for url in report.urls:
        async with source.open(url) as download:
            picture = b"".join([chunk async for chunk in download.chunks()])
        assert picture.startswith(b"\xff\xd8")
        assert len(picture) == download.total_bytes

    assert await service.balance() == before - Decimal("0.08")
    assert not simulator.ledger().get("authorized_images")


async def test_a_failed_task_tells_its_code(service: ApixoService) -> None:
    report = await ended(service, await order(service, "a fox [fail:CONTENT_VIOLATION]"))

    assert isinstance(report, FailedAtService)
    assert (report.failure.kind, report.failure.code) == (FailureKind.MODERATION, "CONTENT_VIOLATION")


async def test_a_refused_key_stops_every_call(simulator: SimulatorProcess, service_at: ServiceAt) -> None:
    service = service_at(simulator.url, "bad-key")

    assert isinstance(await order(service, "a fox"), KeyTurnedDown)
    with pytest.raises(KeyRefusedError):
        await service.balance()
    with pytest.raises(KeyRefusedError):
        await service.status(ServiceTaskId("0" * 32))


async def test_a_task_that_never_was_is_not_found(service: ApixoService) -> None:
    with pytest.raises(TaskNotFoundError):
        await service.status(ServiceTaskId("0" * 32))


# What the simulator does to an order, and what that must look like from here: an outcome, or "" for no reply at all.
ORDER_FAULTS: list[tuple[dict[str, Any], str]] = [
    *(({"code": code}, "refused") for code in (400, 402, 403, 404)),
    *(({"code": code, "status": 200}, "refused") for code in (400, 402, 403, 404)),
    ({"code": 401}, "key"),
    ({"code": 429, "retry_after": 7}, "postponed"),
    *(({"status": status, "body": body}, "refused") for status in (400, 413, 422) for body in ("html", "empty")),
    *(({"status": status, "body": "html", "bill": bill}, "unclear") for status in (500, 502) for bill in (True, False)),
    ({"code": 500, "status": 200, "bill": True}, "candidate"),
    ({"code": 500, "status": 200, "bill": False}, "unclear"),
    ({"status": 408, "body": "empty", "bill": True}, "unclear"),
    ({"status": 201}, "candidate"),
    *(({"task_id": spoilt}, "unclear") for spoilt in ("missing", "null", "empty", "number", "10kB", "newline", "dots")),
    ({"data_null": True}, "unclear"),
    *(({"poison": kind}, "unclear") for kind in ("nesting", "string", "number", "null")),
    *(({"poison": kind}, "candidate") for kind in ("nesting-inside", "list", "not-utf-8")),
    *(({"poison": kind}, "accepted") for kind in ("long-int", "nan", "surrogate", "duplicate-keys", "bom", "utf-16")),
    ({"encoding": "gzip"}, "accepted"),
    ({"encoding": "bomb"}, "unclear"),
    ({"encoding": "twice"}, "unclear"),
    ({"body": "html", "bill": True}, "unclear"),
    ({"redirect": "other-name"}, "refused"),
    ({"redirect": {"status": 307, "to": "same"}}, "refused"),
    ({"no_length": True}, "accepted"),
    ({"chunked": 10}, "accepted"),
    *(({name: True}, "") for name in ("drop_after_body", "rst_after_body", "partial_head", "garbage")),
    *(({name: True}, "") for name in ("drop_before_reading", "rst_before_reading")),
    *(({"cut": {"at": 0.5, "how": how}}, "") for how in ("length", "chunked")),
    ({"cut": {"at": 0.4, "how": "close"}}, "unclear"),
    ({"content_length": "two"}, ""),
]
KINDS: dict[type, str] = {Accepted: "accepted", Refused: "refused", Postponed: "postponed", KeyTurnedDown: "key"}


async def outcome_of(service: ApixoService, prompt: str) -> str:
    try:
        outcome = await order(service, prompt)
    except ServiceError:
        return ""
    if isinstance(outcome, Unclear):
        return "candidate" if outcome.candidate else "unclear"
    return KINDS[type(outcome)]


@pytest.mark.parametrize(("do", "expected"), ORDER_FAULTS, ids=lambda value: str(value).replace(" ", ""))
async def test_a_spoilt_order_is_never_called_unbilled_when_it_was_billed(
    simulator: SimulatorProcess, service: ApixoService, do: dict[str, Any], expected: str
) -> None:
    simulator.set_faults([{"call": "generate", "do": do}])
    earlier = len(simulator.submits())

    outcome = await outcome_of(service, "a fox")

    submits = simulator.submits()[earlier:]
    assert outcome == expected
    assert len(submits) <= 1
    if outcome in {"refused", "postponed", "key"}:
        assert sum(submit["billed"] for submit in submits) == 0


@pytest.mark.parametrize("spoilt", ["malformed", "object", "missing", "no-key", "no-urls", "null", "nesting", "double"])
async def test_a_spoilt_result_is_read_or_called_unreadable(
    simulator: SimulatorProcess, service: ApixoService, spoilt: str
) -> None:
    simulator.set_faults([{"call": "status", "do": {"result_json": spoilt}}])

    report = await ended(service, await order(service, "a fox"))

    assert isinstance(report, Succeeded if spoilt in {"object", "double"} else Unreadable)


@pytest.mark.parametrize("image", ["html", "empty", "truncated"])
async def test_what_a_picture_holds_is_not_the_clients_business(
    simulator: SimulatorProcess, service: ApixoService, source_at: SourceAt, image: str
) -> None:
    report = await ended(service, await order(service, "a fox"))
    assert isinstance(report, Succeeded)
    simulator.set_faults([{"call": "image", "do": {"image": image}}])

    async with source_at(simulator.url).open(report.urls[0]) as download:
        served = b"".join([chunk async for chunk in download.chunks()])

    assert len(served) == download.total_bytes
