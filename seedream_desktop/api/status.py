"""Reads the replies to the free calls: how a task stands, and the balance."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, datetime
from decimal import Decimal, InvalidOperation
from typing import Any, Final

from seedream_desktop.api.envelope import Envelope, parse_envelope, parse_json
from seedream_desktop.api.submission import HTTP_OK, parse_retry_after
from seedream_desktop.domain.failure import Failure, FailureKind, sort_fail_code
from seedream_desktop.domain.task import ServiceTaskId
from seedream_desktop.ports.errors import BusyError, KeyRefusedError, TaskNotFoundError, UnreachableError
from seedream_desktop.ports.service import FailedAtService, RawReply, StatusReport, Succeeded, Unreadable, Working

MAX_RESULT_URLS: Final = 64
_MAX_WORD_CHARS: Final = 100
# Far beyond any account; what is larger is no balance and could not be shown.
_MAX_BALANCE_USD: Final = 10**12
# The years 2001 to 2096.
_EARLIEST_MS: Final = 1e12
_LATEST_MS: Final = 4e12
# resultJson is JSON inside a string; some replies wrap it once more.
_MAX_LAYERS: Final = 3


def read_status(reply: RawReply, task_id: ServiceTaskId) -> StatusReport:
    """Return how the task stands.

    Raises:
        ServiceError: when the reply is an error, of another task, or not readable.
    """
    envelope = _checked(reply)
    if not isinstance(envelope.data, dict):
        raise TaskNotFoundError(Failure(FailureKind.NOT_FOUND, str(envelope.code or ""), envelope.message))
    told_id = envelope.field("taskId")
    if told_id is not None and told_id != task_id:
        raise UnreachableError(Failure(FailureKind.WRONG_ADDRESS, "", "a reply about another task"))
    return replace(_report(envelope), created_at=_moment(envelope.field("createTime")))


def read_balance(reply: RawReply) -> Decimal:
    """Return the balance in dollars.

    Raises:
        ServiceError: when the reply is an error or holds no number.
    """
    envelope = _checked(reply)
    data = envelope.data
    if isinstance(data, int | float | str) and not isinstance(data, bool):
        try:
            amount_usd = Decimal(str(data))
        except InvalidOperation:
            amount_usd = Decimal("NaN")
        if amount_usd.is_finite() and abs(amount_usd) <= _MAX_BALANCE_USD:
            return amount_usd
    raise UnreachableError(Failure(FailureKind.WRONG_ADDRESS, "", "the balance is not a number"))


def _checked(reply: RawReply) -> Envelope:
    envelope = parse_envelope(reply.body)
    code = _decisive_code(reply.http_status, envelope)
    message = envelope.message if envelope else ""
    if code == 401:
        raise KeyRefusedError(Failure(FailureKind.KEY_REFUSED, "401", message))
    if code == 429:
        busy = Failure(FailureKind.TRY_LATER, "429", message)
        raise BusyError(busy, parse_retry_after(reply.retry_after))
    if code == 404:
        raise TaskNotFoundError(Failure(FailureKind.NOT_FOUND, "404", message))
    if code != HTTP_OK:
        raise UnreachableError(Failure(FailureKind.TRY_LATER, str(code), message))
    if envelope is None:
        raise UnreachableError(Failure(FailureKind.WRONG_ADDRESS, "", "the answer is not the service's"))
    return envelope


def _decisive_code(http_status: int, envelope: Envelope | None) -> int:
    if http_status != HTTP_OK or envelope is None or envelope.code is None:
        return http_status
    return envelope.code


def _report(envelope: Envelope) -> StatusReport:
    state = envelope.field("state")
    word = str(state)[:_MAX_WORD_CHARS] if isinstance(state, str | int | float) else ""
    match word.strip().casefold():
        case "success":
            return _result(envelope.field("resultJson"))
        case "failed":
            return FailedAtService(_failure(envelope))
        case _:
            return Working(word)


def _moment(value: Any) -> datetime | None:
    """Return the moment a number of milliseconds names (the API page), or None for anything not of this century."""
    if isinstance(value, bool) or not isinstance(value, int | float) or not _EARLIEST_MS < value < _LATEST_MS:
        return None
    return datetime.fromtimestamp(value / 1000, UTC)


def _failure(envelope: Envelope) -> Failure:
    code, message = envelope.field("failCode"), envelope.field("failMsg")
    return sort_fail_code(_text(code), _text(message))


def _text(value: Any) -> str:
    return "" if value is None else str(value)


def _result(raw: Any) -> StatusReport:
    text = raw if isinstance(raw, str) else json.dumps(raw, ensure_ascii=False)
    urls = _urls(_unwrapped(raw))
    return Succeeded(urls, text) if urls else Unreadable(text)


def _unwrapped(value: Any) -> Any:
    for _ in range(_MAX_LAYERS):
        if not isinstance(value, str):
            return value
        try:
            value = parse_json(value)
        except ValueError:
            return None
    return value


def _urls(result: Any) -> tuple[str, ...]:
    """Return the absolute links in order, each once, at most 64."""
    links = result.get("resultUrls") if isinstance(result, dict) else result
    if not isinstance(links, list):
        return ()
    usable = [link.strip() for link in links if isinstance(link, str) and _is_absolute(link.strip())]
    return tuple(dict.fromkeys(usable))[:MAX_RESULT_URLS]


def _is_absolute(link: str) -> bool:
    return link.lower().startswith(("https://", "http://"))
