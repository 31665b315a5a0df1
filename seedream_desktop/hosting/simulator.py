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
_FOR_NOW: Final = frozenset({408, 429})


class SimulatorHost:
    """A ReferenceHost on the simulator at *base_url*."""

    def __init__(self, base_url: httpx.URL, key: Callable[[], str | None]) -> None:
        self.name = f"simulator {base_url.netloc.decode('ascii')}"
        self._address = base_url.copy_with(path="/_sim/upload")
        self._key = key
        self._client = httpx.AsyncClient(trust_env=False, timeout=_TIMEOUT_S)

    async def publish(self, path: Path) -> HostedReference:
        """Upload the file and return its link; raises a ServiceError."""
        key = self._key()
        if key is None:
            raise KeyRefusedError(Failure(FailureKind.KEY_MISSING))
        content = await asyncio.to_thread(_read, path)
        response = await self._post(content, key)
        match response.status_code:
            case httpx.codes.OK:
                url, until = _link(response)
                return HostedReference(url, self.name, hashlib.sha256(content).hexdigest(), until)
            case httpx.codes.UNAUTHORIZED:
                raise KeyRefusedError(Failure(FailureKind.KEY_REFUSED, "401"))
            case code if code in _FOR_NOW or httpx.codes.is_server_error(code):
                raise UnreachableError(Failure(FailureKind.TRY_LATER, str(code)))
            case code:
                raise ServiceError(Failure(FailureKind.REFERENCE, str(code), path.name))

    async def close(self) -> None:
        """Close the connections."""
        await self._client.aclose()

    async def _post(self, content: bytes, key: str) -> httpx.Response:
        try:
            headers = {"Authorization": f"Bearer {key}"}
            return await self._client.post(self._address, content=content, headers=headers)
        except (httpx.HTTPError, UnicodeError) as error:
            raise UnreachableError(Failure(FailureKind.OFFLINE, type(error).__name__)) from None


def _link(response: httpx.Response) -> tuple[str, str]:
    """Return the link of an upload and until when it lives; raises a ServiceError when the answer holds none."""
    try:
        answer = response.json()
        return str(answer["url"]), datetime.fromtimestamp(answer["expires_at"], UTC).isoformat()
    except (ValueError, LookupError, TypeError, OverflowError, OSError, RecursionError):
        raise UnreachableError(Failure(FailureKind.WRONG_ADDRESS, "", "the answer to an upload is odd")) from None


def _read(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise ServiceError(Failure(FailureKind.REFERENCE, "FILE_UNREADABLE", path.name)) from error
