"""On the window's own loop, too, an order whose answer never ends keeps its task id, and nothing is left behind."""

from __future__ import annotations

import asyncio
import gc
import json

from PySide6.QtWidgets import QApplication
from shiboken6 import Shiboken

from seedream_desktop.api.addresses import parse_base_url
from seedream_desktop.api.client import ApixoService
from seedream_desktop.api.submission import read_submission
from seedream_desktop.api.transport import trusted_context
from seedream_desktop.app.loop import AppEventLoop
from seedream_desktop.domain.request import GenerationRequest
from seedream_desktop.domain.task import ServiceTaskId
from seedream_desktop.ports.service import Accepted, RawReply
from tests.api.servers import Line, Seen, head, serving

BODY = json.dumps({"code": 200, "message": "success", "data": {"taskId": "a-task"}}).encode()


async def without_end(line: Line, _seen: Seen) -> None:
    await line.send(head(200, {"transfer-encoding": "chunked"}) + b"%x\r\n%s\r\n" % (len(BODY), BODY))
    await asyncio.sleep(3600)


async def nothing_to_mark() -> None:
    return None


async def order(troubles: list[dict[str, object]]) -> RawReply:
    loop = asyncio.get_running_loop()
    loop.set_exception_handler(lambda _, context: troubles.append(context))
    async with serving(without_end) as server, asyncio.timeout(20):
        service = ApixoService(parse_base_url(server.base_url), lambda: "a-good-key", trusted_context())
        before = asyncio.all_tasks()
        reply = await service.submit(GenerationRequest("a fox"), (), nothing_to_mark)
        gc.collect()
        await asyncio.sleep(0.1)
        assert {task.get_name() for task in asyncio.all_tasks() - before - server.open_lines} == set()
        await service.close()
    return reply


def test_an_answer_without_end_counts_on_the_windows_loop(qapp: QApplication) -> None:
    qapp.setQuitOnLastWindowClosed(False)
    troubles: list[dict[str, object]] = []

    with asyncio.Runner(loop_factory=lambda: AppEventLoop(qapp)) as runner:
        loop = runner.get_loop()
        reply = runner.run(order(troubles))
    assert isinstance(loop, AppEventLoop)
    Shiboken.delete(loop._timer)

    assert reply.body == BODY
    assert read_submission(reply) == Accepted(ServiceTaskId("a-task"))
    assert troubles == []
