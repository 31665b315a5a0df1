"""From the user's settings to a host: what is missing, what is no address, and where a bucket is."""

from __future__ import annotations

import re
import ssl
from typing import Any

import pytest

from seedream_desktop.domain.hosting import HostFault, HostingKind, HostingSettings, PutSettings, S3Settings
from seedream_desktop.hosting.choice import make_host, missing_fields
from seedream_desktop.hosting.naming import is_ours, new_name
from seedream_desktop.hosting.put import PutHost
from seedream_desktop.hosting.s3 import S3Host
from seedream_desktop.hosting.s3_place import place_of
from seedream_desktop.ports.errors import HostRefusedError
from seedream_desktop.ports.references import ReferenceHost

CONTEXT = ssl.create_default_context()


def s3(**changes: Any) -> HostingSettings:
    given = {"bucket": "pictures", "access_key_id": "AKIASOMEBODY", **changes}
    return HostingSettings(HostingKind.S3, s3=S3Settings(**given))


def put(upload_url: str, **changes: Any) -> HostingSettings:
    return HostingSettings(HostingKind.PUT, put=PutSettings(upload_url, **changes))


def made(settings: HostingSettings) -> ReferenceHost | None:
    return make_host(settings, never_asked, CONTEXT)


def never_asked() -> str:
    raise AssertionError("the secret is asked for at the first use only")


def refusal_of(settings: HostingSettings) -> tuple[str, str]:
    with pytest.raises(HostRefusedError) as caught:
        made(settings)
    return caught.value.failure.code, caught.value.failure.message


def test_no_choice_is_no_host() -> None:
    assert made(HostingSettings()) is None


def test_each_choice_has_its_host() -> None:
    assert isinstance(made(s3()), S3Host)
    assert isinstance(made(put("https://dav.example/pictures")), PutHost)


@pytest.mark.parametrize(
    ("settings", "missing", "words"),
    [
        (s3(bucket=""), ("bucket",), "bucket"),
        (s3(bucket=" ", access_key_id=""), ("bucket", "access_key_id"), "bucket, access key"),
        (s3(region=""), ("region",), "region"),
        (put(""), ("upload_url",), "upload address"),
    ],
)
def test_what_is_missing_is_named(settings: HostingSettings, missing: tuple[str, ...], words: str) -> None:
    assert missing_fields(settings) == missing
    assert refusal_of(settings) == (HostFault.INCOMPLETE, words)


@pytest.mark.parametrize("settings", [HostingSettings(), s3(), put("https://dav.example")])
def test_nothing_is_missing_from_what_is_complete(settings: HostingSettings) -> None:
    assert missing_fields(settings) == ()


@pytest.mark.parametrize(
    "address",
    [
        "http://nas.example/dav",
        "http://192.168.1.5:9000",
        "http://127.0.0.1.example",
        "ftp://nas.example",
        "nas.example",
        "https://",
        "https://anna:word@nas.example",
        "https://nas.example/?token=word",
        "https://nas.example/#part",
        "https://nas.example:port",
        "file:///etc",
    ],
)
def test_what_is_no_safe_address_is_refused_without_repeating_a_password(address: str) -> None:
    for settings in (put(address), s3(endpoint=address), s3(public_base_url=address)):
        code, words = refusal_of(settings)
        assert code == HostFault.ADDRESS
        assert "word" not in words


@pytest.mark.parametrize("address", ["http://127.0.0.1:9000", "http://localhost:9000", "http://[::1]:9000"])
def test_plain_http_is_for_this_computer_only(address: str) -> None:
    assert made(put(address)) is not None
    assert made(s3(endpoint=address)) is not None


@pytest.mark.parametrize(
    ("changes", "endpoint", "is_virtual_hosted"),
    [
        ({"region": "eu-west-1"}, "https://pictures.s3.eu-west-1.amazonaws.com", True),
        ({"bucket": "my.pictures"}, "https://s3.us-east-1.amazonaws.com", False),
        ({"endpoint": "https://acc.r2.cloudflarestorage.com"}, "https://acc.r2.cloudflarestorage.com", False),
        ({"endpoint": "https://acc.r2.cloudflarestorage.com/pictures"}, "https://acc.r2.cloudflarestorage.com", False),
        ({"endpoint": "https://s3.us-west-004.backblazeb2.com/"}, "https://s3.us-west-004.backblazeb2.com", False),
        ({"endpoint": "https://pictures.s3.example"}, "https://pictures.s3.example", True),
        ({"endpoint": "https://x.supabase.co/storage/v1/s3"}, "https://x.supabase.co/storage/v1/s3", False),
        ({"endpoint": "http://127.0.0.1:9000"}, "http://127.0.0.1:9000", False),
    ],
)
def test_where_a_bucket_is_follows_a_rule(changes: dict[str, str], endpoint: str, is_virtual_hosted: bool) -> None:
    place = place_of(s3(**changes).s3)

    assert (place.endpoint, place.is_virtual_hosted) == (endpoint, is_virtual_hosted)


@pytest.mark.parametrize(
    ("changes", "fault"),
    [
        ({"bucket": "a/b"}, HostFault.BUCKET_MISSING),
        ({"bucket": "evil.example/"}, HostFault.BUCKET_MISSING),
        ({"region": "us.evil.example/"}, HostFault.ADDRESS),
        ({"prefix": "a/../b"}, HostFault.ADDRESS),
        ({"prefix": "50% off"}, HostFault.ADDRESS),
        ({"access_key_id": "two\nlines"}, HostFault.KEY_UNKNOWN),
    ],
)
def test_what_would_lead_elsewhere_is_refused(changes: dict[str, str], fault: HostFault) -> None:
    assert refusal_of(s3(**changes))[0] == fault


@pytest.mark.parametrize(("prefix", "folder"), [("", ""), ("/seedream/", "seedream"), (" a/b ", "a/b")])
def test_a_folder_in_the_bucket_may_be_none_or_deep(prefix: str, folder: str) -> None:
    assert place_of(s3(prefix=prefix).s3).folder == folder


def test_hosts_at_two_places_have_two_names() -> None:
    places = {
        "S3 pictures": s3(),
        "S3 others": s3(bucket="others"),
        "S3 pictures (nas.example:9000)": s3(endpoint="https://nas.example:9000/"),
        "S3 pictures, public at cdn.example/mine": s3(public_base_url="https://cdn.example/mine/"),
        "a.example/x": put("https://a.example/x"),
        "a.example/y": put("https://a.example/y/"),
    }

    for name, settings in places.items():
        host = made(settings)
        assert host is not None
        assert host.name == name


@pytest.mark.parametrize(("media_format", "ending"), [("JPEG", "jpg"), ("PNG", "png"), ("WEBP", "webp")])
def test_names_are_random_and_known_again(media_format: str, ending: str) -> None:
    names = {new_name(media_format, folder) for folder in ("", "a", "a/b") for _ in range(100)}

    assert len(names) == 300
    assert all(re.fullmatch(rf"(?:a/|a/b/)?[\w-]{{43}}\.{ending}", name) for name in names)
    assert all(map(is_ours, names))
