"""The calls as they go over the wire: what is sent, on which connection, and when the hook is awaited."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Callable
from decimal import Decimal

import pytest

from seedream_desktop.api.client import ApixoService
from seedream_desktop.domain.failure import FailureKind
from seedream_desktop.domain.request import GenerationRequest
from seedream_desktop.domain.task import ServiceTaskId
from seedream_desktop.ports.errors import KeyRefusedError, ServiceError
from seedream_desktop.ports.service import Accepted, RawReply, Refused, Unclear, Working
from tests.api.conftest import KEY
from tests.api.replies import TASK_ID
from tests.api.servers import Line, Seen, Server, answering, serving

ServiceAt = Callable[..., ApixoService]
FOX = GenerationRequest("a fox")
TAKEN = json.dumps({"code": 200, "message": "success", "data": {"taskId": TASK_ID}}).encode()
WORKING = json.dumps({"code": 200, "message": "success", "data": {"taskId": TASK_ID, "state": "pending"}}).encode()
BALANCE = b'{"code":200,"message":"success","data":74.87}'


async def nothing() -> None:
    """A hook that lets the order go."""


async def submit(service: ApixoService) -> RawReply:
    return await service.submit(FOX, (), nothing)


async def test_the_order_is_one_post_with_the_key_in_its_header(service_at: ServiceAt) -> None:
    async with serving(answering(200, TAKEN)) as server:
        service = service_at(server.base_url)
        reply = await submit(service)

    (seen,) = server.requests
    assert (seen.method, seen.target) == ("POST", "/api/v1/generateTask/seedream-4-5")
    assert seen.headers["authorization"] == f"Bearer {KEY}"
    assert seen.headers["content-type"] == "application/json"
    assert seen.json["input"]["prompt"] == "a fox"
    assert reply == RawReply(200, "", TAKEN)
    assert service.read_submission(reply) == Accepted(ServiceTaskId(TASK_ID))


async def test_the_free_calls_are_gets_with_the_key_in_their_header(service_at: ServiceAt) -> None:
    async def answer(line: Line, seen: Seen) -> None:
        await line.reply(200, BALANCE if "balance" in seen.target else WORKING)

    async with serving(answer) as server:
        service = service_at(f"{server.base_url}/")
        assert await service.status(ServiceTaskId(TASK_ID)) == Working("pending")
        assert await service.balance() == Decimal("74.87")

    assert [(seen.method, seen.target) for seen in server.requests] == [
        ("GET", f"/api/v1/statusTask/seedream-4-5?taskId={TASK_ID}"),
        ("GET", "/api/v1/apikeys/current-balance"),
    ]
    assert {seen.headers["authorization"] for seen in server.requests} == {f"Bearer {KEY}"}


async def test_an_odd_task_id_stays_one_parameter(service_at: ServiceAt) -> None:
    async with serving(answering(404)) as server:
        with pytest.raises(ServiceError):
            await service_at(server.base_url).status(ServiceTaskId("a&b=c#d?e+f%20"))

    assert server.requests[0].target == "/api/v1/statusTask/seedream-4-5?taskId=a%26b%3Dc%23d%3Fe%2Bf%2520"


async def test_the_key_stands_nowhere_but_in_its_header(service_at: ServiceAt) -> None:
    async with serving(answering(200, TAKEN)) as server:
        await submit(service_at(server.base_url))

    (seen,) = server.requests
    others = {name: value for name, value in seen.headers.items() if name != "authorization"}
    assert KEY not in seen.target + str(others) + seen.body.decode()


async def test_the_hook_is_awaited_before_the_first_byte_leaves(service_at: ServiceAt) -> None:
    async with serving(answering(200, TAKEN)) as server:
        bytes_at_hook = []

        async def look() -> None:
            await asyncio.sleep(0.05)
            bytes_at_hook.append((server.connections, server.received_bytes))

        await service_at(server.base_url).submit(FOX, (), look)

    assert bytes_at_hook == [(1, 0)]
    assert len(server.requests) == 1


class RecordNotWrittenError(Exception):
    """The stand-in for a disk that does not take the mark."""


async def test_a_hook_that_raises_keeps_every_byte_here(service_at: ServiceAt) -> None:
    async def fail() -> None:
        raise RecordNotWrittenError

    async with serving(answering(200, TAKEN)) as server:
        with pytest.raises(RecordNotWrittenError):
            await service_at(server.base_url).submit(FOX, (), fail)
        await server.quiet()

        assert (server.connections, server.received_bytes) == (1, 0)


async def test_a_hook_cancelled_by_a_deadline_keeps_every_byte_here(service_at: ServiceAt) -> None:
    async def take_for_ever() -> None:
        await asyncio.sleep(3600)

    async with serving(answering(200, TAKEN)) as server:
        with pytest.raises(TimeoutError):
            async with asyncio.timeout(0.1):
                await service_at(server.base_url).submit(FOX, (), take_for_ever)
        await server.quiet()

        assert (server.connections, server.received_bytes) == (1, 0)


async def test_the_free_calls_do_not_touch_the_hook(service_at: ServiceAt) -> None:
    marks = []

    async def mark() -> None:
        marks.append(True)

    async with serving(answering(200, TAKEN)) as server:
        service = service_at(server.base_url)
        await service.submit(FOX, (), mark)
        with pytest.raises(ServiceError):
            await service.balance()

    assert marks == [True]


async def test_two_orders_take_two_connections(service_at: ServiceAt) -> None:
    async with serving(answering(200, TAKEN)) as server:
        service = service_at(server.base_url)
        await submit(service)
        await submit(service)

    assert [seen.connection for seen in server.requests] == [1, 2]


async def test_the_free_calls_share_a_connection(service_at: ServiceAt) -> None:
    async with serving(answering(200, BALANCE)) as server:
        service = service_at(server.base_url)
        await service.balance()
        await service.balance()

    assert [seen.connection for seen in server.requests] == [1, 1]


async def test_an_order_never_goes_on_the_connection_of_a_free_call(service_at: ServiceAt) -> None:
    async with serving(answering(200, BALANCE)) as server:
        service = service_at(server.base_url)
        await service.balance()
        await submit(service)

    assert [seen.connection for seen in server.requests] == [1, 2]


async def test_the_environments_proxies_are_not_asked(service_at: ServiceAt, monkeypatch: pytest.MonkeyPatch) -> None:
    async with serving(answering(200, BALANCE)) as server, serving(answering(200, BALANCE)) as proxy:
        for name in ("HTTP_PROXY", "http_proxy", "HTTPS_PROXY", "https_proxy", "ALL_PROXY", "all_proxy"):
            monkeypatch.setenv(name, proxy.root)
        service = service_at(server.base_url)
        await service.balance()
        await submit(service)

    assert proxy.connections == 0
    assert len(server.requests) == 2


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
async def test_a_redirect_of_the_order_is_a_refusal_and_not_followed(service_at: ServiceAt, status: int) -> None:
    async with serving(answering(200, TAKEN)) as other:
        for location in (f"{other.root}/elsewhere", "/elsewhere"):
            async with serving(answering(status, b"", {"location": location})) as server:
                service = service_at(server.base_url)
                outcome = service.read_submission(await submit(service))

            assert isinstance(outcome, Refused)
            assert outcome.failure.kind is FailureKind.WRONG_ADDRESS
            assert len(server.requests) == 1

    assert other.connections == 0


async def test_a_redirect_of_a_free_call_takes_no_key_elsewhere(service_at: ServiceAt) -> None:
    async with (
        serving(answering(200, BALANCE)) as other,
        serving(answering(307, b"", {"location": f"{other.root}/api/v1/apikeys/current-balance"})) as server,
    ):
        with pytest.raises(ServiceError):
            await service_at(server.base_url).balance()

    assert other.connections == 0


async def test_no_cookies_are_kept(service_at: ServiceAt) -> None:
    async with serving(answering(200, BALANCE, {"set-cookie": "id=1; Path=/"})) as server:
        service = service_at(server.base_url)
        await service.balance()
        await service.balance()

    assert all("cookie" not in seen.headers for seen in server.requests)


async def test_an_early_refusal_is_read_while_the_order_is_still_going_out(service_at: ServiceAt) -> None:
    async with serving(answering(413, b'{"code":413,"message":"too large"}')) as server:
        service = service_at(server.base_url)
        outcome = service.read_submission(await submit(service))

    assert isinstance(outcome, Refused)
    assert (outcome.failure.code, outcome.failure.message) == ("413", "too large")


async def test_the_wait_a_busy_service_asks_for_comes_with_its_reply(service_at: ServiceAt) -> None:
    async with serving(answering(429, b"", {"Retry-After": "7"})) as server:
        assert (await submit(service_at(server.base_url))).retry_after == "7"


@pytest.mark.parametrize(
    ("key", "kind"),
    [
        (None, FailureKind.KEY_MISSING),
        ("", FailureKind.KEY_MISSING),
        ("sk-bad\nkey", FailureKind.KEY_REFUSED),
        ("sk-bad\r\nX-Evil: 1", FailureKind.KEY_REFUSED),
        ("sk-ключ", FailureKind.KEY_REFUSED),
        ("sk-bad\0", FailureKind.KEY_REFUSED),
        (" sk-bad ", FailureKind.KEY_REFUSED),
    ],
)
async def test_without_a_usable_key_nothing_is_sent(service_at: ServiceAt, key: str | None, kind: FailureKind) -> None:
    async with serving(answering(200, TAKEN)) as server:
        service = service_at(server.base_url, key)
        for call in (submit(service), service.balance(), service.status(ServiceTaskId(TASK_ID))):
            with pytest.raises(KeyRefusedError) as caught:
                await call
            assert caught.value.failure.kind is kind
            assert "sk-" not in str(caught.value)

    assert server.connections == 0


async def test_a_changed_key_is_used_from_the_next_call_on(service_at: ServiceAt, context: object) -> None:
    keys = ["first", "second"]
    async with serving(answering(200, BALANCE)) as server:
        service = ApixoService(service_at(server.base_url)._base_url, lambda: keys[0], context)
        await service.balance()
        keys.pop(0)
        await service.balance()
        await service.close()

    assert [seen.headers["authorization"] for seen in server.requests] == ["Bearer first", "Bearer second"]


def seen_once(server: Server) -> bool:
    return len(server.requests) == 1


async def test_a_lost_answer_is_never_asked_for_again(service_at: ServiceAt) -> None:
    async def hang_up(line: Line, _seen: Seen) -> None:
        line.close()

    async with serving(hang_up) as server:
        with pytest.raises(ServiceError):
            await submit(service_at(server.base_url))
        await server.quiet()

    assert seen_once(server)


@pytest.mark.parametrize("status", [500, 502, 503, 504, 408, 429])
async def test_a_troubled_answer_is_never_answered_with_a_second_order(service_at: ServiceAt, status: int) -> None:
    async with serving(answering(status)) as server:
        service = service_at(server.base_url)
        outcome = service.read_submission(await submit(service))

    assert seen_once(server)
    assert isinstance(outcome, Unclear) == (status != 429)
