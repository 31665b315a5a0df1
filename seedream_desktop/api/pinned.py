"""A way out that connects to checked addresses only: a name must mean the same machine to the check and to the call."""

from __future__ import annotations

import ssl
from collections.abc import Iterable
from typing import Any

import httpcore
import httpx

from seedream_desktop.api.addresses import allowed_addresses


class CheckedTransport(httpx.AsyncHTTPTransport):
    """httpx's own transport over a pool whose connections go to the addresses that were looked at."""

    def __init__(self, context: ssl.SSLContext, limits: httpx.Limits, *, allow_loopback: bool) -> None:
        super().__init__(verify=context, trust_env=False, limits=limits)
        # httpx has no argument for the network backend (0.28); the version is bounded and a test watches this.
        self._pool = httpcore.AsyncConnectionPool(
            ssl_context=context,
            max_connections=limits.max_connections,
            max_keepalive_connections=limits.max_keepalive_connections,
            network_backend=_CheckedBackend(allow_loopback=allow_loopback),
        )


class _CheckedBackend(httpcore.AsyncNetworkBackend):
    def __init__(self, *, allow_loopback: bool) -> None:
        self._inner = httpcore.AnyIOBackend()
        self._allow_loopback = allow_loopback

    async def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,  # noqa: ASYNC109 - httpcore's signature
        local_address: str | None = None,
        socket_options: Iterable[Any] | None = None,
    ) -> httpcore.AsyncNetworkStream:
        """Connect to the first address of *host* that answers, all of them having been checked."""
        refused: Exception = httpcore.ConnectError("no address")
        for address in await allowed_addresses(host, port, allow_loopback=self._allow_loopback):
            try:
                return await self._inner.connect_tcp(address, port, timeout, local_address, socket_options)
            except (httpcore.ConnectError, httpcore.ConnectTimeout) as error:
                refused = error
        raise refused

    async def sleep(self, seconds: float) -> None:
        """Wait between two tries of the pool."""
        await self._inner.sleep(seconds)
