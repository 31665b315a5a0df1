"""Messages between the program and its imaging worker: four bytes of length, then JSON."""

from __future__ import annotations

import json
import struct
from typing import IO, Any, Final

Message = dict[str, Any]
MAX_MESSAGE_BYTES: Final = 1024 * 1024
_LENGTH: Final = struct.Struct(">I")


class BrokenPipeProtocolError(Exception):
    """The other side ended, or said something that is no message."""


def send(pipe: IO[bytes], message: Message) -> None:
    """Write one message; raises OSError when nobody reads any more."""
    body = json.dumps(message).encode("ascii")
    pipe.write(_LENGTH.pack(len(body)) + body)
    pipe.flush()


def receive(pipe: IO[bytes]) -> Message:
    """Wait for one message and return it; raises BrokenPipeProtocolError."""
    (length,) = _LENGTH.unpack(_exactly(pipe, _LENGTH.size))
    if length > MAX_MESSAGE_BYTES:
        raise BrokenPipeProtocolError(f"a message of {length} bytes")
    try:
        message = json.loads(_exactly(pipe, length))
    except ValueError as error:
        raise BrokenPipeProtocolError("not JSON") from error
    if not isinstance(message, dict):
        raise BrokenPipeProtocolError("not an object")
    return message


def _exactly(pipe: IO[bytes], count: int) -> bytes:
    data = pipe.read(count)
    if len(data) != count:
        raise BrokenPipeProtocolError("the other side ended")
    return data
