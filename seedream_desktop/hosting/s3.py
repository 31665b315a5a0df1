"""Hosts references in an S3-compatible bucket of the user's own: a put, a signed or public link, a delete."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Final

import httpx

from seedream_desktop.domain.hosting import MAX_LINK_DAYS, HostFault, S3Settings
from seedream_desktop.domain.reference import HostedReference
from seedream_desktop.hosting.addresses import joined
from seedream_desktop.hosting.failures import read_file, refused
from seedream_desktop.hosting.naming import content_type, is_ours, new_name
from seedream_desktop.hosting.s3_place import place_of
from seedream_desktop.hosting.s3_store import S3Bucket, S3Limits

# A storage takes requests of a clock that is 15 minutes off, and ends the link by its own clock.
_EARLIER: Final = timedelta(minutes=16)
_STAMP: Final = "%Y%m%dT%H%M%SZ"
_DAY_S: Final = 86_400.0
_DEFAULT_LIMITS: Final = S3Limits()


class S3Host:
    """A ReferenceHost that needs the rights to put, get and delete below its folder, and no right to list."""

    def __init__(
        self,
        settings: S3Settings,
        reveal: Callable[[], str | None],
        limits: S3Limits = _DEFAULT_LIMITS,
        day_s: float = _DAY_S,
    ) -> None:
        """Prepare, sending nothing; *reveal* returns the secret access key, and a day may be shorter in tests.

        Raises:
            HostRefusedError: when *settings* name no place.
        """
        self._place = place_of(settings)
        self._reveal = reveal
        self._limits = limits
        self._life = timedelta(seconds=day_s) * min(max(settings.link_days, 1), MAX_LINK_DAYS)
        self._bucket: S3Bucket | None = None
        self.name = self._place.title
        self.ends_links = self._place.public_address is None

    async def publish(self, path: Path, sha256: str, media_format: str) -> HostedReference:
        """Upload the file under a new name and return its link; raises a ServiceError."""
        content = await read_file(path)
        bucket = await self._opened()
        name = new_name(media_format, self._place.folder)
        await bucket.put(name, content, content_type(media_format))
        hosted_at = datetime.now(UTC).isoformat(timespec="seconds")
        return await self._linked(bucket, HostedReference("", self.name, sha256, None, name, hosted_at))

    async def renew(self, hosted: HostedReference) -> HostedReference | None:
        """Return a fresh link to what is still there, or None; raises an UnreachableError."""
        if not is_ours(hosted.object_name):
            return None
        bucket = await self._opened()
        return await self._linked(bucket, hosted) if await bucket.exists(hosted.object_name) else None

    async def delete(self, hosted: HostedReference) -> None:
        """Delete the file; no error when it is gone already; raises a ServiceError."""
        if not is_ours(hosted.object_name):
            raise refused(HostFault.FORBIDDEN, "delete: no file of this program")
        await (await self._opened()).delete(hosted.object_name)

    async def _linked(self, bucket: S3Bucket, hosted: HostedReference) -> HostedReference:
        public = self._place.public_address
        if public is not None:
            return replace(hosted, url=joined(public, hosted.object_name), until=None)
        url = await bucket.sign(hosted.object_name, self._life)
        return replace(hosted, url=url, until=_end_of(url).isoformat())

    async def _opened(self) -> S3Bucket:
        if self._bucket is None:
            secret = self._reveal()
            if not secret:
                raise refused(HostFault.INCOMPLETE, "secret access key")
            self._bucket = await asyncio.to_thread(S3Bucket, self._place, secret, self._limits)
        return self._bucket


def _end_of(link: str) -> datetime:
    """Return a moment at which a signed link surely lives still; it names its own birth and life (Signature V4)."""
    said = httpx.URL(link).params
    born = datetime.strptime(said["X-Amz-Date"], _STAMP).replace(tzinfo=UTC)
    return born + timedelta(seconds=int(said["X-Amz-Expires"])) - _EARLIER
