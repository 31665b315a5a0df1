"""Pictures of this disk go to the simulator and can be fetched from it by anyone."""

from __future__ import annotations

import urllib.error
import urllib.request
from collections.abc import AsyncIterator, Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import httpx
import pytest
from PIL import Image

from seedream_desktop.domain.failure import FailureKind
from seedream_desktop.domain.hosting import HostFault
from seedream_desktop.hosting.simulator import SimulatorHost
from seedream_desktop.ports.errors import (
    HostRefusedError,
    KeyRefusedError,
    ServiceError,
    StorageError,
    UnreachableError,
)
from tests.simulators import DIRECT, SimulatorProcess

HostAt = Callable[..., SimulatorHost]
SHA256 = "5" * 64


@pytest.fixture(scope="module")
def simulator() -> Iterator[SimulatorProcess]:
    with SimulatorProcess(speed=400, options=["--plain-pictures"]) as running:
        yield running


@pytest.fixture
async def host_at() -> AsyncIterator[HostAt]:
    made: list[SimulatorHost] = []

    def make(base_url: str, key: str | None = "a-key") -> SimulatorHost:
        made.append(SimulatorHost(httpx.URL(base_url), lambda: key))
        return made[-1]

    yield make
    for host in made:
        await host.close()


@pytest.fixture
def picture(tmp_path: Path) -> Path:
    path = tmp_path / "fox.png"
    Image.new("RGB", (40, 30), "orange").save(path)
    return path


@pytest.fixture
def host(simulator: SimulatorProcess, host_at: HostAt) -> SimulatorHost:
    simulator.set_faults([])
    return host_at(simulator.url)


def fetched(url: str) -> bytes:
    with DIRECT.open(urllib.request.Request(url), timeout=10) as reply:
        body: bytes = reply.read()
        return body


async def test_a_published_picture_can_be_fetched_by_anyone_for_a_while(host: SimulatorHost, picture: Path) -> None:
    hosted = await host.publish(picture, SHA256, "PNG")

    assert fetched(hosted.url) == picture.read_bytes()
    assert hosted.sha256 == SHA256
    assert hosted.host == host.name
    assert hosted.until is not None
    assert datetime.fromisoformat(hosted.until) > datetime.now(UTC)


async def test_it_says_that_its_links_end_and_are_not_renewed(host: SimulatorHost, picture: Path) -> None:
    hosted = await host.publish(picture, SHA256, "PNG")

    assert host.ends_links
    assert hosted.hosted_at is not None
    assert await host.renew(hosted) is None


async def test_what_is_deleted_is_gone_and_can_be_deleted_again(host: SimulatorHost, picture: Path) -> None:
    hosted = await host.publish(picture, SHA256, "PNG")

    await host.delete(hosted)
    with pytest.raises(urllib.error.HTTPError) as caught:
        fetched(hosted.url)
    assert caught.value.code == 404
    caught.value.close()
    await host.delete(hosted)


async def test_nobody_deletes_without_a_key_that_works(
    simulator: SimulatorProcess, host: SimulatorHost, host_at: HostAt, picture: Path
) -> None:
    hosted = await host.publish(picture, SHA256, "PNG")

    with pytest.raises(KeyRefusedError):
        await host_at(simulator.url, "bad-key").delete(hosted)
    assert fetched(hosted.url) == picture.read_bytes()


@pytest.mark.parametrize(
    ("do", "error"),
    [
        ({"status": 500, "body": "html"}, UnreachableError),
        ({"drop_after_body": True}, UnreachableError),
        ({"status": 405, "body": "html"}, HostRefusedError),
    ],
)
async def test_a_delete_that_fails_says_whether_it_may_pass(
    simulator: SimulatorProcess, host: SimulatorHost, picture: Path, do: dict[str, Any], error: type[ServiceError]
) -> None:
    hosted = await host.publish(picture, SHA256, "PNG")
    simulator.set_faults([{"call": "reference", "do": do}])

    with pytest.raises(ServiceError) as caught:
        await host.delete(hosted)

    assert type(caught.value) is error


async def test_hosts_at_two_addresses_have_two_names(host_at: HostAt) -> None:
    assert host_at("http://127.0.0.1:1/api/v1").name != host_at("http://127.0.0.1:2/api/v1").name


