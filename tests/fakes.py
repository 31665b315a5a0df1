"""The world as the engine's tests want it: hand-written stand-ins at the ports that note down what was asked of them.

Nothing here sleeps or waits in real time: times are the running loop's own, which the engine's tests make virtual.
"""

from __future__ import annotations

import asyncio
import json
from collections import deque
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import Any, Final

from seedream_desktop.api.submission import read_submission
from seedream_desktop.domain.failure import Failure, FailureKind
from seedream_desktop.domain.request import GenerationRequest
from seedream_desktop.domain.task import (
    ServiceTaskId,
)
from seedream_desktop.ports.errors import KeyRefusedError, LinkDeadError, UnreachableError
from seedream_desktop.ports.service import PictureDownload, RawReply, StatusReport, Submission, Succeeded

NOON: Final = datetime(2026, 11, 20, 12, 0, tzinfo=UTC)
FOR_EVER_S: Final = 10**9
OnWire = Callable[[], Awaitable[None]]
Answer = Callable[[OnWire], Awaitable[RawReply]]


def offline() -> UnreachableError:
    """Return the error of a connection that could not be made."""
    return UnreachableError(Failure(FailureKind.OFFLINE, "ConnectError"))


def link_dead(code: str = "404") -> LinkDeadError:
    """Return the error of a link that leads to nothing."""
    return LinkDeadError(Failure(FailureKind.LINKS_EXPIRED, code))


def key_refused() -> KeyRefusedError:
    """Return the error of a free call with a wrong key."""
    return KeyRefusedError(Failure(FailureKind.KEY_REFUSED, "401"))


def reply(http_status: int = 200, data: Any = None, *, code: int | None = None, retry_after: str = "") -> RawReply:
    """Return the bytes of an envelope as the service would send them."""
    envelope = {"code": http_status if code is None else code, "message": "words", "data": data}
    return RawReply(http_status, retry_after, json.dumps(envelope).encode())


def now_s() -> float:
    """Return the running loop's time."""
    return asyncio.get_running_loop().time()


class FakeClock:
    """The running loop's time as `ports.Clock`; noon is when the clock was made."""

    def __init__(self) -> None:
        self._started_s = now_s()

    def now(self) -> datetime:
        return NOON + timedelta(seconds=now_s() - self._started_s)

    def monotonic_s(self) -> float:
        return now_s()

    def age_s(self, since: datetime) -> float:
        return max(0.0, (self.now() - since).total_seconds())

    async def sleep(self, seconds: float) -> None:
        await asyncio.sleep(seconds)

    def deadline(self, seconds: float) -> asyncio.Timeout:
        return asyncio.timeout(seconds)


def replies(answer: RawReply, *, after_s: float = 1.0) -> Answer:
    """Take the order and answer with *answer*."""

    async def call(on_wire: OnWire) -> RawReply:
        await on_wire()
        await asyncio.sleep(after_s)
        return answer

    return call


def accepts(task_id: str, *, after_s: float = 1.0) -> Answer:
    """Take the order under *task_id*."""
    return replies(reply(200, {"taskId": task_id}), after_s=after_s)


def breaks_before_the_wire(error: BaseException) -> Answer:
    """Fail before a byte of the order has left."""

    async def call(_on_wire: OnWire) -> RawReply:
        await asyncio.sleep(0)
        raise error

    return call


def breaks_after_the_wire(error: BaseException) -> Answer:
    """Fail when the order may have been taken."""

    async def call(on_wire: OnWire) -> RawReply:
        await on_wire()
        await asyncio.sleep(1.0)
        raise error

    return call


def hangs() -> Answer:
    """Take the order and never answer."""
    return replies(reply(500), after_s=FOR_EVER_S)


@dataclass(frozen=True)
class Asked:
    """One call to the service: when, and for what."""

    at_s: float
    about: str


Report = StatusReport | BaseException


