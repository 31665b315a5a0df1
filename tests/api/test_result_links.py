"""Which result links are followed at all."""

from __future__ import annotations

import httpx
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from seedream_desktop.api.addresses import allowed_addresses, is_public, parse_link
from seedream_desktop.ports.errors import NotAnImageError, ServiceError, UnreachableError

# Links that break a rule of form; none of them is ever looked up.
MALFORMED = [
    "",
    "/files/1.jpg",
    "r2.apixo.ai/1.jpg",
    "http://r2.apixo.ai/1.jpg",
    "ftp://r2.apixo.ai/1.jpg",
    "file:///etc/passwd",
    "data:image/png;base64,AAAA",
    "javascript:alert(1)",
    "https://",
    "https:///1.jpg",
    "https://r2.apixo.ai@evil.example/1.jpg",
    "https://user:password@r2.apixo.ai/1.jpg",
    "https://evil.example\\@r2.apixo.ai/1.jpg",
    "https:\\\\r2.apixo.ai/1.jpg",
    "https://r2.apixo.ai\\.evil.example/1.jpg",
    "https://r2.apixo.ai/a\\1.jpg",
    "https://r2.apixo.ai:8443/1.jpg",
    "https://r2.apixo.ai:80/1.jpg",
    "https://r2.apixo.ai:443443/1.jpg",
    "https://r2.apixo.ai/\n1.jpg",
    "https://r2.apixo.ai/\t1.jpg",
    "https://r2.apixo.ai/\x001.jpg",
    "https://r2.apixo.ai/\u202egpj.1",
    "https://r2.apixo.ai/\u200b",
    "https://xn--a/1.jpg",
    "https://[::1/1.jpg",
    "https://r2.apixo.ai/" + "a" * 2048,
]
ON_THIS_MACHINE = ["http://127.0.0.1:8000/1.jpg", "http://localhost/1.jpg", "http://[::1]:8000/1.jpg"]
# Well formed, but the name or number leads to an address that is nobody's on the internet.
SPECIAL = [
    "2130706433",
    "0x7f.1",
    "0x7f000001",
    "127.1",
    "017700000001",
    "0",
    "127.0.0.1",
    "127.255.0.1",
    "localhost",
    "10.0.0.1",
    "172.16.0.1",
    "192.168.1.1",
    "169.254.169.254",
    "100.64.0.1",
    "0.0.0.0",
    "224.0.0.1",
    "255.255.255.255",
    "[::1]",
    "[::]",
    "[::ffff:127.0.0.1]",
    "[::ffff:10.0.0.1]",
    "[::127.0.0.1]",
    "[64:ff9b::10.0.0.1]",
    "[2002:7f00:1::]",
    "[fe80::1]",
    "[fec0::1]",
    "[fd00:ec2::254]",
    "[ff02::1]",
]


@pytest.mark.parametrize("allow_loopback", [False, True])
@pytest.mark.parametrize("link", MALFORMED)
def test_a_link_that_breaks_a_rule_is_not_followed(link: str, allow_loopback: bool) -> None:
    with pytest.raises(NotAnImageError) as caught:
        parse_link(link, allow_loopback=allow_loopback)

    assert caught.value.failure.code == "LINK_REFUSED"


@pytest.mark.parametrize(
    "link",
    ["https://r2.apixo.ai/1.jpg", "https://cdn.example:443/a%20b.jpg?sig=x&y=z", "https://bücher.example/1.jpg"],
)
def test_an_ordinary_link_is_followed_as_it_stands(link: str) -> None:
    assert parse_link(link, allow_loopback=False).scheme == "https"


@pytest.mark.parametrize("link", ON_THIS_MACHINE)
def test_this_machine_is_asked_only_when_the_service_runs_on_it(link: str) -> None:
    assert str(parse_link(link, allow_loopback=True)) == link
    with pytest.raises(NotAnImageError):
        parse_link(link, allow_loopback=False)


def test_a_link_that_the_user_chose_may_be_on_any_port_but_not_without_encryption() -> None:
    link = "https://minio.example:9000/pictures/a.jpg"

    assert str(parse_link(link, allow_loopback=False, any_port=True)) == link
    with pytest.raises(NotAnImageError, match="usual port"):
        parse_link(link, allow_loopback=False)
    with pytest.raises(NotAnImageError, match="not https"):
        parse_link(link.replace("https", "http"), allow_loopback=False, any_port=True)


def test_a_link_of_2048_characters_is_the_longest() -> None:
    start = "https://r2.apixo.ai/"

    assert parse_link(start + "a" * (2048 - len(start)), allow_loopback=False)
    with pytest.raises(NotAnImageError):
        parse_link(start + "a" * (2049 - len(start)), allow_loopback=False)


async def _resolve(link: httpx.URL, *, allow_loopback: bool) -> tuple[str, ...]:
    return await allowed_addresses(link.raw_host.decode("ascii"), link.port or 443, allow_loopback=allow_loopback)


@pytest.mark.parametrize("host", SPECIAL)
async def test_a_host_that_is_not_of_the_public_internet_is_not_asked(host: str) -> None:
    link = parse_link(f"https://{host}/1.jpg", allow_loopback=False)

    with pytest.raises(NotAnImageError, match="not a public address"):
        await _resolve(link, allow_loopback=False)


@pytest.mark.parametrize("host", ["2130706433", "0x7f.1", "127.1", "127.0.0.2", "192.168.1.1", "[::ffff:127.0.0.1]"])
async def test_a_service_on_this_machine_opens_no_door_to_its_neighbours(host: str) -> None:
    link = parse_link(f"https://{host}/1.jpg", allow_loopback=True)

    with pytest.raises(NotAnImageError, match="not a public address"):
        await _resolve(link, allow_loopback=True)


@pytest.mark.parametrize("host", ["no-such-name.invalid", "a..b", "a" * 64 + ".example", ".", "a%00b"])
async def test_a_name_that_does_not_resolve_is_a_trouble_of_the_network(host: str) -> None:
    link = parse_link(f"https://{host}/1.jpg", allow_loopback=False)

    with pytest.raises(UnreachableError):
        await _resolve(link, allow_loopback=False)


async def test_a_public_address_may_be_asked() -> None:
    await _resolve(parse_link("https://1.1.1.1/1.jpg", allow_loopback=False), allow_loopback=False)
    await _resolve(parse_link(ON_THIS_MACHINE[0], allow_loopback=True), allow_loopback=True)


@pytest.mark.parametrize("address", ["1.1.1.1", "104.16.0.1", "2606:4700::1111", "::ffff:1.1.1.1", "64:ff9b::101:101"])
def test_public_addresses_are_public_in_every_notation(address: str) -> None:
    assert is_public(address)


@pytest.mark.parametrize("address", ["fe80::1%eth0", "ff0e::1", "198.18.0.1", "192.0.2.1", "240.0.0.1", "fc00::1"])
def test_addresses_with_a_special_purpose_are_not(address: str) -> None:
    assert not is_public(address)


@given(st.text() | st.text().map("https://{}".format), st.booleans())
@example("https://xn--/", True)
@example("http://127.0.0.1:99999/", True)
def test_any_text_is_a_safe_link_or_refused_by_name(text: str, allow_loopback: bool) -> None:
    try:
        url = parse_link(text, allow_loopback=allow_loopback)
    except ServiceError as error:
        assert error.failure.code == "LINK_REFUSED"  # noqa: PT017 - most texts are refused, some are not
        return
    assert url.host
    assert not url.userinfo
    assert url.scheme == "https" or allow_loopback
