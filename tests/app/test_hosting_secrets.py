"""A secret of a storage goes to the place it was entered for and to no other."""

from __future__ import annotations

import asyncio
import os
import ssl
from collections.abc import Awaitable, Callable
from dataclasses import replace

import pytest
from keyring.backend import KeyringBackend

from seedream_desktop.app.host_desk import HostDesk
from seedream_desktop.app.hosting import SECRET_VARIABLE, HostingSecrets, place_of
from seedream_desktop.domain.failure import Failure, FailureKind
from seedream_desktop.domain.hosting import HostFault, HostingKind, HostingSettings, PutSettings, S3Settings
from seedream_desktop.ports.errors import HostRefusedError, UnreachableError
from seedream_desktop.ports.references import ReferenceHost
from seedream_desktop.system.keychain import Keychain
from seedream_desktop.system.scrubber import Scrubber
from seedream_desktop.system.secret import Secret

CANARY = "wJalrXUtnFEMI/K7MDENG/bPxRfiCYCANARY"
R2 = S3Settings("https://4f2a.r2.cloudflarestorage.com", "auto", "foxes", "AKIA1")
S3 = HostingSettings(HostingKind.S3, R2)
PUT = HostingSettings(HostingKind.PUT, put=PutSettings("https://dav.example/refs", "anna"))


class MemoryKeyring(KeyringBackend):
    """A keychain that works."""

    priority = 1

    def __init__(self) -> None:
        super().__init__()  # type: ignore[no-untyped-call]  # keyring is not annotated here
        self.kept: dict[str, str] = {}

    def get_password(self, service: str, username: str) -> str | None:
        return self.kept.get(username)

    def set_password(self, service: str, username: str, password: str) -> None:
        self.kept[username] = password

    def delete_password(self, service: str, username: str) -> None:
        del self.kept[username]


class LockedKeyring(MemoryKeyring):
    """A keychain with a name that does nothing."""

    def get_password(self, service: str, username: str) -> str | None:
        raise RuntimeError(CANARY)

    set_password = get_password  # type: ignore[assignment]  # refuses just the same


class Bench:
    """Secrets, and a desk over them whose storages do as *try_out* says."""

    def __init__(self, keyring: KeyringBackend | None = None) -> None:
        self.keyring = keyring or MemoryKeyring()
        self.scrubber = Scrubber()
        self.secrets = HostingSecrets(self.scrubber, lambda account: Keychain(account, load=lambda: self.keyring))

    def desk(self, try_out: Callable[[ReferenceHost], Awaitable[object]]) -> HostDesk:
        return HostDesk(self.secrets, ssl.create_default_context(), try_out)


async def _works(_host: ReferenceHost) -> None:
    """Let the storage do everything that was asked of it."""


@pytest.mark.parametrize(
    ("hosting", "place"),
    [
        (S3, "hosting s3 4f2a.r2.cloudflarestorage.com/foxes"),
        (HostingSettings(HostingKind.S3, S3Settings(bucket="foxes")), "hosting s3 aws/foxes"),
        (
            HostingSettings(HostingKind.S3, replace(R2, endpoint="http://localhost:9000")),
            "hosting s3 localhost:9000/foxes",
        ),
        (PUT, "hosting put dav.example"),
        (HostingSettings(HostingKind.PUT, put=PutSettings("https://DAV.example:443/b")), "hosting put dav.example"),
        (HostingSettings(HostingKind.PUT, put=PutSettings("http://dav.example/b")), "hosting put dav.example:80"),
        (HostingSettings(HostingKind.S3, replace(R2, bucket=" ")), ""),
        (HostingSettings(HostingKind.S3, replace(R2, endpoint="no address")), ""),
        (HostingSettings(HostingKind.PUT), ""),
        (HostingSettings(HostingKind.PUT, put=PutSettings("https://[broken/")), ""),
        (HostingSettings(), ""),
    ],
)
def test_a_place_is_a_server_and_a_bucket(hosting: HostingSettings, place: str) -> None:
    assert place_of(hosting) == place


@pytest.mark.parametrize(
    "elsewhere",
    [
        replace(S3, s3=replace(R2, bucket="wolves")),
        replace(S3, s3=replace(R2, endpoint="https://evil.example")),
        replace(S3, s3=replace(R2, endpoint="http://4f2a.r2.cloudflarestorage.com")),
        replace(S3, s3=replace(R2, endpoint="")),
        PUT,
    ],
)
async def test_a_secret_never_goes_to_another_place(elsewhere: HostingSettings) -> None:
    bench = Bench()
    await bench.secrets.keep(place_of(S3), Secret(CANARY))

    assert await bench.secrets.find(place_of(elsewhere)) is None
    assert await bench.secrets.find(place_of(S3)) == Secret(CANARY)


async def test_a_kept_secret_is_there_in_the_next_run_and_unknown_to_its_log() -> None:
    bench = Bench()
    await bench.secrets.keep(place_of(S3), Secret(CANARY))
    later = Bench(bench.keyring)

    assert await later.secrets.find(place_of(S3)) == Secret(CANARY)
    assert CANARY not in later.scrubber.scrub(f"sent {CANARY} to nobody")


