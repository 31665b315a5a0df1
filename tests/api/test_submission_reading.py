"""What a reply to the paid call means for the money."""

from __future__ import annotations

import json
from itertools import product
from typing import Any

import pytest

from seedream_desktop.api.submission import read_submission
from seedream_desktop.domain.failure import FailureKind
from seedream_desktop.domain.task import ServiceTaskId
from seedream_desktop.ports.service import Accepted, KeyTurnedDown, Postponed, RawReply, Refused, Submission, Unclear
from seedream_desktop.sentences import failure_sentence
from tests.api.replies import TASK_ID, envelope, raw

HTML = "<html><body>Please log in</body></html>"
OUTCOMES: dict[int, type] = {
    301: Refused,
    302: Refused,
    303: Refused,
    307: Refused,
    308: Refused,
    400: Refused,
    401: KeyTurnedDown,
    402: Refused,
    403: Refused,
    404: Refused,
    408: Unclear,
    409: Unclear,
    413: Refused,
    415: Refused,
    422: Refused,
    425: Unclear,
    429: Postponed,
    499: Unclear,
    500: Unclear,
    502: Unclear,
    503: Unclear,
    504: Unclear,
    599: Unclear,
}
# An envelope's code in a reply of HTTP 200; redirects do not exist there.
INNER = {code: kind for code, kind in OUTCOMES.items() if code >= 400}
ACCEPTED = json.dumps({"code": 200, "message": "success", "data": {"taskId": TASK_ID}})


def candidate(outcome: Submission) -> ServiceTaskId | None:
    assert isinstance(outcome, Unclear)
    return outcome.candidate


def test_a_task_id_in_a_sound_reply_is_the_acceptance() -> None:
    assert read_submission(raw(ACCEPTED)) == Accepted(ServiceTaskId(TASK_ID))


@pytest.mark.parametrize("body", ["", "null", "{}", HTML, "json", '{"code":'])
@pytest.mark.parametrize(("http_status", "kind"), OUTCOMES.items())
def test_the_status_line_decides_when_the_body_is_junk(http_status: int, kind: type, body: str) -> None:
    if body == "json":
        body = json.dumps({"code": http_status, "message": "no", "data": None})

    assert type(read_submission(raw(body, http_status))) is kind


@pytest.mark.parametrize("data", [None, {}, {"error": "no"}, "text", []])
@pytest.mark.parametrize(("code", "kind"), INNER.items())
def test_the_envelopes_code_decides_under_http_200(code: int, kind: type, data: Any) -> None:
    assert type(read_submission(envelope(data, code, "no"))) is kind


@pytest.mark.parametrize("code", ["401", 401.0])
def test_a_code_written_as_text_or_with_a_point_is_still_a_code(code: Any) -> None:
    assert isinstance(read_submission(envelope(None, code)), KeyTurnedDown)


@pytest.mark.parametrize(
    ("http_status", "code"), list(product([200, 302, 400, 401, 402, 429], [500, 502, "503", 504.0]))
)
def test_a_5xx_inside_leaves_the_outcome_open_whatever_stands_outside(http_status: int, code: Any) -> None:
    assert isinstance(read_submission(envelope(None, code, http_status=http_status)), Unclear)


@pytest.mark.parametrize(("http_status", "code"), list(product([500, 502, 503, 504], [None, 200, 400, 401, 402, 429])))
def test_a_5xx_outside_leaves_the_outcome_open_whatever_stands_inside(http_status: int, code: Any) -> None:
    assert isinstance(read_submission(envelope(None, code, http_status=http_status)), Unclear)


@pytest.mark.parametrize("code", [200, None, 0, 1, -1, 201, 302, True, "ok", 1.5, 10**30, [], {}])
def test_a_200_that_holds_neither_a_task_id_nor_a_refusal_is_unclear(code: Any) -> None:
    outcome = read_submission(envelope({}, code))

    assert isinstance(outcome, Unclear)
    assert outcome.candidate is None


@pytest.mark.parametrize("body", ["", HTML, "null", "[]", "7", '"text"', "{}", '{"data": null}', '{"code": 200}'])
def test_a_200_of_anything_else_is_unclear(body: str) -> None:
    assert candidate(read_submission(raw(body))) is None


