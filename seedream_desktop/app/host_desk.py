"""What the settings dialog may do with a storage: keep or forget its secret, and try it out, which keeps nothing."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from enum import StrEnum
from typing import Any, Final

from seedream_desktop.app.hosting import HostingSecrets, place_of
from seedream_desktop.domain.hosting import HostFault, HostingKind, HostingSettings
from seedream_desktop.hosting.choice import make_host
from seedream_desktop.ports.errors import HostRefusedError, ServiceError, StorageError
from seedream_desktop.ports.references import ReferenceHost
from seedream_desktop.sentences.failures import failure_sentence
from seedream_desktop.sentences.language import QT_TRANSLATE_NOOP, say
from seedream_desktop.sentences.references import host_fault_words
from seedream_desktop.system.keychain import KeychainUnavailableError
from seedream_desktop.system.secret import Secret
from seedream_desktop.ui.hosting_backend import SecretState

_TEST_LIMIT_S: Final = 45.0
# Four characters of a short secret would be a good part of it, and a password of the user's own is easily guessed on.
_TELLING_CHARS: Final = 20


class HostWords(StrEnum):
    """What the settings say about a storage and its secret."""

    IN_KEYCHAIN = QT_TRANSLATE_NOOP("Sentences", "Kept in {keychain}, for this place alone.")
    FOR_THIS_RUN = QT_TRANSLATE_NOOP("Sentences", "Used until the program ends and kept nowhere.")
    NOT_KEPT = QT_TRANSLATE_NOOP(
        "Sentences", "The storage's secret is used until the program ends. It could not be kept: {reason}"
    )
    REMOVED = QT_TRANSLATE_NOOP("Sentences", "The secret was removed.")
    NOT_REMOVED = QT_TRANSLATE_NOOP("Sentences", "No longer used, but the keychain still has it: {reason}")
    WORKS = QT_TRANSLATE_NOOP(
        "Sentences", "It works: a small picture was uploaded, read without a key and deleted again. {ends}"
    )
    UNFIT = QT_TRANSLATE_NOOP("Sentences", "This storage does not work yet: {fault}.")
    LINKS_END = QT_TRANSLATE_NOOP("Sentences", "Its links end by themselves.")
    LINKS_STAY = QT_TRANSLATE_NOOP("Sentences", "Its links do not end by themselves.")
    NO_ANSWER = QT_TRANSLATE_NOOP("Sentences", "No usable answer came. Check the address and the network.")
    NOTHING = QT_TRANSLATE_NOOP("Sentences", "There is no storage to test yet.")


class HostDesk:
    """A `HostKeeper`; *try_out* uploads, reads and deletes a small picture, or raises a ServiceError."""

    def __init__(
        self, secrets: HostingSecrets, context: Any, try_out: Callable[[ReferenceHost], Awaitable[object]]
    ) -> None:
        self._secrets = secrets
        self._context = context
        self._try_out = try_out
        self._for_this_run: set[str] = set()

    async def state(self, hosting: HostingSettings) -> SecretState:
        """Return what is known of the secret for the place in *hosting*."""
        place = place_of(hosting)
        secret = await self._secrets.find(place)
        keychain = await self._secrets.keychain_name()
        if secret is None:
            return SecretState(is_saved=False, ends_in="", words="", keychain_name=keychain)
        is_kept = keychain is not None and place not in self._for_this_run
        words = say(HostWords.IN_KEYCHAIN, keychain=keychain or "") if is_kept else say(HostWords.FOR_THIS_RUN)
        return SecretState(is_saved=True, ends_in=_end_of(secret, hosting.kind), words=words, keychain_name=keychain)

    async def enter(self, hosting: HostingSettings, secret: str, *, this_run_only: bool) -> str:
        """Take the secret for the place in *hosting*; returns "" or why it could not be kept, which is no refusal."""
        place = place_of(hosting)
        self._for_this_run.add(place)
        if this_run_only:
            self._secrets.use(place, Secret(secret))
            return ""
        try:
            await self._secrets.keep(place, Secret(secret))
        except KeychainUnavailableError as error:
            return say(HostWords.NOT_KEPT, reason=error.reason)
        self._for_this_run.discard(place)
        return ""

    async def remove(self, hosting: HostingSettings) -> str:
        """Forget the secret for the place in *hosting*; returns a sentence."""
        place = place_of(hosting)
        self._for_this_run.discard(place)
        try:
            await self._secrets.forget(place)
        except KeychainUnavailableError as error:
            if await self._secrets.keychain_name() is not None:
                return say(HostWords.NOT_REMOVED, reason=error.reason)
        return say(HostWords.REMOVED)

    async def test(self, hosting: HostingSettings, secret: str) -> tuple[str, bool]:
        """Try the storage out with *secret*, or the saved one when it is empty; returns a sentence and if it works."""
        held = await self._secret(hosting, secret)
        try:
            return await self._tried(hosting, held)
        except HostRefusedError as error:
            fault = host_fault_words(HostFault(error.failure.code), error.failure.message)
            return say(HostWords.UNFIT, fault=fault), False
        except StorageError as error:
            return failure_sentence(error.failure), False
        except (ServiceError, TimeoutError):
            return say(HostWords.NO_ANSWER), False

    async def _tried(self, hosting: HostingSettings, secret: Secret | None) -> tuple[str, bool]:
        host = make_host(hosting, lambda: secret.reveal() if secret is not None else None, self._context)
        if host is None:
            return say(HostWords.NOTHING), False
        async with asyncio.timeout(_TEST_LIMIT_S):
            await self._try_out(host)
        ends = say(HostWords.LINKS_END if host.ends_links else HostWords.LINKS_STAY)
        return say(HostWords.WORKS, ends=ends), True

    async def _secret(self, hosting: HostingSettings, text: str) -> Secret | None:
        if not text:
            return await self._secrets.find(place_of(hosting))
        secret = Secret(text)
        self._secrets.conceal(secret)
        return secret


def _end_of(secret: Secret, kind: HostingKind) -> str:
    text = secret.reveal()
    return text[-4:] if kind is HostingKind.S3 and len(text) >= _TELLING_CHARS else ""
