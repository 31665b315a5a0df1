"""Small servers on loopback, written by hand: they note every byte that arrives and answer as a test tells them to."""

from __future__ import annotations

import asyncio
import json
import socket
import struct
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

HEAD_END = b"\r\n\r\n"


@dataclass(frozen=True)
class Seen:
    """A request as it arrived; header names are in lower case."""

    connection: int
    method: str
    target: str
    headers: dict[str, str]
    body: bytes

    @property
    def json(self) -> Any:
        return json.loads(self.body)


class Line:
    """One connection, seen from the server."""

    def __init__(self, writer: asyncio.StreamWriter) -> None:
        self._writer = writer

    async def send(self, raw: bytes) -> None:
        self._writer.write(raw)
        await self._writer.drain()

    async def reply(self, status: int, body: bytes = b"", headers: Mapping[str, str] | None = None) -> None:
        """Send a whole reply; the connection stays open for the next request."""
        await self.send(head(status, {"content-length": str(len(body)), **(headers or {})}) + body)

    def close(self) -> None:
        self._writer.close()

    def reset(self) -> None:
        """Leave with an RST instead of a FIN."""
        linger = struct.pack("ii", 1, 0)
        self._writer.get_extra_info("socket").setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, linger)
        self._writer.transport.abort()


Answer = Callable[[Line, Seen], Awaitable[None]]


def head(status: int, headers: Mapping[str, str]) -> bytes:
    lines = [f"HTTP/1.1 {status} Whatever", *(f"{name}: {value}" for name, value in headers.items())]
    return "\r\n".join([*lines, "", ""]).encode("latin-1")


def answering(status: int, body: bytes = b"", headers: Mapping[str, str] | None = None) -> Answer:
    """Return an answer that is the same for every request."""

    async def answer(line: Line, _seen: Seen) -> None:
        await line.reply(status, body, headers)

    return answer


def then_closing(raw: bytes) -> Answer:
    """Return an answer of raw bytes, with the connection closed behind them."""

    async def answer(line: Line, _seen: Seen) -> None:
        await line.send(raw)
        line.close()

    return answer


async def hanging_up(line: Line, _seen: Seen) -> None:
    line.close()


async def resetting(line: Line, _seen: Seen) -> None:
    line.reset()


async def keeping_silent(_line: Line, _seen: Seen) -> None:
    await asyncio.sleep(3600)


@dataclass
class Server:
    """What came to a server that runs inside a test."""

    port: int
    requests: list[Seen] = field(default_factory=list)
    connections: int = 0
    received_bytes: int = 0
    open_lines: set[asyncio.Task[None]] = field(default_factory=set)

    @property
    def root(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    @property
    def base_url(self) -> str:
        return f"{self.root}/api/v1"

    async def quiet(self) -> None:
        """Wait until every connection is over."""
        async with asyncio.timeout(5):
            while self.open_lines:
                await asyncio.sleep(0.005)


class _Reader:
    """Reads requests off one connection and counts the bytes."""

    def __init__(self, server: Server, reader: asyncio.StreamReader) -> None:
        self._server = server
        self._reader = reader
        self._buffer = b""
        self.connection = server.connections

    async def request(self) -> Seen | None:
        """Return the next whole request, or None when the client has gone."""
        while HEAD_END not in self._buffer:
            if not await self._more():
                return None
        raw_head, self._buffer = self._buffer.split(HEAD_END, 1)
        first, *lines = raw_head.decode("latin-1").split("\r\n")
        headers = {name.lower(): value.strip() for name, value in (line.split(":", 1) for line in lines)}
        size = int(headers.get("content-length", "0"))
        while len(self._buffer) < size:
            if not await self._more():
                return None
        body, self._buffer = self._buffer[:size], self._buffer[size:]
        method, target, _ = first.split(" ")
        return Seen(self.connection, method, target, headers, body)

    async def _more(self) -> bool:
        chunk = await self._reader.read(65536)
        self._server.received_bytes += len(chunk)
        self._buffer += chunk
        return bool(chunk)


@asynccontextmanager
async def serving(answer: Answer, port: int = 0) -> AsyncIterator[Server]:
    """Run a server on loopback for as long as the context lasts, on a free port unless one is given."""
    server = Server(0)

    async def talk(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        assert task is not None
        server.open_lines.add(task)
        server.connections += 1
        try:
            await _converse(_Reader(server, reader), Line(writer), server, answer)
        except (ConnectionError, asyncio.CancelledError):
            pass
        finally:
            writer.close()
            server.open_lines.discard(task)

    listener = await asyncio.start_server(talk, "127.0.0.1", port)
    server.port = listener.sockets[0].getsockname()[1]
    try:
        yield server
    finally:
        listener.close()
        for task in tuple(server.open_lines):
            task.cancel()
        await server.quiet()


@asynccontextmanager
async def reacting(react: Callable[[Line], Awaitable[None]]) -> AsyncIterator[int]:
    """Run a server that reads one byte of each connection, then does as *react* says; yields its port."""

    async def talk(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.read(1)
        await react(Line(writer))

    async with await asyncio.start_server(talk, "127.0.0.1", 0) as listener:
        yield listener.sockets[0].getsockname()[1]


async def _converse(reader: _Reader, line: Line, server: Server, answer: Answer) -> None:
    while (seen := await reader.request()) is not None:
        server.requests.append(seen)
        await answer(line, seen)


def closed_port() -> int:
    """Return a loopback port that nobody listens on."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port: int = free.getsockname()[1]
        return port
