"""The address that was checked is the address that is connected to."""

from __future__ import annotations

import asyncio

import httpx
import pytest

from seedream_desktop.api.pictures import LinkSource
from seedream_desktop.api.pinned import CheckedTransport
from seedream_desktop.api.transport import trusted_context
from seedream_desktop.ports.errors import NotAnImageError


@pytest.fixture
async def knocks() -> asyncio.Queue[str]:
    """Nobody has knocked yet."""
    return asyncio.Queue()


async def test_a_name_of_this_machine_is_not_even_knocked_at(knocks: asyncio.Queue[str]) -> None:
    async def note(_reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        knocks.put_nowait("knock")
        writer.close()

    server = await asyncio.start_server(note, "127.0.0.1", 0)
    port = server.sockets[0].getsockname()[1]
    transport = CheckedTransport(trusted_context(), httpx.Limits(max_connections=1), allow_loopback=False)
    try:
        async with httpx.AsyncClient(transport=transport) as client:
            with pytest.raises(NotAnImageError):
                await client.get(f"https://localhost:{port}/1.jpg")
    finally:
        server.close()
        await server.wait_closed()

    assert knocks.empty()


async def test_a_link_to_a_private_machine_is_refused_by_the_source() -> None:
    source = LinkSource(httpx.URL("https://api.apixo.ai/api/v1"), trusted_context())
    try:
        with pytest.raises(NotAnImageError):
            async with source.open("https://localhost/1.jpg"):
                pass
    finally:
        await source.close()
