"""The three ways out of the program: free calls, the paid call, and pictures. Built once, closed once."""

from __future__ import annotations

import ssl
import zlib
from http.cookiejar import CookieJar, DefaultCookiePolicy
from typing import Final

import httpx
import truststore

from seedream_desktop.api.envelope import task_id_in_fragment
from seedream_desktop.domain.failure import Failure, FailureKind
from seedream_desktop.ports import RawReply, UnreachableError

MAX_JSON_BYTES: Final = 1024 * 1024
CONNECT_TIMEOUT_S: Final = 20.0
# Gives up on a connection that brings nothing at all; whole exchanges have deadlines of their own.
_TIMEOUT: Final = httpx.Timeout(None, connect=CONNECT_TIMEOUT_S)
_HEADERS: Final = {"Accept-Encoding": "identity", "User-Agent": "SeedreamDesktop"}


def trusted_context() -> ssl.SSLContext:
    """Return a TLS context with this system's roots, certificates always checked."""
    context = truststore.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.minimum_version = ssl.TLSVersion.TLSv1_2
    return context


def make_client(context: ssl.SSLContext, *, keeps_connections: bool) -> httpx.AsyncClient:
    """Return a client that ignores the environment's proxies, follows no redirect and keeps no cookies.

    The paid call uses one that keeps no connections: a kept one that dies in mid-POST leaves the outcome open.
    """
    limits = httpx.Limits(max_connections=16, max_keepalive_connections=16 if keeps_connections else 0)
    return httpx.AsyncClient(
        verify=context,
        trust_env=False,
        follow_redirects=False,
        http2=False,
        timeout=_TIMEOUT,
        limits=limits,
        headers=_HEADERS,
        cookies=CookieJar(DefaultCookiePolicy(allowed_domains=())),
    )


async def read_reply(response: httpx.Response) -> RawReply:
    """Return the reply with its body, at most 1 MiB of it; a longer one is cut and so becomes unreadable.

    A connection that breaks in mid-body raises, unless a whole task id came before: that one must not be lost.
    """
    body = bytearray()
    try:
        async for chunk in response.aiter_raw():
            body += chunk
            if len(body) > MAX_JSON_BYTES:
                break
    except httpx.TransportError:
        if task_id_in_fragment(bytes(body)) is None:
            raise
    encoding = response.headers.get("content-encoding", "")
    return RawReply(
        response.status_code,
        response.headers.get("retry-after", "")[:100],
        _decoded(bytes(body[:MAX_JSON_BYTES]), encoding),
    )


def _decoded(body: bytes, encoding: str) -> bytes:
    """Undo one layer of gzip up to 1 MiB; anything else is left as it is and will not parse."""
    if encoding.strip().lower() != "gzip":
        return body
    try:
        return zlib.decompressobj(wbits=31).decompress(body, MAX_JSON_BYTES)
    except zlib.error:
        return body


def unreachable(error: Exception) -> UnreachableError:
    """Return our name for a trouble of the connection; its text is left out, it may hold the key."""
    return UnreachableError(Failure(FailureKind.OFFLINE, type(error).__name__))
