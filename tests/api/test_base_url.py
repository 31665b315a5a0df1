"""Which addresses the key may be sent to."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from seedream_desktop.api.addresses import DEFAULT_BASE_URL, BadAddressError, is_loopback, parse_base_url


@pytest.mark.parametrize(
    ("text", "url"),
    [
        (DEFAULT_BASE_URL, "https://api.apixo.ai/api/v1"),
        (" https://api.apixo.ai/api/v1/ \n", "https://api.apixo.ai/api/v1"),
        ("https://elsewhere.example:8443", "https://elsewhere.example:8443"),
        ("HTTPS://API.apixo.ai/api/v1", "https://api.apixo.ai/api/v1"),
        ("http://127.0.0.1:8000/api/v1", "http://127.0.0.1:8000/api/v1"),
        ("http://LOCALHOST:8000", "http://localhost:8000"),
        ("http://[::1]:8000/api/v1", "http://[::1]:8000/api/v1"),
    ],
)
def test_https_anywhere_and_http_on_this_machine_are_taken(text: str, url: str) -> None:
    assert str(parse_base_url(text)) == url


@pytest.mark.parametrize(
    "text",
    [
        "",
        "api.apixo.ai/api/v1",
        "//api.apixo.ai",
        "/api/v1",
        "https://",
        "https:///api",
        "http://api.apixo.ai/api/v1",
        "http://127.0.0.1.evil.example",
        "http://localhost.evil.example",
        "http://127.1/api",
        "http://2130706433/api",
        "http://0.0.0.0:8000",
        "http://192.168.0.1/api",
        "ftp://api.apixo.ai",
        "file:///etc/passwd",
        "https://user:secret@api.apixo.ai/api/v1",
        "https://user@api.apixo.ai",
        "https://api.apixo.ai:port/",
        "https://api.apixo.ai:99999/",
        "https://[::1/",
        "https://xn--a/",
        "https://api.apixo.ai/api/v1?key=1",
        "https://api.apixo.ai/api/v1#top",
        "https://api.apixo.ai/\x00",
        "https://api.apixo.ai/" + "a" * 100_000,
    ],
)
def test_anything_else_is_refused_with_a_sentence(text: str) -> None:
    with pytest.raises(BadAddressError, match=r"^The base URL .+\.$"):
        parse_base_url(text)


def test_the_sentence_does_not_repeat_a_password() -> None:
    with pytest.raises(BadAddressError) as caught:
        parse_base_url("https://ann:secret@api.apixo.ai")

    assert "secret" not in str(caught.value)


@given(st.text() | st.text().map("https://{}".format) | st.text().map("http://{}".format))
def test_any_text_is_an_address_or_refused(text: str) -> None:
    try:
        url = parse_base_url(text)
    except BadAddressError:
        return
    assert url.scheme == "https" or (url.scheme == "http" and is_loopback(url))
    assert not url.userinfo
