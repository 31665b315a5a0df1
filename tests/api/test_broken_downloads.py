"""A download that broke off goes on where it stopped, but only with the very same file; else it starts anew."""

from __future__ import annotations

import re
from collections.abc import Callable
from contextlib import AsyncExitStack
from dataclasses import dataclass, field

import pytest

from seedream_desktop.api.pictures import MAX_PICTURE_BYTES, WORTH_KEEPING_BYTES, LinkSource
from seedream_desktop.ports.errors import BrokenOffError, BusyError, LinkDeadError, ServiceError, UnreachableError
from seedream_desktop.ports.service import PictureDownload
from tests.api.servers import Line, Seen, Server, head, serving

SourceAt = Callable[[str], LinkSource]
PICTURE = bytes(number * number % 251 for number in range(3 * WORTH_KEEPING_BYTES))
SIZE = len(PICTURE)
MARK = '"one-and-only"'
HALF = SIZE // 2
START = re.compile(r"bytes=(\d+)-")


@dataclass
class Host:
    """Serves the picture, breaking off as often as it is told to; what differs from a good host is set by the test."""

    breaks_at: list[int] = field(default_factory=lambda: [HALF])
    """After how many bytes of the whole file each answer breaks off; later answers are whole."""
    etag: str | None = MARK
    rest: dict[str, str] = field(default_factory=dict)
    """Headers of a part, over the right ones."""
    rest_status: int = 206
    rest_body: bytes | None = None
    is_chunked: bool = False

    async def answer(self, line: Line, seen: Seen) -> None:
        asked = START.fullmatch(seen.headers.get("range", ""))
        start = int(asked[1]) if asked else 0
        body = PICTURE[start:] if not asked or self.rest_body is None else self.rest_body
        headers = self._rest_headers(start) if asked else {}
        if self.etag is not None:
            headers = {"etag": self.etag, **headers}
        await line.send(head(self.rest_status if asked else 200, {**self._length(body, asked is not None), **headers}))
        until = self.breaks_at.pop(0) if self.breaks_at else None
        sent = body if until is None else body[: until - start]
        await line.send(b"%x\r\n%s\r\n0\r\n\r\n" % (len(sent), sent) if asked and self.is_chunked else sent)
        if until is not None:
            line.close()

    def _rest_headers(self, start: int) -> dict[str, str]:
        right = {"content-range": f"bytes {start}-{SIZE - 1}/{SIZE}"}
        return {name: value for name, value in {**right, **self.rest}.items() if value}

    def _length(self, body: bytes, is_part: bool) -> dict[str, str]:
        if is_part and self.is_chunked:
            return {"transfer-encoding": "chunked"}
        return {"content-length": str(len(body))}


async def brought(source: LinkSource, server: Server, goes_on: int = 10) -> bytes:
    """Fetch the picture, going on after each break."""
    content = bytearray()
    async with source.open(f"{server.root}/1.jpg") as download:
        for _ in range(goes_on + 1):
            try:
                async for chunk in download.chunks():
                    content += chunk
            except BrokenOffError:
                continue
            break
    return bytes(content)


def asked_for(server: Server) -> list[tuple[str, str]]:
    return [(seen.headers.get("range", ""), seen.headers.get("if-range", "")) for seen in server.requests]


async def test_the_rest_comes_after_a_break_and_only_the_rest(source_at: SourceAt) -> None:
    async with serving(Host().answer) as server:
        assert await brought(source_at(server.base_url), server) == PICTURE

    assert asked_for(server) == [("", ""), (f"bytes={HALF}-", MARK)]


async def test_it_goes_on_as_often_as_it_breaks_off(source_at: SourceAt) -> None:
    places = [HALF, HALF, HALF + 1, SIZE - 1]
    async with serving(Host(breaks_at=list(places)).answer) as server:
        assert await brought(source_at(server.base_url), server) == PICTURE

    assert [wanted for wanted, _ in asked_for(server)] == ["", *(f"bytes={place}-" for place in places)]