@pytest.mark.parametrize(
    "task_id",
    [
        None,
        "",
        " ",
        12345,
        True,
        ["a"],
        {"id": "a"},
        "a" * 201,
        "a" * 10_000,
        "abc\ndef",
        'a"b',
        "a'b",
        "../../statusTask",
        "a\\b",
        "<b>",
        "a b",
        "a\0b",
        "a\u202eb",
        "задача",
        chr(0xD800),
    ],
)
def test_a_task_id_of_another_shape_is_no_task_id(task_id: Any) -> None:
    assert candidate(read_submission(envelope({"taskId": task_id}))) is None


def test_a_reply_without_its_task_id_is_unclear() -> None:
    assert candidate(read_submission(envelope({"other": "x"}))) is None


@pytest.mark.parametrize("task_id", ["a", TASK_ID, "a" * 200, "task-1_2.3:4", "!#$%&()*+,-.:;=?@[]^_`{|}~"])
def test_any_printable_text_of_1_to_200_characters_is_a_task_id(task_id: str) -> None:
    assert read_submission(envelope({"taskId": task_id})) == Accepted(ServiceTaskId(task_id))


@pytest.mark.parametrize("reply", [raw(ACCEPTED, status) for status in (201, 202, 204, 302, 400, 401, 429, 500, 502)])
def test_a_task_id_under_another_status_line_is_left_to_a_free_status_call(reply: RawReply) -> None:
    assert candidate(read_submission(reply)) == TASK_ID


@pytest.mark.parametrize("code", [0, 201, 400, 401, 429, 500, "502"])
def test_a_task_id_beside_another_code_is_left_to_a_free_status_call(code: Any) -> None:
    assert candidate(read_submission(envelope({"taskId": TASK_ID}, code))) == TASK_ID


def test_a_task_id_needs_no_code_beside_it() -> None:
    assert read_submission(raw(f'{{"data": {{"taskId": "{TASK_ID}"}}}}')) == Accepted(ServiceTaskId(TASK_ID))


LONG = json.dumps({"code": 200, "data": {"taskId": TASK_ID, "state": "pending", "createTime": 1}})


@pytest.mark.parametrize(
    "end", [len(LONG) - 1, LONG.index('"createTime'), LONG.index('"state": "pen') + 14, LONG.index('", "state') + 1]
)
def test_a_reply_cut_behind_the_task_id_still_yields_it(end: int) -> None:
    assert candidate(read_submission(raw(LONG[:end]))) == TASK_ID


def test_a_reply_without_spaces_cut_behind_the_task_id_still_yields_it() -> None:
    tight = json.dumps({"code": 200, "data": {"taskId": TASK_ID, "state": "pending"}}, separators=(",", ":"))

    for end in range(tight.index(TASK_ID) + len(TASK_ID) + 1, len(tight)):
        assert candidate(read_submission(raw(tight[:end]))) == TASK_ID


@pytest.mark.parametrize("end", [0, 1, LONG.index('"taskId'), LONG.index(TASK_ID), LONG.index('", "state')])
def test_a_reply_cut_before_or_inside_the_task_id_yields_none(end: int) -> None:
    assert candidate(read_submission(raw(LONG[:end]))) is None


@pytest.mark.parametrize(
    "body",
    [
        f'{{"code": 200, "taskId": "{TASK_ID}"}}',
        f'[{{"code": 200, "data": {{"taskId": "{TASK_ID}"}}}}]',
        f'{{"code": 200, "data": [{{"taskId": "{TASK_ID}"}}]}}',
        f'{{"code": 200, "data": {{"task": {{"taskId":"{TASK_ID}"}}}}}}',
        f'{{"data": {{"taskId": "{TASK_ID}"}}, "data": null}}',
        f'{{"data": {{"taskId": "{TASK_ID}"}}, "more": {"[" * 100_000}{"]" * 100_000}}}',
        f'{{"data": {{"taskId" : "{TASK_ID}"}}}} and a few words',
    ],
)
def test_a_task_id_in_an_odd_place_is_not_lost(body: str) -> None:
    assert candidate(read_submission(raw(body))) == TASK_ID


def test_two_task_ids_in_a_broken_reply_are_none() -> None:
    assert candidate(read_submission(raw('{"data": [{"taskId": "one"}, {"taskId": "two"}]'))) is None


