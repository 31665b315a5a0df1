"""The three ways out of the program: free calls, the paid call, and pictures. Built once, closed once."""

from __future__ import annotations

import asyncio
import json
import logging
import ssl
import zlib
from http.cookiejar import CookieJar, DefaultCookiePolicy
from typing import Final
from urllib.parse import quote

import httpx
import truststore

from seedream_desktop.api.envelope import MAX_TASK_ID_PAIR_BYTES, holds_task_id, task_id_in_fragment
from seedream_desktop.api.pinned import CheckedTransport
from seedream_desktop.domain.failure import Failure, FailureKind
from seedream_desktop.ports.errors import UnreachableError
from seedream_desktop.ports.service import RawReply

log = logging.getLogger(__name__)

# A failure's message of a whole megabyte must still be readable.
MAX_JSON_BYTES: Final = 2 * 1024 * 1024
# Shorter than every deadline around it, so that a handshake ends by its own limit and closes its socket.
CONNECT_TIMEOUT_S: Final = 10.0
# Gives up on a connection that brings nothing at all; whole exchanges have deadlines of their own.
_TIMEOUT: Final = httpx.Timeout(None, connect=CONNECT_TIMEOUT_S)
# Shorter texts are no keys, and could be a part of anything.
_MIN_KEY_CHARS: Final = 12
# The id is what a reply is about: the rest has some 2 s, then what there is decides, and a status call if need be.
_REST_AFTER_TASK_ID_S: Final = 2.0
_AT_ONCE: Final = 16
_MASK: Final = "***"
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
    kept = _AT_ONCE if keeps_connections else 0
    limits = httpx.Limits(max_connections=_AT_ONCE, max_keepalive_connections=kept)
    return _client(httpx.AsyncHTTPTransport(verify=context, trust_env=False, limits=limits))


def make_picture_client(context: ssl.SSLContext, *, allow_loopback: bool) -> httpx.AsyncClient:
    """Return such a client for links that the service gave: it connects to checked addresses only."""
    limits = httpx.Limits(max_connections=_AT_ONCE, max_keepalive_connections=_AT_ONCE)
    return _client(CheckedTransport(context, limits, allow_loopback=allow_loopback))


def _client(transport: httpx.AsyncHTTPTransport) -> httpx.AsyncClient:
    return httpx.AsyncClient(
        transport=transport,
        trust_env=False,
        follow_redirects=False,
        timeout=_TIMEOUT,
        headers=_HEADERS,
        cookies=CookieJar(DefaultCookiePolicy(allowed_domains=())),
    )


async def read_reply(response: httpx.Response, *, is_paid: bool = False) -> RawReply:
    """Return the reply with its body, at most 2 MiB of it; a longer one is cut and so becomes unreadable.

    A connection that breaks in mid-body raises, unless a whole task id came before: that one must not be lost. For
    the same reason the body of a paid call that does not end is not waited for beyond 2 s after its task id.
    """
    body = bytearray()
    try:
        await _read_body(response, body, _REST_AFTER_TASK_ID_S if is_paid else None)
    except httpx.TransportError:
        if task_id_in_fragment(bytes(body)) is None:
            raise
    encoding = response.headers.get("content-encoding", "")
    return RawReply(
        response.status_code,
        response.headers.get("retry-after", "")[:100],
        _decoded(bytes(body[:MAX_JSON_BYTES]), encoding),
    )


async def _read_body(response: httpx.Response, body: bytearray, rest_s: float | None) -> None:
    """Read into *body*, which is the caller's, so that nothing is lost however this ends.

    It ends with the body, with its greatest size, or *rest_s* real seconds after a whole task id.
    """
    try:
        # A timeout unwinds httpcore where it waits for bytes; leaving the loop instead would leave its generators open.
        async with asyncio.timeout(None) as patience:
            async for chunk in response.aiter_raw():
                body += chunk
                if len(body) > MAX_JSON_BYTES:
                    return
                if rest_s is not None and holds_task_id(bytes(body[-len(chunk) - MAX_TASK_ID_PAIR_BYTES :])):
                    patience.reschedule(asyncio.get_running_loop().time() + rest_s)
                    rest_s = None
    except TimeoutError:
        log.warning("the answer to an order came without its end; what came counts")


def _decoded(body: bytes, encoding: str) -> bytes:
    """Undo one layer of gzip up to 2 MiB; anything else is left as it is and will not parse."""
    if encoding.strip().lower() != "gzip":
        return body
    try:
        return zlib.decompressobj(wbits=31).decompress(body, MAX_JSON_BYTES)
    except zlib.error:
        return body


def without_key(reply: RawReply, key: str) -> RawReply:
    """Return *reply* with *key* blanked out: a service that tells it back must not bring it into files or to eyes."""
    if len(key) < _MIN_KEY_CHARS:
        return reply
    body, retry_after = reply.body, reply.retry_after
    for spelling in (key, key.replace("/", "\\/"), json.dumps(key)[1:-1], quote(key, safe="")):
        body = body.replace(spelling.encode(), _MASK.encode())
        retry_after = retry_after.replace(spelling, _MASK)
    return RawReply(reply.http_status, retry_after, body)


def unreachable(error: Exception) -> UnreachableError:
    """Return our name for a trouble of the connection; its text is left out, it may hold the key."""
    return UnreachableError(Failure(FailureKind.OFFLINE, type(error).__name__))
