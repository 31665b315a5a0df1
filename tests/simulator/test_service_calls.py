"""The three calls of the API and the pictures, as a well-behaved client meets them."""

from __future__ import annotations

import io
import itertools
import re
import time
from typing import Any

import httpx
import pytest
from PIL import Image

from tests.simulator.talk import Talk, links_of, picture, request
from tests.simulators import SimulatorProcess

PIXELS = {
    ("2K", "1:1"): (2048, 2048),
    ("2K", "2:3"): (1664, 2496),
    ("2K", "3:2"): (2496, 1664),
    ("2K", "3:4"): (1728, 2304),
    ("2K", "4:3"): (2304, 1728),
    ("2K", "9:16"): (1600, 2848),
    ("2K", "16:9"): (2848, 1600),
    ("2K", "21:9"): (3136, 1344),
    ("4K", "1:1"): (4096, 4096),
    ("4K", "2:3"): (3328, 4992),
    ("4K", "3:2"): (4992, 3328),
    ("4K", "3:4"): (3520, 4704),
    ("4K", "4:3"): (4704, 3520),
    ("4K", "9:16"): (3040, 5504),
    ("4K", "16:9"): (5504, 3040),
    ("4K", "21:9"): (6240, 2656),
}
EDIT = {"mode": "image-to-image", "image_urls": ["https://example.com/a.png"]}


@pytest.mark.parametrize(("shape", "pixels"), PIXELS.items(), ids=["-".join(shape) for shape in PIXELS])
def test_every_shape_has_the_pixels_of_the_table(talk: Talk, shape: tuple[str, str], pixels: tuple[int, int]) -> None:
    (link,) = talk.links(resolution=shape[0], aspect_ratio=shape[1])

    data = talk.http.get(link).content

    assert Image.open(io.BytesIO(data)).size == pixels
    assert Image.open(io.BytesIO(data)).format == "JPEG"


def test_an_explicit_size_is_drawn_as_asked(talk: Talk) -> None:
    (link,) = talk.links(resolution=None, aspect_ratio=None, size="3000x1500")

    assert Image.open(io.BytesIO(talk.http.get(link).content)).size == (3000, 1500)


def test_without_a_ratio_the_model_chooses_a_shape_of_the_table(talk: Talk) -> None:
    (link,) = talk.links(aspect_ratio=None)

    assert Image.open(io.BytesIO(talk.http.get(link).content)).size in PIXELS.values()


def test_the_same_order_again_brings_other_pictures_as_the_model_does(talk: Talk) -> None:
    takes = [talk.http.get(*talk.links("twice the same", max_images=1)).content for _ in range(2)]

    assert takes[0] != takes[1]


def test_a_task_goes_from_pending_over_processing_to_success() -> None:
    with SimulatorProcess(speed=40, options=["--plain-pictures"]) as simulator:
        talk = Talk(simulator)
        task_id = talk.submit(max_images=2)
        seen: list[str] = []
        while not seen or seen[-1] != "success":
            seen.append(talk.status(task_id).json()["data"]["state"])
        talk.close()

    assert re.fullmatch(r"[0-9a-f]{32}", task_id)
    assert [state for state, _ in itertools.groupby(seen)] == ["pending", "processing", "success"]


def test_a_success_carries_links_and_times(talk: Talk) -> None:
    before_ms = time.time() * 1000

    data = talk.finished(talk.submit(max_images=3))

    assert len(set(links_of(data))) == 3
    assert before_ms - 1000 < data["createTime"] < data["completeTime"]
    assert data["costTime"] == pytest.approx(data["completeTime"] - data["createTime"], abs=2)


