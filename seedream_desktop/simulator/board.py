"""The life of all tasks: accepts them, has their pictures drawn, and calls back when one is final."""

from __future__ import annotations

import json
import time
from collections.abc import Awaitable, Callable
from typing import Any

from seedream_desktop.simulator.background import Background
from seedream_desktop.simulator.failures import message_for
from seedream_desktop.simulator.journal import Journal
from seedream_desktop.simulator.links import Links
from seedream_desktop.simulator.options import Options
from seedream_desktop.simulator.painter import Painter
from seedream_desktop.simulator.references import ReferenceFetcher, UnusableReferenceError
from seedream_desktop.simulator.tasks import Task

Teller = Callable[[Task], Awaitable[None]]


class Board:
    """Every task of this service, by its id."""

    def __init__(
        self,
        journal: Journal,
        options: Options,
        painter: Painter,
        fetcher: ReferenceFetcher,
        links: Links,
        background: Background,
    ) -> None:
        self._journal = journal
        self._options = options
        self._painter = painter
        self._fetcher = fetcher
        self._links = links
        self._background = background
        self._tasks = {key: Task(**row) for key, row in journal.rows("tasks").items()}
        self._by_links = {task.links_token: task for task in self._tasks.values()}
        self.tell: Teller | None = None
        """Called once for each final task in callback mode."""

    def resume(self) -> None:
        """Go on with what a former run of the service left unfinished."""
        for task in self._tasks.values():
            if task.ready_at is None or (task.callback_url and not task.called_back):
                self._background.start(self._live(task), f"task {task.id}")

    def accept(self, task: Task) -> None:
        """Write a new task down and start its work."""
        task.take = sum(other.prompt == task.prompt for other in self._tasks.values())
        self._tasks[task.id] = task
        self._by_links[task.links_token] = task
        self._journal.put("tasks", task.id, task.to_row())
        self._background.start(self._live(task), f"task {task.id}")

    def find(self, task_id: str) -> Task | None:
        """The task of this id."""
        return self._tasks.get(task_id)

    def find_by_links(self, token: str) -> Task | None:
        """The task whose result links hold *token*."""
        return self._by_links.get(token)

    def unfinished(self, now: float) -> int:
        """How many tasks are neither success nor failed."""
        return sum(not task.is_final(now) for task in self._tasks.values())

    def failed_images(self, now: float) -> int:
        """How many images were asked for by tasks that have failed."""
        failed = (task for task in self._tasks.values() if task.state(now) == "failed")
        return sum(int(task.request["input"]["max_images"]) for task in failed)

    def status(self, task: Task, now: float) -> dict[str, Any]:
        """The `data` of a status reply."""
        data: dict[str, Any] = {"taskId": task.id, "state": self._state(task, now)}
        if task.is_final(now):
            data |= self._ending(task)
        return data if "no-times" in self._options.readings else data | _times(task, now)

    def _state(self, task: Task, now: float) -> str:
        state = task.state(now)
        late = task.due_at is not None and now > (task.starts_at + task.due_at) / 2
        if state == "processing" and late and "second-round" in self._options.readings:
            return "processing_r2"
        return state

    def _ending(self, task: Task) -> dict[str, Any]:
        if task.fail_code:
            return {"failCode": task.fail_code, "failMsg": task.fail_message}
        return {"resultJson": json.dumps({"resultUrls": self._links.of(task)})}

    async def _live(self, task: Task) -> None:
        if task.ready_at is None:
            await self._work(task)
        if self.tell and task.callback_url:
            await self.tell(task)
            self._change(task, called_back=True)

    async def _work(self, task: Task) -> None:
        try:
            references = await self._fetcher.fetch_all(task.references)
        except UnusableReferenceError as error:
            self._fail(task, error.code)
        else:
            if not task.fail_code:
                await self._painter.paint(task, references)
        self._change(task, ready_at=time.time())

    def _fail(self, task: Task, code: str) -> None:
        self._change(task, fail_code=code, fail_message=message_for(code))

    def _change(self, task: Task, **fields: Any) -> None:
        for name, value in fields.items():
            setattr(task, name, value)
        self._journal.put("tasks", task.id, fields)


def _times(task: Task, now: float) -> dict[str, int]:
    times = {"createTime": round(task.created_at * 1000)}
    if task.is_final(now) and task.ended_at is not None:
        times["completeTime"] = round(task.ended_at * 1000)
        times["costTime"] = round((task.ended_at - task.created_at) * 1000)
    return times
