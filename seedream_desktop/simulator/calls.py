"""What all calls share: the facts for a fault rule, the key, the limit of calls, and the way a reply leaves."""

from __future__ import annotations

import logging
import time
from collections import Counter
from dataclasses import dataclass, field
from typing import Any

from starlette.requests import Request
from starlette.types import Receive, Scope, Send

from seedream_desktop.simulator.alterations import message_of
from seedream_desktop.simulator.board import Board
from seedream_desktop.simulator.faults import Facts, FaultBook
from seedream_desktop.simulator.gates import Gates
from seedream_desktop.simulator.ledger import Ledger
from seedream_desktop.simulator.links import Links
from seedream_desktop.simulator.options import Options
from seedream_desktop.simulator.replies import Reply, Voice
from seedream_desktop.simulator.scene import Scene
from seedream_desktop.simulator.switches import Stage, altered, delivered, refusal_code, spoilt_early
from seedream_desktop.simulator.tasks import Task
from seedream_desktop.simulator.uploads import Uploads
from seedream_desktop.simulator.wire import Wire

log = logging.getLogger(__name__)

MODEL = "seedream-4-5"
BAD_KEY = "bad-key"


@dataclass
class Parts:
    """Everything the calls work with."""

    options: Options
    voice: Voice
    ledger: Ledger
    board: Board
    links: Links
    uploads: Uploads
    faults: FaultBook
    gates: Gates
    root_url: str
    asked: Counter[tuple[int, str]] = field(default_factory=Counter)
    """How often a rule acted on a task, by the identity of its `do`."""


class Call:
    """One kind of call, as a small ASGI application; a fault may end it before its body is read."""

    name: str

    def __init__(self, parts: Parts) -> None:
        self.parts = parts

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        wire = Wire(Request(scope, receive), send)
        try:
            await self._spoil_or_answer(wire)
        except Exception:  # only logged here, and raised on
            log.exception("the simulator failed at a %s call", self.name)
            raise

    async def _spoil_or_answer(self, wire: Wire) -> None:
        do = self.parts.faults.early(self.facts(wire))
        if do is not None:
            await spoilt_early(wire, do)
        else:
            await self.answer(wire)

    async def answer(self, wire: Wire) -> None:
        """Read the request and reply to it."""
        raise NotImplementedError

    def facts(self, wire: Wire, task: Task | None = None, **more: Any) -> Facts:
        """What fault rules may match."""
        known: dict[str, Any] = {"prompt": task.prompt, "task_id": task.id} if task else {}
        return Facts(
            call=self.name, key=key_of(wire.request), connection_request=wire.nth_on_connection, **known, **more
        )

    def refusal_of_access(self, wire: Wire) -> Reply | None:
        """429 over the limit of calls, 401 without a good key; None lets the call in. Counts the call."""
        if self.parts.ledger.meter.note(time.monotonic()) > self.parts.options.requests_per_minute:
            return self.parts.voice.refusal(429, message_of(429)).with_header("retry-after", "5")
        if key_of(wire.request) in (None, "", BAD_KEY):
            return self.parts.voice.refusal(401, message_of(401))
        return None

    def scene(self, wire: Wire, do: dict[str, Any], task: Task | None = None) -> Scene:
        """What the switches of *do* may need to know; counts the rule's action on the task."""
        key = (id(do), task.id if task else "")
        asked = self.parts.asked[key]
        if do:
            self.parts.asked[key] += 1
        hop = wire.request.query_params.get("hop", "0")
        return Scene(
            call=self.name,
            root_url=self.parts.root_url,
            path=wire.request.url.path,
            hop=int(hop) if hop.isdigit() else 0,
            links=self.parts.links,
            task=task,
            asked=asked,
        )

    def forced_refusal(self, do: dict[str, Any]) -> Reply | None:
        """The refusal that a rule puts in the place of the service's own answer."""
        code = refusal_code(do)
        if code is None:
            return None
        return self.parts.voice.refusal(code, message_of(code), status=do.get("status"))

    async def finish(self, wire: Wire, reply: Reply, do: dict[str, Any], scene: Scene) -> bool:
        """Send *reply* with the rule's last changes; whether the client got all of it."""
        return await delivered(wire, altered(reply, do, Stage.CONTENT, scene), do)


def key_of(request: Request) -> str | None:
    """The API key of a request; None when there is no bearer header."""
    scheme, _, key = request.headers.get("authorization", "").partition(" ")
    return key.strip() if scheme.lower() == "bearer" else None
