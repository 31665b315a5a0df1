"""The secrets of the user's storages, each bound to the place it was entered for."""

from __future__ import annotations

import logging
import os
from collections.abc import Callable
from typing import Final
from urllib.parse import SplitResult, urlsplit

from seedream_desktop.domain.hosting import HostingKind, HostingSettings
from seedream_desktop.system.keychain import Keychain, KeychainUnavailableError
from seedream_desktop.system.scrubber import Scrubber
from seedream_desktop.system.secret import Secret

log = logging.getLogger(__name__)

SECRET_VARIABLE: Final = "SEEDREAM_HOSTING_SECRET"  # noqa: S105 - the variable's name
_LINE_ENDS: Final = "\r\n"
_DEFAULT_PORTS: Final = {"https": 443, "http": 80}


def place_of(hosting: HostingSettings) -> str:
    """Return the keychain's account for the storage's secret, e.g. ``hosting s3 s3.example/pictures``.

    It holds the server, its port when that is not 443, and the bucket, so that a secret kept for one place never goes
    to another; "" while the settings name no place.
    """
    match hosting.kind:
        case HostingKind.S3 if hosting.s3.bucket.strip():
            endpoint = hosting.s3.endpoint.strip()
            server = _server(endpoint) if endpoint else "aws"
            return f"hosting s3 {server}/{hosting.s3.bucket.strip()}" if server else ""
        case HostingKind.PUT if server := _server(hosting.put.upload_url.strip()):
            return f"hosting put {server}"
        case _:
            return ""


class HostingSecrets:
    """One secret for each place: of this run, of the environment or of the keychain, which is asked when needed."""

    def __init__(self, scrubber: Scrubber, keychain: Callable[[str], Keychain] = Keychain) -> None:
        """Blank every secret out by *scrubber* before it is used; *keychain* makes the one for an account."""
        self._scrubber = scrubber
        self._keychain = keychain
        self._secrets: dict[str, Secret] = {}

    def take_from_environment(self, hosting: HostingSettings) -> bool:
        """Use the secret of the environment for the place in *hosting*; no child process will see it.

        Returns False when there is no secret, or no place to use it for.
        """
        text = os.environ.pop(SECRET_VARIABLE, "").strip(_LINE_ENDS)
        place = place_of(hosting)
        if not (text and place):
            return False
        self.use(place, Secret(text))
        return True

    def use(self, place: str, secret: Secret) -> None:
        """Use *secret* for *place* until the program ends."""
        self.conceal(secret)
        self._secrets[place] = secret

    def conceal(self, secret: Secret) -> None:
        """Keep *secret* out of every log from now on."""
        self._scrubber.register(secret)

    async def find(self, place: str) -> Secret | None:
        """Return the secret for *place*, or None when there is none or the keychain does not give it within 10 s."""
        if place and place not in self._secrets:
            await self._read(place)
        return self._secrets.get(place)

    async def keep(self, place: str, secret: Secret) -> None:
        """Use *secret* and write it to the keychain; raises KeychainUnavailableError, the run has it all the same."""
        self.use(place, secret)
        await self._keychain(place).write(secret)

    async def forget(self, place: str) -> None:
        """Use no secret for *place* and remove it from the keychain; raises KeychainUnavailableError."""
        self._secrets.pop(place, None)
        await self._keychain(place).delete()

    async def keychain_name(self) -> str | None:
        """Return the keychain's name for people, or None when there is none that can be used."""
        try:
            return await self._keychain("hosting").backend_name()
        except KeychainUnavailableError:
            return None

    async def _read(self, place: str) -> None:
        try:
            secret = await self._keychain(place).read()
        except KeychainUnavailableError as error:
            log.info("keychain: %s", error.reason)
            return
        # Another secret may have been entered while the keychain was thinking.
        if secret is not None and place not in self._secrets:
            self.use(place, secret)


def _server(address: str) -> str:
    """Return the host of *address* with a port that is not the usual one of https, or "" when it is no address."""
    try:
        parts = urlsplit(address)
        return _named(parts, parts.port)
    except ValueError:
        return ""


def _named(parts: SplitResult, port: int | None) -> str:
    if not parts.hostname or parts.scheme not in _DEFAULT_PORTS:
        return ""
    number = port or _DEFAULT_PORTS[parts.scheme]
    return parts.hostname if number == _DEFAULT_PORTS["https"] else f"{parts.hostname}:{number}"
