"""Posts a final state to a task's callback_url, and again after 30 s, 2 min and 10 min while nobody answers 200.

Only addresses of this machine are really called; the ledger notes the others.
"""

from __future__ import annotations

import asyncio
import json
import time
import urllib.error
import urllib.request
from functools import partial
from typing import Any

from seedream_desktop.simulator.board import Board
from seedream_desktop.simulator.faults import Facts, FaultBook
from seedream_desktop.simulator.ledger import Ledger
from seedream_desktop.simulator.links import Links
from seedream_desktop.simulator.replies import Voice
from seedream_desktop.simulator.tasks import Task
from seedream_desktop.simulator.validation import is_loopback
from seedream_desktop.simulator.workers import Workers

WAITS_S = (0.0, 30.0, 120.0, 600.0)
"""Before each try (API page); divided by the speed."""
ANSWER_LIMIT_S = 30.0


class _NoRedirects(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *_: Any, **__: Any) -> None:
        return None


DIRECT = urllib.request.build_opener(urllib.request.ProxyHandler({}), _NoRedirects())


class Callbacks:
    """Tells whoever asked to be called."""

    def __init__(
        self,
        board: Board,
        voice: Voice,
        faults: FaultBook,
        ledger: Ledger,
        links: Links,
        workers: Workers,
        speed: float,
    ) -> None:
        self._board = board
        self._links = links
        self._voice = voice
        self._faults = faults
        self._ledger = ledger
        self._workers = workers
        self._speed = speed

    async def tell(self, task: Task) -> None:
        """Wait for the end of *task*, then post its state until 200 answers or the tries are used up."""
        do = self._faults.choose(Facts("callback", task.prompt, task.id))
        if do.get("early"):
            await self._post(task, {"forged_urls": self._links.of(task), **do})
        if task.ended_at is None or do.get("skip"):
            return
        await asyncio.sleep(max(0.0, task.ended_at - time.time()))
        for wait_s in WAITS_S:
            await asyncio.sleep(wait_s / self._speed)
            if await self._post(task, do):
                break
        for _ in range(int(do.get("duplicates", 0))):
            await self._post(task, do)

    async def _post(self, task: Task, do: dict[str, Any]) -> bool:
        """One try; whether it was answered with 200, or is not to be repeated."""
        url, body = str(task.callback_url), self._body(task, do)
        if not is_loopback(url):
            self._note(task, None, "not called: not on this machine")
            return True
        status = await self._workers.run(partial(_send, url, body))
        self._note(task, status, "no answer" if status is None else "")
        return status == 200

    def _body(self, task: Task, do: dict[str, Any]) -> bytes:
        data = self._board.status(task, time.time())
        if "forged_task_id" in do:
            data["taskId"] = do["forged_task_id"]
        if "forged_urls" in do:
            data["state"] = "success"
            data["resultJson"] = json.dumps({"resultUrls": do["forged_urls"]})
        return self._voice.success(data).body

    def _note(self, task: Task, status: int | None, remark: str) -> None:
        row = {"task_id": task.id, "url": task.callback_url, "at": time.time(), "status": status, "remark": remark}
        self._ledger.note("callbacks", row)


def _send(url: str, body: bytes) -> int | None:
    """Post *body*; the answer's status, None when there was none."""
    headers = {"content-type": "application/json"}
    request = urllib.request.Request(url, data=body, headers=headers, method="POST")  # noqa: S310 - http(s) only, checked
    try:
        with DIRECT.open(request, timeout=ANSWER_LIMIT_S) as answer:
            return int(answer.status)
    except urllib.error.HTTPError as error:
        return error.code
    except (OSError, ValueError):
        return None
