"""Calls that are cancelled at any moment leave the next ones their places in the connection pool."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from decimal import Decimal

import pytest

from seedream_desktop.api.client import ApixoService
from seedream_desktop.api.pictures import LinkSource
from seedream_desktop.domain.request import GenerationRequest
from tests.api.replies import TASK_ID
from tests.api.servers import Answer, Line, Seen, answering, serving

ServiceAt = Callable[..., ApixoService]
MOMENTS = 30
"""Turns of the loop after which a call is cancelled; a whole one on loopback takes fewer."""
ROUNDS = 20
"""More than the pool has places: at the least one moment of each round costs one."""
LIMIT_S = 20.0
BALANCE = b'{"code": 200, "message": "success", "data": 1.5}'
TAKEN = b'{"code": 200, "message": "success", "data": {"taskId": "%s"}}' % TASK_ID.encode()


def closing_after(answer: Answer) -> Answer:
    """Answer and hang up, so that every call connects anew."""

    async def answer_once(line: Line, seen: Seen) -> None:
        await answer(line, seen)
        line.close()

    return answer_once


async def cancelled_after(turns: int, call: Awaitable[object]) -> None:
    task = asyncio.ensure_future(call)
    for _ in range(turns):
        await asyncio.sleep(0)
    task.cancel()
    await asyncio.gather(task, return_exceptions=True)


async def broken_off_at_every_moment(call: Callable[[], Awaitable[object]]) -> None:
    for _ in range(ROUNDS):
        for turns in range(MOMENTS):
            await cancelled_after(turns, call())


async def nothing() -> None:
    """The order may leave."""


async def test_a_balance_can_be_asked_for_after_many_calls_were_broken_off(service_at: ServiceAt) -> None:
    async with serving(closing_after(answering(200, BALANCE))) as server:
        service = service_at(server.base_url)
        await broken_off_at_every_moment(service.balance)

        async with asyncio.timeout(LIMIT_S):
            assert await service.balance() == Decimal("1.5")


async def test_an_order_can_be_sent_after_many_were_broken_off(service_at: ServiceAt) -> None:
    async with serving(answering(200, TAKEN)) as server:
        service = service_at(server.base_url)
        await broken_off_at_every_moment(lambda: service.submit(GenerationRequest("a fox"), (), nothing))

        async with asyncio.timeout(LIMIT_S):
            assert (await service.submit(GenerationRequest("a fox"), (), nothing)).body == TAKEN


async def test_a_picture_can_be_fetched_after_many_downloads_were_broken_off(
    source_at: Callable[[str], LinkSource],
) -> None:
    async with serving(closing_after(answering(200, b"a picture", {"content-type": "image/jpeg"}))) as server:
        source = source_at(server.base_url)

        async def fetch() -> bytes:
            async with source.open(f"{server.root}/1.jpg") as download:
                return b"".join([chunk async for chunk in download.chunks()])

        await broken_off_at_every_moment(fetch)

        async with asyncio.timeout(LIMIT_S):
            assert await fetch() == b"a picture"


@pytest.mark.parametrize("turns", range(0, MOMENTS, 3))
async def test_a_call_broken_off_leaves_those_beside_it_alone(service_at: ServiceAt, turns: int) -> None:
    async with serving(answering(200, BALANCE)) as server:
        service = service_at(server.base_url)
        beside = [asyncio.ensure_future(service.balance()) for _ in range(4)]
        await cancelled_after(turns, service.balance())

        async with asyncio.timeout(LIMIT_S):
            assert await asyncio.gather(*beside) == [Decimal("1.5")] * 4
