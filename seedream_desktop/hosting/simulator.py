"""Uploads references to the simulator, so that demo mode takes files from the disk."""

from __future__ import annotations

import asyncio
import hashlib
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

import httpx

from seedream_desktop.domain.failure import Failure, FailureKind
from seedream_desktop.domain.reference import HostedReference
from seedream_desktop.ports import KeyRefusedError, ServiceError, UnreachableError

_TIMEOUT_S: Final = 60.0


class SimulatorHost:
    """A ReferenceHost on the simulator at *base_url*."""

    def __init__(self, base_url: httpx.URL, key: Callable[[], str | None]) -> None:
        self.name = f"simulator {base_url.netloc.decode('ascii')}"
        self._address = base_url.copy_with(path="/_sim/upload")
        self._key = key
        self._client = httpx.AsyncClient(trust_env=False, timeout=_TIMEOUT_S)

    async def publish(self, path: Path) -> HostedReference:
        """Upload the file and return its link; raises a ServiceError."""
        content = await asyncio.to_thread(_read, path)
        headers = {"Authorization": f"Bearer {self._key()}"}
        try:
            response = await self._client.post(self._address, content=content, headers=headers)
            answer = response.json()
        except (httpx.HTTPError, ValueError) as error:
            raise UnreachableError(Failure(FailureKind.OFFLINE, type(error).__name__)) from None
        if response.status_code == httpx.codes.UNAUTHORIZED:
            raise KeyRefusedError(Failure(FailureKind.KEY_REFUSED, "401"))
        if response.status_code != httpx.codes.OK:
            raise ServiceError(Failure(FailureKind.REFERENCE, str(response.status_code), path.name))
        digest = hashlib.sha256(content).hexdigest()
        until = datetime.fromtimestamp(answer["expires_at"], UTC).isoformat()
        return HostedReference(str(answer["url"]), self.name, digest, until)

    async def close(self) -> None:
        """Close the connections."""
        await self._client.aclose()


def _read(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise ServiceError(Failure(FailureKind.REFERENCE, "FILE_UNREADABLE", path.name)) from error