BROKEN: dict[str, dict[str, Any]] = {
    "no mode": {"mode": None},
    "unknown mode": {"mode": "video"},
    "empty prompt": {"prompt": ""},
    "blank prompt": {"prompt": "  \n"},
    "prompt of 5001 characters": {"prompt": "a" * 5001},
    "prompt that is no text": {"prompt": 7},
    "no count": {"max_images": None},
    "count 0": {"max_images": 0},
    "count 11": {"max_images": 11},
    "count as text": {"max_images": "4"},
    "count as truth": {"max_images": True},
    "resolution 8K": {"resolution": "8K"},
    "ratio 5:4": {"aspect_ratio": "5:4"},
    "sequence on": {"sequential_image_generation": "on"},
    "references in text mode": {"image_urls": ["https://example.com/a.png"]},
    "image mode without references": {"mode": "image-to-image"},
    "no reference in the list": {**EDIT, "image_urls": []},
    "15 references": {**EDIT, "image_urls": ["https://example.com/a.png"] * 15},
    "a local file as reference": {**EDIT, "image_urls": ["file:///tmp/a.png"]},
    "a reference without a host": {**EDIT, "image_urls": ["https:///a.png"]},
    "another optimizer": {"prompt_optimize_mode": "fast"},
    "size beside resolution": {"size": "2K"},
    "size too small": {"resolution": None, "aspect_ratio": None, "size": "1000x1000"},
    "size too long": {"resolution": None, "aspect_ratio": None, "size": "16001x1000"},
}


@pytest.mark.parametrize("given", BROKEN.values(), ids=BROKEN)
def test_a_broken_rule_of_the_request_table_is_refused_and_not_billed(talk: Talk, given: dict[str, Any]) -> None:
    before = talk.balance()

    reply = talk.post(request(**given))

    assert reply.status_code == reply.json()["code"] == 400
    assert len(reply.json()["data"]["error"]) > 10
    assert talk.balance() == before


@pytest.mark.parametrize(
    "change",
    [{"request_type": "push"}, {"request_type": "callback"}, {"provider": "other"}, {"input": None}],
    ids=["unknown request type", "callback without an address", "unknown provider", "no input"],
)
def test_a_broken_outer_field_is_refused(talk: Talk, change: dict[str, Any]) -> None:
    assert talk.post({**request(), **change}).status_code == 400


def test_a_body_that_is_no_json_is_refused(talk: Talk) -> None:
    reply = talk.http.post(talk.simulator.url + "/generateTask/seedream-4-5", content=b"{")

    assert reply.status_code == 400


def test_the_longest_prompt_and_14_references_are_accepted(talk: Talk) -> None:
    reply = talk.post(request("b" * 5000, mode="image-to-image", image_urls=["https://example.com/a.png"] * 14))

    assert reply.status_code == 200


def test_the_key_is_needed_for_every_call_of_the_api(talk: Talk) -> None:
    base = talk.simulator.url
    with httpx.Client(trust_env=False) as nobody:
        codes = {
            nobody.post(base + "/generateTask/seedream-4-5", json=request()).status_code,
            nobody.get(base + "/statusTask/seedream-4-5?taskId=a").status_code,
            nobody.get(base + "/apikeys/current-balance").status_code,
            nobody.post(talk.simulator.root + "/_sim/upload", content=picture()).status_code,
            nobody.get(base + "/apikeys/current-balance", headers={"Authorization": "Bearer bad-key"}).status_code,
        }

    assert codes == {401}


def test_unknown_models_tasks_and_addresses_are_404(talk: Talk) -> None:
    base = talk.simulator.url
    replies = [
        talk.http.post(base + "/generateTask/other", json=request()),
        talk.status("0" * 32),
        talk.http.get(base + "/nothing"),
    ]

    assert [reply.json()["code"] for reply in replies] == [404, 404, 404]


def test_the_balance_falls_with_every_image_asked_for(talk: Talk) -> None:
    before = talk.balance()

    talk.submit(max_images=4)

    assert before - talk.balance() == pytest.approx(0.16)


def test_an_account_that_cannot_pay_is_refused_with_402() -> None:
    with SimulatorProcess(options=["--balance", "0.1", "--plain-pictures"]) as simulator:
        talk = Talk(simulator)
        codes = [talk.post(request(max_images=n)).status_code for n in (3, 2, 1)]
        left = talk.balance()
        talk.close()

    assert codes == [402, 200, 402]
    assert left == pytest.approx(0.02)


