"""Orders that are taken and then meet trouble: each in an engine of its own, all against one simulator."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from seedream_desktop.domain.events import Event
from seedream_desktop.domain.failure import FailureKind
from seedream_desktop.domain.task import Task, TaskId, TaskState
from seedream_desktop.ports.pictures import PictureInspector
from tests.simulators import SimulatorProcess
from tests.trust.running import Running, running

AT_ONCE = 8
ROOT = "http://root.of.the.simulator"
"""Stands in rules for the simulator's own address, which is known only once it runs."""
Act = Callable[[Running, TaskId], Awaitable[None]]
"""What the user does while the trouble lasts."""


@dataclass(frozen=True)
class Story:
    """One trouble of status calls or downloads, and how the task must end."""

    name: str
    ends: TaskState
    status: tuple[dict[str, Any], ...] = ()
    """Rules of status calls under the first key; another key meets no trouble."""
    image: tuple[dict[str, Any], ...] = ()
    """Rules of picture downloads."""
    balance: tuple[dict[str, Any], ...] = ()
    """Rules of balance calls under the first key."""
    count: int = 1
    pictures: int | None = None
    """How many pictures are stored at the end; None: as many as were ordered if the task is done, else none."""
    failure: FailureKind | None = None
    code: str | None = None
    words: str = ""
    """Words in the prompt that steer the simulator."""
    scale: float = 0.01
    act: Act | None = None

    @property
    def stored(self) -> int:
        """How many pictures are stored at the end."""
        if self.pictures is not None:
            return self.pictures
        return self.count if self.ends is TaskState.DONE else 0


@dataclass
class Told:
    """How a story went."""

    folder: Path
    task: Task | None = None
    events: list[Event] = field(default_factory=list)
    submits: list[dict[str, Any]] = field(default_factory=list)
    trouble: str = ""


class Teller:
    """Tells stories against one simulator, some at a time."""

    def __init__(self, simulator: SimulatorProcess, folder: Path, stories: Sequence[Story]) -> None:
        self._simulator = simulator
        self._folder = folder
        self._stories = stories
        self._places = asyncio.Semaphore(AT_ONCE)

    async def tell_all(self, inspector: PictureInspector | None = None) -> dict[str, Told]:
        """Tell every story; what goes wrong in one is kept in its `trouble`."""
        rules = json.dumps([rule for number in range(len(self._stories)) for rule in self._rules(number)])
        self._simulator.set_faults(json.loads(rules.replace(ROOT, self._simulator.root)))
        told = await asyncio.gather(*(self._tell(number, inspector) for number in range(len(self._stories))))
        submits = self._simulator.submits()
        for number, one in enumerate(told):
            one.submits = [submit for submit in submits if submit["prompt"].startswith(f"story {number}:")]
        return {story.name: one for story, one in zip(self._stories, told, strict=True)}

    def _rules(self, number: int) -> list[dict[str, Any]]:
        story = self._stories[number]
        under_key = {"key": f"key-{number}"}
        return [
            *({"call": "status", "match": under_key, **rule} for rule in story.status),
            *({"call": "balance", "match": under_key, **rule} for rule in story.balance),
            *(
                {"call": "image", **rule, "match": {"prompt": f"story {number}:"} | rule.get("match", {})}
                for rule in story.image
            ),
        ]

    async def _tell(self, number: int, inspector: PictureInspector | None) -> Told:
        told = Told(self._folder / str(number))
        async with self._places:
            try:
                await self._live(number, told, inspector)
            except Exception as error:  # noqa: BLE001 - judged by the test of this story
                told.trouble = f"{type(error).__name__}: {error}"
        return told

    async def _live(self, number: int, told: Told, inspector: PictureInspector | None) -> None:
        story = self._stories[number]
        url, key = self._simulator.url, f"key-{number}"
        async with running(told.folder, url, key=key, scale=story.scale, inspector=inspector, is_patient=True) as one:
            told.events = one.events
            task_id = await one.order(f"story {number}: {story.words} {story.name}", count=story.count)
            if story.act is not None:
                await story.act(one, task_id)
            await one.until(task_id, lambda task: task.state is story.ends or task.is_final)
            told.task = await one.task(task_id)


def judge(story: Story, told: Told) -> Task:
    """Assert what holds for every story and return its task."""
    assert told.trouble == ""
    assert told.task is not None
    assert told.task.state is story.ends, told.task
    assert len(told.task.stored_pictures) == story.stored, told.task.pictures
    assert [submit["billed"] for submit in told.submits] == [story.count]
    if story.failure is not None:
        assert told.task.failure is not None
        assert told.task.failure.kind is story.failure
    if story.code is not None:
        assert told.task.failure is not None
        assert told.task.failure.code == story.code
    return told.task
