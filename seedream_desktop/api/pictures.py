"""Fetches result links: no key, no cookies, a few checked redirects, a bounded body."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any, Final

import httpx

from seedream_desktop.api.addresses import is_loopback, parse_link
from seedream_desktop.api.submission import parse_retry_after
from seedream_desktop.api.transport import make_picture_client, unreachable
from seedream_desktop.domain.failure import Failure, FailureKind
from seedream_desktop.ports import BusyError, LinkDeadError, NotAnImageError, PictureDownload, UnreachableError

MAX_PICTURE_BYTES: Final = 64 * 1024 * 1024
_CHUNK_BYTES: Final = 256 * 1024
_MAX_REDIRECTS: Final = 3


class LinkDownload:
    """An open picture download."""

    def __init__(self, response: httpx.Response) -> None:
        self._response = response
        self.total_bytes = _length(response)

    async def chunks(self) -> AsyncIterator[bytes]:
        """Yield the bytes as they come; raises a ServiceError on a broken connection or an oversized body."""
        received_bytes = 0
        try:
            async for chunk in self._response.aiter_raw(_CHUNK_BYTES):
                received_bytes += len(chunk)
                if received_bytes > MAX_PICTURE_BYTES:
                    raise _not_an_image("TOO_LARGE")
                yield chunk
        except (httpx.HTTPError, httpx.StreamError) as error:
            raise unreachable(error) from None


class LinkSource:
    """A PictureSource for the links of the service at *base_url*."""

    def __init__(self, base_url: httpx.URL, context: Any) -> None:
        self._allow_loopback = is_loopback(base_url)
        self._client = make_picture_client(context, allow_loopback=self._allow_loopback)

    @asynccontextmanager
    async def open(self, url: str) -> AsyncIterator[PictureDownload]:
        """Connect to *url*, follow up to 3 redirects, and yield the download once its head is in order."""
        response = await self._follow(url)
        try:
            _check_head(response)
            yield LinkDownload(response)
        finally:
            await response.aclose()

    async def close(self) -> None:
        """Close every connection."""
        await self._client.aclose()

    async def _follow(self, url: str) -> httpx.Response:
        for _ in range(_MAX_REDIRECTS + 1):
            response = await self._get(url)
            if not response.is_redirect:
                return response
            await response.aclose()
            url = str(response.next_request.url) if response.next_request else ""
        raise _not_an_image("TOO_MANY_REDIRECTS")

    async def _get(self, url: str) -> httpx.Response:
        link = parse_link(url, allow_loopback=self._allow_loopback)
        try:
            return await self._client.send(self._client.build_request("GET", link), stream=True)
        except (httpx.HTTPError, httpx.InvalidURL, UnicodeError) as error:
            raise unreachable(error) from None


def _check_head(response: httpx.Response) -> None:
    code = str(response.status_code)
    match response.status_code:
        case 200:
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


def _length(response: httpx.Response) -> int | None:
    text = response.headers.get("content-length", "")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 19 else None


def _not_an_image(code: str) -> NotAnImageError:
    return NotAnImageError(Failure(FailureKind.PICTURES_BAD, code))
