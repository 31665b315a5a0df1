"""The API key of this run: where it came from, and the one place that hands it out."""

from __future__ import annotations

import logging
import os
from typing import Final
from urllib.parse import urlsplit

from seedream_desktop.app.options import Options
from seedream_desktop.system.keychain import Keychain, KeychainUnavailableError
from seedream_desktop.system.scrubber import Scrubber
from seedream_desktop.system.secret import Secret, parse_key

log = logging.getLogger(__name__)

KEY_VARIABLE: Final = "SEEDREAM_API_KEY"
DEMO_KEY: Final = "demo-key-of-the-simulator"


def keychain_for(options: Options) -> Keychain:
    """Return the keychain's entry for the service in use: a key kept for one address never goes to another."""
    try:
        host = urlsplit(options.base_url or "").netloc
    except ValueError:
        host = ""  # not an address at all; who parses it to use it says so
    return Keychain(account=f"api-key {host}") if host else Keychain()


class KeyRing:
    """Holds the key in use and keeps it in the system's keychain; every key is known to the scrubber first."""

    def __init__(self, scrubber: Scrubber, keychain: Keychain) -> None:
        self._scrubber = scrubber
        self._keychain = keychain
        self._secret: Secret | None = None

    def reveal(self) -> str | None:
        """Return the key's text for the one header that needs it, or None."""
        return self._secret.reveal() if self._secret else None

    @property
    def scrubber(self) -> Scrubber:
        """What keeps secrets out of every log."""
        return self._scrubber

    @property
    def last_four(self) -> str | None:
        """The key's last characters, to recognise it by; None without a key."""
        return self._secret.reveal()[-4:] if self._secret else None

    def use(self, secret: Secret | None) -> None:
        """Use *secret* for this run."""
        if secret is not None:
            self._scrubber.register(secret)
        self._secret = secret

    def take_from_environment(self) -> bool:
        """Use the key of the environment, which no child process will see; False when there is none.

        Raises:
            BadKeyError: when what stands there cannot be a key.
        """
        text = os.environ.pop(KEY_VARIABLE, None)
        if text is None:
            return False
        self.use(parse_key(text))
        return True

    async def take_from_keychain(self) -> None:
        """Use the key of the keychain, if there is one within its time limit."""
        try:
            secret = await self._keychain.read()
        except KeychainUnavailableError as error:
            log.info("keychain: %s", error.reason)
            return
        if secret is not None and self._secret is None:
            self.use(secret)

    async def keep(self, secret: Secret) -> None:
        """Use *secret* and write it to the keychain; raises KeychainUnavailableError, the run has it all the same."""
        self.use(secret)
        await self._keychain.write(secret)

    async def forget(self) -> None:
        """Use no key and remove it from the keychain; raises KeychainUnavailableError."""
        self.use(None)
        await self._keychain.delete()

    async def keychain_name(self) -> str | None:
        """Return the keychain's name for people, or None when there is none that can be used."""
        try:
            return await self._keychain.backend_name()
        except KeychainUnavailableError:
            return None
