"""The library brought to the gallery: the newest search wins, and what comes meanwhile is not lost."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine, Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, cast

import pytest
from pytestqt.qtbot import QtBot

from seedream_desktop.domain.failure import Failure, FailureKind
from seedream_desktop.domain.query import Query
from seedream_desktop.domain.task import Task, TaskId
from seedream_desktop.ports import GalleryIndex, GroupIndex, StorageError
from seedream_desktop.ui.actions.browsing import Browsing
from seedream_desktop.ui.main_window import MainWindow
from tests.ui.gallery.library import index_of
from tests.ui.gallery.samples import task


class Shelf:
    """Finds tasks by their prompt, each time only when it is let; *is_broken* while the disk does not answer."""

    def __init__(self, tasks: Sequence[Task]) -> None:
        self.all = list(tasks)
        self.is_broken = False
        self.let: dict[str, asyncio.Event] = {}

    def hold(self, text: str) -> asyncio.Event:
        """Answer questions about *text* only once the event is set."""
        return self.let.setdefault(text, asyncio.Event())

    async def groups(self, query: Query) -> GroupIndex:
        found = index_of([task for task in self.all if query.text in task.request.prompt])
        if query.text in self.let:
            await self.let[query.text].wait()
        if self.is_broken:
            raise StorageError(Failure(FailureKind.DISK_TROUBLE))
        return found

    async def tasks(self, ids: Sequence[TaskId]) -> tuple[Task, ...]:
        if self.is_broken:
            raise StorageError(Failure(FailureKind.DISK_TROUBLE))
        return tuple(task for task in self.all if task.id in ids)


@pytest.fixture
def window(qtbot: QtBot) -> Iterator[MainWindow]:
    window = MainWindow(lambda sha256, edge: Path("/nowhere", sha256, str(edge)), lambda: datetime.now(UTC))
    qtbot.addWidget(window)
    window.show()
    yield window
    window.let_close()


def browsing(window: MainWindow, shelf: Shelf) -> tuple[Browsing, Callable[[], Coroutine[Any, Any, None]]]:
    """Return the action and what waits for everything it has started."""
    started: list[Coroutine[Any, Any, Any]] = []

    def start(work: Coroutine[Any, Any, Any], _name: str) -> None:
        started.append(work)

    async def finish() -> None:
        while started:
            await started.pop(0)

    return Browsing(window, cast(GalleryIndex, shelf), start), finish


def shown(window: MainWindow) -> list[str]:
    groups = window.gallery._shelf.groups
    return [groups.id_at(group) for group in range(len(groups))]


async def test_what_is_typed_is_asked_of_the_library(window: MainWindow) -> None:
    action, finish = browsing(window, Shelf([task("fox"), task("owl")]))
    await action.show()
    assert shown(window) == ["fox", "owl"]

    window.filter_changed.emit(Query(text="owl"))
    await finish()

    assert shown(window) == ["owl"]


async def test_tasks_in_sight_are_fetched(window: MainWindow) -> None:
    action, finish = browsing(window, Shelf([task("fox")]))

    await action.show()
    await finish()

    assert window.gallery._shelf.groups.task(TaskId("fox")) == task("fox")


async def test_an_answer_that_comes_late_does_not_replace_a_newer_one(window: MainWindow) -> None:
    shelf = Shelf([task("fox"), task("owl")])
    _, finish = browsing(window, shelf)
    held = shelf.hold("fox")

    window.filter_changed.emit(Query(text="fox"))
    finishing = asyncio.ensure_future(finish())
    await asyncio.sleep(0)
    window.filter_changed.emit(Query(text="owl"))
    await finish()
    held.set()
    await finishing
    await finish()

    assert shown(window) == ["owl"]


async def test_a_task_made_while_the_library_is_read_is_shown_too(window: MainWindow) -> None:
    shelf = Shelf([task("fox")])
    action, finish = browsing(window, shelf)
    held = shelf.hold("")

    slow = asyncio.ensure_future(action.show())
    await asyncio.sleep(0)
    action.show_task(task("owl", age_s=1))
    held.set()
    await slow
    await finish()

    assert shown(window) == ["owl", "fox"]


async def test_a_disk_that_does_not_answer_leaves_what_is_shown(window: MainWindow) -> None:
    shelf = Shelf([task("fox")])
    action, finish = browsing(window, shelf)
    await action.show()
    await finish()
    shelf.is_broken = True

    window.filter_changed.emit(Query(text="owl"))
    await finish()

    assert shown(window) == ["fox"]


async def test_the_filter_looks_in_the_place_the_user_is_in(window: MainWindow) -> None:
    asked: list[Query] = []

    class Listening(Shelf):
        async def groups(self, query: Query) -> GroupIndex:
            asked.append(query)
            return await super().groups(query)

    _, finish = browsing(window, Listening([task("fox")]))
    window.scope_changed.emit(Query(collection="one"))
    window.filter_changed.emit(Query(text="fox", rating_at_least=3))
    await finish()

    assert asked[-1] == Query(text="fox", rating_at_least=3, collection="one")
