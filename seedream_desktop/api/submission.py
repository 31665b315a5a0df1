"""Decides what a reply to the paid call means for the money: taken, refused, postponed or unclear."""

from __future__ import annotations

import math
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import Final

from seedream_desktop.api.envelope import Envelope, parse_envelope, task_id_in_fragment, valid_task_id
from seedream_desktop.domain.failure import Failure, FailureKind, sort_fail_code
from seedream_desktop.domain.task import ServiceTaskId
from seedream_desktop.ports.service import Accepted, KeyTurnedDown, Postponed, RawReply, Refused, Submission, Unclear

HTTP_OK: Final = 200
# Client-side statuses that do not say whether the order was taken.
_UNDECIDED: Final = frozenset({408, 409, 425, 499})
_BY_CODE: Final[dict[int, FailureKind]] = {
    402: FailureKind.MONEY,
    403: FailureKind.FORBIDDEN,
    404: FailureKind.WRONG_ADDRESS,
}
_WORDS_DECIDE: Final = frozenset({400, 403, 422})


def read_submission(reply: RawReply) -> Submission:
    """Return what *reply* means; a valid task id always counts, a 5xx anywhere never means "not billed"."""
    envelope = parse_envelope(reply.body)
    code = envelope.code if envelope else None
    task_id = valid_task_id(envelope.field("taskId")) if envelope else None
    if task_id is not None and reply.http_status == HTTP_OK and code in (HTTP_OK, None):
        return Accepted(task_id)
    candidate = task_id or task_id_in_fragment(reply.body)
    if candidate is not None:
        return _unclear(reply, envelope, candidate)
    if _is_undecided(reply.http_status) or (code is not None and _is_undecided(code)):
        return _unclear(reply, envelope)
    if reply.http_status != HTTP_OK:
        return _turned_down(reply.http_status, reply, envelope)
    if code is not None and _is_client_error(code):
        return _turned_down(code, reply, envelope)
    return _unclear(reply, envelope)


def refusal(code: int, message: str) -> Failure:
    """Return the failure for an error *code* of the service; the words decide where the code is ambiguous."""
    kind = _BY_CODE.get(code, FailureKind.BAD_REQUEST)
    if code in _WORDS_DECIDE:
        sorted_kind = sort_fail_code("", message).kind
        kind = kind if sorted_kind is FailureKind.UNSORTED else sorted_kind
    return Failure(kind, str(code), message)


def parse_retry_after(text: str) -> float | None:
    """Return the seconds a Retry-After header asks for (a number or a date), or None when it says nothing usable."""
    try:
        seconds = float(text)
    except ValueError:
        return _seconds_until(text)
    return seconds if math.isfinite(seconds) else None


def _seconds_until(date: str) -> float | None:
    try:
        then = parsedate_to_datetime(date)
    except (ValueError, TypeError, IndexError, OverflowError):
        return None
    if then.tzinfo is None:
        then = then.replace(tzinfo=UTC)
    return (then - datetime.now(UTC)).total_seconds()


def _is_undecided(code: int) -> bool:
    return code >= 500 or code in _UNDECIDED or (code < HTTP_OK and code != 0)


def _is_client_error(code: int) -> bool:
    return 400 <= code < 500


def _turned_down(code: int, reply: RawReply, envelope: Envelope | None) -> Submission:
    message = envelope.message if envelope else ""
    if code == 401:
        return KeyTurnedDown(Failure(FailureKind.KEY_REFUSED, "401", message))
    if code == 429:
        return Postponed(Failure(FailureKind.TRY_LATER, "429", message), parse_retry_after(reply.retry_after))
    if 300 <= code < 400:
        return Refused(Failure(FailureKind.WRONG_ADDRESS, str(code), message))
    if _is_client_error(code):
        return Refused(refusal(code, message))
    return _unclear(reply, envelope)


def _unclear(reply: RawReply, envelope: Envelope | None, candidate: ServiceTaskId | None = None) -> Unclear:
    code = str(envelope.code) if envelope and envelope.code not in (None, HTTP_OK) else str(reply.http_status)
    return Unclear(Failure(FailureKind.REPLY_UNREADABLE, code, envelope.message if envelope else ""), candidate)
