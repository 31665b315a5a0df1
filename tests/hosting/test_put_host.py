"""References at an address that takes PUT, on a real WebDAV server."""

from __future__ import annotations

import asyncio
import logging
import re
import ssl
import time
import traceback
from collections.abc import Iterator
from dataclasses import replace

import pytest

from seedream_desktop.domain.failure import FailureKind
from seedream_desktop.domain.hosting import HostFault, PutSettings
from seedream_desktop.hosting.put import PutHost, PutLimits
from seedream_desktop.ports.errors import HostRefusedError, ServiceError, StorageError, UnreachableError
from tests.hosting.conftest import Picture, look
from tests.hosting.hurdles import Answers, HastyAnswer, Hurdle, UntrustedServer, reply
from tests.hosting.webdav import PASSWORD, TOKEN, USER, WebDav, running_webdav

CONTEXT = ssl.create_default_context()
QUICK = PutLimits(connect_s=2.0, idle_s=1.0, total_s=3.0)


@pytest.fixture(scope="module")
def server() -> Iterator[WebDav]:
    with running_webdav() as dav:
        yield dav


@pytest.fixture
def dav(server: WebDav) -> WebDav:
    server.forced.clear()
    server.requests.clear()
    server.files.clear()
    return server


def host_at(url: str, secret: str | None = PASSWORD, user: str = USER, public: str = "") -> PutHost:
    return PutHost(PutSettings(url, user, public), lambda: secret, CONTEXT, QUICK)


async def trouble_of(host: PutHost, picture: Picture) -> ServiceError:
    with pytest.raises(ServiceError) as caught:
        await host.publish(picture.path, picture.sha256, "PNG")
    return caught.value


@pytest.mark.parametrize(("user", "secret"), [(USER, PASSWORD), ("", TOKEN)])
async def test_anybody_who_has_the_link_gets_the_picture(dav: WebDav, picture: Picture, user: str, secret: str) -> None:
    hosted = await host_at(dav.url, secret, user).publish(picture.path, picture.sha256, "PNG")

    seen = await asyncio.to_thread(look, hosted.url)
    assert (seen.status, seen.content, seen.content_type) == (200, picture.content, "image/png")
    assert re.fullmatch(r"[\w-]{43}\.png", hosted.object_name)
    assert hosted.url == f"{dav.url}/{hosted.object_name}"
    assert (hosted.host, hosted.sha256, hosted.until) == (f"127.0.0.1:{dav.port}/open", picture.sha256, None)


async def test_its_links_do_not_end(dav: WebDav) -> None:
    assert not host_at(dav.url).ends_links


async def test_files_may_be_read_at_another_address(dav: WebDav, picture: Picture) -> None:
    host = host_at(f"{dav.url}/", public="https://pictures.example/of-mine/")
    hosted = await host.publish(picture.path, picture.sha256, "JPEG")

    assert hosted.url == f"https://pictures.example/of-mine/{hosted.object_name}"
    assert dav.files[f"open/{hosted.object_name}"] == (picture.content, "image/jpeg")


async def test_a_missing_folder_is_made_once(dav: WebDav, picture: Picture) -> None:
    address = f"http://127.0.0.1:{dav.port}/new"
    hosted = await host_at(address).publish(picture.path, picture.sha256, "PNG")
    await host_at(address).publish(picture.path, picture.sha256, "PNG")

    assert (await asyncio.to_thread(look, hosted.url)).content == picture.content
    assert [line.partition(" ")[0] for line in dav.requests if "PUT" in line or "MKCOL" in line] == [
        "PUT",
        "MKCOL",
        "PUT",
        "PUT",
    ]


async def test_a_folder_that_cannot_be_made_is_named(dav: WebDav, picture: Picture) -> None:
    dav.forced["MKCOL"] = [409]
    trouble = await trouble_of(host_at(f"http://127.0.0.1:{dav.port}/no/such/folder"), picture)

    assert (trouble.failure.code, trouble.failure.message) == (HostFault.BUCKET_MISSING, "/no/such/folder")
    assert [line.partition(" ")[0] for line in dav.requests] == ["PUT", "MKCOL", "PUT"]


