"""What the settings dialog may do with the API key: enter, remove, and test it without spending anything."""

from __future__ import annotations

import asyncio
from typing import Any, Final

import httpx

from seedream_desktop.api.client import ApixoService
from seedream_desktop.app.key import KeyRing
from seedream_desktop.domain.money import dollars
from seedream_desktop.ports.errors import ServiceError
from seedream_desktop.sentences import KeyWords, failure_sentence, key_sentence
from seedream_desktop.system.keychain import KeychainUnavailableError
from seedream_desktop.system.secret import BadKeyError, Secret, parse_key

_TEST_LIMIT_S: Final = 15.0


class KeyDesk:
    """Answers in sentences; a key that makes no sense is answered too, and changes nothing."""

    def __init__(self, ring: KeyRing, base_url: httpx.URL, context: Any) -> None:
        self._ring = ring
        self._base_url = base_url
        self._context = context

    @property
    def last_four(self) -> str | None:
        """The key's last characters, or None without a key."""
        return self._ring.last_four

    async def keychain_name(self) -> str | None:
        """Return the keychain's name, or None when there is none to use."""
        return await self._ring.keychain_name()

    async def enter(self, text: str, *, this_run_only: bool) -> str:
        """Take a key and return a sentence that says where it is kept, or why it was not taken."""
        try:
            secret = parse_key(text)
        except BadKeyError as error:
            return str(error)
        if this_run_only:
            self._ring.use(secret)
            return key_sentence(KeyWords.FOR_THIS_RUN)
        return await self._keep(secret)

    async def remove(self) -> str:
        """Forget the key and return a sentence."""
        try:
            await self._ring.forget()
        except KeychainUnavailableError as error:
            if await self._ring.keychain_name() is not None:
                return key_sentence(KeyWords.NOT_REMOVED, reason=error.reason)
        return key_sentence(KeyWords.REMOVED)

    async def test(self, text: str) -> tuple[str, bool]:
        """Ask for the balance with the key in *text*, or with the one in use when it is empty."""
        try:
            key = parse_key(text).reveal() if text.strip() else self._ring.reveal()
        except BadKeyError as error:
            return str(error), False
        service = ApixoService(self._base_url, lambda: key, self._context)
        try:
            async with asyncio.timeout(_TEST_LIMIT_S):
                balance_usd = await service.balance()
        except ServiceError as error:
            return failure_sentence(error.failure), False
        except TimeoutError:
            return key_sentence(KeyWords.NO_ANSWER), False
        finally:
            await service.close()
        return key_sentence(KeyWords.WORKS, balance=dollars(balance_usd)), True

    async def _keep(self, secret: Secret) -> str:
        try:
            await self._ring.keep(secret)
        except KeychainUnavailableError as error:
            return key_sentence(KeyWords.NOT_KEPT, reason=error.reason)
        return key_sentence(KeyWords.IN_KEYCHAIN, keychain=await self._ring.keychain_name() or "")
