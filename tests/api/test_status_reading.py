"""How a task stands, read from replies that may hold anything."""

from __future__ import annotations

import json
from contextlib import suppress
from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from seedream_desktop.api.status import MAX_RESULT_URLS, read_balance, read_status
from seedream_desktop.domain.failure import FailureKind
from seedream_desktop.domain.task import ServiceTaskId
from seedream_desktop.ports.errors import BusyError, KeyRefusedError, ServiceError, TaskNotFoundError, UnreachableError
from seedream_desktop.ports.service import FailedAtService, RawReply, StatusReport, Succeeded, Unreadable, Working
from tests.api.replies import TASK_ID, envelope, raw, status_data, success
from tests.api.test_submission_fuzz import CODES, HTTP, JSON

ONE, TWO = "https://r2.example/1.jpg", "https://r2.example/2.jpg"


def read(reply: RawReply) -> StatusReport:
    return read_status(reply, ServiceTaskId(TASK_ID))


def results(urls: Any) -> RawReply:
    return success(json.dumps({"resultUrls": urls}))


@pytest.mark.parametrize("state", ["pending", "processing", "PROCESSING", "processing_r2", "queued", "", "Succeeded?"])
def test_every_word_but_two_means_that_the_service_still_works(state: str) -> None:
    assert read(status_data(state)) == Working(state)


@pytest.mark.parametrize(("state", "word"), [(None, ""), (7, "7"), ([], ""), ({}, ""), (True, "True")])
def test_a_state_that_is_no_word_means_that_the_service_still_works(state: Any, word: str) -> None:
    assert read(status_data(state)) == Working(word)


def test_a_missing_state_means_that_the_service_still_works() -> None:
    assert read(envelope({"taskId": TASK_ID})) == Working("")
    assert read(envelope({})) == Working("")


def test_an_endless_word_is_cut() -> None:
    assert read(status_data("working " * 1000)) == Working(("working " * 1000)[:100])


@pytest.mark.parametrize("state", ["success", "Success", "SUCCESS", " success "])
def test_success_brings_the_links_in_their_order(state: str) -> None:
    text = json.dumps({"resultUrls": [TWO, ONE]})

    assert read(status_data(state, resultJson=text)) == Succeeded((TWO, ONE), text)


@pytest.mark.parametrize(
    "result",
    [
        json.dumps(json.dumps({"resultUrls": [ONE]})),
        {"resultUrls": [ONE]},
        json.dumps([ONE]),
        [ONE],
        json.dumps({"resultUrls": [ONE], "more": None}),
    ],
    ids=["wrapped twice", "an object", "a list", "a bare list", "more fields"],
)
def test_a_result_wrapped_otherwise_is_read_all_the_same(result: Any) -> None:
    report = read(success(result))

    assert isinstance(report, Succeeded)
    assert report.urls == (ONE,)
    assert ONE in report.raw_result


@pytest.mark.parametrize(
    ("result", "kept"),
    [
        ('{"resultUrls": ["htt', '{"resultUrls": ["htt'),
        ("{}", "{}"),
        ('{"resultUrls": []}', '{"resultUrls": []}'),
        ('{"resultUrls": null}', '{"resultUrls": null}'),
        (f'{{"resultUrls": "{ONE}"}}', f'{{"resultUrls": "{ONE}"}}'),
        ("", ""),
        ("null", "null"),
        (None, "null"),
        (7, "7"),
        ({"urls": [ONE, True]}, f'{{"urls": ["{ONE}", true]}}'),
        ("[" * 100_000, "[" * 100_000),
        ("9" * 5000, "9" * 5000),
        (
            '{"resultUrls": ["/files/1.jpg", "ftp://x/1.jpg", 7]}',
            '{"resultUrls": ["/files/1.jpg", "ftp://x/1.jpg", 7]}',
        ),
    ],
)
def test_a_success_without_a_readable_link_keeps_its_raw_text(result: Any, kept: str) -> None:
    assert read(success(result)) == Unreadable(kept)