async def test_what_is_deleted_is_gone_and_can_be_deleted_again(dav: WebDav, picture: Picture) -> None:
    host = host_at(dav.url)
    hosted = await host.publish(picture.path, picture.sha256, "PNG")
    assert await host.renew(hosted) == hosted

    await host.delete(hosted)
    assert (await asyncio.to_thread(look, hosted.url)).status == 404
    assert await host.renew(hosted) is None
    await host.delete(hosted)


@pytest.mark.parametrize("status", [404, 410])
async def test_what_is_gone_counts_as_deleted(dav: WebDav, picture: Picture, status: int) -> None:
    hosted = await host_at(dav.url).publish(picture.path, picture.sha256, "PNG")
    dav.forced["DELETE"] = [status]

    await host_at(dav.url).delete(hosted)

    assert dav.forced["DELETE"] == []


@pytest.mark.parametrize(
    ("status", "fault", "detail"),
    [
        (401, HostFault.SECRET_WRONG, "401"),
        (403, HostFault.FORBIDDEN, "delete: 403"),
        (405, HostFault.FORBIDDEN, "it cannot delete"),
    ],
)
async def test_a_delete_that_is_refused_says_why(
    dav: WebDav, picture: Picture, status: int, fault: HostFault, detail: str
) -> None:
    hosted = await host_at(dav.url).publish(picture.path, picture.sha256, "PNG")
    dav.forced["DELETE"] = [status]

    with pytest.raises(HostRefusedError) as caught:
        await host_at(dav.url).delete(hosted)

    assert (caught.value.failure.code, caught.value.failure.message) == (fault, detail)


@pytest.mark.parametrize("name", ["", "holiday.png", "../open", f"sub/../{'x' * 43}.png"])
async def test_what_the_program_did_not_name_is_never_deleted(dav: WebDav, picture: Picture, name: str) -> None:
    hosted = await host_at(dav.url).publish(picture.path, picture.sha256, "PNG")

    with pytest.raises(HostRefusedError):
        await host_at(dav.url).delete(replace(hosted, object_name=name))

    assert not [line for line in dav.requests if line.startswith("DELETE")]


@pytest.mark.parametrize(("user", "secret"), [(USER, "wrong"), ("", "wrong"), ("", None), ("", "ü\n")])
async def test_a_wrong_password_is_named(dav: WebDav, picture: Picture, user: str, secret: str | None) -> None:
    trouble = await trouble_of(host_at(dav.url, secret, user), picture)

    assert isinstance(trouble, HostRefusedError)
    assert trouble.failure.code == HostFault.SECRET_WRONG


@pytest.mark.parametrize(
    ("status", "fault", "detail"),
    [
        (403, HostFault.FORBIDDEN, "upload: 403"),
        (404, HostFault.BUCKET_MISSING, "/open"),
        (405, HostFault.FORBIDDEN, "upload: 405"),
        (413, HostFault.TOO_LARGE, "413"),
        (507, HostFault.NO_ROOM, "507"),
        (301, HostFault.ADDRESS, "it sends elsewhere: 301"),
        (307, HostFault.ADDRESS, "it sends elsewhere: 307"),
        (418, HostFault.ODD_ANSWER, "418"),
    ],
)
async def test_what_stays_refused_is_named(
    dav: WebDav, picture: Picture, status: int, fault: HostFault, detail: str
) -> None:
    dav.forced["PUT"] = [status]
    trouble = await trouble_of(host_at(dav.url), picture)

    assert isinstance(trouble, HostRefusedError)
    assert (trouble.failure.kind, trouble.failure.code) == (FailureKind.HOST_REFUSED, fault)
    assert trouble.failure.message == detail
    assert len(dav.requests) == 1


@pytest.mark.parametrize("status", [408, 429, 500, 502, 503])
async def test_what_may_pass_is_unreachable(dav: WebDav, picture: Picture, status: int) -> None:
    dav.forced["PUT"] = [status]
    trouble = await trouble_of(host_at(dav.url), picture)

    assert isinstance(trouble, UnreachableError)
    assert (trouble.failure.kind, trouble.failure.code) == (FailureKind.HOST_UNREACHABLE, str(status))