def test_a_task_id_quoted_inside_a_text_is_not_taken_for_one() -> None:
    outcome = read_submission(envelope({"error": 'your prompt "taskId": "fox" is odd'}, 400, http_status=400))

    assert isinstance(outcome, Refused)


@pytest.mark.parametrize(
    "encode", [str.encode, lambda text: text.encode("utf-8-sig"), lambda text: text.encode("utf-16")]
)
def test_a_reply_in_any_encoding_of_unicode_is_read(encode: Any) -> None:
    assert read_submission(raw(encode(ACCEPTED))) == Accepted(ServiceTaskId(TASK_ID))


@pytest.mark.parametrize(
    "poison",
    [
        '"more": ' + "9" * 5000,
        '"more": NaN, "less": -Infinity',
        '"message": "half \\ud800"',
        f'"createTime": {2**70}',
        '"x": 1e999',
    ],
)
def test_a_poisoned_reply_with_a_task_id_is_accepted_all_the_same(poison: str) -> None:
    body = f"{{{ACCEPTED[1:-1]}, {poison}}}"

    assert read_submission(raw(body)) == Accepted(ServiceTaskId(TASK_ID))


def test_of_two_equal_keys_the_last_counts() -> None:
    body = f'{{"code": 500, "data": {{"taskId": "first"}}, {ACCEPTED[1:-1]}}}'

    assert read_submission(raw(body)) == Accepted(ServiceTaskId(TASK_ID))


def test_bytes_that_are_no_text_are_unclear_but_keep_the_task_id() -> None:
    body = ACCEPTED.encode()[:-1] + b', "x": "\xff\xfe"}'

    assert candidate(read_submission(raw(body))) == TASK_ID


def test_words_from_the_service_are_whole_text_without_lone_surrogates() -> None:
    outcome = read_submission(raw('{"code": 400, "message": "half \\ud800 pair"}'))

    assert isinstance(outcome, Refused)
    assert outcome.failure.message == "half \ufffd pair"


@pytest.mark.parametrize(
    ("reply", "kind", "message"),
    [
        (envelope({"error": "Insufficient credits"}, 400, "bad"), FailureKind.MONEY, "Insufficient credits"),
        (envelope(None, 402, "Balance too low"), FailureKind.MONEY, "Balance too low"),
        (envelope(None, 400, "max_images must be 1 to 10"), FailureKind.BAD_REQUEST, "max_images must be 1 to 10"),
        (envelope(None, 400, "prompt is required"), FailureKind.PROMPT, "prompt is required"),
        (envelope(None, 400, "image_urls must be public"), FailureKind.REFERENCE, "image_urls must be public"),
        (envelope(None, 403, "Violates the content policy"), FailureKind.MODERATION, "Violates the content policy"),
        (envelope(None, 403, "The key lacks permission"), FailureKind.FORBIDDEN, "The key lacks permission"),
        (envelope(None, 404, "Unknown model"), FailureKind.WRONG_ADDRESS, "Unknown model"),
        (raw('{"error": {"message": "too long"}}', 413), FailureKind.BAD_REQUEST, "too long"),
        (raw('{"error": " bare words "}', 400), FailureKind.BAD_REQUEST, "bare words"),
        (raw(HTML, 302), FailureKind.WRONG_ADDRESS, ""),
        (raw("", 402), FailureKind.MONEY, ""),
    ],
)
def test_a_refusal_says_why_in_the_services_own_words(reply: RawReply, kind: FailureKind, message: str) -> None:
    outcome = read_submission(reply)

    assert isinstance(outcome, Refused)
    assert (outcome.failure.kind, outcome.failure.message) == (kind, message)


@pytest.mark.parametrize("reply", [envelope(None, 429, "slow", 429, "7"), envelope(None, 429, "slow", 200, "7")])
def test_a_postponed_order_says_how_long_to_wait(reply: RawReply) -> None:
    outcome = read_submission(reply)

    assert isinstance(outcome, Postponed)
    assert outcome.retry_after_s == 7


@pytest.mark.parametrize("reply", [raw("", 502), raw(HTML), envelope({}), raw(ACCEPTED, 502), raw(ACCEPTED[:30])])
def test_what_is_unclear_says_that_it_may_have_been_charged(reply: RawReply) -> None:
    outcome = read_submission(reply)

    assert isinstance(outcome, Unclear)
    assert "may have been charged" in failure_sentence(outcome.failure)
