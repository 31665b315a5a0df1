"""Ways to the service on which no byte of an order can leave: each can be mended, as a network comes back."""

from __future__ import annotations

import asyncio
import socket
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AsyncExitStack, asynccontextmanager, suppress

from tests.simulators import SimulatorProcess

Mend = Callable[[], Awaitable[str]]
"""Mends the way and returns the base URL to go on with."""
BASE = "/api/v1"
FULL_AFTER = 64


def free_port() -> int:
    """Return a loopback port that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


@asynccontextmanager
async def closed_port(simulator: SimulatorProcess) -> AsyncIterator[tuple[str, Mend]]:
    """Nobody listens; mended, the port leads to the service."""
    async with AsyncExitStack() as stack:
        port = free_port()

        async def mend() -> str:
            await stack.enter_async_context(_road(port, simulator.port))
            return f"http://127.0.0.1:{port}{BASE}"

        yield f"http://127.0.0.1:{port}{BASE}", mend


@asynccontextmanager
async def silent_port(simulator: SimulatorProcess) -> AsyncIterator[tuple[str, Mend]]:
    """Connecting gets no answer at all: the listener's queue is full, so the system drops every SYN."""
    listener = socket.socket()
    listener.bind(("127.0.0.1", 0))
    listener.listen(0)
    port: int = listener.getsockname()[1]
    crowd = [_knock(port) for _ in range(FULL_AFTER)]
    async with AsyncExitStack() as stack:

        async def mend() -> str:
            for peer in (*crowd, listener):
                peer.close()
            await stack.enter_async_context(_road(port, simulator.port))
            return f"http://127.0.0.1:{port}{BASE}"

        try:
            yield f"http://127.0.0.1:{port}{BASE}", mend
        finally:
            for peer in (*crowd, listener):
                peer.close()


@asynccontextmanager
async def tls_to_a_plain_port(simulator: SimulatorProcess) -> AsyncIterator[tuple[str, Mend]]:
    """The address says https, the server speaks plain HTTP; mended, the address is put right."""
    yield f"https://127.0.0.1:{simulator.port}{BASE}", _right_address(simulator)


@asynccontextmanager
async def unknown_name(simulator: SimulatorProcess) -> AsyncIterator[tuple[str, Mend]]:
    """The host's name cannot be resolved."""
    yield f"https://no-such-host.invalid{BASE}", _right_address(simulator)


@asynccontextmanager
async def tls_that_hangs_up(simulator: SimulatorProcess) -> AsyncIterator[tuple[str, Mend]]:
    """The server ends the connection in the TLS handshake."""
    async with _https_stub(_hang_up) as url:
        yield url, _right_address(simulator)


@asynccontextmanager
async def tls_that_says_nothing(simulator: SimulatorProcess) -> AsyncIterator[tuple[str, Mend]]:
    """The server takes the connection and never answers the TLS handshake."""
    async with _https_stub(_stay_silent) as url:
        yield url, _right_address(simulator)


@asynccontextmanager
async def tls_that_talks_nonsense(simulator: SimulatorProcess) -> AsyncIterator[tuple[str, Mend]]:
    """The server answers the TLS handshake with something else."""
    async with _https_stub(_talk_nonsense) as url:
        yield url, _right_address(simulator)


def _right_address(simulator: SimulatorProcess) -> Mend:
    async def mend() -> str:
        return simulator.url

    return mend


def _knock(port: int) -> socket.socket:
    peer = socket.socket()
    peer.setblocking(False)
    with suppress(BlockingIOError):
        peer.connect(("127.0.0.1", port))
    return peer


Talk = Callable[[asyncio.StreamReader, asyncio.StreamWriter], Awaitable[None]]


async def _hang_up(reader: asyncio.StreamReader, _writer: asyncio.StreamWriter) -> None:
    await reader.read(1)


async def _stay_silent(reader: asyncio.StreamReader, _writer: asyncio.StreamWriter) -> None:
    while await reader.read(4096):
        pass


async def _talk_nonsense(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    await reader.read(1)
    writer.write(b"HTTP/1.1 200 OK\r\ncontent-length: 0\r\n\r\n")
    await writer.drain()


@asynccontextmanager
async def _https_stub(talk: Talk) -> AsyncIterator[str]:
    async with _listening(0, talk) as port:
        yield f"https://127.0.0.1:{port}{BASE}"


@asynccontextmanager
async def _road(port: int, target_port: int) -> AsyncIterator[int]:
    """Pass every connection at *port* on to *target_port*."""

    async def pass_on(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        far_reader, far_writer = await asyncio.open_connection("127.0.0.1", target_port)
        try:
            await asyncio.gather(_pump(reader, far_writer), _pump(far_reader, writer))
        finally:
            far_writer.close()
            await far_writer.wait_closed()

    async with _listening(port, pass_on):
        yield port


async def _pump(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    while chunk := await reader.read(65536):
        writer.write(chunk)
        await writer.drain()
    if writer.can_write_eof():
        writer.write_eof()


@asynccontextmanager
async def _listening(port: int, talk: Talk) -> AsyncIterator[int]:
    open_talks: set[asyncio.Task[None]] = set()

    async def converse(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        assert task is not None
        open_talks.add(task)
        # A talk that is cancelled while its connection closes ends too.
        task.add_done_callback(open_talks.discard)
        try:
            await talk(reader, writer)
        except (OSError, asyncio.CancelledError):
            pass
        finally:
            writer.close()
            with suppress(OSError):
                await writer.wait_closed()

    server = await asyncio.start_server(converse, "127.0.0.1", port)
    try:
        yield server.sockets[0].getsockname()[1]
    finally:
        server.close()
        for task in tuple(open_talks):
            task.cancel()
        while open_talks:
            await asyncio.sleep(0)