@pytest.mark.parametrize(
    ("host", "why"),
    [
        (Host(etag=None), "no mark"),
        (Host(etag='W/"one-and-only"'), "a weak mark"),
        (Host(etag="one-and-only"), "a mark without quotes"),
        (Host(breaks_at=[WORTH_KEEPING_BYTES - 1]), "a part not worth keeping"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
async def test_without_proof_or_worth_nothing_is_kept(source_at: SourceAt, host: Host, why: str) -> None:
    async with serving(host.answer) as server:
        with pytest.raises(UnreachableError) as caught:
            await brought(source_at(server.base_url), server)

    assert not isinstance(caught.value, BrokenOffError)
    assert asked_for(server) == [("", "")]


@pytest.mark.parametrize(
    "host",
    [
        Host(rest_status=200, rest_body=PICTURE, rest={"content-range": ""}),
        Host(rest_status=416, rest_body=b"", rest={"content-range": f"bytes */{SIZE}"}),
        Host(rest={"content-range": ""}),
        Host(rest={"content-range": f"bytes {HALF - 1000}-{SIZE - 1}/{SIZE}"}),
        Host(rest={"content-range": f"bytes {HALF}-{SIZE}/{SIZE + 1}"}),
        Host(rest={"content-range": f"bytes {HALF}-{SIZE - 2}/{SIZE}"}),
        Host(rest={"content-range": f"bytes {HALF}-{SIZE - 1}/*"}),
        Host(rest={"content-range": f"pages {HALF}-{SIZE - 1}/{SIZE}"}),
        Host(rest={"content-range": f"bytes {HALF}-{SIZE - 1}/{'9' * 400}"}),
        Host(rest={"etag": '"another"'}),
        Host(rest={"etag": f"W/{MARK}"}),
        Host(rest_body=PICTURE[HALF:] + b"more", is_chunked=True),
    ],
    ids=[
        "the whole file",
        "nothing there",
        "no range told",
        "another start",
        "another length",
        "another end",
        "an unknown length",
        "another unit",
        "an absurd length",
        "another mark",
        "a weak mark",
        "more than the rest",
    ],
)
async def test_a_rest_that_does_not_belong_to_the_beginning_is_refused(source_at: SourceAt, host: Host) -> None:
    async with serving(host.answer) as server:
        with pytest.raises(ServiceError) as caught:
            await brought(source_at(server.base_url), server)

    assert type(caught.value) is UnreachableError
    assert len(server.requests) == 2


async def test_a_rest_that_is_too_short_in_good_order_is_gone_on_with(source_at: SourceAt) -> None:
    content = bytearray()
    host = Host(rest_body=PICTURE[HALF : HALF + 1000], is_chunked=True)
    async with serving(host.answer) as server, source_at(server.base_url).open(f"{server.root}/1.jpg") as download:
        await take(download, content)
        await take(download, content)

    assert bytes(content) == PICTURE[: HALF + 1000]


@pytest.mark.parametrize(("status", "error"), [(403, LinkDeadError), (404, LinkDeadError), (429, BusyError)])
async def test_a_rest_that_is_refused_has_the_refusals_meaning(
    source_at: SourceAt, status: int, error: type[ServiceError]
) -> None:
    async with serving(Host(rest_status=status, rest_body=b"").answer) as server:
        with pytest.raises(error):
            await brought(source_at(server.base_url), server)


async def test_an_encoded_rest_is_refused(source_at: SourceAt) -> None:
    async with serving(Host(rest={"content-encoding": "gzip"}).answer) as server:
        with pytest.raises(ServiceError, match="ENCODED"):
            await brought(source_at(server.base_url), server)


async def test_while_nobody_answers_the_beginning_is_not_given_up(source_at: SourceAt) -> None:
    """The host goes away after the break: three tries to go on find nobody, then it is back on its port."""
    content = bytearray()
    host = Host()
    async with AsyncExitStack() as first:
        server = await first.enter_async_context(serving(host.answer))
        async with source_at(server.base_url).open(f"{server.root}/1.jpg") as download:
            await take(download, content)
            await first.aclose()
            for _ in range(3):
                await take(download, content)
            assert len(content) == HALF
            async with serving(host.answer, server.port):
                async for chunk in download.chunks():
                    content += chunk

    assert bytes(content) == PICTURE


async def take(download: PictureDownload, content: bytearray) -> None:
    """Take what comes until the break that must come."""

    async def all_of_it() -> None:
        async for chunk in download.chunks():
            content.extend(chunk)

    with pytest.raises(BrokenOffError):
        await all_of_it()


async def test_no_more_than_64_mib_come_in_all(source_at: SourceAt) -> None:
    async with serving(Host(breaks_at=[HALF], rest_body=bytes(MAX_PICTURE_BYTES), is_chunked=True).answer) as server:
        with pytest.raises(ServiceError, match="TOO_LARGE"):
            await brought(source_at(server.base_url), server)