def test_a_success_with_no_result_at_all_is_unreadable() -> None:
    assert read(status_data("success")) == Unreadable("null")


@pytest.mark.parametrize(
    ("urls", "kept"),
    [
        ([ONE, TWO, ONE], (ONE, TWO)),
        ([f" {ONE}\n"], (ONE,)),
        ([7, None, {"url": ONE}, ["x"], ONE], (ONE,)),
        (["/files/1.jpg", "//r2.example/1.jpg", "data:image/png;base64,x", "file:///etc/passwd", ONE], (ONE,)),
        (["HTTPS://R2.example/1.jpg"], ("HTTPS://R2.example/1.jpg",)),
    ],
)
def test_only_absolute_links_count_and_each_of_them_once(urls: list[Any], kept: tuple[str, ...]) -> None:
    report = read(results(urls))

    assert isinstance(report, Succeeded)
    assert report.urls == kept


def test_a_flood_of_links_is_cut_at_64() -> None:
    report = read(results([f"{ONE}?copy={n}" for n in range(1000)]))

    assert isinstance(report, Succeeded)
    assert len(report.urls) == MAX_RESULT_URLS == 64
    assert report.urls[0] == f"{ONE}?copy=0"


@pytest.mark.parametrize("times", [-1, 1e30, "yesterday", 1.5, None, 2**65])
def test_absurd_times_change_nothing(times: Any) -> None:
    reply = status_data("success", resultJson=json.dumps([ONE]), createTime=times, completeTime=times, costTime=times)

    assert isinstance(read(reply), Succeeded)


@pytest.mark.parametrize(
    ("code", "message", "kind"),
    [
        ("NSFW_DETECTED", "unsafe", FailureKind.MODERATION),
        ("NEVER_HEARD_OF", "", FailureKind.UNSORTED),
        ("X", "<b>bold</b>", FailureKind.UNSORTED),
    ],
)
def test_a_failure_keeps_its_code_and_message_to_the_letter(code: str, message: str, kind: FailureKind) -> None:
    report = read(status_data("FAILED", failCode=code, failMsg=message))

    assert isinstance(report, FailedAtService)
    assert (report.failure.kind, report.failure.code, report.failure.message) == (kind, code, message)


@pytest.mark.parametrize(("code", "message"), [(None, None), (7, ["x"]), ({}, "m" * 1_000_000)])
def test_a_failure_of_any_shape_is_a_failure(code: Any, message: Any) -> None:
    report = read(status_data("failed", failCode=code, failMsg=message))

    assert isinstance(report, FailedAtService)
    assert report.failure.message == ("" if message is None else str(message))


@pytest.mark.parametrize(
    ("reply", "error"),
    [
        (envelope(None), TaskNotFoundError),
        (raw('{"code": 200, "message": "success"}'), TaskNotFoundError),
        (envelope(None, 404, "Unknown task"), TaskNotFoundError),
        (envelope(None, 404, "Unknown task", 404), TaskNotFoundError),
        (raw("<html>", 404), TaskNotFoundError),
        (envelope(None, 401), KeyRefusedError),
        (raw("", 401), KeyRefusedError),
        (envelope(None, 429), BusyError),
        (raw("", 429), BusyError),
        (envelope(None, 500), UnreachableError),
        (envelope(None, 403), UnreachableError),
        (raw("", 502), UnreachableError),
        (status_data("success"), None),
        (raw(status_data("failed").body, 502), UnreachableError),
        (raw("<html>a portal</html>"), UnreachableError),
        (raw(""), UnreachableError),
        (raw("[]"), UnreachableError),
        (raw("", 302), UnreachableError),
        (raw(status_data("success").body[:-10]), UnreachableError),
    ],
)
def test_a_reply_that_is_no_report_is_an_error_of_ours(reply: RawReply, error: type[ServiceError] | None) -> None:
    if error is None:
        assert isinstance(read(reply), Unreadable)
        return
    with pytest.raises(ServiceError) as caught:
        read(reply)

    assert type(caught.value) is error


