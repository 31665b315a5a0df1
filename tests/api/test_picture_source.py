"""Result links over real sockets: no key, no cookies, three checked redirects, a bounded body."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest

from seedream_desktop.api.pictures import MAX_PICTURE_BYTES, LinkSource
from seedream_desktop.ports.errors import BusyError, LinkDeadError, NotAnImageError, ServiceError, UnreachableError
from seedream_desktop.ports.service import PictureDownload
from tests.api.servers import (
    Answer,
    Line,
    Seen,
    answering,
    closed_port,
    hanging_up,
    head,
    resetting,
    serving,
    then_closing,
)

SourceAt = Callable[[str], LinkSource]
PICTURE = bytes(range(256)) * 3000
CREDENTIALS = {"authorization", "cookie", "proxy-authorization", "x-api-key", "referer"}


async def fetch(source: LinkSource, link: str) -> bytes:
    async with source.open(link) as download:
        return b"".join([chunk async for chunk in download.chunks()])


async def drain(download: PictureDownload, sizes: list[int]) -> None:
    async for chunk in download.chunks():
        sizes += [len(chunk)]


async def length_told(source: LinkSource, link: str) -> int | None:
    async with source.open(link) as download:
        return download.total_bytes


def redirecting(*locations: str, status: int = 302) -> Answer:
    """Return an answer that sends on once for each location, then serves the picture."""
    left: Iterator[str] = iter(locations)

    async def answer(line: Line, _seen: Seen) -> None:
        location = next(left, None)
        if location is None:
            await line.reply(200, PICTURE)
        else:
            await line.reply(status, b"on you go", {"location": location, "set-cookie": "id=1; Path=/"})

    return answer


async def test_a_picture_arrives_to_the_byte_with_its_length(source_at: SourceAt) -> None:
    async with serving(answering(200, PICTURE, {"content-type": "text/html"})) as server:
        source = source_at(server.base_url)

        assert await fetch(source, f"{server.root}/1.jpg") == PICTURE
        assert await length_told(source, f"{server.root}/1.jpg") == len(PICTURE)


async def test_no_credentials_go_along_and_no_cookie_comes_back(source_at: SourceAt) -> None:
    async with serving(redirecting("/2.jpg", "/3.jpg", "/4.jpg")) as server:
        source = source_at(server.base_url)

        assert await fetch(source, f"{server.root}/1.jpg?sig=x") == PICTURE
        await fetch(source, f"{server.root}/5.jpg")

    assert [seen.target for seen in server.requests] == ["/1.jpg?sig=x", "/2.jpg", "/3.jpg", "/4.jpg", "/5.jpg"]
    for seen in server.requests:
        assert not CREDENTIALS & set(seen.headers)
        assert seen.headers["accept-encoding"] == "identity"


async def test_no_credentials_go_to_another_server(source_at: SourceAt) -> None:
    async with serving(answering(200, PICTURE)) as other, serving(redirecting(f"{other.root}/2.jpg")) as server:
        assert await fetch(source_at(server.base_url), f"{server.root}/1.jpg") == PICTURE

    (seen,) = other.requests
    assert not CREDENTIALS & set(seen.headers)


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
async def test_three_redirects_are_followed(source_at: SourceAt, status: int) -> None:
    async with serving(redirecting("/a", "b", "?x=1", status=status)) as server:
        assert await fetch(source_at(server.base_url), f"{server.root}/1.jpg") == PICTURE

    assert [seen.target for seen in server.requests] == ["/1.jpg", "/a", "/b", "/b?x=1"]


async def test_a_fourth_redirect_is_not_followed(source_at: SourceAt) -> None:
    async with serving(redirecting("/1", "/2", "/3", "/4")) as server:
        with pytest.raises(NotAnImageError, match="TOO_MANY_REDIRECTS"):
            await fetch(source_at(server.base_url), f"{server.root}/0.jpg")

    assert len(server.requests) == 4


@pytest.mark.parametrize(
    "location",
    [
        "file:///etc/passwd",
        "ftp://127.0.0.1/1.jpg",
        "http://r2.apixo.ai/1.jpg",
        "https://user:password@r2.apixo.ai/1.jpg",
        "https://192.168.1.1/1.jpg",
        "http://169.254.169.254/latest/meta-data/",
        "https://2130706433/1.jpg",
        "https://0x7f.1/1.jpg",
        "https://[::ffff:127.0.0.1]/1.jpg",
        "https://r2.apixo.ai:8443/1.jpg",
        "https://r2.apixo.ai\\@evil.example/1.jpg",
    ],
)
async def test_a_redirect_is_checked_like_a_link(source_at: SourceAt, location: str) -> None:
    async with serving(redirecting(location)) as server:
        with pytest.raises(NotAnImageError, match="LINK_REFUSED"):
            await fetch(source_at(server.base_url), f"{server.root}/1.jpg")

    assert len(server.requests) == 1


@pytest.mark.parametrize("location", ["https://xn--a/", "http://[broken", "http://127.0.0.1:99999/"])
async def test_a_redirect_to_nowhere_is_an_error_of_ours(source_at: SourceAt, location: str) -> None:
    async with serving(redirecting(location)) as server:
        with pytest.raises(ServiceError):
            await fetch(source_at(server.base_url), f"{server.root}/1.jpg")


async def test_a_redirect_without_a_place_is_refused(source_at: SourceAt) -> None:
    async with serving(answering(302)) as server:
        with pytest.raises(NotAnImageError):
            await fetch(source_at(server.base_url), f"{server.root}/1.jpg")


async def test_a_service_elsewhere_cannot_point_at_this_machine(source_at: SourceAt) -> None:
    async with serving(answering(200, PICTURE)) as server:
        source = source_at("https://api.apixo.ai/api/v1")
        for link in (f"{server.root}/1.jpg", f"https://127.0.0.1:{server.port}/1.jpg", "https://localhost/1.jpg"):
            with pytest.raises(NotAnImageError):
                await fetch(source, link)

    assert server.connections == 0


@pytest.mark.parametrize(
    ("status", "error"),
    [
        (403, LinkDeadError),
        (404, LinkDeadError),
        (410, LinkDeadError),
        (429, BusyError),
        (503, BusyError),
        (400, UnreachableError),
        (401, UnreachableError),
        (500, UnreachableError),
        (502, UnreachableError),
        (204, UnreachableError),
        (206, UnreachableError),
    ],
)
async def test_each_status_has_its_meaning(source_at: SourceAt, status: int, error: type[ServiceError]) -> None:
    async with serving(answering(status, b"" if status == 204 else b"{}", {"retry-after": "9"})) as server:
        with pytest.raises(ServiceError) as caught:
            await fetch(source_at(server.base_url), f"{server.root}/1.jpg")

    assert type(caught.value) is error
    if isinstance(caught.value, BusyError):
        assert caught.value.retry_after_s == 9


@pytest.mark.parametrize("encoding", ["gzip", "GZIP", "br", "deflate", "gzip, gzip", "zstd"])
async def test_an_encoded_picture_is_refused(source_at: SourceAt, encoding: str) -> None:
    async with serving(answering(200, PICTURE, {"content-encoding": encoding})) as server:
        with pytest.raises(NotAnImageError, match="ENCODED"):
            await fetch(source_at(server.base_url), f"{server.root}/1.jpg")


async def test_an_identity_encoding_is_none(source_at: SourceAt) -> None:
    async with serving(answering(200, PICTURE, {"content-encoding": "identity"})) as server:
        assert await fetch(source_at(server.base_url), f"{server.root}/1.jpg") == PICTURE


async def test_a_body_announced_beyond_64_mib_is_not_begun(source_at: SourceAt) -> None:
    too_long = head(200, {"content-length": str(MAX_PICTURE_BYTES + 1)}) + b"\xff\xd8"
    async with serving(then_closing(too_long)) as server:
        with pytest.raises(NotAnImageError, match="TOO_LARGE"):
            await fetch(source_at(server.base_url), f"{server.root}/1.jpg")


async def test_a_body_of_unknown_length_is_cut_at_64_mib(source_at: SourceAt) -> None:
    block = bytes(1024 * 1024)

    async def endless(line: Line, _seen: Seen) -> None:
        await line.send(head(200, {"connection": "close"}))
        while True:
            await line.send(block)

    sizes: list[int] = []
    async with serving(endless) as server, source_at(server.base_url).open(f"{server.root}/1.jpg") as download:
        assert download.total_bytes is None
        with pytest.raises(NotAnImageError, match="TOO_LARGE"):
            await drain(download, sizes)

    assert MAX_PICTURE_BYTES - len(block) < sum(sizes) <= MAX_PICTURE_BYTES


@pytest.mark.parametrize(
    "raw",
    [
        head(200, {"content-length": "1000"}) + b"\xff\xd8",
        head(200, {"transfer-encoding": "chunked"}) + b"400\r\n\xff\xd8",
        head(200, {"content-length": "-1"}) + b"\xff\xd8",
        b"HTTP/1.1 200 OK\r\nContent-Ty",
        b"\x15\x03\x01\x00\x02\x02\x46\r\n\r\n",
    ],
)
async def test_a_broken_transfer_is_a_trouble_of_the_network(source_at: SourceAt, raw: bytes) -> None:
    async with serving(then_closing(raw)) as server:
        with pytest.raises(UnreachableError):
            await fetch(source_at(server.base_url), f"{server.root}/1.jpg")


@pytest.mark.parametrize("answer", [hanging_up, resetting])
async def test_a_lost_connection_is_a_trouble_of_the_network(source_at: SourceAt, answer: Answer) -> None:
    async with serving(answer) as server:
        with pytest.raises(UnreachableError):
            await fetch(source_at(server.base_url), f"{server.root}/1.jpg")


async def test_a_reset_in_the_middle_is_a_trouble_of_the_network(source_at: SourceAt) -> None:
    async def half(line: Line, _seen: Seen) -> None:
        await line.send(head(200, {"content-length": str(len(PICTURE))}) + PICTURE[: len(PICTURE) // 2])
        line.reset()

    async with serving(half) as server:
        with pytest.raises(UnreachableError):
            await fetch(source_at(server.base_url), f"{server.root}/1.jpg")


async def test_nobody_listening_is_a_trouble_of_the_network(source_at: SourceAt) -> None:
    root = f"http://127.0.0.1:{closed_port()}"

    with pytest.raises(UnreachableError, match="ConnectError"):
        await fetch(source_at(root), f"{root}/1.jpg")


async def test_the_environments_proxy_is_not_asked(source_at: SourceAt, monkeypatch: pytest.MonkeyPatch) -> None:
    async with serving(answering(200, PICTURE)) as server, serving(answering(200, b"proxied")) as proxy:
        for name in ("HTTP_PROXY", "http_proxy", "ALL_PROXY", "all_proxy"):
            monkeypatch.setenv(name, proxy.root)

        assert await fetch(source_at(server.base_url), f"{server.root}/1.jpg") == PICTURE

    assert proxy.connections == 0
