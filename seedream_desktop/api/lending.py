"""A client of httpx that outlives broken-off calls: after one of them it is replaced, and closed when nobody uses it.

httpcore 1.0.9 never gives the place in its pool back when a call is cancelled between the connecting and the first
byte (`AsyncHTTP11Connection.handle_async_request` waits for its lock outside of its ``try``). Once every place is lost
so, each later call waits for good, and no probe finds the service back.
"""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager

import httpx


class Lending:
    """Lends out the client of the moment."""

    def __init__(self, make: Callable[[], httpx.AsyncClient]) -> None:
        self._make = make
        self._client = make()
        self._calls: Counter[httpx.AsyncClient] = Counter()

    @asynccontextmanager
    async def client(self) -> AsyncIterator[httpx.AsyncClient]:
        """Lend the client for one call; the next call gets another one when this call is cancelled."""
        client = self._client
        self._calls[client] += 1
        try:
            yield client
        except asyncio.CancelledError:
            if client is self._client:
                self._client = self._make()
            raise
        finally:
            await self._give_back(client)

    async def renew(self) -> None:
        """Lend a new client from now on; calls on the old one break off."""
        old, self._client = self._client, self._make()
        await old.aclose()

    async def close(self) -> None:
        """Close every connection."""
        for client in (*self._calls, self._client):
            await client.aclose()

    async def _give_back(self, client: httpx.AsyncClient) -> None:
        self._calls[client] -= 1
        if self._calls[client]:
            return
        del self._calls[client]
        if client is not self._client:
            await client.aclose()
