"""Submits that are answered in ways no page promises."""

from __future__ import annotations

import gzip
import json
from typing import Any

import pytest

from tests.simulator.talk import Talk, fault, last_submit, request


@pytest.mark.parametrize("status", [400, 401, 402, 403, 404, 408, 413, 415, 422, 429, 500, 502, 503, 504])
@pytest.mark.parametrize("body", ["json", "html", "empty"])
def test_refusals_of_every_status_and_body(talk: Talk, status: int, body: str) -> None:
    fault(talk, "generate", {"status": status, "body": body})

    reply = talk.post(request())

    assert reply.status_code == status
    assert {"json": reply.content[:1] == b"{", "html": b"<html>" in reply.content, "empty": not reply.content}[body]
    assert last_submit(talk)["billed"] == 0


def test_a_code_inside_http_200(talk: Talk) -> None:
    fault(talk, "generate", {"status": 200, "code": 400, "message": "Insufficient credits"})

    reply = talk.post(request())

    assert (reply.status_code, reply.json()["code"]) == (200, 400)
    assert reply.json()["data"] == {"error": "Insufficient credits"}
    assert last_submit(talk)["billed"] == 0


@pytest.mark.parametrize("status", [201, 502])
def test_an_odd_status_with_a_good_task_id(talk: Talk, status: int) -> None:
    fault(talk, "generate", {"status": status, "bill": True})

    reply = talk.post(request())

    assert reply.status_code == status
    assert talk.status(reply.json()["data"]["taskId"]).status_code == 200
    assert last_submit(talk)["billed"] == 1


@pytest.mark.parametrize("value", [7, "Wed, 21 Oct 2026 07:28:00 GMT", -1, 99999999, "abc"])
def test_retry_after_of_every_kind(talk: Talk, value: object) -> None:
    fault(talk, "generate", {"code": 429, "retry_after": value})

    reply = talk.post(request())

    assert (reply.status_code, reply.headers["retry-after"]) == (429, str(value))


TASK_IDS: dict[str, Any] = {
    "null": None,
    "empty": "",
    "number": 12345,
    "newline": "abc\ndef",
    "dots": "../../statusTask",
}


@pytest.mark.parametrize("variant", [*TASK_IDS, "missing", "10kB"])
def test_spoilt_task_ids_are_billed(talk: Talk, variant: str) -> None:
    fault(talk, "generate", {"task_id": variant})

    data = talk.post(request()).json()["data"]

    if variant == "missing":
        assert "taskId" not in data
    elif variant == "10kB":
        assert len(data["taskId"]) == 10_000
    else:
        assert data["taskId"] == TASK_IDS[variant]
    assert last_submit(talk)["billed"] == 1


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
@pytest.mark.parametrize("target", ["same", "other", "http", "file", "loopback"])
def test_redirects_of_every_kind(talk: Talk, status: int, target: str) -> None:
    fault(talk, "generate", {"redirect": {"status": status, "to": target}})

    reply = talk.post(request())

    starts = {
        "same": talk.simulator.root,
        "other": "https://elsewhere.invalid",
        "http": "http://elsewhere.invalid",
        "file": "file:",
        "loopback": "http://127.0.0.1:9/",
    }
    assert reply.status_code == status
    assert reply.headers["location"].startswith(starts[target])
    assert last_submit(talk)["billed"] == 0


POISONS = {
    "nesting": RecursionError,
    "nesting-inside": RecursionError,
    "long-int": ValueError,
    "cut": ValueError,
    "bom": ValueError,
    "not-utf-8": ValueError,
}


@pytest.mark.parametrize(("variant", "error"), POISONS.items(), ids=list(POISONS))
def test_json_that_a_parser_chokes_on(talk: Talk, variant: str, error: type[Exception]) -> None:
    fault(talk, "generate", {"poison": variant})

    content = talk.post(request()).content

    with pytest.raises(error):
        json.loads(content.decode())


def test_json_that_a_parser_swallows_and_regrets(talk: Talk) -> None:
    def poisoned(variant: str) -> Any:
        fault(talk, "generate", {"poison": variant})
        return json.loads(talk.post(request()).content)

    assert poisoned("nan")["more"] != poisoned("nan")["more"]
    assert "\ud800" in poisoned("surrogate")["message"]
    assert poisoned("big-int")["createTime"] > 2**64
    assert poisoned("duplicate-keys")["code"] == 200
    assert [type(poisoned(v)) for v in ("list", "string", "number", "null")] == [list, str, int, type(None)]
    assert poisoned("utf-16")["code"] == 200


def test_huge_replies_and_gzip_bombs(talk: Talk) -> None:
    fault(talk, "generate", {"huge": 3_000_000})
    huge = talk.post(request()).content
    fault(talk, "generate", {"encoding": "bomb"})
    bomb = talk.raw_submit("dunes")
    fault(talk, "generate", {"encoding": "twice"})
    twice = talk.raw_submit("dunes")

    assert len(huge) == pytest.approx(3_000_000, rel=0.01)
    assert len(bomb) < 1_000_000
    assert b"content-encoding: gzip\r\n" in bomb
    assert json.loads(gzip.decompress(gzip.decompress(twice.split(b"\r\n\r\n", 1)[1])))["code"] == 200