async def test_the_keychain_is_asked_only_when_the_secret_is_needed() -> None:
    bench = Bench(LockedKeyring())

    assert not bench.secrets.take_from_environment(S3)
    assert await bench.secrets.find("") is None
    assert await bench.secrets.find(place_of(S3)) is None  # asked now, and it refused


async def test_the_environment_serves_one_place_and_is_emptied(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(SECRET_VARIABLE, f"{CANARY}\n")
    bench = Bench()

    assert bench.secrets.take_from_environment(S3)

    assert SECRET_VARIABLE not in os.environ
    assert await bench.secrets.find(place_of(S3)) == Secret(CANARY)
    assert await bench.secrets.find(place_of(PUT)) is None
    assert CANARY not in bench.scrubber.scrub(CANARY)


def test_the_environment_is_emptied_even_when_there_is_no_place_for_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(SECRET_VARIABLE, CANARY)

    assert not Bench().secrets.take_from_environment(HostingSettings())

    assert SECRET_VARIABLE not in os.environ


async def test_the_desk_keeps_a_secret_and_tells_its_end_alone() -> None:
    bench = Bench()
    desk = bench.desk(_works)

    assert await desk.enter(S3, CANARY, this_run_only=False) == ""

    state = await desk.state(S3)
    assert state.is_saved
    assert state.ends_in == "NARY"
    assert "for this place alone" in state.words
    assert not (await desk.state(PUT)).is_saved


async def test_of_a_password_nothing_is_shown() -> None:
    desk = Bench().desk(_works)
    await desk.enter(PUT, CANARY, this_run_only=False)

    assert (await desk.state(PUT)).ends_in == ""


async def test_a_secret_for_this_run_reaches_no_keychain() -> None:
    bench = Bench()
    desk = bench.desk(_works)

    await desk.enter(S3, CANARY, this_run_only=True)

    assert isinstance(bench.keyring, MemoryKeyring)
    assert bench.keyring.kept == {}
    assert "until the program ends" in (await desk.state(S3)).words


async def test_a_keychain_that_refuses_is_told_and_the_run_has_the_secret() -> None:
    bench = Bench(LockedKeyring())
    desk = bench.desk(_works)

    words = await desk.enter(S3, CANARY, this_run_only=False)

    assert "could not be kept" in words
    assert CANARY not in words
    assert await bench.secrets.find(place_of(S3)) == Secret(CANARY)


async def test_a_removed_secret_is_gone_from_the_run_and_the_keychain() -> None:
    bench = Bench()
    desk = bench.desk(_works)
    await desk.enter(S3, CANARY, this_run_only=False)

    assert "removed" in await desk.remove(S3)

    assert await bench.secrets.find(place_of(S3)) is None
    assert isinstance(bench.keyring, MemoryKeyring)
    assert bench.keyring.kept == {}


async def test_what_is_typed_is_tested_and_kept_nowhere() -> None:
    bench = Bench()
    tried: list[str] = []

    async def try_out(host: ReferenceHost) -> None:
        tried.append(host.name)

    words, works = await bench.desk(try_out).test(S3, CANARY)

    assert works
    assert "Its links end by themselves" in words
    assert len(tried) == 1
    assert await bench.secrets.find(place_of(S3)) is None
    assert CANARY not in bench.scrubber.scrub(CANARY)


async def test_a_web_server_is_said_to_have_links_that_stay() -> None:
    words, works = await Bench().desk(_works).test(PUT, "")
    assert works
    assert "do not end by themselves" in words


@pytest.mark.parametrize(
    ("error", "said"),
    [
        (
            HostRefusedError(Failure(FailureKind.HOST_REFUSED, HostFault.BUCKET_MISSING, "foxes")),
            "no bucket or folder foxes",
        ),
        (HostRefusedError(Failure(FailureKind.HOST_REFUSED, HostFault.SECRET_WRONG)), "password is wrong"),
        (UnreachableError(Failure(FailureKind.HOST_UNREACHABLE)), "No usable answer came"),
        (TimeoutError(), "No usable answer came"),
    ],
)
async def test_what_is_wrong_is_said_in_a_sentence(error: Exception, said: str) -> None:
    async def try_out(_host: ReferenceHost) -> None:
        raise error

    words, works = await Bench().desk(try_out).test(S3, CANARY)

    assert not works
    assert said in words
    assert CANARY not in words


async def test_settings_that_miss_something_are_told_without_asking_anybody() -> None:
    async def try_out(_host: ReferenceHost) -> None:
        raise AssertionError("nobody is to be asked")

    words, works = await Bench().desk(try_out).test(replace(S3, s3=replace(R2, region="")), CANARY)

    assert not works
    assert "region" in words


async def test_a_test_that_is_cancelled_ends_at_once() -> None:
    async def try_out(_host: ReferenceHost) -> None:
        await asyncio.sleep(3600)

    running = asyncio.ensure_future(Bench().desk(try_out).test(S3, CANARY))
    await asyncio.sleep(0)
    running.cancel()

    with pytest.raises(asyncio.CancelledError):
        await running
