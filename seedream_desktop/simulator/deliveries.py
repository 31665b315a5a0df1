"""Faults on the wire: how the bytes of a good or bad reply get lost, cut, stretched or mislabelled.

Every function returns whether the client got a whole reply.
"""

from __future__ import annotations

from http import HTTPStatus
from typing import Any

from seedream_desktop.simulator.chance import dice
from seedream_desktop.simulator.replies import Reply
from seedream_desktop.simulator.wire import Wire

FOR_EVER_S = 10**7
LENGTHS = ("longer", "shorter", "two", "negative", "10TB", "text")
LATENCY = dice("latency")
BLOCK = b"\0" * 65536


def head_of(reply: Reply, *length: str) -> bytes:
    """The raw status line and headers of *reply*, with the given header lines about the length."""
    phrase = HTTPStatus(reply.status).phrase
    lines = [f"HTTP/1.1 {reply.status} {phrase}", *(f"{name}: {value}" for name, value in reply.headers.items())]
    return "\r\n".join([*lines, *length, "connection: close", "", ""]).encode("latin-1")


async def drop(wire: Wire, _reply: Reply, _value: Any) -> bool:
    """End the connection in good order, without an answer."""
    await wire.close()
    return False


async def reset(wire: Wire, _reply: Reply, _value: Any) -> bool:
    """Reset the connection, without an answer."""
    await wire.reset()
    return False


async def stall(wire: Wire, _reply: Reply, value: Any) -> bool:
    """Read nothing for some seconds, then reset: a connection that dies while the body is being written."""
    wire.stop_reading()
    await wire.sleep(0.5 if value is True else float(value))
    await wire.reset()
    return False


async def partial_head(wire: Wire, _reply: Reply, _value: Any) -> bool:
    """Break off inside the headers."""
    await wire.write(b"HTTP/1.1 200 OK\r\nContent-Ty")
    await wire.close()
    return False


async def garbage(wire: Wire, _reply: Reply, _value: Any) -> bool:
    """Answer with bytes that are not HTTP."""
    await wire.write(b"\x15\x03\x01\x00\x02\x02\x46 this is not HTTP \r\n\r\n")
    await wire.close()
    return False


async def cut(wire: Wire, reply: Reply, value: Any) -> bool:
    """Break off inside the body: `at` a part of it, `how` its length was announced, by FIN or by `reset`."""
    how = value if isinstance(value, dict) else {"at": value}
    kept = reply.body[: int(len(reply.body) * float(how.get("at", 0.5)))]
    announce = str(how.get("how", "length"))
    if announce == "chunked":
        await wire.write(head_of(reply, "transfer-encoding: chunked"))
        await wire.write(f"{len(reply.body):x}\r\n".encode() + kept)
    else:
        length = [] if announce == "close" else [f"content-length: {len(reply.body)}"]
        await wire.write(head_of(reply, *length))
        await wire.write(kept)
    await (wire.reset() if how.get("reset") else wire.close())
    return False


async def content_length(wire: Wire, reply: Reply, value: Any) -> bool:
    """Lie about the length, send the whole body, and end the connection."""
    size = len(reply.body)
    lines = {
        "longer": [f"content-length: {size + 1000}"],
        "shorter": [f"content-length: {size // 2}"],
        "two": [f"content-length: {size}", f"content-length: {size + 1}"],
        "negative": ["content-length: -1"],
        "10TB": ["content-length: 10995116277760"],
        "text": ["content-length: many"],
    }[value]
    await wire.write(head_of(reply, *lines))
    whole = await wire.write(reply.body)
    await wire.close()
    return whole


async def no_length(wire: Wire, reply: Reply, _value: Any) -> bool:
    """Send the whole body without announcing its length; its end is the connection's."""
    await wire.write(head_of(reply))
    whole = await wire.write(reply.body)
    await wire.close()
    return whole


async def chunked(wire: Wire, reply: Reply, value: Any) -> bool:
    """Send the whole body in chunks of *value* bytes, in good order."""
    size = 1000 if value is True else int(value)
    await wire.start(reply.status, dict(reply.headers))
    for start in range(0, len(reply.body), size):
        await wire.more(reply.body[start : start + size])
    return await wire.more(b"", last=True)


async def no_end(wire: Wire, reply: Reply, value: Any) -> bool:
    """Send the body in a chunk, or a part of it, and then nothing at all, while the connection stays open."""
    kept = reply.body if value is True else reply.body[: int(len(reply.body) * float(value))]
    await wire.write(head_of(reply, "transfer-encoding: chunked"))
    await wire.write(f"{len(kept):x}\r\n".encode() + kept + b"\r\n")
    await wire.sleep(FOR_EVER_S)
    return False


async def drip(wire: Wire, reply: Reply, value: Any) -> bool:
    """Send the body a little at a time: `bytes` every `every_s` seconds; a bare number is the seconds per byte."""
    pace = value if isinstance(value, dict) else {"every_s": 0.4 if value is True else value}
    size, every_s = int(pace.get("bytes", 1)), float(pace.get("every_s", 0.4))
    await wire.start(reply.status, {**reply.headers, "content-length": str(len(reply.body))})
    for start in range(0, len(reply.body), size):
        await wire.more(reply.body[start : start + size])
        if not await wire.sleep(every_s):
            return False
    return await wire.more(b"", last=True)


async def slow_head(wire: Wire, reply: Reply, value: Any) -> bool:
    """Send the headers a byte at a time, *value* seconds apart, then the body."""
    for byte in head_of(reply, f"content-length: {len(reply.body)}"):
        await wire.write(bytes([byte]))
        if not await wire.sleep(0.4 if value is True else float(value)):
            return False
    whole = await wire.write(reply.body)
    await wire.close()
    return whole


async def continues(wire: Wire, _reply: Reply, value: Any) -> bool:
    """Say `100 Continue` every *value* seconds and never anything else."""
    while await wire.write(b"HTTP/1.1 100 Continue\r\n\r\n"):
        await wire.sleep(0.2 if value is True else float(value))
    return False


async def endless(wire: Wire, reply: Reply, value: Any) -> bool:
    """Follow the body with zeros for ever, or until *value* bytes; no length is announced."""
    left = float("inf") if value is True else float(value)
    await wire.write(head_of(reply))
    here = await wire.write(reply.body)
    while here and left > 0:
        here = await wire.write(BLOCK)
        left -= len(BLOCK)
    await wire.close()
    return False


async def delay(wire: Wire, value: Any) -> None:
    """Wait before the reply: *value* seconds, or a random time between two; true: as long as the client does."""
    if isinstance(value, list):
        value = LATENCY.uniform(*value)
    await wire.sleep(FOR_EVER_S if value is True else float(value))
