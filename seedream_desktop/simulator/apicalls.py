"""The three calls of the API: submit, status, balance."""

from __future__ import annotations

import json
import time
from typing import Any

from seedream_desktop.simulator.alterations import message_of
from seedream_desktop.simulator.calls import MODEL, Call
from seedream_desktop.simulator.planning import plan
from seedream_desktop.simulator.prompt_words import wishes_of
from seedream_desktop.simulator.replies import Reply
from seedream_desktop.simulator.switches import bills
from seedream_desktop.simulator.tasks import Task
from seedream_desktop.simulator.validation import first_problem
from seedream_desktop.simulator.wire import Wire

LATE_S = 2.0


class Generate(Call):
    """`POST /generateTask/{model}`: billed when accepted."""

    name = "generate"

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        """Note the submit before anything else, then answer it."""
        protocol, nth = scope["seedream.wire"]
        scope["seedream.submit"] = self.parts.ledger.submit_arrived(protocol.number, nth)
        await super().__call__(scope, receive, send)

    async def answer(self, wire: Wire) -> None:
        """Read, decide, bill, reply; the ledger knows of each step as it is taken."""
        key: str = wire.request.scope["seedream.submit"]
        body = await wire.read_body()
        if body is None:
            return
        request = _parsed(body)
        self.parts.ledger.submit_read(key, request)
        await self.parts.gates.pass_through("generate.received")
        do = self.parts.faults.choose(self.facts(wire, prompt=_prompt_of(request)))
        reply, task = self._decide(wire, request, do)
        if task:
            self.parts.board.accept(task)
            self.parts.ledger.submit(key, task_id=task.id, billed=task.request["input"]["max_images"])
        await self.parts.gates.pass_through("generate.before_reply")
        answered = await self.finish(wire, reply, do, self.scene(wire, do, task))
        self.parts.ledger.submit(key, status=reply.status, answered=answered)

    def _decide(self, wire: Wire, request: object, do: dict[str, Any]) -> tuple[Reply, Task | None]:
        refusal = self.refusal_of_access(wire)
        forced = self.forced_refusal(do)
        refusal = forced or refusal or self._refusal(wire, request)
        if refusal is not None:
            return refusal, None
        if not bills(do):
            return self.parts.voice.refusal(503, message_of(503)), None
        return self._accept(request)

    def _refusal(self, wire: Wire, request: object) -> Reply | None:
        voice, options = self.parts.voice, self.parts.options
        if wire.request.path_params["model"] != MODEL:
            return voice.refusal(404, "Unknown model")
        problem = first_problem(request, size_beside="size-beside" in options.readings)
        if problem:
            return voice.refusal(400, message_of(400), problem)
        if self.parts.board.unfinished(time.time()) >= options.tasks_at_once:
            return voice.refusal(429, "Too many tasks at once").with_header("retry-after", "5")
        if not self._can_pay(request):
            return voice.refusal(402, message_of(402))
        return None

    def _can_pay(self, request: Any) -> bool:
        return self.parts.ledger.can_pay(request["input"]["max_images"], _refunded(self))

    def _accept(self, request: Any) -> tuple[Reply, Task]:
        wishes = wishes_of(request["input"]["prompt"])
        task = plan(request, wishes, self.parts.options, time.time())
        return self.parts.voice.success({"taskId": task.id}), task


class Status(Call):
    """`GET /statusTask/{model}?taskId=…`."""

    name = "status"

    async def answer(self, wire: Wire) -> None:
        """Say how a task is."""
        await wire.read_body()
        await self.parts.gates.pass_through("status.received")
        task = self.parts.board.find(wire.request.query_params.get("taskId", ""))
        do = self.parts.faults.choose(self.facts(wire, task))
        refusal = self.refusal_of_access(wire)
        reply = self.forced_refusal(do) or refusal or self._status(wire, task)
        await self.finish(wire, reply, do, self.scene(wire, do, task))

    def _status(self, wire: Wire, task: Task | None) -> Reply:
        now = time.time()
        if wire.request.path_params["model"] != MODEL or task is None or self._is_late(task, now):
            return self.parts.voice.refusal(404, "Unknown task")
        return self.parts.voice.success(self.parts.board.status(task, now))

    def _is_late(self, task: Task, now: float) -> bool:
        options = self.parts.options
        return "late-tasks" in options.readings and now < task.created_at + LATE_S / options.speed


class Balance(Call):
    """`GET /apikeys/current-balance`: a bare number of US dollars."""

    name = "balance"

    async def answer(self, wire: Wire) -> None:
        """Say what is left."""
        await wire.read_body()
        do = self.parts.faults.choose(self.facts(wire))
        reply = self.forced_refusal(do) or self.refusal_of_access(wire) or self._balance()
        await self.finish(wire, reply, do, self.scene(wire, do))

    def _balance(self) -> Reply:
        return self.parts.voice.success(self.parts.ledger.balance_usd(_refunded(self)))


def _refunded(call: Call) -> int:
    """How many images were given back, under the reading that failed tasks are."""
    if "failed-refunded" not in call.parts.options.readings:
        return 0
    return call.parts.board.failed_images(time.time())


def _parsed(body: bytes) -> object:
    try:
        return json.loads(body)
    except (ValueError, RecursionError):
        return None


def _prompt_of(request: object) -> str:
    given = request.get("input") if isinstance(request, dict) else None
    prompt = given.get("prompt") if isinstance(given, dict) else None
    return prompt if isinstance(prompt, str) else ""