@pytest.mark.parametrize("url", ["http://127.0.0.1:1", "https://no-such-host.invalid"])
async def test_nobody_there_is_unreachable(picture: Picture, url: str) -> None:
    assert isinstance(await trouble_of(host_at(url), picture), UnreachableError)


async def test_a_cut_upload_is_unreachable(dav: WebDav, picture: Picture) -> None:
    async with Hurdle(dav.port, stalls=False) as wire:
        assert isinstance(await trouble_of(host_at(wire.url), picture), UnreachableError)

    assert dav.files == {}


async def test_an_answer_that_never_comes_is_unreachable_in_time(picture: Picture) -> None:
    async with Answers(b"") as server:
        start = time.monotonic()
        trouble = await trouble_of(host_at(server.url), picture)

    assert (trouble.failure.kind, trouble.failure.code) == (FailureKind.HOST_UNREACHABLE, "timeout")
    assert time.monotonic() - start < 4


async def test_an_upload_that_stalls_is_unreachable_in_time(dav: WebDav, picture: Picture) -> None:
    picture.path.write_bytes(bytes(9_000_000))
    async with Hurdle(dav.port, stalls=True) as wire:
        start = time.monotonic()
        trouble = await trouble_of(host_at(wire.url), picture)

    assert trouble.failure.code == "timeout"
    assert time.monotonic() - start < 4


async def test_a_refusal_in_the_middle_of_a_large_upload_is_understood(picture: Picture) -> None:
    picture.path.write_bytes(bytes(9_000_000))

    async with HastyAnswer(reply(401, Connection="close")) as server:
        trouble = await trouble_of(host_at(server.url), picture)

    assert trouble.failure.code == HostFault.SECRET_WRONG


async def test_the_password_does_not_follow_a_redirect(dav: WebDav, picture: Picture) -> None:
    async with Answers(reply(201)) as other:
        dav.forced["PUT"] = [302]
        await trouble_of(host_at(dav.url), picture)

        assert other.connections == 0
        assert not [line for line in dav.requests if "elsewhere" in line]


async def test_the_environments_proxy_is_not_asked(
    dav: WebDav, picture: Picture, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("HTTP_PROXY", "http_proxy", "ALL_PROXY", "all_proxy"):
        monkeypatch.setenv(name, "http://127.0.0.1:1")

    hosted = await host_at(dav.url).publish(picture.path, picture.sha256, "PNG")

    assert hosted.url.startswith(dav.url)


async def test_a_certificate_that_nobody_vouches_for_is_refused(picture: Picture) -> None:
    async with UntrustedServer() as server:
        trouble = await trouble_of(host_at(server.url), picture)

        assert (trouble.failure.code, server.requests) == (HostFault.ADDRESS, 0)


@pytest.mark.parametrize("status", [401, 418, 503])
async def test_no_trouble_tells_the_password(
    dav: WebDav, picture: Picture, caplog: pytest.LogCaptureFixture, status: int
) -> None:
    caplog.set_level(logging.DEBUG)
    dav.forced["PUT"] = [status]
    trouble = await trouble_of(host_at(dav.url, TOKEN, ""), picture)

    assert trouble.__cause__ is None
    assert trouble.__context__ is None
    assert TOKEN not in "".join(traceback.format_exception(trouble)) + caplog.text


async def test_a_file_that_is_gone_is_no_trouble_of_the_storage(picture: Picture) -> None:
    picture.path.unlink()

    with pytest.raises(StorageError):
        await host_at("http://127.0.0.1:1").publish(picture.path, picture.sha256, "PNG")


async def test_a_user_without_a_password_is_not_sent_to_be_turned_down(picture: Picture) -> None:
    trouble = await trouble_of(host_at("http://127.0.0.1:1", None, USER), picture)

    assert (trouble.failure.code, trouble.failure.message) == (HostFault.INCOMPLETE, "password")
