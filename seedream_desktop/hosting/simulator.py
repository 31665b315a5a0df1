"""Uploads references to the simulator, so that demo mode takes files from the disk."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

import httpx

from seedream_desktop.domain.failure import Failure, FailureKind
from seedream_desktop.domain.hosting import HostFault
from seedream_desktop.domain.reference import HostedReference
from seedream_desktop.hosting.failures import read_file, refused, unreachable
from seedream_desktop.ports.errors import KeyRefusedError

_TIMEOUT_S: Final = 60.0
_UPLOAD_PATH: Final = "/_sim/upload"
_FOR_NOW: Final = frozenset({408, 429})
_FAULTS: Final = {403: HostFault.FORBIDDEN, 404: HostFault.ADDRESS, 413: HostFault.TOO_LARGE}


class SimulatorHost:
    """A ReferenceHost on the simulator at *base_url*."""

    ends_links = True

    def __init__(self, base_url: httpx.URL, key: Callable[[], str | None]) -> None:
        self.name = f"simulator {base_url.netloc.decode('ascii')}"
        self._root = base_url
        self._key = key
        self._client = httpx.AsyncClient(trust_env=False, timeout=_TIMEOUT_S)

    async def publish(self, path: Path, sha256: str, media_format: str) -> HostedReference:  # noqa: ARG002 - by its bytes
        """Upload the file and return its link; raises a ServiceError."""
        content = await read_file(path)
        response = await self._send("POST", self._root.copy_with(path=_UPLOAD_PATH), content)
        match response.status_code:
            case httpx.codes.OK:
                return self._hosted(response, sha256)
            case httpx.codes.UNAUTHORIZED:
                raise KeyRefusedError(Failure(FailureKind.KEY_REFUSED, "401"))
            case code if _may_pass(code):
                raise unreachable(str(code))
            case code:
                fault = _FAULTS.get(code, HostFault.ODD_ANSWER)
                raise refused(fault, f"upload: {code}")

    async def renew(self, hosted: HostedReference) -> HostedReference | None:  # noqa: ARG002 - its links never live longer
        """Return None: the simulator forgets the file with its link."""
        return None

    async def delete(self, hosted: HostedReference) -> None:
        """Delete the file; no error when it is gone already; raises a ServiceError."""
        address = self._root.copy_with(path=f"/uploads/{hosted.object_name}")
        code = (await self._send("DELETE", address)).status_code
        if code == httpx.codes.UNAUTHORIZED:
            raise KeyRefusedError(Failure(FailureKind.KEY_REFUSED, "401"))
        if _may_pass(code):
            raise unreachable(str(code))
        if not (httpx.codes.is_success(code) or code == httpx.codes.NOT_FOUND):
            raise refused(HostFault.FORBIDDEN, f"delete: {code}")

    async def close(self) -> None:
        """Close the connections."""
        await self._client.aclose()

    async def _send(self, method: str, address: httpx.URL, content: bytes = b"") -> httpx.Response:
        key = self._key()
        if key is None:
            raise KeyRefusedError(Failure(FailureKind.KEY_MISSING))
        try:
            headers = {"Authorization": f"Bearer {key}"}
            return await self._client.request(method, address, content=content, headers=headers)
        except (httpx.HTTPError, UnicodeError) as error:
            code = type(error).__name__
        raise unreachable(code)

    def _hosted(self, response: httpx.Response, sha256: str) -> HostedReference:
        url, until = _link(response)
        hosted_at = datetime.now(UTC).isoformat(timespec="seconds")
        return HostedReference(url, self.name, sha256, until, httpx.URL(url).path.rpartition("/")[2], hosted_at)


def _may_pass(status: int) -> bool:
    return status in _FOR_NOW or httpx.codes.is_server_error(status)


def _link(response: httpx.Response) -> tuple[str, str]:
    """Return the link of an upload and until when it lives; raises a ServiceError when the answer holds none."""
    try:
        answer = response.json()
        return str(httpx.URL(answer["url"])), datetime.fromtimestamp(answer["expires_at"], UTC).isoformat()
    except (ValueError, LookupError, TypeError, OverflowError, OSError, RecursionError, httpx.InvalidURL):
        raise unreachable("odd answer") from None