async def test_the_files_name_is_not_published(host: SimulatorHost, picture: Path) -> None:
    assert "fox" not in (await host.publish(picture, SHA256, "PNG")).url


async def test_a_file_that_is_no_picture_is_refused(host: SimulatorHost, tmp_path: Path) -> None:
    text = tmp_path / "notes.png"
    text.write_text("not a picture")

    with pytest.raises(HostRefusedError) as caught:
        await host.publish(text, SHA256, "PNG")

    assert caught.value.failure.kind is FailureKind.HOST_REFUSED
    assert caught.value.failure.code in frozenset(HostFault)


async def test_a_file_that_is_gone_is_a_trouble_of_this_disk(host: SimulatorHost, tmp_path: Path) -> None:
    with pytest.raises(StorageError) as caught:
        await host.publish(tmp_path / "gone.png", SHA256, "PNG")

    assert caught.value.failure.kind is FailureKind.DISK_TROUBLE
    assert "gone.png: No such file" in caught.value.failure.message


@pytest.mark.parametrize(("key", "kind"), [("bad-key", FailureKind.KEY_REFUSED), (None, FailureKind.KEY_MISSING)])
async def test_without_a_key_that_works_nothing_is_published(
    simulator: SimulatorProcess, host_at: HostAt, picture: Path, key: str | None, kind: FailureKind
) -> None:
    simulator.set_faults([])
    earlier = len(simulator.ledger()["uploads"])

    with pytest.raises(KeyRefusedError) as caught:
        await host_at(simulator.url, key).publish(picture, SHA256, "PNG")

    assert caught.value.failure.kind is kind
    assert len(simulator.ledger()["uploads"]) == earlier


@pytest.mark.parametrize(
    "do",
    [
        {"status": 401, "body": "html"},
        {"status": 401, "body": "empty"},
    ],
)
async def test_a_refused_key_is_known_by_the_status_whatever_the_body(
    simulator: SimulatorProcess, host: SimulatorHost, picture: Path, do: dict[str, Any]
) -> None:
    simulator.set_faults([{"call": "upload", "do": do}])

    with pytest.raises(KeyRefusedError):
        await host.publish(picture, SHA256, "PNG")


@pytest.mark.parametrize(
    "do",
    [
        {"status": 500, "body": "html"},
        {"status": 503, "body": "empty"},
        {"status": 429, "body": "empty"},
        {"body": "html"},
        {"body": "empty"},
        {"drop_after_body": True},
        {"rst_after_body": True},
        {"garbage": True},
        {"cut": 0.5},
    ],
)
async def test_a_trouble_of_the_host_may_pass_and_is_not_blamed_on_the_picture(
    simulator: SimulatorProcess, host: SimulatorHost, picture: Path, do: dict[str, Any]
) -> None:
    simulator.set_faults([{"call": "upload", "do": do}])

    with pytest.raises(UnreachableError):
        await host.publish(picture, SHA256, "PNG")


@pytest.mark.parametrize(
    ("status", "fault"),
    [
        (400, HostFault.ODD_ANSWER),
        (403, HostFault.FORBIDDEN),
        (413, HostFault.TOO_LARGE),
        (415, HostFault.ODD_ANSWER),
    ],
)
async def test_a_picture_the_host_does_not_take_is_refused_with_why(
    simulator: SimulatorProcess, host: SimulatorHost, picture: Path, status: int, fault: HostFault
) -> None:
    simulator.set_faults([{"call": "upload", "do": {"status": status, "body": "html"}}])

    with pytest.raises(HostRefusedError) as caught:
        await host.publish(picture, SHA256, "PNG")

    assert (caught.value.failure.code, caught.value.failure.message) == (fault, f"upload: {status}")


async def test_nobody_listening_is_a_trouble_of_the_network(host_at: HostAt, picture: Path) -> None:
    with pytest.raises(UnreachableError):
        await host_at("http://127.0.0.1:1/api/v1").publish(picture, SHA256, "PNG")


async def test_the_environments_proxy_is_not_asked(
    host_at: HostAt, simulator: SimulatorProcess, picture: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    simulator.set_faults([])
    for name in ("HTTP_PROXY", "http_proxy", "ALL_PROXY", "all_proxy"):
        monkeypatch.setenv(name, "http://127.0.0.1:1")

    assert (await host_at(simulator.url).publish(picture, SHA256, "PNG")).url.startswith(simulator.root)
