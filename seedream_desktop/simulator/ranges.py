"""Serves a part of a picture when a client asks for one, as RFC 9110 says, or as a fault wants it."""

from __future__ import annotations

import re
from collections.abc import Mapping

from seedream_desktop.simulator.replies import Reply

ONE_RANGE = re.compile(r"bytes=(\d*)-(\d*)")
MODES = ("honest", "ignored", "shifted", "no-content-range")


def ranged(reply: Reply, asked: Mapping[str, str], mode: str = "honest") -> Reply:
    """The whole *reply*, or the part of it that the request's headers ask for."""
    span = _span(asked.get("range", ""), len(reply.body))
    if mode == "ignored" or span is None or not _is_current(asked.get("if-range"), reply):
        return reply
    start, stop = span
    if start >= stop:
        return Reply(416, b"", {"content-range": f"bytes */{len(reply.body)}"})
    if mode == "shifted":
        start = max(0, start - 1000)
    part = Reply(206, reply.body[start:stop], reply.headers)
    if mode == "no-content-range":
        return part
    return part.with_header("content-range", f"bytes {start}-{stop - 1}/{len(reply.body)}")


def _span(header: str, size: int) -> tuple[int, int] | None:
    """First byte and the one after the last; None when no single range is asked for."""
    found = ONE_RANGE.fullmatch(header.strip())
    if found is None or found[0] == "bytes=-":
        return None
    first, last = found[1], found[2]
    if not first:
        return max(0, size - int(last)), size
    return int(first), min(size, int(last) + 1) if last else size


def _is_current(if_range: str | None, reply: Reply) -> bool:
    """Whether the picture is still the one the client has a part of; only a strong ETag can say so."""
    return if_range is None or (if_range == reply.headers.get("etag") and not if_range.startswith("W/"))
