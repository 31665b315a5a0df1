"""Fetches result links: no key, no cookies, a few checked redirects, a bounded body that can go on after a break."""

from __future__ import annotations

import re
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from contextlib import asynccontextmanager
from typing import Any, Final

import httpx

from seedream_desktop.api.addresses import is_loopback, parse_link
from seedream_desktop.api.lending import Lending
from seedream_desktop.api.submission import parse_retry_after
from seedream_desktop.api.transport import make_picture_client, unreachable
from seedream_desktop.domain.failure import Failure, FailureKind
from seedream_desktop.ports.errors import BrokenOffError, BusyError, LinkDeadError, NotAnImageError, UnreachableError
from seedream_desktop.ports.service import PictureDownload

MAX_PICTURE_BYTES: Final = 64 * 1024 * 1024
# Less than this is as quickly fetched anew.
WORTH_KEEPING_BYTES: Final = 128 * 1024
_CHUNK_BYTES: Final = 256 * 1024
_CHUNK_S: Final = 0.1
_MAX_REDIRECTS: Final = 3
# ``bytes first-last/length`` (RFC 9110, 14.4); a length of ``*`` proves nothing.
_CONTENT_RANGE: Final = re.compile(r"bytes (\d{1,18})-(\d{1,18})/(\d{1,18})", re.ASCII | re.IGNORECASE)
_BREAKS: Final = (httpx.HTTPError, httpx.StreamError)

Reopen = Callable[[Mapping[str, str]], Awaitable[httpx.Response]]


class LinkDownload:
    """An open picture download; it goes on after a break where the server can prove that the file is the same."""

    def __init__(self, response: httpx.Response, reopen: Reopen) -> None:
        self._response = response
        self._reopen = reopen
        self._mark = _strong_etag(response)
        self._received_bytes = 0
        self.total_bytes = _length(response)

    async def chunks(self) -> AsyncIterator[bytes]:
        """Yield the bytes as they come; iterated again after a break, the rest of them.

        Raises:
            BrokenOffError: when the connection broke and the rest can be asked for.
            ServiceError: for any other break, an oversized body, or a rest that does not belong to the beginning.
        """
        if self._received_bytes:
            await self._go_on()
        try:
            async for chunk in _gathered(self._response.aiter_raw()):
                self._received_bytes += len(chunk)
                if self._received_bytes > MAX_PICTURE_BYTES:
                    raise _not_an_image("TOO_LARGE")
                yield chunk
        except _BREAKS as error:
            raise self._broken_off(unreachable(error)) from None
        if self.total_bytes is not None and self._received_bytes != self.total_bytes:
            raise self._broken_off(_other_file("LENGTH"))

    async def close(self) -> None:
        """Give the connection back, or close it when its body was not read to the end."""
        await self._response.aclose()

    def _broken_off(self, error: UnreachableError) -> UnreachableError:
        """Return the error as one to go on after, where that is safe and worth it."""
        is_partial = WORTH_KEEPING_BYTES <= self._received_bytes < (self.total_bytes or 0)
        return BrokenOffError(error.failure) if is_partial and self._mark else error

    async def _go_on(self) -> None:
        """Ask for the rest, of the very same file only."""
        await self._response.aclose()
        try:
            self._response = await self._reopen(
                {"Range": f"bytes={self._received_bytes}-", "If-Range": self._mark},
            )
        except UnreachableError as error:
            raise self._broken_off(error) from error
        # The whole file in the part's place: it is another one by now, or never comes in parts.
        if self._response.status_code in (200, 416):
            raise _other_file(str(self._response.status_code))
        _check_head(self._response, wanted_status=206)
        self._check_rest()

    def _check_rest(self) -> None:
        """Some servers answer with another part than the one asked for, or with a part of another file."""
        found = _CONTENT_RANGE.fullmatch(self._response.headers.get("content-range", "").strip())
        told = tuple(map(int, found.groups())) if found else ()
        total_bytes = self.total_bytes or 0
        if told != (self._received_bytes, total_bytes - 1, total_bytes):
            raise _other_file("CONTENT_RANGE")
        if "etag" in self._response.headers and _strong_etag(self._response) != self._mark:
            raise _other_file("ETAG")