def test_too_many_requests_and_too_many_tasks_are_answered_with_429() -> None:
    with SimulatorProcess(options=["--requests-per-minute", "5", "--tasks-at-once", "2"]) as simulator:
        talk = Talk(simulator)
        submits = [talk.post(request()).status_code for _ in range(3)]
        balances = [talk.http.get(simulator.url + "/apikeys/current-balance") for _ in range(3)]
        ledger = simulator.ledger()
        talk.close()

    assert submits == [200, 200, 429]
    assert [reply.status_code for reply in balances] == [200, 200, 429]
    assert int(balances[-1].headers["retry-after"]) > 0
    assert ledger["most_in_a_minute"] == ledger["requests_last_minute"] == 6


def test_links_need_no_key_serve_ranges_and_note_a_key_that_came_along(talk: Talk) -> None:
    links = talk.links(max_images=4)
    with httpx.Client(trust_env=False) as nobody:
        whole = nobody.get(links[0])
        part = nobody.get(links[0], headers={"Range": "bytes=100-199", "If-Range": whole.headers["etag"]})
        other = nobody.get(links[0], headers={"Range": "bytes=100-199", "If-Range": '"other"'})
        beyond = nobody.get(links[0], headers={"Range": "bytes=99999999-"})
    before = talk.simulator.ledger()["authorized_image_requests"]
    talk.http.get(links[0])

    assert {link.rsplit(".", 1)[1] for link in links} >= {"png"}
    assert (part.status_code, part.content) == (206, whole.content[100:200])
    assert part.headers["content-range"] == f"bytes 100-199/{len(whole.content)}"
    assert (other.status_code, other.content) == (200, whole.content)
    assert beyond.status_code == 416
    assert talk.simulator.ledger()["authorized_image_requests"] == before + 1


def test_links_die_after_their_time() -> None:
    with SimulatorProcess(speed=400, options=["--plain-pictures", "--links-live-s", "0.5"]) as simulator:
        talk = Talk(simulator)
        (link,) = talk.links()
        fresh = talk.http.get(link).status_code
        time.sleep(0.6)
        late = talk.http.get(link).status_code
        talk.close()

    assert (fresh, late) == (200, 404)


def test_both_error_styles_and_other_readings_can_be_chosen() -> None:
    readings = ["refusals-with-200", "no-data", "no-times", "size-beside"]
    options = [part for name in readings for part in ("--reading", name)]
    with SimulatorProcess(speed=400, options=["--plain-pictures", *options]) as simulator:
        talk = Talk(simulator)
        refused = talk.post(request(max_images=0))
        done = talk.finished(talk.submit(size="2K"))
        talk.close()

    assert (refused.status_code, refused.json()["code"]) == (200, 400)
    assert "data" not in refused.json()
    assert set(done) == {"taskId", "state", "resultJson"}


def test_codes_can_be_left_out_tasks_can_be_late_and_failures_refunded() -> None:
    readings = ["no-code", "late-tasks", "failed-refunded", "second-round", "null-data"]
    options = [part for name in readings for part in ("--reading", name)]
    with SimulatorProcess(speed=20, options=["--plain-pictures", *options]) as simulator:
        talk = Talk(simulator)
        failing = talk.submit("[fail:X] [fast]")
        early = talk.status(failing)
        running = talk.submit()
        time.sleep(0.2)
        assert "code" not in talk.status(failing).json()
        assert talk.finished(failing)["failCode"] == "X"
        left = talk.balance()
        words = set()
        while "success" not in words:
            words.add(talk.status(running).json()["data"]["state"])
        talk.close()

    assert early.status_code == 404
    assert early.json()["data"] is None
    assert left == pytest.approx(99.96)
    assert "processing_r2" in words


def test_calls_on_a_kept_connection_are_not_slowed_by_delayed_packets(talk: Talk) -> None:
    with httpx.Client(headers={"Authorization": "Bearer k"}, trust_env=False) as kept_alive:
        start = time.monotonic()
        for _ in range(50):
            kept_alive.get(talk.simulator.url + "/apikeys/current-balance")

    assert time.monotonic() - start < 1.5
