"""Callbacks: whom the service calls, and how often."""

from __future__ import annotations

import time
from typing import Any

from tests.simulator.shelf import Shelf
from tests.simulator.talk import Talk, request


def callback_request(root: str, prompt: str = "dunes") -> dict[str, Any]:
    return {**request(prompt), "request_type": "callback", "callback_url": f"{root}/cb"}


def wait_for(condition: Any, limit_s: float = 8.0) -> None:
    end = time.monotonic() + limit_s
    while not condition():
        assert time.monotonic() < end, "it did not happen in time"
        time.sleep(0.02)


def test_the_final_state_is_posted_and_posted_again_until_it_is_taken(
    talk: Talk, shelf: tuple[str, type[Shelf]]
) -> None:
    root, kind = shelf
    kind.answers += [500, 503]
    before = len(talk.simulator.ledger()["callbacks"])
    task_id = talk.post(callback_request(root)).json()["data"]["taskId"]
    wait_for(lambda: len(kind.posted) == 3)
    wait_for(lambda: len(talk.simulator.ledger()["callbacks"]) == before + 3)

    rows = talk.simulator.ledger()["callbacks"][before:]
    assert {body["data"]["taskId"] for body in kind.posted} == {task_id}
    assert kind.posted[0]["data"]["state"] == "success"
    assert [row["status"] for row in rows] == [500, 503, 200]
    assert rows[2]["at"] - rows[1]["at"] > rows[1]["at"] - rows[0]["at"]


def test_callbacks_can_be_forged_doubled_or_left_out(talk: Talk, shelf: tuple[str, type[Shelf]]) -> None:
    root, kind = shelf
    talk.simulator.set_faults([{"call": "callback", "do": {"forged_task_id": "other", "duplicates": 2}}])
    talk.post(callback_request(root))
    wait_for(lambda: len(kind.posted) == 3)
    silent = talk.post(callback_request(root, "dunes [no-callback]")).json()["data"]["taskId"]
    talk.simulator.set_faults([])
    talk.finished(silent)
    time.sleep(0.2)

    assert [body["data"]["taskId"] for body in kind.posted[:3]] == ["other"] * 3


def test_a_callback_to_another_machine_is_only_noted(talk: Talk) -> None:
    body = {**request(), "request_type": "callback", "callback_url": "https://hooks.invalid/cb"}
    task_id = talk.post(body).json()["data"]["taskId"]
    wait_for(lambda: any(row["task_id"] == task_id for row in talk.simulator.ledger()["callbacks"]))

    (row,) = [row for row in talk.simulator.ledger()["callbacks"] if row["task_id"] == task_id]
    assert (row["status"], row["remark"]) == (None, "not called: not on this machine")


def test_an_early_callback_claims_a_success_that_is_not_there_yet(talk: Talk, shelf: tuple[str, type[Shelf]]) -> None:
    root, kind = shelf
    talk.simulator.set_faults([{"call": "callback", "do": {"early": True}}])
    task_id = talk.post(callback_request(root, "dunes [stuck]")).json()["data"]["taskId"]
    wait_for(lambda: kind.posted)

    assert kind.posted[0]["data"]["state"] == "success"
    assert talk.status(task_id).json()["data"]["state"] in ("pending", "processing")


def test_after_the_fourth_try_the_service_gives_up(talk: Talk, shelf: tuple[str, type[Shelf]]) -> None:
    root, kind = shelf
    kind.answers += [500] * 9
    task_id = talk.post(callback_request(root)).json()["data"]["taskId"]
    wait_for(lambda: len(kind.posted) == 4)
    time.sleep(0.3)

    assert len(kind.posted) == 4
    assert talk.status(task_id).json()["data"]["state"] == "success"
