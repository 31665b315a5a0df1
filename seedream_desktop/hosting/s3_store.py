"""The four requests that are made of a bucket, through obstore; the only module that knows obstore."""

from __future__ import annotations

import asyncio
import atexit
import contextlib
import functools
import os
import time
from collections.abc import Coroutine
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Any, Final, TypeVar

from seedream_desktop.hosting.s3_errors import failure_of
from seedream_desktop.hosting.s3_place import S3Place
from seedream_desktop.ports.errors import HostRefusedError

if TYPE_CHECKING:
    from obstore.store import ClientConfig, RetryConfig, S3Store

T = TypeVar("T")

_CONNECT_S: Final = 10.0
# Its threads let go of their objects just after a request; at the interpreter's end that aborts the process
# (PyO3/pyo3-async-runtimes issue 40; without the pause one end in five here, with it none of sixty).
_PAUSE_AT_EXIT_S: Final = 0.1
# obstore asks the environment for a proxy unless it has one; this one serves no host at all.
_NO_PROXY: Final = ("http://127.0.0.1:1", "*,0.0.0.0/0,::/0")


@dataclass(frozen=True, slots=True)
class S3Limits:
    """How long is waited: for one request, for all tries of it, and before the second try; and how many tries."""

    request_s: float = 180.0
    total_s: float = 300.0
    first_pause_s: float = 0.5
    tries: int = 5


class S3Bucket:
    """One bucket with its key. Made off the loop: obstore's import and its TLS take up to 30 ms."""

    def __init__(self, place: S3Place, secret: str, limits: S3Limits) -> None:
        """Make the client; nothing is sent yet."""
        self._bucket = place.bucket
        self._total_s = limits.total_s
        self._store = _make_store(place, secret, limits)

    async def put(self, name: str, content: bytes, content_type: str) -> None:
        """Upload in one request, repeated under the same name when it is cut; raises a ServiceError."""
        await self._asked("upload", self._put(name, content, content_type))

    async def exists(self, name: str) -> bool:
        """Whether it is there for certain; raises an UnreachableError.

        Who may not list gets a 403 for what is gone, and a HEAD says no more than that. Whatever else is refused, the
        upload that follows can say why.
        """
        try:
            await self._asked("look", self._head(name))
        except HostRefusedError:
            return False
        return True

    async def delete(self, name: str) -> None:
        """Delete it; no error when it is gone already; raises a ServiceError."""
        await self._asked("delete", self._delete(name))

    async def sign(self, name: str, life: timedelta) -> str:
        """Return a link that lives for *life* by this computer's clock; nothing is sent."""
        return await self._asked("sign", self._sign(name, life))

    async def _put(self, name: str, content: bytes, content_type: str) -> None:
        import obstore

        attributes = {"Content-Type": content_type}
        await obstore.put_async(self._store, name, content, attributes=attributes, use_multipart=False)

    async def _head(self, name: str) -> None:
        import obstore

        await obstore.head_async(self._store, name)

    async def _delete(self, name: str) -> None:
        import obstore

        with contextlib.suppress(FileNotFoundError):
            await obstore.delete_async(self._store, name)

    async def _sign(self, name: str, life: timedelta) -> str:
        import obstore

        return await obstore.sign_async(self._store, "GET", name, life)

    async def _asked(self, operation: str, call: Coroutine[Any, Any, T]) -> T:
        from obstore.exceptions import BaseError

        try:
            async with asyncio.timeout(self._total_s):
                return await call
        except TimeoutError:
            failure = failure_of("kind: Timeout", operation, self._bucket)
        except (BaseError, OSError, ValueError) as error:
            failure = failure_of(str(error), operation, self._bucket)
        # Outside the blocks: obstore's error, which may hold a signed link, is not to hang on ours.
        raise failure


def _make_store(place: S3Place, secret: str, limits: S3Limits) -> S3Store:
    """Return a client that takes nothing from the environment and asks no metadata service."""
    _forget_aws_environment()
    from obstore.store import S3Store

    _pause_at_exit()
    return S3Store(
        place.bucket,
        endpoint=place.endpoint,
        virtual_hosted_style_request=place.is_virtual_hosted,
        region=place.region,
        access_key_id=place.access_key_id,
        secret_access_key=secret,
        # One DELETE for one file: it needs no right to the whole bucket, and not everybody knows the other way.
        disable_bulk_delete=True,
        client_options=_client_options(place, limits),
        retry_config=_retries(limits),
    )


def _client_options(place: S3Place, limits: S3Limits) -> ClientConfig:
    proxy, nowhere = _NO_PROXY
    return {
        "allow_http": place.is_plain_http,
        "connect_timeout": timedelta(seconds=min(_CONNECT_S, limits.request_s)),
        "timeout": timedelta(seconds=limits.request_s),
        "proxy_url": proxy,
        "proxy_excludes": nowhere,
        "user_agent": "SeedreamDesktop",
    }


def _retries(limits: S3Limits) -> RetryConfig:
    first = timedelta(seconds=limits.first_pause_s)
    return {
        "max_retries": limits.tries - 1,
        "retry_timeout": timedelta(seconds=limits.total_s),
        "backoff": {"init_backoff": first, "max_backoff": first * 16, "base": 2},
    }


def _forget_aws_environment() -> None:
    """Take every ``AWS_`` variable out of this process: obstore would let them overrule the user's settings.

    Each can do it (an endpoint, a session token, "take any certificate"), and most cannot be overruled in turn.
    """
    for name in [name for name in os.environ if name.upper().startswith("AWS_")]:
        del os.environ[name]


@functools.cache
def _pause_at_exit() -> None:
    """See to it, once, that the threads of obstore have let go when the interpreter ends."""
    atexit.register(time.sleep, _PAUSE_AT_EXIT_S)