class FakeService:
    """A GenerationService that follows a script; without one it takes every order and finishes it.

    The last report of a script is repeated for ever. Without a report the pictures are ready when first asked for.
    """

    def __init__(self, journal: list[str]) -> None:
        self._journal = journal
        self._counts: dict[str, int] = {}
        self._taken = 0
        self.answers: deque[Answer] = deque()
        self.reports: Sequence[Report] = ()
        self.reports_of: dict[str, list[Report]] = {}
        self.balance_errors: deque[BaseException] = deque()
        self.reading_errors: deque[Exception] = deque()
        """Bugs in the middle of a step: reading a reply never raises by its contract."""
        self.key_works = True
        self.is_down = False
        self.status_takes_s = 0.0
        self.balance_takes_s = 0.0
        self.calls: list[Asked] = []
        """The POSTs that were begun, whether or not a byte of them left."""
        self.sent: list[Asked] = []
        """The POSTs of which a byte may have left."""
        self.asked: list[Asked] = []
        self.balances: list[float] = []
        self._at_once = 0
        self.most_at_once = 0

    async def submit(self, request: GenerationRequest, reference_urls: Sequence[str], on_wire: OnWire) -> RawReply:
        self.calls.append(Asked(now_s(), request.prompt))
        self._journal.append("call")

        async def marked() -> None:
            await on_wire()
            self.sent.append(Asked(now_s(), " ".join((request.prompt, *reference_urls))))
            self._journal.append("first byte")

        return await self._answer(request)(marked)

    def _answer(self, request: GenerationRequest) -> Answer:
        if self.answers:
            return self.answers.popleft()
        if self.is_down:
            return breaks_before_the_wire(offline())
        if not self.key_works:
            return replies(reply(401))
        self._taken += 1
        task_id = f"service-{self._taken}"
        self._counts[task_id] = request.count
        return accepts(task_id)

    def read_submission(self, reply: RawReply) -> Submission:
        self._journal.append("reply read")
        if self.reading_errors:
            raise self.reading_errors.popleft()
        return read_submission(reply)

    async def status(self, task_id: ServiceTaskId) -> StatusReport:
        self.asked.append(Asked(now_s(), task_id))
        self._at_once += 1
        self.most_at_once = max(self.most_at_once, self._at_once)
        try:
            await asyncio.sleep(self.status_takes_s)
        finally:
            self._at_once -= 1
        return self._report(task_id)

    def _report(self, task_id: str) -> StatusReport:
        if self.is_down:
            raise offline()
        if not self.key_works:
            raise key_refused()
        script = self.reports_of.setdefault(task_id, list(self.reports) or [self._result(task_id)])
        report = script.pop(0) if len(script) > 1 else script[0]
        if isinstance(report, BaseException):
            raise report
        return report

    def _result(self, task_id: str) -> Succeeded:
        count = self._counts.get(task_id, 1)
        urls = tuple(f"https://r2.example/{task_id}/{number}" for number in range(1, count + 1))
        return Succeeded(urls, json.dumps({"resultUrls": urls}))

    async def balance(self) -> Decimal:
        self.balances.append(now_s())
        key_works = self.key_works
        await asyncio.sleep(self.balance_takes_s)
        if self.balance_errors:
            raise self.balance_errors.popleft()
        if self.is_down:
            raise offline()
        if not key_works:
            raise key_refused()
        return Decimal("74.87")

    def asked_at_s(self, task_id: str) -> list[float]:
        """Return when the status call was made for *task_id*."""
        return [asked.at_s for asked in self.asked if asked.about == task_id]


class FakeDownload:
    """The bytes of one picture in two pieces, with *error* between them."""

    def __init__(self, content: bytes, takes_s: float, error: BaseException | None = None) -> None:
        self.content = content
        self.takes_s = takes_s
        self.error = error
        self.total_bytes: int | None = len(content)

    async def chunks(self) -> AsyncIterator[bytes]:
        half = len(self.content) // 2
        yield self.content[:half]
        await asyncio.sleep(self.takes_s)
        if self.error is not None:
            raise self.error
        yield self.content[half:]


@dataclass(frozen=True)
class Cut:
    """A download that breaks with *error* in its middle."""

    error: BaseException


def content_of(url: str) -> bytes:
    """Return the bytes of the picture at *url*."""
    return f"picture at {url}".encode()


class FakeSource:
    """A PictureSource; each link first goes through its own faults: an error, a cut, or other bytes.

    What was put into `served` is found under its link, what is in `gone` is dead.
    """

    def __init__(self, journal: list[str]) -> None:
        self._journal = journal
        self.faults: dict[str, list[BaseException | Cut | bytes]] = {}
        self.always: BaseException | None = None
        self.served: dict[str, bytes] = {}
        self.gone: set[str] = set()
        self.takes_s = 0.5
        self.answers_after_s = 0.0
        self.opened: list[Asked] = []
        self._at_once = 0
        self.most_at_once = 0

    @asynccontextmanager
    async def open(self, url: str) -> AsyncIterator[PictureDownload]:
        self.opened.append(Asked(now_s(), url))
        self._journal.append(f"download {url}")
        self._at_once += 1
        self.most_at_once = max(self.most_at_once, self._at_once)
        try:
            if self.answers_after_s:
                await asyncio.sleep(self.answers_after_s)
            yield self._download(url)
        finally:
            self._at_once -= 1

    def _download(self, url: str) -> FakeDownload:
        if self.always is not None:
            raise self.always
        if url in self.gone:
            raise link_dead()
        faults = self.faults.get(url, [])
        match faults.pop(0) if faults else self.served.get(url, content_of(url)):
            case bytes(content):
                return FakeDownload(content, self.takes_s)
            case Cut(error):
                return FakeDownload(content_of(url), self.takes_s, error)
            case error:
                raise error

    def opened_at_s(self, url: str) -> list[float]:
        """Return when *url* was opened."""
        return [opened.at_s for opened in self.opened if opened.about == url]
