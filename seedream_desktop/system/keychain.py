"""The API key in the system's keychain: asked off the loop, within a limit, and never kept where anybody can read it.

It must not fall back to a file; whoever asks gets a `KeychainUnavailableError` and decides.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Final, TypeVar

from seedream_desktop.system.daemon_thread import call_in_daemon_thread
from seedream_desktop.system.secret import Secret

if TYPE_CHECKING:
    from keyring.backend import KeyringBackend

T = TypeVar("T")

SERVICE_NAME: Final = "Seedream Desktop"
DEFAULT_ACCOUNT: Final = "api-key"
LIMIT_S: Final = 10.0
# null forgets, fail refuses, and all of keyrings.alt is plain text or asks for a password on a terminal.
_UNFIT_MODULES: Final = ("keyring.backends.null", "keyring.backends.fail", "keyrings.alt")


class KeychainUnavailableError(Exception):
    """The keychain did not do its part; *reason* is a sentence for people, without the secret."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


class Keychain:
    """One secret of ours in the system's keychain; each call takes at most *limit_s* real seconds."""

    def __init__(
        self,
        account: str = DEFAULT_ACCOUNT,
        *,
        load: Callable[[], KeyringBackend] | None = None,
        limit_s: float = LIMIT_S,
    ) -> None:
        """Name the *account* the secret is kept under; *load* finds the backend, the system's own by default."""
        self._account = account
        self._load = load or system_backend
        self._limit_s = limit_s

    async def read(self) -> Secret | None:
        """Return the secret, or None when none was kept. Raises KeychainUnavailableError."""
        text = await self._call(lambda backend: backend.get_password(SERVICE_NAME, self._account))
        return Secret(text) if text else None

    async def write(self, secret: Secret) -> None:
        """Keep *secret* and prove it by reading it back. Raises KeychainUnavailableError; nothing is kept then."""
        await self._call(lambda backend: self._write_and_compare(backend, secret))

    async def delete(self) -> None:
        """Forget the secret; it is no error when there is none. Raises KeychainUnavailableError."""
        await self._call(self._delete_and_look)

    async def backend_name(self) -> str:
        """Return the name of the keychain in use, for people. Raises KeychainUnavailableError."""
        return await self._call(lambda backend: str(backend.name))

    def _write_and_compare(self, backend: KeyringBackend, secret: Secret) -> None:
        backend.set_password(SERVICE_NAME, self._account, secret.reveal())
        found = backend.get_password(SERVICE_NAME, self._account)
        if found is None or Secret(found) != secret:
            raise KeychainUnavailableError("The keychain did not give back what was put into it.")

    def _delete_and_look(self, backend: KeyringBackend) -> None:
        if backend.get_password(SERVICE_NAME, self._account) is None:
            return
        backend.delete_password(SERVICE_NAME, self._account)
        if backend.get_password(SERVICE_NAME, self._account) is not None:
            raise KeychainUnavailableError("The keychain still holds the key after it was deleted.")

    async def _call(self, use: Callable[[KeyringBackend], T]) -> T:
        def work() -> T:
            return use(_fit_backend(self._load()))

        try:
            return await call_in_daemon_thread(work, self._limit_s, "keychain")
        except KeychainUnavailableError:
            raise
        except TimeoutError:
            raise KeychainUnavailableError(f"The keychain did not answer within {self._limit_s:g} seconds.") from None
        except Exception as error:  # noqa: BLE001 - backends raise whatever their system throws
            raise KeychainUnavailableError(_reason(error)) from None


def system_backend() -> KeyringBackend:
    """Return the keychain that keyring finds best on this system; slow the first time."""
    import keyring

    return keyring.get_keyring()


def _fit_backend(backend: KeyringBackend) -> KeyringBackend:
    """Return *backend*, or the first of a chain, that keeps secrets as secrets."""
    candidates = getattr(backend, "backends", None) or [backend]
    fit: KeyringBackend | None = next((candidate for candidate in candidates if not _is_unfit(candidate)), None)
    if fit is None:
        raise KeychainUnavailableError("This system has no keychain that keeps a key safe.")
    return fit


def _is_unfit(backend: KeyringBackend) -> bool:
    kind = type(backend)
    return kind.__module__.startswith(_UNFIT_MODULES) or "plaintext" in kind.__name__.lower()


def _reason(error: Exception) -> str:
    """Only the kind of the error is told: its words may hold what was to be kept."""
    from keyring.errors import InitError, KeyringLocked, NoKeyringError

    if isinstance(error, (KeyringLocked, InitError)):
        return "The keychain is locked, and it was not unlocked."
    if isinstance(error, NoKeyringError):
        return "This system has no keychain that keeps a key safe."
    return f"The keychain refused ({type(error).__name__})."
