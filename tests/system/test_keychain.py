"""The keychain with backends that forget, refuse, lie, stay locked or never answer."""

from __future__ import annotations

import threading
import time

import pytest
from keyring.backend import KeyringBackend
from keyring.backends.fail import Keyring as FailKeyring
from keyring.backends.null import Keyring as NullKeyring
from keyring.errors import InitError, KeyringLocked, PasswordSetError

from seedream_desktop.system.keychain import SERVICE_NAME, Keychain, KeychainUnavailableError
from seedream_desktop.system.secret import Secret

KEY = Secret("sk-live-0123456789")


class MemoryKeyring(KeyringBackend):
    """A keychain that works."""

    priority = 1

    def __init__(self) -> None:
        super().__init__()  # type: ignore[no-untyped-call]  # keyring is not annotated here
        self.kept: dict[tuple[str, str], str] = {}

    def get_password(self, service: str, username: str) -> str | None:
        return self.kept.get((service, username))

    def set_password(self, service: str, username: str, password: str) -> None:
        self.kept[service, username] = password

    def delete_password(self, service: str, username: str) -> None:
        del self.kept[service, username]


class ForgetfulKeyring(MemoryKeyring):
    def set_password(self, service: str, username: str, password: str) -> None:
        """Take it and lose it, as `keyring --disable` does."""


class AlteringKeyring(MemoryKeyring):
    def set_password(self, service: str, username: str, password: str) -> None:
        super().set_password(service, username, password[:8])


class StickyKeyring(MemoryKeyring):
    def delete_password(self, service: str, username: str) -> None:
        """Say yes and keep it."""


class TroubledKeyring(MemoryKeyring):
    def __init__(self, error: Exception) -> None:
        super().__init__()
        self.error = error

    def get_password(self, service: str, username: str) -> str | None:
        raise self.error

    def set_password(self, service: str, username: str, password: str) -> None:
        raise self.error


class HangingKeyring(MemoryKeyring):
    def get_password(self, service: str, username: str) -> str | None:
        threading.Event().wait()
        return None


class PlaintextKeyring(MemoryKeyring):
    """Named like the one of keyrings.alt that writes keys into a file for all to read."""


class ChainOf(MemoryKeyring):
    def __init__(self, *backends: KeyringBackend) -> None:
        super().__init__()
        self.backends = backends


def keychain(backend: KeyringBackend, limit_s: float = 5.0) -> Keychain:
    return Keychain(load=lambda: backend, limit_s=limit_s)


async def test_a_key_is_kept_read_and_deleted_under_the_programs_own_name() -> None:
    backend = MemoryKeyring()
    chain = keychain(backend)

    await chain.write(KEY)
    assert backend.kept == {(SERVICE_NAME, "api-key"): KEY.reveal()}
    assert await chain.read() == KEY

    await chain.delete()
    assert await chain.read() is None


async def test_deleting_what_is_not_there_is_no_error() -> None:
    await keychain(MemoryKeyring()).delete()


async def test_the_keychain_in_use_has_a_name() -> None:
    assert "Memory" in await keychain(MemoryKeyring()).backend_name()


@pytest.mark.parametrize("backend", [NullKeyring, FailKeyring, PlaintextKeyring])
async def test_a_backend_that_keeps_nothing_or_keeps_it_readable_is_never_used(backend: type[KeyringBackend]) -> None:
    chain = keychain(backend())

    with pytest.raises(KeychainUnavailableError, match="no keychain"):
        await chain.write(KEY)
    with pytest.raises(KeychainUnavailableError, match="no keychain"):
        await chain.read()


async def test_in_a_chain_only_a_fit_backend_gets_the_key() -> None:
    plain, good = PlaintextKeyring(), MemoryKeyring()

    await keychain(ChainOf(plain, good)).write(KEY)

    assert plain.kept == {}
    assert list(good.kept.values()) == [KEY.reveal()]


@pytest.mark.parametrize("backend", [ForgetfulKeyring, AlteringKeyring])
async def test_a_keychain_that_does_not_give_back_what_it_took_is_found_out(backend: type[KeyringBackend]) -> None:
    with pytest.raises(KeychainUnavailableError, match="did not give back"):
        await keychain(backend()).write(KEY)


async def test_a_keychain_that_does_not_let_go_of_a_key_is_found_out() -> None:
    chain = keychain(StickyKeyring())
    await chain.write(KEY)

    with pytest.raises(KeychainUnavailableError, match="still holds"):
        await chain.delete()


@pytest.mark.parametrize("error", [KeyringLocked("locked"), InitError("dismissed")])
async def test_a_locked_keychain_is_named_so(error: Exception) -> None:
    with pytest.raises(KeychainUnavailableError, match="locked"):
        await keychain(TroubledKeyring(error)).read()


@pytest.mark.parametrize("error", [PasswordSetError(KEY.reveal()), OSError(KEY.reveal()), ValueError(KEY.reveal())])
async def test_whatever_a_backend_raises_comes_out_as_one_error_without_the_key(error: Exception) -> None:
    with pytest.raises(KeychainUnavailableError) as caught:
        await keychain(TroubledKeyring(error)).write(KEY)

    assert type(error).__name__ in caught.value.reason
    assert KEY.reveal() not in str(caught.value)
    assert caught.value.__suppress_context__


async def test_a_keychain_that_never_answers_is_given_up_within_the_limit() -> None:
    started_s = time.monotonic()

    with pytest.raises(KeychainUnavailableError, match="did not answer within"):
        await keychain(HangingKeyring(), limit_s=0.1).read()

    assert time.monotonic() - started_s < 2
