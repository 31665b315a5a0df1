"""The socket under a request, so that a fault can break the very bytes: resets, halves, lies about the length.

A subclass of uvicorn's HTTP protocol hands each request the transport it came by. Whoever writes to it raw
takes the connection over, and it ends with the reply.
"""

from __future__ import annotations

import asyncio
import contextlib
import itertools
import socket
import struct
from typing import Any

from starlette.requests import Request
from starlette.types import ASGIApp, Message, Receive, Scope, Send
from uvicorn.protocols.http.h11_impl import H11Protocol

from seedream_desktop.simulator.replies import Reply

SCOPE_KEY = "seedream.wire"
connection_numbers = itertools.count(1)


class WireProtocol(H11Protocol):
    """uvicorn's protocol, with the transport and a running number of the connection in each request's scope."""

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        self.number = next(connection_numbers)
        self.requests = 0
        self.app = self._with_wire(self.app)

    def _with_wire(self, app: Any) -> ASGIApp:
        async def call(scope: Scope, receive: Receive, send: Send) -> None:
            self.requests += 1
            scope[SCOPE_KEY] = (self, self.requests)
            await app(scope, receive, send)

        return call


class Wire:
    """One request's connection: read what the client sends, write a reply in good order, or write and break at will."""

    def __init__(self, request: Request, send: Send) -> None:
        self.request = request
        protocol, nth = request.scope[SCOPE_KEY]
        self._protocol: WireProtocol = protocol
        self._receive = request.receive
        self._send = send
        self.connection: int = protocol.number
        """Which connection of this server, from 1."""
        self.nth_on_connection: int = nth
        """Which request on that connection, from 1."""

    @property
    def gone(self) -> bool:
        """Whether the client has left or the connection was ended."""
        return self._protocol.transport.is_closing()

    async def read_body(self) -> bytes | None:
        """The whole body of the request; None when the client left before its end."""
        body = bytearray()
        while True:
            message = await self._receive()
            if message["type"] == "http.disconnect":
                return None
            body += message.get("body", b"")
            if not message.get("more_body"):
                return bytes(body)

    async def reply(self, reply: Reply) -> bool:
        """Send *reply* in good order; whether it was written to a client that is still there."""
        await self.start(reply.status, {**reply.headers, "content-length": str(len(reply.body))})
        return await self.more(reply.body, last=True)

    async def start(self, status: int, headers: dict[str, str]) -> None:
        """Send the status line and the headers in good order."""
        await self._send(_start(status, headers))

    async def more(self, data: bytes, *, last: bool = False) -> bool:
        """Send a part of the body in good order; whether the client is still there."""
        here = not self.gone
        await self._send({"type": "http.response.body", "body": data, "more_body": not last})
        return here

    async def write(self, data: bytes) -> bool:
        """Write raw bytes and wait until the socket takes more; whether the client is still there."""
        if self.gone:
            return False
        self._protocol.transport.write(data)
        flow = self._protocol.flow
        if flow.write_paused:
            await flow.drain()
        return not self.gone

    async def sleep(self, seconds: float) -> bool:
        """Wait, but not longer than the client does; whether it is still there."""
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(seconds):
                await self.until_gone()
        return not self.gone

    def stop_reading(self) -> None:
        """Take no more bytes from the socket, so that the client's writing stalls."""
        self._protocol.transport.pause_reading()

    async def close(self) -> None:
        """End the connection in good order (FIN) after what was written."""
        self._protocol.transport.close()
        await self.until_gone()

    async def reset(self) -> None:
        """Break the connection (RST); what was not yet sent is lost."""
        transport = self._protocol.transport
        peer: socket.socket = transport.get_extra_info("socket")
        peer.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        transport.abort()
        await self.until_gone()

    async def until_gone(self) -> None:
        """Return when the connection has ended. Reads and drops what the client still sends."""
        while (await self._receive())["type"] != "http.disconnect":
            pass


def _start(status: int, headers: dict[str, str]) -> Message:
    pairs = [(name.encode("latin-1"), value.encode("latin-1")) for name, value in headers.items()]
    return {"type": "http.response.start", "status": status, "headers": pairs}