def test_a_busy_service_says_how_long_to_wait() -> None:
    with pytest.raises(BusyError) as caught:
        read(raw("", 429, "12"))

    assert caught.value.retry_after_s == 12


@pytest.mark.parametrize("other", ["f" * 32, "", 7, TASK_ID.upper()])
def test_a_reply_about_another_task_is_not_believed(other: Any) -> None:
    with pytest.raises(UnreachableError):
        read(envelope({"taskId": other, "state": "success", "resultJson": json.dumps([ONE])}))


@given(st.binary(), HTTP)
def test_any_bytes_give_a_report_or_an_error_of_ours(body: bytes, http_status: int) -> None:
    with suppress(ServiceError):
        assert isinstance(read(raw(body, http_status)), Working | Succeeded | Unreadable | FailedAtService)


@given(JSON, JSON, JSON, JSON, CODES)
def test_any_status_reply_gives_a_report_or_an_error_of_ours(
    state: Any, result: Any, fail_code: Any, fail_message: Any, code: Any
) -> None:
    for word in (state, "success", "failed"):
        data = {
            "taskId": TASK_ID,
            "state": word,
            "resultJson": result,
            "failCode": fail_code,
            "failMsg": fail_message,
        }
        try:
            report = read(envelope(data, code))
        except ServiceError:
            continue
        if isinstance(report, Succeeded):
            assert 1 <= len(report.urls) <= MAX_RESULT_URLS
            assert all(url.lower().startswith(("http://", "https://")) for url in report.urls)


@pytest.mark.parametrize(
    ("data", "dollars"), [(74.87, "74.87"), (0, "0"), (100, "100"), ("74.87", "74.87"), (-0.5, "-0.5"), (1e-7, "1E-7")]
)
def test_the_balance_is_a_bare_number(data: Any, dollars: str) -> None:
    assert str(read_balance(envelope(data))) == dollars


NO_SUMS = [
    "null",
    "true",
    '"many"',
    '""',
    "[]",
    '{"balance": 1}',
    '"NaN"',
    '"sNaN"',
    "NaN",
    "Infinity",
    "1e400",
    "1e300",
]
TOO_LONG = ["9" * 5000, '"1e999999"']


@pytest.mark.parametrize("body", [*(f'{{"code": 200, "data": {data}}}' for data in NO_SUMS + TOO_LONG), "<html>", ""])
def test_a_balance_that_is_no_sum_of_money_is_an_error_of_ours(body: str) -> None:
    with pytest.raises(UnreachableError):
        read_balance(raw(body))


def test_a_refused_key_shows_in_the_balance_call() -> None:
    for reply in (raw("", 401), envelope(None, 401)):
        with pytest.raises(KeyRefusedError):
            read_balance(reply)


@given(JSON, CODES, HTTP)
def test_any_balance_reply_gives_a_sum_or_an_error_of_ours(data: Any, code: Any, http_status: int) -> None:
    try:
        amount = read_balance(envelope(data, code, http_status=http_status))
    except ServiceError:
        return
    assert amount.is_finite()


def test_when_the_service_made_a_task_is_told_in_milliseconds() -> None:
    made_at = datetime(2026, 11, 20, 12, 0, 0, 500_000, tzinfo=UTC)
    for reply in (
        status_data("processing", createTime=1795176000500),
        status_data("failed", createTime=1795176000500),
        status_data("success", resultJson="[]", createTime=1795176000500.0),
        success_at(1795176000500),
    ):
        assert read_status(reply, ServiceTaskId(TASK_ID)).created_at == made_at


def success_at(created_ms: int) -> RawReply:
    return status_data("success", resultJson=json.dumps([ONE]), createTime=created_ms)


@pytest.mark.parametrize("told", [None, True, "1795176000500", -1, 0, 1795176000, 1e30, 2**65, [], {}])
def test_a_time_that_is_none_is_not_told(told: Any) -> None:
    assert read_status(status_data("processing", createTime=told), ServiceTaskId(TASK_ID)).created_at is None
