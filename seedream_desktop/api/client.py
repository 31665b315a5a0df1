"""The service's three calls over the wire; every trouble leaves here under a name of ours."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from decimal import Decimal
from typing import Any, Final

import httpx

from seedream_desktop.api.lending import Lending
from seedream_desktop.api.requests import submit_body
from seedream_desktop.api.status import read_balance, read_status
from seedream_desktop.api.submission import read_submission
from seedream_desktop.api.transport import make_client, read_reply, unreachable, without_key
from seedream_desktop.domain.failure import Failure, FailureKind
from seedream_desktop.domain.request import MODEL, GenerationRequest
from seedream_desktop.domain.task import ServiceTaskId
from seedream_desktop.ports.errors import KeyRefusedError
from seedream_desktop.ports.service import RawReply, StatusReport, Submission

# httpcore awaits this trace event before it writes the first byte of a request.
_HEADERS_STARTED: Final = "http11.send_request_headers.started"


class ApixoService:
    """A GenerationService at one address; the key goes to that origin and nowhere else."""

    def __init__(self, base_url: httpx.URL, key: Callable[[], str | None], context: Any) -> None:
        self._base_url = base_url
        self._key = key
        self._free = Lending(lambda: make_client(context, keeps_connections=True))
        self._paid = Lending(lambda: make_client(context, keeps_connections=False))

    async def submit(
        self, request: GenerationRequest, reference_urls: Sequence[str], on_wire: Callable[[], Awaitable[None]]
    ) -> RawReply:
        """Send the paid order once on a connection of its own; see the port for what an exception means."""

        async def trace(event: str, info: dict[str, Any]) -> None:
            # A proxy's CONNECT raises the same event under its own method.
            if event == _HEADERS_STARTED and info["request"].method == b"POST":
                await on_wire()

        headers = {**self._authorisation(), "Content-Type": "application/json"}
        async with self._paid.client() as client:
            order = client.build_request(
                "POST",
                self._url(f"generateTask/{MODEL}"),
                content=submit_body(request, reference_urls),
                headers=headers,
                extensions={"trace": trace},
            )
            return await self._exchange(client, order, is_paid=True)

    def read_submission(self, reply: RawReply) -> Submission:
        """Say what a reply to `submit` means."""
        return read_submission(reply)

    async def status(self, task_id: ServiceTaskId) -> StatusReport:
        """Ask how the task stands."""
        url = self._url(f"statusTask/{MODEL}").copy_set_param("taskId", task_id)
        return read_status(await self._ask(url), task_id)

    async def balance(self) -> Decimal:
        """Return the account's balance in dollars."""
        return read_balance(await self._ask(self._url("apikeys/current-balance")))

    async def drop_connections(self) -> None:
        """Use new connections from now on: after a sleep of the machine the old ones are dead without a sign."""
        await self._free.renew()

    async def close(self) -> None:
        """Close every connection."""
        await self._free.close()
        await self._paid.close()

    def _url(self, path: str) -> httpx.URL:
        return self._base_url.copy_with(path=f"{self._base_url.path.rstrip('/')}/{path}")

    def _authorisation(self) -> dict[str, str]:
        key = self._key()
        if not key:
            raise KeyRefusedError(Failure(FailureKind.KEY_MISSING))
        # httpx and h11 would name such a key in their errors, h11 only after the order counts as sent.
        if not key.isascii() or not key.isprintable() or key != key.strip():
            raise KeyRefusedError(Failure(FailureKind.KEY_REFUSED, "KEY_UNUSABLE"))
        return {"Authorization": f"Bearer {key}"}

    async def _ask(self, url: httpx.URL) -> RawReply:
        headers = self._authorisation()
        async with self._free.client() as client:
            return await self._exchange(client, client.build_request("GET", url, headers=headers), is_paid=False)

    async def _exchange(self, client: httpx.AsyncClient, request: httpx.Request, *, is_paid: bool) -> RawReply:
        try:
            response = await client.send(request, stream=True)
            try:
                reply = await read_reply(response, is_paid=is_paid)
            finally:
                await response.aclose()
        except (httpx.HTTPError, httpx.InvalidURL, httpx.StreamError, UnicodeError) as error:
            raise unreachable(error) from None
        return without_key(reply, request.headers["Authorization"].removeprefix("Bearer "))
