"""A host whose secret is looked up when it is first needed: no start waits for a keychain it may never need."""

from __future__ import annotations

import logging
from pathlib import Path
from typing import Any

from seedream_desktop.app.hosting import HostingSecrets, place_of
from seedream_desktop.domain.hosting import HostingSettings
from seedream_desktop.domain.reference import HostedReference
from seedream_desktop.hosting.choice import make_host
from seedream_desktop.ports.errors import HostRefusedError
from seedream_desktop.ports.references import ReferenceHost
from seedream_desktop.system.secret import Secret

log = logging.getLogger(__name__)


class UnlockingHost:
    """The host that *hosting* asks for, as a ReferenceHost; raises HostRefusedError when settings are missing."""

    def __init__(self, hosting: HostingSettings, secrets: HostingSecrets, context: Any) -> None:
        host = make_host(hosting, self._reveal, context)
        if host is None:
            raise ValueError("these settings ask for no host")
        self._host: ReferenceHost = host
        self._secrets = secrets
        self._place = place_of(hosting)
        self._secret: Secret | None = None
        self.name = host.name
        self.ends_links = host.ends_links

    async def publish(self, path: Path, sha256: str, media_format: str) -> HostedReference:
        """Upload as the host does, with its secret."""
        await self._unlock()
        return await self._host.publish(path, sha256, media_format)

    async def renew(self, hosted: HostedReference) -> HostedReference | None:
        """Renew as the host does, with its secret."""
        await self._unlock()
        return await self._host.renew(hosted)

    async def delete(self, hosted: HostedReference) -> None:
        """Delete as the host does, with its secret."""
        await self._unlock()
        await self._host.delete(hosted)

    async def _unlock(self) -> None:
        if self._secret is None:
            self._secret = await self._secrets.find(self._place)

    def _reveal(self) -> str | None:
        return None if self._secret is None else self._secret.reveal()


def host_of(hosting: HostingSettings, secrets: HostingSecrets, context: Any) -> ReferenceHost | None:
    """Return the host that the settings ask for; None when they ask for none, or are not complete (which is logged)."""
    if not place_of(hosting):
        return None
    try:
        return UnlockingHost(hosting, secrets, context)
    except HostRefusedError as error:
        log.warning("hosting: %s", error)
        return None
