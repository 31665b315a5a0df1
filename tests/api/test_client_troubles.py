"""Every trouble of a connection leaves the client under a name of ours, without the key, and in bounded memory."""

from __future__ import annotations

import asyncio
import gzip
import json
import traceback
import tracemalloc
import zlib
from collections.abc import Callable

import pytest

from seedream_desktop.api.client import ApixoService
from seedream_desktop.api.transport import MAX_JSON_BYTES
from seedream_desktop.domain.failure import FailureKind
from seedream_desktop.domain.request import GenerationRequest
from seedream_desktop.domain.task import ServiceTaskId
from seedream_desktop.ports.errors import ServiceError, UnreachableError
from seedream_desktop.ports.service import Accepted, Unclear, Working
from tests.api.conftest import KEY
from tests.api.replies import TASK_ID
from tests.api.servers import (
    Answer,
    Line,
    Seen,
    Server,
    answering,
    closed_port,
    hanging_up,
    head,
    keeping_silent,
    reacting,
    resetting,
    serving,
    then_closing,
)

ServiceAt = Callable[..., ApixoService]
FOX = GenerationRequest("a fox")
TAKEN = json.dumps({"code": 200, "message": "success", "data": {"taskId": TASK_ID}}).encode()
CUT = TAKEN[: len(TAKEN) // 2]


class Marks:
    """Counts how often the hook was awaited."""

    def __init__(self) -> None:
        self.count = 0

    async def mark(self) -> None:
        self.count += 1


async def half_an_answer_then_reset(line: Line, _seen: Seen) -> None:
    await line.send(head(200, {"content-length": str(len(TAKEN))}) + CUT)
    line.reset()


TROUBLES: dict[str, Answer] = {
    "hangs up": hanging_up,
    "resets": resetting,
    "garbage": then_closing(b"\x15\x03\x01\x00\x02\x02\x46 this is not HTTP\r\n\r\n"),
    "half a head": then_closing(b"HTTP/1.1 200 OK\r\nContent-Ty"),
    "odd status": then_closing(b"HTTP/1.1 abc OK\r\n\r\n"),
    "key in the reply line": then_closing(f"HTTP/1.1 {KEY}\r\n\r\n".encode()),
    "short body": then_closing(head(200, {"content-length": str(len(TAKEN))}) + CUT),
    "cut chunk": then_closing(head(200, {"transfer-encoding": "chunked"}) + b"80\r\n" + CUT),
    "half an answer, then reset": half_an_answer_then_reset,
    "two lengths": then_closing(b"HTTP/1.1 200 OK\r\nContent-Length: 5\r\nContent-Length: 6\r\n\r\nhello"),
    "negative length": then_closing(head(200, {"content-length": "-1"}) + TAKEN),
    "endless head": then_closing(b"HTTP/1.1 200 OK\r\n" + b"X-Long: " + b"a" * 200_000),
    "redirect to nowhere": answering(302, b"", {"location": "http://a:port/"}),
}


@pytest.mark.parametrize("answer", TROUBLES.values(), ids=TROUBLES.keys())
async def test_an_order_without_a_whole_answer_is_an_error_of_ours_behind_the_mark(
    service_at: ServiceAt, answer: Answer
) -> None:
    marks = Marks()
    async with serving(answer) as server:
        with pytest.raises(UnreachableError) as caught:
            await service_at(server.base_url).submit(FOX, (), marks.mark)

    assert marks.count == 1
    assert len(server.requests) == 1
    assert KEY not in "".join(traceback.format_exception(caught.value))


@pytest.mark.parametrize("answer", TROUBLES.values(), ids=TROUBLES.keys())
async def test_a_free_call_without_a_whole_answer_is_an_error_of_ours(service_at: ServiceAt, answer: Answer) -> None:
    async with serving(answer) as server:
        with pytest.raises(UnreachableError) as caught:
            await service_at(server.base_url).status(ServiceTaskId(TASK_ID))

    assert caught.value.failure.kind is FailureKind.OFFLINE
    assert KEY not in str(caught.value)


async def test_nobody_listening_is_known_before_the_mark(service_at: ServiceAt) -> None:
    marks = Marks()

    with pytest.raises(UnreachableError, match="ConnectError"):
        await service_at(f"http://127.0.0.1:{closed_port()}/api/v1").submit(FOX, (), marks.mark)

    assert marks.count == 0


async def test_an_unknown_name_is_known_before_the_mark(service_at: ServiceAt) -> None:
    marks = Marks()

    with pytest.raises(UnreachableError):
        await service_at("https://no-such-name.invalid/api/v1").submit(FOX, (), marks.mark)

    assert marks.count == 0


async def test_a_server_without_tls_is_known_before_the_mark(service_at: ServiceAt) -> None:
    marks = Marks()

    async def answer_plainly(line: Line) -> None:
        await line.send(b"HTTP/1.1 400 Bad Request\r\nConnection: close\r\n\r\n")
        line.close()

    async with reacting(answer_plainly) as port:
        with pytest.raises(UnreachableError, match="ConnectError"):
            await service_at(f"https://127.0.0.1:{port}/api/v1").submit(FOX, (), marks.mark)

    assert marks.count == 0


async def test_a_reset_before_the_order_is_read_stands_behind_the_mark(service_at: ServiceAt) -> None:
    """The bytes may have left: no exception can tell that they did not arrive."""
    marks = Marks()

    async def reset(line: Line) -> None:
        line.reset()

    async with reacting(reset) as port:
        with pytest.raises(UnreachableError):
            await service_at(f"http://127.0.0.1:{port}/api/v1").submit(FOX, (), marks.mark)

    assert marks.count == 1


async def test_silence_ends_with_the_callers_deadline(service_at: ServiceAt) -> None:
    marks = Marks()
    async with serving(keeping_silent) as server:
        with pytest.raises(TimeoutError):
            async with asyncio.timeout(0.2):
                await service_at(server.base_url).submit(FOX, (), marks.mark)

    assert marks.count == 1


async def continuing(line: Line, _seen: Seen) -> None:
    while True:
        await line.send(b"HTTP/1.1 100 Continue\r\n\r\n")
        await asyncio.sleep(0.01)


async def dripping(line: Line, _seen: Seen) -> None:
    await line.send(head(200, {"content-length": "100000"}))
    while True:
        await line.send(b" ")
        await asyncio.sleep(0.01)


@pytest.mark.parametrize("answer", [continuing, dripping])
async def test_an_answer_that_never_ends_ends_with_the_callers_deadline(service_at: ServiceAt, answer: Answer) -> None:
    async with serving(answer) as server:
        with pytest.raises(TimeoutError):
            async with asyncio.timeout(0.2):
                await service_at(server.base_url).balance()
        await server.quiet()


async def test_after_a_deadline_the_client_still_works(service_at: ServiceAt) -> None:
    async def first_silent(line: Line, _seen: Seen) -> None:
        if len(server.requests) == 1:
            await asyncio.sleep(3600)
        await line.reply(200, b'{"code":200,"data":1}')

    async with serving(first_silent) as server:
        service = service_at(server.base_url)
        with pytest.raises(TimeoutError):
            async with asyncio.timeout(0.1):
                await service.balance()
        assert await service.balance() == 1


async def reply_to_order(service_at: ServiceAt, server: Server) -> tuple[bytes, object]:
    service = service_at(server.base_url)
    reply = await service.submit(FOX, (), Marks().mark)
    return reply.body, service.read_submission(reply)


async def test_a_whole_body_without_a_length_is_read_to_its_end(service_at: ServiceAt) -> None:
    async with serving(then_closing(head(200, {}) + TAKEN)) as server:
        assert await reply_to_order(service_at, server) == (TAKEN, Accepted(ServiceTaskId(TASK_ID)))


async def test_a_body_without_a_length_that_ends_early_is_unclear(service_at: ServiceAt) -> None:
    async with serving(then_closing(head(200, {}) + TAKEN[:-2])) as server:
        body, outcome = await reply_to_order(service_at, server)

    assert body == TAKEN[:-2]
    assert isinstance(outcome, Unclear)
    assert outcome.candidate == TASK_ID


def breaking_off(raw: bytes) -> Answer:
    """Return an answer of raw bytes with a reset behind them, once they had the time to arrive."""

    async def answer(line: Line, _seen: Seen) -> None:
        await line.send(raw)
        await asyncio.sleep(0.05)
        line.reset()

    return answer


LONGER = {"content-length": str(len(TAKEN) + 100)}


@pytest.mark.parametrize(
    "answer",
    [
        then_closing(head(200, LONGER) + TAKEN[:-1]),
        then_closing(head(200, {"transfer-encoding": "chunked"}) + b"80\r\n" + TAKEN[:-1]),
        breaking_off(head(200, LONGER) + TAKEN[:-1]),
    ],
    ids=["short", "cut chunk", "reset"],
)
async def test_a_task_id_that_came_before_the_connection_broke_is_kept(service_at: ServiceAt, answer: Answer) -> None:
    async with serving(answer) as server:
        body, outcome = await reply_to_order(service_at, server)

    assert body == TAKEN[:-1]
    assert isinstance(outcome, Unclear)
    assert outcome.candidate == TASK_ID


def without_end(body: bytes) -> Answer:
    """Return an answer in one chunk that is followed by nothing, while the connection stays open."""

    async def answer(line: Line, _seen: Seen) -> None:
        await line.send(head(200, {"transfer-encoding": "chunked"}) + b"%x\r\n%s\r\n" % (len(body), body))
        await asyncio.sleep(3600)

    return answer


def in_single_bytes(body: bytes) -> Answer:
    """Return an answer that comes byte by byte, each in a chunk of its own, and never ends."""

    async def answer(line: Line, _seen: Seen) -> None:
        await line.send(head(200, {"transfer-encoding": "chunked"}))
        for byte in body:
            await line.send(b"1\r\n%c\r\n" % byte)
            await asyncio.sleep(0)
        await asyncio.sleep(3600)

    return answer


@pytest.mark.parametrize("answer", [without_end(TAKEN), in_single_bytes(TAKEN)], ids=["a chunk", "single bytes"])
async def test_a_whole_answer_to_an_order_counts_although_it_never_ends(service_at: ServiceAt, answer: Answer) -> None:
    async with serving(answer) as server, asyncio.timeout(10):
        assert await reply_to_order(service_at, server) == (TAKEN, Accepted(ServiceTaskId(TASK_ID)))


async def test_a_task_id_before_a_silence_is_kept_for_a_status_call_to_decide(service_at: ServiceAt) -> None:
    async with serving(without_end(TAKEN[:-2])) as server, asyncio.timeout(10):
        body, outcome = await reply_to_order(service_at, server)

    assert body == TAKEN[:-2]
    assert isinstance(outcome, Unclear)
    assert outcome.candidate == TASK_ID


async def test_an_answer_without_a_task_id_is_waited_for_until_the_callers_deadline(service_at: ServiceAt) -> None:
    async with serving(without_end(CUT)) as server:
        service = service_at(server.base_url)
        with pytest.raises(TimeoutError):
            async with asyncio.timeout(3):
                await service.submit(FOX, (), Marks().mark)


async def test_the_rest_of_a_slow_free_answer_is_waited_for(service_at: ServiceAt) -> None:
    """How a task stands can take long to arrive, and is asked for again anyhow."""
    whole = json.dumps({"code": 200, "data": {"taskId": TASK_ID, "state": "processing"}}).encode()

    async def slow(line: Line, _seen: Seen) -> None:
        await line.send(head(200, {"content-length": str(len(whole))}) + whole[:-5])
        await asyncio.sleep(2.5)
        await line.send(whole[-5:])

    async with serving(slow) as server:
        assert await service_at(server.base_url).status(ServiceTaskId(TASK_ID)) == Working("processing")


async def test_the_client_still_works_behind_an_answer_without_end(service_at: ServiceAt) -> None:
    async with serving(without_end(TAKEN)) as server:
        service = service_at(server.base_url)
        replies = await asyncio.gather(*(service.submit(FOX, (), Marks().mark) for _ in range(20)))

    assert {reply.body for reply in replies} == {TAKEN}
    assert len(server.requests) == 20


async def test_a_chunked_body_is_put_together(service_at: ServiceAt) -> None:
    chunks = b"".join(b"%x\r\n%s\r\n" % (len(part), part) for part in (TAKEN[:20], TAKEN[20:]))
    async with serving(then_closing(head(200, {"transfer-encoding": "chunked"}) + chunks + b"0\r\n\r\n")) as server:
        assert await reply_to_order(service_at, server) == (TAKEN, Accepted(ServiceTaskId(TASK_ID)))


@pytest.mark.parametrize("encoding", ["gzip", " GZIP "])
async def test_one_layer_of_gzip_is_undone(service_at: ServiceAt, encoding: str) -> None:
    async with serving(answering(200, gzip.compress(TAKEN, mtime=0), {"content-encoding": encoding})) as server:
        assert await reply_to_order(service_at, server) == (TAKEN, Accepted(ServiceTaskId(TASK_ID)))


@pytest.mark.parametrize(
    ("body", "encoding"),
    [
        (gzip.compress(gzip.compress(TAKEN, mtime=0), mtime=0), "gzip, gzip"),
        (gzip.compress(TAKEN, mtime=0), "br"),
        (b"\x1f\x8b\x08\x00garbage", "gzip"),
        (zlib.compress(TAKEN), "deflate"),
    ],
)
async def test_any_other_encoding_is_unclear(service_at: ServiceAt, body: bytes, encoding: str) -> None:
    async with serving(answering(200, body, {"content-encoding": encoding})) as server:
        _, outcome = await reply_to_order(service_at, server)

    assert isinstance(outcome, Unclear)


async def test_an_answer_that_claims_gzip_and_is_plain_is_read_as_it_is(service_at: ServiceAt) -> None:
    async with serving(answering(200, TAKEN, {"content-encoding": "gzip"})) as server:
        assert await reply_to_order(service_at, server) == (TAKEN, Accepted(ServiceTaskId(TASK_ID)))


async def test_a_gzip_bomb_grows_to_1_mib_and_no_further(service_at: ServiceAt) -> None:
    packer = zlib.compressobj(9, zlib.DEFLATED, 31)
    block = b" " * (1024 * 1024)
    bomb = b"".join([packer.compress(TAKEN[:-1]), *(packer.compress(block) for _ in range(64)), packer.flush()])
    async with serving(answering(200, bomb, {"content-encoding": "gzip"})) as server:
        tracemalloc.start()
        body, outcome = await reply_to_order(service_at, server)
        _, most_bytes = tracemalloc.get_traced_memory()
        tracemalloc.stop()

    assert len(body) == MAX_JSON_BYTES
    assert isinstance(outcome, Unclear)
    assert outcome.candidate == TASK_ID
    assert most_bytes < 8 * MAX_JSON_BYTES


async def test_an_endless_body_is_read_for_1_mib_and_no_further(service_at: ServiceAt) -> None:
    async def endless(line: Line, _seen: Seen) -> None:
        await line.send(head(200, {"connection": "close"}) + TAKEN[:-1])
        while True:
            await line.send(b" " * 65536)

    async with serving(endless) as server:
        body, outcome = await reply_to_order(service_at, server)
        await server.quiet()

    assert len(body) == MAX_JSON_BYTES
    assert isinstance(outcome, Unclear)


async def test_a_long_answer_that_is_whole_within_1_mib_counts(service_at: ServiceAt) -> None:
    padded = TAKEN + b" " * (MAX_JSON_BYTES - len(TAKEN))
    async with serving(answering(200, padded)) as server:
        _, outcome = await reply_to_order(service_at, server)

    assert outcome == Accepted(ServiceTaskId(TASK_ID))


async def test_a_web_page_in_the_services_place_is_unclear_for_an_order(service_at: ServiceAt) -> None:
    async with serving(answering(200, b"<html>Please log in</html>", {"content-type": "text/html"})) as server:
        service = service_at(server.base_url)
        _, outcome = await reply_to_order(service_at, server)
        with pytest.raises(ServiceError) as caught:
            await service.balance()

    assert isinstance(outcome, Unclear)
    assert caught.value.failure.kind is FailureKind.WRONG_ADDRESS
