"""The table of ways to break a submit, each with the class it must end in; the simulator's switches do the breaking."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from enum import StrEnum
from typing import Any

from tests.simulators import SimulatorProcess
from tests.trust import ways
from tests.trust.ways import Mend

COUNT = 2
"""Images in each order, so that the money of one billed order differs from 1."""
Way = Callable[[SimulatorProcess], AbstractAsyncContextManager[tuple[str, Mend]]]


class End(StrEnum):
    """The class a broken submit belongs to."""

    ACCEPTED = "accepted"
    REFUSED = "refused"
    UNKNOWN = "unknown"
    POSTPONED = "postponed"
    """Turned down for now: goes again by itself as a new attempt."""
    KEY = "key"
    """Turned down for its key: goes again with another key."""
    UNSENT = "unsent"
    """Nothing left this machine: goes again by itself."""


@dataclass(frozen=True)
class Break:
    """One way to break a submit. *do* acts on the first POST only, so that a second one would be billed."""

    name: str
    end: End
    do: dict[str, Any] | None = None
    way: Way | None = None
    key: str | None = None
    billed: int = COUNT
    """Images the service takes money for, in all."""
    is_whole: bool = True
    """Whether the service gets the whole first POST."""
    status: tuple[dict[str, Any], ...] = ()
    """Rules for the status calls that decide about a task id."""
    hold_s: float | None = None
    """Too long a pause to wait for: at least this many engine seconds, ended by a restart."""
    scale: float = 0.04

    @property
    def submits(self) -> int:
        """How many whole POSTs the service sees in all."""
        sends_again = self.end in (End.POSTPONED, End.KEY) and self.key is None
        return int(self.is_whole) + int(sends_again)


def accepted(name: str, do: dict[str, Any], **more: Any) -> Break:
    return Break(name, End.ACCEPTED, do, **more)


def unknown(name: str, do: dict[str, Any], *, billed: int = COUNT, **more: Any) -> Break:
    return Break(name, End.UNKNOWN, do, billed=billed, **more)


def refused(name: str, do: dict[str, Any]) -> Break:
    return Break(name, End.REFUSED, do, billed=0)


def postponed(name: str, do: dict[str, Any], **more: Any) -> Break:
    return Break(name, End.POSTPONED, do, **more)


def unsent(name: str, way: Way, **more: Any) -> Break:
    return Break(name, End.UNSENT, way=way, **more)


def breaks() -> list[Break]:
    """Return the whole table."""
    return [
        *NOTHING_LEFT,
        *CONNECTION_LOST,
        *_server_errors(),
        *_refusals(),
        *_busy(),
        *KEYS,
        *_odd_task_ids(),
        *TRUSTED_BY_A_STATUS_CALL,
        *CUT_REPLIES,
        *_redirects(),
        *NO_END,
        *ENCODINGS,
        *_poison(),
        GZIP_BOMB,
    ]


NOTHING_LEFT = (
    unsent("nobody listens", ways.closed_port),
    unsent("every SYN is dropped", ways.silent_port, scale=0.01),
    unsent("https at a plain port", ways.tls_to_a_plain_port),
    unsent("a name that does not resolve", ways.unknown_name),
    unsent("the TLS handshake is hung up on", ways.tls_that_hangs_up),
    unsent("the TLS handshake is never answered", ways.tls_that_says_nothing, scale=0.01),
    unsent("the TLS handshake is answered with nonsense", ways.tls_that_talks_nonsense),
)

CONNECTION_LOST = (
    unknown("closed after the whole order", {"drop_after_body": True}),
    unknown("closed after the whole order, not billed", {"drop_after_body": True, "bill": False}, billed=0),
    unknown("reset after the whole order", {"rst_after_body": True}),
    unknown("closed before the order is read", {"drop_before_reading": True}, billed=0, is_whole=False),
    unknown("reset before the order is read", {"rst_before_reading": True}, billed=0, is_whole=False),
    unknown("reset while the order is being written", {"stall_reading": 0.1}, billed=0, is_whole=False),
    unknown("never answered", {"hang": True}, scale=0.01),
    unknown("answered after our deadline", {"delay": 2.0}, scale=0.01),
    unknown("broken off inside the headers", {"partial_head": True}),
    unknown("bytes that are not HTTP", {"garbage": True}),
)


def _server_errors() -> Iterator[Break]:
    for code in (408, 409, 425, 499, 500, 502, 503, 504, 520):
        yield unknown(f"HTTP {code}", {"status": code, "bill": False}, billed=0)
    for body in ("html", "empty", "text"):
        yield unknown(f"HTTP 502 with {body}, billed", {"status": 502, "bill": True, "body": body})
    for code in (500, 502, 503):
        yield unknown(f"HTTP 200 around code {code}", {"code": code, "status": 200}, billed=0)
    yield unknown("HTTP 404 around code 500", {"code": 500, "status": 404}, billed=0)
    yield unknown("HTTP 500 around code 400", {"code": 400, "status": 500}, billed=0)
    yield unknown("HTTP 200 around a page of a hotel", {"status": 200, "body": "html"}, billed=0)
    yield unknown("HTTP 200 around nothing, billed", {"status": 200, "body": "empty", "bill": True})


def _refusals() -> Iterator[Break]:
    for code in (400, 402, 403, 404, 413, 415, 422):
        for body in ("json", "html"):
            yield refused(f"HTTP {code} with {body}", {"status": code, "body": body})
    for code in (402, 403, 422):
        yield refused(f"HTTP 200 around code {code}", {"code": code, "status": 200})
        yield refused(f"HTTP {code} with nothing", {"status": code, "body": "empty"})
    yield refused("insufficient credits", {"code": 400, "status": 200, "message": "Insufficient credits"})
    yield refused("a refusal of a megabyte", {"code": 400, "message": "1MB"})
    yield refused("a refusal in markup", {"code": 400, "message": "html"})


def _busy() -> Iterator[Break]:
    soon = format_datetime(datetime.now(UTC) + timedelta(seconds=10), usegmt=True)
    for told in ("0", "7", "2.5", soon, "-1", "abc", "nan", "Wed, 99 Foo 2026"):
        # A name with the time in it would be another one in each process that collects the tests.
        name = "a date in 10 s" if told == soon else told
        yield postponed(f"HTTP 429, Retry-After: {name}", {"code": 429, "retry_after": told})
    yield postponed("HTTP 429 without Retry-After", {"code": 429})
    yield postponed("HTTP 200 around code 429", {"code": 429, "status": 200})
    yield postponed("HTTP 429 with a page", {"status": 429, "body": "html"})
    for told in ("99999999", "Fri, 31 Dec 9999 23:59:59 GMT", "inf"):
        held_s = None if told == "inf" else 590.0
        yield postponed(f"HTTP 429, Retry-After: {told}", {"code": 429, "retry_after": told}, hold_s=held_s)


KEYS = (
    Break("HTTP 401", End.KEY, {"code": 401}),
    Break("HTTP 401 with a page", End.KEY, {"status": 401, "body": "html"}),
    Break("HTTP 200 around code 401", End.KEY, {"code": 401, "status": 200}),
    Break("no key at all", End.KEY, key="", is_whole=True),
    Break("a key with a line break inside", End.KEY, key="line\nbreak", is_whole=True),
    Break("a key that no header can carry", End.KEY, key="schlüssel", is_whole=True),
)


def _odd_task_ids() -> Iterator[Break]:
    odd = ("missing", "null", "empty", "number", "list", "object", "true", "10kB", "newline", "quotes", "dots")
    for kind in (*odd, "space", "nul", "bidi"):
        yield unknown(f"a task id that is {kind}", {"task_id": kind})
    yield unknown("code 200 around no data", {"data_null": True})


UNKNOWN_THERE = {"call": "status", "do": {"code": 404}}
TRUSTED_BY_A_STATUS_CALL = (
    accepted("HTTP 502 around a true task id", {"status": 502, "bill": True}),
    accepted("HTTP 201 around a true task id", {"status": 201}),
    accepted("HTTP 202 around a true task id", {"status": 202}),
    accepted("HTTP 400 around a true task id", {"status": 400, "bill": True}),
    accepted("HTTP 429 around a true task id", {"status": 429, "bill": True}),
    accepted("code 500 around a true task id", {"code": 500, "status": 200, "bill": True}),
    accepted("a task id known a moment later", {"status": 503, "bill": True}, status=({**UNKNOWN_THERE, "times": 2},)),
    unknown("a task id that is never known", {"status": 503, "bill": True}, status=({**UNKNOWN_THERE, "times": 3},)),
    accepted("JSON called a page", {"content_type": "text/html"}),
)

CUT_REPLIES = (
    unknown("half an answer, its length announced", {"cut": {"at": 0.5, "how": "length"}}),
    unknown("half an answer in chunks", {"cut": {"at": 0.5, "how": "chunked"}}),
    unknown("half an answer, no length", {"cut": {"at": 0.5, "how": "close"}}),
    unknown("half an answer, then a reset", {"cut": {"at": 0.5, "reset": True}}),
    accepted("cut behind the task id, no length", {"cut": {"at": 0.98, "how": "close"}}),
    accepted("cut behind the task id, its length announced", {"cut": {"at": 0.98, "how": "length"}}),
    accepted("cut behind the task id, in chunks", {"cut": {"at": 0.98, "how": "chunked"}}),
    accepted("no length at all", {"no_length": True}),
    accepted("small chunks", {"chunked": 7}),
    accepted("a length that is too long", {"content_length": "longer"}),
    accepted("a length of 10 TB", {"content_length": "10TB"}),
    unknown("a length that is too short", {"content_length": "shorter"}),
    unknown("two lengths", {"content_length": "two"}),
    unknown("a negative length", {"content_length": "negative"}),
    unknown("a length in words", {"content_length": "text"}),
)


def _redirects() -> Iterator[Break]:
    for code in (301, 302, 303, 307, 308):
        yield refused(f"HTTP {code} to the same address", {"redirect": {"status": code, "to": "same"}})
    for to in ("other", "other-name"):
        yield refused(f"HTTP 307 to {to}", {"redirect": {"status": 307, "to": to}})
    yield refused("a redirect to a file", {"redirect": "file"})
    yield refused("a redirect without an aim", {"status": 302, "body": "empty"})


NO_END = (
    accepted("a whole answer whose chunks never end", {"no_end": True}),
    accepted("an answer that stops behind the task id and never ends", {"no_end": 0.98}),
    unknown("an answer that stops before the task id and never ends", {"no_end": 0.3}, scale=0.01),
    unknown("100 Continue without end", {"endless_continue": 0.02}, scale=0.01),
    unknown("a byte at a time", {"drip": 0.4}, scale=0.01),
    unknown("headers a byte at a time", {"slow_head": 0.4}, scale=0.01),
    accepted("an answer of 10 MB", {"huge": True}),
    accepted("an answer followed by zeros without end", {"endless": True}),
)

ENCODINGS = (
    accepted("gzip", {"encoding": "gzip"}),
    accepted("gzip without its end", {"encoding": "cut"}),
    unknown("gzip in gzip", {"encoding": "twice"}),
    unknown("broken gzip", {"encoding": "bad"}),
)


# Last, as packing it holds the simulator up.
GZIP_BOMB = unknown("a gzip bomb", {"encoding": "bomb"})


def _poison() -> Iterator[Break]:
    readable = ("nesting-inside", "long-int", "big-int", "nan", "surrogate", "duplicate-keys", "list", "bom", "utf-16")
    for kind in (*readable, "not-utf-8"):
        yield accepted(f"JSON with {kind}", {"poison": kind})
    for kind in ("nesting", "string", "number", "null", "cut"):
        yield unknown(f"JSON that is {kind}", {"poison": kind})
