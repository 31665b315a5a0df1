"""What stands between a client and its storage: a wire that stalls or breaks, and servers that give odd answers."""

from __future__ import annotations

import asyncio
import contextlib
import ssl
import tempfile
from types import TracebackType
from typing import Self

from werkzeug.serving import make_ssl_devcert


class _Listener:
    """Something on a free loopback port that serves each connection by `_serve`; enter it."""

    def __init__(self) -> None:
        self.connections = 0
        self._server: asyncio.Server | None = None
        self._serving: set[asyncio.Task[None]] = set()

    @property
    def url(self) -> str:
        """The address without a path."""
        return f"http://127.0.0.1:{self.port}"

    @property
    def port(self) -> int:
        """The port it listens at."""
        assert self._server is not None
        port: int = self._server.sockets[0].getsockname()[1]
        return port

    async def _accept(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.connections += 1
        task = asyncio.current_task()
        assert task is not None
        self._serving.add(task)
        try:
            with contextlib.suppress(ConnectionError, asyncio.IncompleteReadError, asyncio.CancelledError):
                await self._serve(self.connections, reader, writer)
        finally:
            self._serving.discard(task)
            writer.transport.abort()

    async def _serve(self, number: int, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        raise NotImplementedError

    async def __aenter__(self) -> Self:
        self._server = await asyncio.start_server(self._accept, "127.0.0.1", 0)
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        assert self._server is not None
        self._server.close()
        for task in list(self._serving):
            task.cancel()
        await asyncio.gather(*self._serving, return_exceptions=True)


class Hurdle(_Listener):
    """A wire to *port* on which the first *times* connections break or stall after *after_bytes* of the request."""

    def __init__(self, port: int, *, stalls: bool, after_bytes: int = 20_000, times: int = 1_000) -> None:
        super().__init__()
        self._target = port
        self._stalls = stalls
        self._after_bytes = after_bytes
        self._times = times
        self.first_lines: list[bytes] = []

    async def _serve(self, number: int, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        back, forth = await asyncio.open_connection("127.0.0.1", self._target)
        try:
            pumps = self._request(number, reader, forth), _pump(back, writer)
            await asyncio.gather(*pumps)
        finally:
            forth.transport.abort()

    async def _request(self, number: int, reader: asyncio.StreamReader, forth: asyncio.StreamWriter) -> None:
        seen = 0
        while chunk := await reader.read(8192):
            if not seen:
                self.first_lines.append(chunk.partition(b"\r\n")[0])
            seen += len(chunk)
            if number <= self._times and seen > self._after_bytes:
                if self._stalls:
                    await asyncio.sleep(60)
                raise ConnectionAbortedError
            forth.write(chunk)
            await forth.drain()


class Answers(_Listener):
    """Takes each request whole and gives *replies* in their order, the last one for good; None breaks the wire."""

    def __init__(self, *replies: bytes | None) -> None:
        super().__init__()
        self._replies = replies
        self.requests: list[bytes] = []

    async def _serve(self, number: int, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        while True:
            head = await reader.readuntil(b"\r\n\r\n")
            await reader.readexactly(_length_of(head))
            reply = self._replies[min(len(self.requests), len(self._replies) - 1)]
            self.requests.append(head)
            if reply is None:
                return
            writer.write(reply)
            await writer.drain()


class HastyAnswer(_Listener):
    """Gives its answer as soon as the head of a request is there, and throws the body away."""

    def __init__(self, answer: bytes) -> None:
        super().__init__()
        self._answer = answer

    async def _serve(self, number: int, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.readuntil(b"\r\n\r\n")
        writer.write(self._answer)
        while await reader.read(65_536):
            await asyncio.sleep(0)


class UntrustedServer:
    """Speaks TLS with a certificate that it made itself; enter it."""

    def __init__(self) -> None:
        self.url = ""
        self.requests = 0
        self._server: asyncio.Server | None = None

    async def __aenter__(self) -> Self:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        with tempfile.TemporaryDirectory() as folder:
            context.load_cert_chain(*make_ssl_devcert(f"{folder}/own", host="127.0.0.1"))
        self._server = await asyncio.start_server(self._accept, "127.0.0.1", 0, ssl=context)
        self.url = f"https://127.0.0.1:{self._server.sockets[0].getsockname()[1]}"
        return self

    async def _accept(self, _reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.requests += 1
        writer.transport.abort()

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        assert self._server is not None
        self._server.close()


def reply(status: int, body: str = "", **headers: str) -> bytes:
    """Return a whole HTTP answer."""
    lines = [f"{name.replace('_', '-')}: {value}" for name, value in headers.items()]
    head = "\r\n".join([f"HTTP/1.1 {status} Told", f"Content-Length: {len(body.encode())}", *lines])
    return f"{head}\r\n\r\n{body}".encode()


def s3_error(status: int, code: str, more: str = "") -> bytes:
    """Return S3's answer with an error code."""
    return reply(status, f"<Error><Code>{code}</Code><Message>words</Message>{more}</Error>")


async def _pump(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    while chunk := await reader.read(65536):
        writer.write(chunk)
        await writer.drain()


def _length_of(head: bytes) -> int:
    for line in head.split(b"\r\n"):
        name, _, value = line.partition(b":")
        if name.lower() == b"content-length":
            return int(value)
    return 0
