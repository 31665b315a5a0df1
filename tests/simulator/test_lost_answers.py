"""Submits whose answer is lost, late or never read, seen on the wire by a client or a bare socket."""

from __future__ import annotations

import json
import socket
import time
from typing import Any

import httpx
import pytest

from tests.simulator.talk import Talk, fault, last_submit, request


@pytest.mark.parametrize(
    ("do", "error"),
    [
        ({"drop_after_body": True}, httpx.RemoteProtocolError),
        ({"rst_after_body": True}, httpx.ReadError),
        ({"partial_head": True}, httpx.RemoteProtocolError),
        ({"garbage": True}, httpx.RemoteProtocolError),
        ({"cut": {"at": 0.5, "how": "length"}}, httpx.RemoteProtocolError),
        ({"cut": {"at": 0.5, "how": "chunked"}}, httpx.RemoteProtocolError),
        ({"cut": {"at": 0.5, "reset": True}}, httpx.HTTPError),
        ({"content_length": "longer"}, httpx.RemoteProtocolError),
        ({"content_length": "two"}, httpx.RemoteProtocolError),
        ({"content_length": "negative"}, httpx.RemoteProtocolError),
        ({"encoding": "bad"}, httpx.DecodingError),
    ],
    ids=str,
)
def test_a_lost_answer_to_a_billed_submit(talk: Talk, do: dict[str, Any], error: type[Exception]) -> None:
    fault(talk, "generate", do)

    with pytest.raises(error):
        talk.post(request(max_images=3))

    submit = last_submit(talk)
    assert (submit["billed"], submit["complete"]) == (3, True)
    assert talk.finished(submit["task_id"])["state"] == "success"


def test_a_dropped_answer_is_not_answered_and_a_whole_one_is(talk: Talk) -> None:
    talk.submit("first")
    answered = last_submit(talk)["answered"]
    with pytest.raises(httpx.RemoteProtocolError):
        talk.post(request("second [drop-after-body]"))

    assert answered is True
    assert last_submit(talk)["answered"] is False


def test_a_fault_can_be_told_not_to_bill(talk: Talk) -> None:
    fault(talk, "generate", {"drop_after_body": True, "bill": False})

    with pytest.raises(httpx.RemoteProtocolError):
        talk.post(request())

    assert (last_submit(talk)["billed"], last_submit(talk)["task_id"]) == (0, None)


@pytest.mark.parametrize("do", [{"drop_before_reading": True}, {"rst_before_reading": True}], ids=str)
def test_a_submit_that_is_never_read_stays_incomplete_and_unbilled(talk: Talk, do: dict[str, Any]) -> None:
    fault(talk, "generate", do)

    with pytest.raises(httpx.HTTPError):
        talk.post(request())

    submit = last_submit(talk)
    assert (submit["complete"], submit["billed"], submit["answered"]) == (False, 0, False)


def test_a_connection_that_dies_in_the_middle_of_a_large_body(talk: Talk) -> None:
    fault(talk, "generate", {"stall_reading": 0.1})

    with pytest.raises(httpx.HTTPError):
        talk.post(request("x" * 20_000_000))

    assert last_submit(talk)["complete"] is False


def test_half_a_submit_is_in_the_ledger_as_incomplete(talk: Talk) -> None:
    head = "POST /api/v1/generateTask/seedream-4-5 HTTP/1.1\r\nHost: x\r\nContent-Length: 1000\r\n\r\n"
    with socket.create_connection(("127.0.0.1", talk.simulator.port)) as peer:
        peer.sendall(head.encode() + b'{"input": ')
        time.sleep(0.1)
        arrived = last_submit(talk)

    assert (arrived["complete"], arrived["prompt"], arrived["billed"]) == (False, None, 0)


def test_a_reset_is_a_real_reset(talk: Talk) -> None:
    fault(talk, "balance", {"rst_after_body": True})

    with pytest.raises(ConnectionResetError):
        talk.raw_get("/api/v1/apikeys/current-balance")


def test_a_hanging_submit_is_answered_late_or_never(talk: Talk) -> None:
    fault(talk, "generate", {"hang": 0.3})
    start = time.monotonic()
    late = talk.post(request()).status_code
    took_s = time.monotonic() - start
    fault(talk, "generate", {"hang": True})
    with pytest.raises(httpx.ReadTimeout):
        talk.http.post(talk.simulator.url + "/generateTask/seedream-4-5", json=request(), timeout=0.3)

    assert late == 200
    assert took_s >= 0.3
    assert last_submit(talk)["billed"] == 1


def test_no_length_and_an_early_end_looks_like_a_whole_reply(talk: Talk) -> None:
    fault(talk, "generate", {"cut": {"at": 0.4, "how": "close"}})

    raw = talk.raw_submit("dunes")

    head, _, body = raw.partition(b"\r\n\r\n")
    assert b"content-length" not in head.lower()
    assert body.startswith(b'{"code": 200')
    assert not body.endswith(b"}")


def test_endless_100_continue(talk: Talk) -> None:
    fault(talk, "generate", {"endless_continue": 0.02})

    with socket.create_connection(("127.0.0.1", talk.simulator.port), timeout=2) as peer:
        body = json.dumps(request()).encode()
        head = "POST /api/v1/generateTask/seedream-4-5 HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer k\r\n"
        peer.sendall(f"{head}Content-Length: {len(body)}\r\n\r\n".encode() + body)
        received = b""
        while received.count(b"100 Continue") < 5:
            received += peer.recv(4096)

    assert b" 200 " not in received


def test_a_dripping_reply_comes_a_byte_at_a_time(talk: Talk) -> None:
    fault(talk, "balance", {"drip": 0.01})

    start = time.monotonic()
    reply = talk.http.get(talk.simulator.url + "/apikeys/current-balance")

    assert reply.json()["code"] == 200
    assert time.monotonic() - start > 0.01 * len(reply.content)


def test_every_submit_tells_its_connection(talk: Talk) -> None:
    with httpx.Client(headers={"Authorization": "Bearer k"}, trust_env=False) as kept_alive:
        for _ in range(2):
            kept_alive.post(talk.simulator.url + "/generateTask/seedream-4-5", json=request())
    talk.submit()

    first, second, third = talk.simulator.submits()[-3:]
    assert first["connection"] == second["connection"] != third["connection"]
    assert (first["nth_on_connection"], second["nth_on_connection"], third["nth_on_connection"]) == (1, 2, 1)


def test_the_second_request_of_a_connection_can_be_cut_off(talk: Talk) -> None:
    fault(talk, "generate", {"drop_before_reading": True}, match={"connection_request": 2})

    with httpx.Client(headers={"Authorization": "Bearer k"}, trust_env=False) as kept_alive:
        first = kept_alive.post(talk.simulator.url + "/generateTask/seedream-4-5", json=request())
        # A connection that is ended with bytes unread is ended by a reset, if they have come by then.
        with pytest.raises((httpx.RemoteProtocolError, httpx.NetworkError)):
            kept_alive.post(talk.simulator.url + "/generateTask/seedream-4-5", json=request())

    assert first.status_code == 200
    cut_off = last_submit(talk)
    assert (cut_off["nth_on_connection"], cut_off["complete"], cut_off["billed"]) == (2, False, 0)
