"""Calls that need no key but one: pictures behind result links, uploads of references and their links."""

from __future__ import annotations

import asyncio
import time
from typing import Any

from seedream_desktop.simulator.calls import Call
from seedream_desktop.simulator.ranges import ranged
from seedream_desktop.simulator.replies import Reply, plain_json
from seedream_desktop.simulator.switches import Stage, altered
from seedream_desktop.simulator.tasks import Task
from seedream_desktop.simulator.uploads import LARGEST_BYTES, kind_of
from seedream_desktop.simulator.wire import Wire

TYPES = {"png": "image/png", "jpg": "image/jpeg", "jpeg": "image/jpeg"}
_DRAWN_WITHIN_S = 10.0
_LOOK_AGAIN_S = 0.01
GONE = Reply(404, b"<Error><Code>NoSuchKey</Code></Error>", {"content-type": "application/xml"})


class Picture(Call):
    """`GET /files/{token}/{number}.{ending}`: the bytes of one picture, whole or a range of them."""

    name = "image"

    async def answer(self, wire: Wire) -> None:
        """Serve the picture; a key that comes along is a leak, and noted."""
        await wire.read_body()
        self._note_leak(wire)
        params = wire.request.path_params
        task = self.parts.board.find_by_links(params["token"])
        do = self.parts.faults.choose(self.facts(wire, task, image=params["number"]))
        scene = self.scene(wire, do, task)
        reply = self.forced_refusal(do)
        if reply is None:
            await self._wait_until_drawn(task, params["number"])
            reply = altered(self._picture(task, params), do, Stage.SUBSTANCE, scene)
            reply = ranged(reply, wire.request.headers, do.get("range", "honest"))
        if self.parts.gates.is_held("image.half"):
            await self._in_halves(wire, reply)
        else:
            await self.finish(wire, reply, do, scene)

    async def _wait_until_drawn(self, task: Task | None, number: int) -> None:
        """Hold the answer while the picture is drawn: a fault may tell success before that, and its links are good."""
        latest_s = time.monotonic() + _DRAWN_WITHIN_S
        while task is not None and task.ready_at is None and time.monotonic() < latest_s:
            if self.parts.links.file(task.links_token, number).exists():
                return
            await asyncio.sleep(_LOOK_AGAIN_S)

    def _picture(self, task: Task | None, params: dict[str, Any]) -> Reply:
        if task is None or params["ending"] not in TYPES or self.parts.links.are_dead(task, time.time()):
            return GONE
        file = self.parts.links.file(task.links_token, params["number"])
        if not file.exists():
            return GONE
        etag = f'"{task.links_token[:12]}-{params["number"]}"'
        headers = {"content-type": TYPES[params["ending"]], "accept-ranges": "bytes", "etag": etag}
        return Reply(200, file.read_bytes(), headers)

    async def _in_halves(self, wire: Wire, reply: Reply) -> None:
        half = len(reply.body) // 2
        await wire.start(reply.status, {**reply.headers, "content-length": str(len(reply.body))})
        await wire.more(reply.body[:half])
        await self.parts.gates.pass_through("image.half")
        await wire.more(reply.body[half:], last=True)

    def _note_leak(self, wire: Wire) -> None:
        if "authorization" in wire.request.headers:
            self.parts.ledger.note("authorized_images", {"path": wire.request.url.path, "at": time.time()})


class Upload(Call):
    """`POST /_sim/upload`: raw bytes of a reference in, a link out. Not a part of the real service."""

    name = "upload"

    async def answer(self, wire: Wire) -> None:
        """Keep a reference."""
        body = await wire.read_body()
        if body is None:
            return
        do = self.parts.faults.choose(self.facts(wire))
        reply = self.forced_refusal(do) or self.refusal_of_access(wire) or self._keep(body)
        await self.finish(wire, reply, do, self.scene(wire, do))

    def _keep(self, body: bytes) -> Reply:
        if len(body) > LARGEST_BYTES:
            return self.parts.voice.refusal(413, "At most 10 MB", status=413)
        if kind_of(body) is None:
            return self.parts.voice.refusal(415, "Only JPEG, PNG and WebP pictures", status=415)
        return plain_json(self.parts.uploads.add(body))


class Reference(Call):
    """`GET /uploads/{name}`: an uploaded reference, for anyone who has the link."""

    name = "reference"

    async def answer(self, wire: Wire) -> None:
        """Serve the reference."""
        await wire.read_body()
        do = self.parts.faults.choose(self.facts(wire))
        reply = self.forced_refusal(do) or self._upload(wire)
        await self.finish(wire, reply, do, self.scene(wire, do))

    def _upload(self, wire: Wire) -> Reply:
        found = self.parts.uploads.open(wire.request.path_params["name"])
        if found is None:
            return GONE
        data, kind = found
        return ranged(Reply(200, data, {"content-type": kind}), wire.request.headers)


class Removal(Call):
    """`DELETE /uploads/{name}`, with a key: an uploaded reference is forgotten. Not a part of the real service."""

    name = "reference"

    async def answer(self, wire: Wire) -> None:
        """Forget the reference."""
        await wire.read_body()
        do = self.parts.faults.choose(self.facts(wire))
        reply = self.forced_refusal(do) or self.refusal_of_access(wire) or self._remove(wire)
        await self.finish(wire, reply, do, self.scene(wire, do))

    def _remove(self, wire: Wire) -> Reply:
        return Reply(204) if self.parts.uploads.remove(wire.request.path_params["name"]) else GONE