class LinkSource:
    """A PictureSource for the links of the service at *base_url*; with *any_port* for those the user gave or chose."""

    def __init__(self, base_url: httpx.URL, context: Any, *, any_port: bool = False) -> None:
        self._allow_loopback = is_loopback(base_url)
        self._any_port = any_port
        self._lending = Lending(lambda: make_picture_client(context, allow_loopback=self._allow_loopback))

    @asynccontextmanager
    async def open(self, url: str) -> AsyncIterator[PictureDownload]:
        """Connect to *url*, follow up to 3 redirects, and yield the download once its head is in order."""
        async with self._lending.client() as client:

            async def reopen(headers: Mapping[str, str]) -> httpx.Response:
                return await self._follow(client, url, headers)

            response = await self._follow(client, url, {})
            download = LinkDownload(response, reopen)
            try:
                _check_head(response)
                yield download
            finally:
                await download.close()

    async def close(self) -> None:
        """Close every connection."""
        await self._lending.close()

    async def _follow(self, client: httpx.AsyncClient, url: str, headers: Mapping[str, str]) -> httpx.Response:
        for _ in range(_MAX_REDIRECTS + 1):
            response = await self._get(client, url, headers)
            if not response.is_redirect:
                return response
            await response.aclose()
            url = str(response.next_request.url) if response.next_request else ""
        raise _not_an_image("TOO_MANY_REDIRECTS")

    async def _get(self, client: httpx.AsyncClient, url: str, headers: Mapping[str, str]) -> httpx.Response:
        link = parse_link(url, allow_loopback=self._allow_loopback, any_port=self._any_port)
        try:
            return await client.send(client.build_request("GET", link, headers=headers), stream=True)
        except (httpx.HTTPError, httpx.InvalidURL, UnicodeError) as error:
            raise unreachable(error) from None


async def _gathered(pieces: AsyncIterator[bytes]) -> AsyncIterator[bytes]:
    """Join what the socket brings to some 256 KiB, or to what comes in a tenth of a second; a break loses nothing."""
    held, since_s = bytearray(), time.monotonic()
    try:
        async for piece in pieces:
            held += piece
            if len(held) >= _CHUNK_BYTES or time.monotonic() - since_s >= _CHUNK_S:
                yield bytes(held)
                held, since_s = bytearray(), time.monotonic()
    except _BREAKS:
        if held:
            yield bytes(held)
        raise
    if held:
        yield bytes(held)


def _check_head(response: httpx.Response, *, wanted_status: int = 200) -> None:
    code = str(response.status_code)
    match response.status_code:
        case status if status == wanted_status:
            pass
        case 403 | 404 | 410:
            raise LinkDeadError(Failure(FailureKind.LINKS_EXPIRED, code))
        case 429 | 503:
            busy = Failure(FailureKind.TRY_LATER, code)
            raise BusyError(busy, parse_retry_after(response.headers.get("retry-after", "")))
        case _:
            raise UnreachableError(Failure(FailureKind.TRY_LATER, code))
    if response.headers.get("content-encoding", "identity").strip().lower() not in ("", "identity"):
        raise _not_an_image("ENCODED")
    if (_length(response) or 0) > MAX_PICTURE_BYTES:
        raise _not_an_image("TOO_LARGE")


def _strong_etag(response: httpx.Response) -> str:
    """Return the file's strong validator, or nothing: a weak one does not promise the same bytes (RFC 9110, 8.8.1)."""
    etag = str(response.headers.get("etag", "")).strip()
    is_strong = len(etag) > 2 and etag[0] == etag[-1] == '"' and etag.isascii() and etag.isprintable()
    return etag if is_strong else ""


def _length(response: httpx.Response) -> int | None:
    text = response.headers.get("content-length", "")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 19 else None


def _other_file(code: str) -> UnreachableError:
    """Return the error of a rest that does not belong to the beginning: the next try starts anew."""
    return UnreachableError(Failure(FailureKind.TRY_LATER, code, "the rest is not of the same file"))


def _not_an_image(code: str) -> NotAnImageError:
    return NotAnImageError(Failure(FailureKind.PICTURES_BAD, code))
