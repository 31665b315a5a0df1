"""No reply whatever breaks the reading of the paid call, loses a task id, or turns a 5xx into "not billed"."""

from __future__ import annotations

import json
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from seedream_desktop.api.submission import read_submission
from seedream_desktop.ports.service import Accepted, KeyTurnedDown, Postponed, Refused, Unclear
from tests.api.replies import TASK_ID, raw

HTTP = st.one_of(
    st.sampled_from([200, 201, 302, 400, 401, 402, 403, 404, 408, 429, 500, 502, 503]), st.integers(100, 599)
)
CODES = st.one_of(HTTP, HTTP.map(str), HTTP.map(float), st.none(), st.integers(), st.floats(), st.text(max_size=5))
JSON: st.SearchStrategy[Any] = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=10), inner, max_size=4),
    max_leaves=12,
)
TASK_IDS = st.text(st.sampled_from("0123456789abcdef-_.:"), min_size=1, max_size=200)
NOT_BILLED = (Refused, Postponed, KeyTurnedDown)


def is_5xx(code: Any) -> bool:
    return isinstance(code, int | float) and 500 <= code < 600


@given(st.binary(), HTTP, st.text(max_size=20))
def test_any_bytes_are_read_without_an_error(body: bytes, http_status: int, retry_after: str) -> None:
    outcome = read_submission(raw(body, http_status, retry_after))

    assert isinstance(outcome, Accepted | Unclear | Refused | Postponed | KeyTurnedDown)
    if http_status >= 500:
        assert isinstance(outcome, Unclear)


@given(JSON, CODES, JSON, HTTP)
def test_any_json_is_read_without_an_error(data: Any, code: Any, message: Any, http_status: int) -> None:
    body = json.dumps({"code": code, "message": message, "data": data})

    outcome = read_submission(raw(body, http_status))

    if http_status >= 500 or is_5xx(code):
        assert not isinstance(outcome, NOT_BILLED)


@given(TASK_IDS, CODES, st.dictionaries(st.text(max_size=10), JSON, max_size=3), HTTP)
def test_a_task_id_is_never_lost(task_id: str, code: Any, more: dict[str, Any], http_status: int) -> None:
    body = json.dumps({"code": code, "data": {**more, "taskId": task_id}})

    outcome = read_submission(raw(body, http_status))

    assert isinstance(outcome, Accepted | Unclear)
    assert (outcome.task_id if isinstance(outcome, Accepted) else outcome.candidate) == task_id


@given(st.integers(0, 200), HTTP)
def test_a_reply_cut_anywhere_never_yields_another_task_id(end: int, http_status: int) -> None:
    whole = json.dumps({"code": 200, "message": "success", "data": {"taskId": TASK_ID, "state": "pending"}})
    cut = whole[:end]

    outcome = read_submission(raw(cut, http_status))

    if f'"{TASK_ID}"' in cut:
        assert isinstance(outcome, Accepted | Unclear)
        assert (outcome.task_id if isinstance(outcome, Accepted) else outcome.candidate) == TASK_ID
    else:
        assert not isinstance(outcome, Accepted)
        assert getattr(outcome, "candidate", None) is None
