"""Which call gets which trouble."""

from __future__ import annotations

import time

import pytest

from tests.simulator.talk import Talk, fault, request


def test_the_first_rule_that_fits_wins_as_often_as_it_says(talk: Talk) -> None:
    talk.simulator.set_faults(
        [
            {"call": "generate", "match": {"prompt": "fox"}, "times": 1, "do": {"code": 403}},
            {"call": "generate", "do": {"code": 500}, "times": 2},
        ]
    )

    codes = [talk.post(request(prompt)).status_code for prompt in ("a fox", "a fox", "dunes", "dunes")]

    assert codes == [403, 500, 500, 200]


def test_a_rule_can_wait_for_the_nth_call_a_key_or_a_time(talk: Talk) -> None:
    fault(talk, "balance", {"code": 503}, match={"nth": 2})
    by_number = [talk.http.get(talk.simulator.url + "/apikeys/current-balance").status_code for _ in range(3)]
    fault(talk, "any", {"code": 401}, match={"key": "other"})
    by_key = talk.post(request()).status_code
    fault(talk, "any", {"code": 401}, match={"after_s": 0.2})
    early = talk.post(request()).status_code
    time.sleep(0.25)

    assert by_number == [200, 503, 200]
    assert (by_key, early, talk.post(request()).status_code) == (200, 200, 401)


@pytest.mark.parametrize(
    "rules",
    [
        {},
        [1],
        [{"do": {"no-such": 1}}],
        [{"call": "x", "do": {}}],
        [{"match": {"x": 1}, "do": {}}],
        [{"when": 1, "do": {}}],
    ],
    ids=["no list", "no object", "unknown switch", "unknown call", "unknown match", "unknown field"],
)
def test_a_rule_that_cannot_be_understood_is_refused_with_a_sentence(talk: Talk, rules: object) -> None:
    reply = talk.http.post(talk.simulator.root + "/_sim/faults", json=rules)

    assert reply.status_code == 400
    assert len(reply.json()["error"]) > 10


def test_words_in_the_prompt_work_once_or_as_often_as_they_say(talk: Talk) -> None:
    codes = [talk.post(request("a fox [429:2]")).status_code for _ in range(3)]
    unauthorized = [talk.post(request("a wolf [401]")).status_code for _ in range(2)]
    (page,) = talk.links("dunes [bad-image]")
    (dead,) = talk.links("dunes [expired:410]")

    assert codes == [429, 429, 200]
    assert unauthorized == [401, 200]
    assert b"<html>" in talk.http.get(page).content
    assert talk.http.get(dead).status_code == 410


def test_only_some_pictures_are_delivered_when_the_prompt_says_so(talk: Talk) -> None:
    assert len(talk.links("[partial:2]", max_images=4)) == 2
    assert len(talk.links(max_images=4, sequential_image_generation="auto")) == 4
