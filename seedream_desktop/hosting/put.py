"""Hosts references in a folder of a web server that takes HTTP PUT, WebDAV among them."""

from __future__ import annotations

import asyncio
import base64
import ssl
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from http.cookiejar import CookieJar, DefaultCookiePolicy
from pathlib import Path
from typing import Final

import httpx

from seedream_desktop.domain.hosting import HostFault, PutSettings
from seedream_desktop.domain.reference import HostedReference
from seedream_desktop.hosting.addresses import checked_address, joined, without_scheme
from seedream_desktop.hosting.failures import read_file, refused, unreachable
from seedream_desktop.hosting.naming import content_type, is_ours, new_name
from seedream_desktop.ports.errors import ServiceError

_GONE: Final = frozenset({404, 410})
_FOLDER_MISSING: Final = 409
_FOR_NOW: Final = frozenset({408, 425, 429})
_FOR_GOOD: Final = frozenset({501, 507})
_FAULTS: Final = {
    401: HostFault.SECRET_WRONG,
    403: HostFault.FORBIDDEN,
    404: HostFault.BUCKET_MISSING,
    405: HostFault.FORBIDDEN,
    409: HostFault.BUCKET_MISSING,
    410: HostFault.BUCKET_MISSING,
    413: HostFault.TOO_LARGE,
    501: HostFault.FORBIDDEN,
    507: HostFault.NO_ROOM,
}
# One write of a whole file would have to be over within the time limit of one write.
_CHUNK_BYTES: Final = 64 * 1024
_HEADERS: Final = {"User-Agent": "SeedreamDesktop", "Accept-Encoding": "identity"}


@dataclass(frozen=True, slots=True)
class PutLimits:
    """How long is waited: for a connection, for any progress, and for one whole exchange."""

    connect_s: float = 10.0
    idle_s: float = 60.0
    total_s: float = 300.0


_DEFAULT_LIMITS: Final = PutLimits()


class PutHost:
    """A ReferenceHost at an address of the user's; the password goes to the upload address and nowhere else."""

    ends_links = False

    def __init__(
        self,
        settings: PutSettings,
        reveal: Callable[[], str | None],
        context: ssl.SSLContext,
        limits: PutLimits = _DEFAULT_LIMITS,
    ) -> None:
        """Prepare, sending nothing; *reveal* returns the password or token.

        Raises:
            HostRefusedError: when an address in *settings* is none.
        """
        self._folder = checked_address(settings.upload_url)
        public = settings.public_base_url.strip()
        self._public = checked_address(public) if public else self._folder
        self._user = settings.user.strip()
        self._reveal = reveal
        self._context = context
        self._limits = limits
        self.name = without_scheme(self._folder)

    async def publish(self, path: Path, sha256: str, media_format: str) -> HostedReference:
        """Upload the file under a new name and return its link; raises a ServiceError."""
        content = await read_file(path)
        name = new_name(media_format)
        async with self._client() as client:
            status = await self._put(client, name, content, content_type(media_format))
            if status == _FOLDER_MISSING:
                await self._ask(client, httpx.Request("MKCOL", f"{str(self._folder).rstrip('/')}/"))
                status = await self._put(client, name, content, content_type(media_format))
        if status not in {200, 201, 204}:
            raise self._failure("upload", status)
        hosted_at = datetime.now(UTC).isoformat(timespec="seconds")
        return HostedReference(joined(self._public, name), self.name, sha256, None, name, hosted_at)

    async def renew(self, hosted: HostedReference) -> HostedReference | None:
        """Return *hosted* itself when the file is still there, or None; raises an UnreachableError."""
        if not is_ours(hosted.object_name):
            return None
        async with self._client() as client:
            status = await self._ask(client, httpx.Request("HEAD", joined(self._folder, hosted.object_name)))
        return hosted if status in {200, 204} else None

    async def delete(self, hosted: HostedReference) -> None:
        """Delete the file; no error when it is gone already; raises a ServiceError."""
        if not is_ours(hosted.object_name):
            raise refused(HostFault.FORBIDDEN, "delete: no file of this program")
        async with self._client() as client:
            status = await self._ask(client, httpx.Request("DELETE", joined(self._folder, hosted.object_name)))
        if status in {405, 501}:
            raise refused(HostFault.FORBIDDEN, "it cannot delete")
        if not (200 <= status < 300 or status in _GONE):
            raise self._failure("delete", status)

    async def _put(self, client: httpx.AsyncClient, name: str, content: bytes, kind: str) -> int:
        headers = {"Content-Type": kind, "Content-Length": str(len(content))}
        address = joined(self._folder, name)
        return await self._ask(client, httpx.Request("PUT", address, headers=headers, content=_chunks(content)))

    async def _ask(self, client: httpx.AsyncClient, request: httpx.Request) -> int:
        """Send *request* with the password and return the status; of the body nothing is read."""
        request.headers.update({**_HEADERS, **self._authorization()})
        try:
            async with asyncio.timeout(self._limits.total_s):
                response = await client.send(request, stream=True)
                await response.aclose()
        except (httpx.HTTPError, TimeoutError) as error:
            failure = _trouble(error)
        else:
            return _final(response.status_code)
        # Outside the block: httpx's error holds the request, and so the password.
        raise failure

    def _authorization(self) -> dict[str, str]:
        secret = self._reveal() or ""
        if self._user and not secret:
            raise refused(HostFault.INCOMPLETE, "password")
        if self._user:
            pair = f"{self._user}:{secret}".encode()
            return {"Authorization": f"Basic {base64.b64encode(pair).decode('ascii')}"}
        if not (secret.isascii() and (secret.isprintable() or not secret)):
            raise refused(HostFault.SECRET_WRONG)
        return {"Authorization": f"Bearer {secret}"} if secret else {}

    def _client(self) -> httpx.AsyncClient:
        limits = self._limits
        return httpx.AsyncClient(
            transport=httpx.AsyncHTTPTransport(verify=self._context, trust_env=False),
            trust_env=False,
            follow_redirects=False,
            timeout=httpx.Timeout(limits.idle_s, connect=limits.connect_s),
            cookies=CookieJar(DefaultCookiePolicy(allowed_domains=())),
        )

    def _failure(self, operation: str, status: int) -> ServiceError:
        if 300 <= status < 400:
            return refused(HostFault.ADDRESS, f"it sends elsewhere: {status}")
        fault = _FAULTS.get(status, HostFault.ODD_ANSWER)
        details = {HostFault.FORBIDDEN: f"{operation}: {status}", HostFault.BUCKET_MISSING: self._folder.path}
        return refused(fault, details.get(fault, str(status)))


def _final(status: int) -> int:
    """Return a status that stays as it is however often is asked; raises an UnreachableError for any other."""
    if status in _FOR_NOW or (status >= 500 and status not in _FOR_GOOD):
        raise unreachable(str(status))
    return status


async def _chunks(content: bytes) -> AsyncIterator[bytes]:
    view = memoryview(content)
    for start in range(0, len(view), _CHUNK_BYTES):
        yield bytes(view[start : start + _CHUNK_BYTES])


def _trouble(error: httpx.HTTPError | TimeoutError) -> ServiceError:
    if isinstance(error.__cause__, ssl.SSLCertVerificationError) or "CERTIFICATE_VERIFY_FAILED" in str(error):
        return refused(HostFault.ADDRESS, "its certificate is not to be trusted")
    return unreachable("timeout" if isinstance(error, (httpx.TimeoutException, TimeoutError)) else type(error).__name__)
