"""No spelling of a secret passes the scrubber."""

from __future__ import annotations

import base64
import json
import secrets
from urllib.parse import quote, urlencode

import pytest
from hypothesis import given
from hypothesis import strategies as st

from seedream_desktop.system.scrubber import Scrubber
from seedream_desktop.system.secret import Secret

KEY = 'sk-/live+0123"456789?='


def scrubber() -> Scrubber:
    made = Scrubber()
    made.register(Secret(KEY))
    return made


@pytest.mark.parametrize(
    "spelling",
    [
        KEY,
        KEY.upper(),
        quote(KEY),
        quote(KEY, safe=""),
        urlencode({"k": KEY})[2:],
        quote(KEY, safe="").lower(),
        json.dumps(KEY),
        repr(KEY),
        repr(KEY.encode()),
        KEY.encode().hex(),
        KEY.encode().hex().upper(),
        base64.b64encode(KEY.encode()).decode().rstrip("="),
        base64.urlsafe_b64encode(KEY.encode()).decode().rstrip("="),
    ],
)
def test_a_known_secret_is_blanked_in_every_spelling(spelling: str) -> None:
    told = scrubber().scrub(f"before {spelling} after")

    assert spelling.strip("\"'")[2:-3] not in told
    assert "•••" in told
    assert told.startswith("before ")
    assert told.endswith(" after")


@given(before=st.binary(max_size=7), after=st.binary(max_size=7))
def test_a_known_secret_is_found_within_a_larger_base64_text(before: bytes, after: bytes) -> None:
    encoded = base64.b64encode(before + KEY.encode() + after).decode()

    assert "•••" in scrubber().scrub(encoded)


@given(text=st.text(alphabet=st.characters(min_codepoint=33, max_codepoint=126), min_size=6, max_size=60))
def test_any_key_is_blanked_wherever_it_stands(text: str) -> None:
    known = Scrubber()
    known.register(Secret(text))

    assert known.scrub(f"<<{text}>>") == "<<•••>>"


@pytest.mark.parametrize(
    ("line", "left"),
    [
        ("Authorization: Bearer abc.def-123", "Authorization: Bearer •••"),
        ("{'authorization': 'bearer abc', 'a': 1}", "{'authorization': 'bearer •••', 'a': 1}"),
        ("GET https://user:pass@host.example/x.png", "GET https://•••@host.example/x.png"),
        ("GET https://host.example/x.png?X-Amz-Signature=ff&a=1 200", "GET https://host.example/x.png?••• 200"),
        ("see 'http://127.0.0.1:80/a?task=7' there", "see 'http://127.0.0.1:80/a?•••' there"),
        ("X-Amz-Credential=AKIA/2026/x&b=2", "X-Amz-Credential=•••&b=2"),
        ("X-Amz-Security-Token: FwoGZ", "X-Amz-Security-Token: •••"),
        ("se=1&sig=a%2Bb&sv=2", "se=1&sig=•••&sv=2"),
        ("token=abc123, next", "token=•••, next"),
    ],
)
def test_what_looks_like_a_secret_is_blanked_though_nobody_registered_it(line: str, left: str) -> None:
    assert Scrubber().scrub(line) == left


@pytest.mark.parametrize("line", ["task 1f3c: queued -> submitting", "https://host.example/a/b.png", "2 tokens left"])
def test_an_ordinary_line_stays_as_it_is(line: str) -> None:
    assert scrubber().scrub(line) == line


def test_a_text_too_short_for_a_key_does_not_blank_the_log() -> None:
    known = Scrubber()
    known.register(Secret("a"))

    assert known.scrub("a task") == "a task"


def test_the_name_of_a_hosted_picture_is_a_secret_and_other_names_are_not() -> None:
    name = secrets.token_urlsafe(32)

    scrubbed = Scrubber().scrub(f"GET https://cdn.example/seedream/{name}.jpg and fox-in-the-snow.jpg")

    assert scrubbed == "GET https://cdn.example/seedream/•••.jpg and fox-in-the-snow.jpg"
