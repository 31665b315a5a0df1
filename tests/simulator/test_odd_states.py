"""Status replies that stretch or break what the pages say."""

from __future__ import annotations

import json
import time
from typing import Any

import pytest

from tests.simulator.talk import Talk, fault, links_of


def test_states_can_be_strange_scripted_or_stuck(talk: Talk) -> None:
    task_id = talk.submit()
    talk.finished(task_id)
    fault(talk, "status", {"states": ["success", "processing", "failed", 7]})
    seen = [talk.status(task_id).json()["data"] for _ in range(5)]

    assert [data["state"] for data in seen] == ["success", "processing", "failed", 7, 7]
    assert "resultJson" in seen[0]
    assert seen[2]["failCode"] == "GENERATION_FAILED"


def test_the_links_of_a_success_that_is_told_early_lead_to_the_pictures(talk: Talk) -> None:
    fault(talk, "status", {"states": ["success"]})
    task_id = talk.submit(max_images=4, resolution="4K")

    last = links_of(talk.status(task_id).json()["data"])[-1]

    assert talk.http.get(last).status_code == 200


def test_words_make_a_task_stuck_slow_or_strangely_named(talk: Talk) -> None:
    stuck, strange = talk.submit("[stuck] [state:processing_r2]"), talk.submit("[slow] [state:QUEUED]")
    time.sleep(0.3)

    assert talk.status(stuck).json()["data"]["state"] == "processing_r2"
    assert talk.status(strange).json()["data"]["state"] == "QUEUED"
    assert talk.finished(strange)["state"] == "success"


def test_a_task_fails_with_the_code_that_was_asked_for(talk: Talk) -> None:
    for code in ("CONTENT_VIOLATION", "SensitiveContentDetected"):
        data = talk.finished(talk.submit(f"dunes [fail:{code}]"))
        assert (data["state"], data["failCode"]) == ("failed", code)
        assert len(data["failMsg"]) > 10
        assert "resultJson" not in data


RESULTS: dict[str, Any] = {
    "object": dict,
    "null": type(None),
    "number": int,
    "no-key": "{}",
    "no-urls": '{"resultUrls": []}',
    "empty": "",
}


@pytest.mark.parametrize(("variant", "expected"), RESULTS.items(), ids=list(RESULTS))
def test_results_of_the_wrong_form(talk: Talk, variant: str, expected: Any) -> None:
    task_id = talk.submit()
    talk.finished(task_id)
    fault(talk, "status", {"result_json": variant})

    result = talk.status(task_id).json()["data"]["resultJson"]

    assert result == expected or type(result) is expected


def test_results_that_cannot_be_parsed_or_need_it_twice_more(talk: Talk) -> None:
    task_id = talk.submit()
    talk.finished(task_id)
    fault(talk, "status", {"result_json": "malformed"})
    with pytest.raises(ValueError, match=r"."):
        json.loads(talk.status(task_id).json()["data"]["resultJson"])
    fault(talk, "status", {"result_json": "double"})
    double = json.loads(talk.status(task_id).json()["data"]["resultJson"])
    fault(talk, "status", {"result_json": "missing"})

    assert json.loads(double)["resultUrls"]
    assert "resultJson" not in talk.status(task_id).json()["data"]


def test_links_more_fewer_twice_relative_or_no_links_at_all(talk: Talk) -> None:
    task_id = talk.submit(max_images=2)
    good = links_of(talk.finished(task_id))

    def links(variant: object) -> list[Any]:
        fault(talk, "status", {"urls": variant})
        return links_of(talk.status(task_id).json()["data"])

    assert len(links("more")) == 4
    assert links("fewer") == good[:1]
    assert links("duplicates") == good + good
    assert links("relative")[0].startswith("/files/")
    assert 7 in links("not-text")
    assert len(links("thousand")) == 1000
    assert links(["https://a.example/x"]) == ["https://a.example/x"]


def test_other_ids_times_and_messages_in_a_status(talk: Talk) -> None:
    task_id = talk.submit()
    talk.finished(task_id)

    def data(**do: Any) -> Any:
        fault(talk, "status", do)
        return talk.status(task_id).json()["data"]

    assert data(other_task_id=True)["taskId"] != task_id
    assert data(times="negative")["createTime"] == -1
    assert data(data_null=True) is None
    assert len(data(state="failed", fail_code="WHAT", fail_message="1MB")["failMsg"]) > 1_000_000
    assert "<b>" in data(state="failed", fail_message="html")["failMsg"]
    assert "createTime" not in data(without=["createTime"])


def test_a_fault_of_the_answer_leaves_a_refusal_alone(talk: Talk) -> None:
    fault(talk, "status", {"state": "success"})

    assert talk.status("0" * 32).status_code == 404
