"""The library brought to the gallery: the newest search wins, and what comes meanwhile is not lost."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine, Sequence
from typing import Any, cast

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPushButton

from seedream_desktop.domain.failure import Failure, FailureKind
from seedream_desktop.domain.query import Query
from seedream_desktop.domain.request import Resolution
from seedream_desktop.domain.task import Task, TaskId, TaskState
from seedream_desktop.ports.errors import StorageError
from seedream_desktop.ports.gallery import GalleryIndex, GroupIndex, Newest
from seedream_desktop.ui.actions.browsing import Browsing
from seedream_desktop.ui.controls.label import Label
from seedream_desktop.ui.main_window import MainWindow
from seedream_desktop.ui.rail import Contents, Kind
from tests.ui.gallery.library import index_of
from tests.ui.gallery.samples import task
from tests.ui.rail.samples import project


class Shelf:
    """Finds tasks by their prompt, each time only when it is let; *is_broken* while the disk does not answer."""

    def __init__(self, tasks: Sequence[Task]) -> None:
        self.all = list(tasks)
        self.is_broken = False
        self.let: dict[str, asyncio.Event] = {}
        self.asked: list[str] = []

    def hold(self, text: str) -> asyncio.Event:
        """Answer questions about *text* only once the event is set."""
        return self.let.setdefault(text, asyncio.Event())

    async def groups(self, query: Query) -> GroupIndex:
        self.asked.append(query.text)
        found = index_of([task for task in self.all if query.text in task.request.prompt])
        if query.text in self.let:
            await self.let[query.text].wait()
        if self.is_broken:
            raise StorageError(Failure(FailureKind.DISK_TROUBLE))
        return found

    async def newest(self, query: Query, limit: int) -> Newest:
        if self.is_broken:
            raise StorageError(Failure(FailureKind.DISK_TROUBLE))
        fitting = [task.id for task in self.all if query.text in task.request.prompt]
        return Newest(tuple(fitting[:limit]), len(fitting))

    async def tasks(self, ids: Sequence[TaskId]) -> tuple[Task, ...]:
        if self.is_broken:
            raise StorageError(Failure(FailureKind.DISK_TROUBLE))
        return tuple(task for task in self.all if task.id in ids)


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
    seen: list[list[str]] = []
    window.gallery.tasks_wanted.connect(lambda _: seen.append(shown(window)))
    window.filter_changed.emit(Query(text="owl"))
    finishing_newer = asyncio.ensure_future(finish())
    await asyncio.sleep(0)
    held.set()
    await finishing
    await finishing_newer

    assert shown(window) == ["owl"]
    assert seen == [["owl"]]


async def test_typing_never_waits_and_of_what_was_typed_meanwhile_only_the_newest_is_asked(window: MainWindow) -> None:
    shelf = Shelf([task("fox"), task("gouache illustration")])
    action, finish = browsing(window, shelf)
    await action.show()
    await finish()
    held = shelf.hold("g")
    answering: list[asyncio.Future[None]] = []

    text = "gouache illustration"
    for end in range(1, len(text) + 1):
        window.header.search.setText(text[:end])
        # What the pause after a letter does; it comes back while the first answer is still held.
        window.header.search.searched.emit(text[:end])
        answering.append(asyncio.ensure_future(finish()))
        await asyncio.sleep(0)
    assert (window.header.search.text(), shown(window)) == (text, ["fox", "gouache illustration"])
    held.set()
    await asyncio.gather(*answering)

    assert shelf.asked == ["", "g", text]
    assert shown(window) == ["gouache illustration"]


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


@pytest.mark.parametrize(("name", "seen"), [("fox again", ["fox again", "fox"]), ("owl", ["fox"])])
async def test_a_new_task_is_shown_when_it_fits_what_is_looked_for(
    window: MainWindow, name: str, seen: list[str]
) -> None:
    shelf = Shelf([task("fox")])
    action, finish = browsing(window, shelf)
    window.filter_changed.emit(Query(text="fox"))
    await finish()

    shelf.all.insert(0, task(name, age_s=1))
    action.show_task(shelf.all[0])
    await finish()

    assert shown(window) == seen


async def test_a_new_task_that_comes_while_a_search_is_answered_is_shown_when_it_fits(window: MainWindow) -> None:
    shelf = Shelf([task("fox")])
    action, finish = browsing(window, shelf)
    held = shelf.hold("fox")
    window.filter_changed.emit(Query(text="fox"))
    finishing = asyncio.ensure_future(finish())
    await asyncio.sleep(0)

    shelf.all.insert(0, task("fox again", age_s=1))
    action.show_task(shelf.all[0])
    held.set()
    await finishing
    await finish()

    assert shown(window) == ["fox again", "fox"]


async def test_a_task_that_comes_into_a_state_that_is_looked_for_is_shown(window: MainWindow) -> None:
    shelf = Shelf([])
    action, finish = browsing(window, shelf)
    window.filter_changed.emit(Query(states=(TaskState.DONE,)))
    await finish()

    action.note_change(task("owl", TaskState.PROCESSING))
    await finish()
    assert shown(window) == []
    shelf.all.append(task("owl"))
    action.note_change(task("owl"))
    await finish()

    assert shown(window) == ["owl"]


async def test_a_new_task_is_left_out_while_nobody_can_tell_whether_it_fits(window: MainWindow) -> None:
    shelf = Shelf([task("fox")])
    action, finish = browsing(window, shelf)
    window.filter_changed.emit(Query(text="fox"))
    await finish()
    shelf.is_broken = True

    action.show_task(task("fox again", age_s=1))
    await finish()

    assert shown(window) == ["fox"]


async def test_enter_in_the_search_goes_to_the_first_picture_of_what_was_typed_last(window: MainWindow) -> None:
    action, finish = browsing(window, Shelf([task("fox"), task("owl")]))
    await action.show()
    await finish()

    QTest.keyClicks(window.header.search, "owl")
    QTest.keyClick(window.header.search, Qt.Key.Key_Return)
    await finish()

    current = window.gallery.current_task()
    assert current is not None
    assert current.id == "owl"


async def test_where_nothing_fits_in_a_place_it_is_said_that_only_this_was_searched(window: MainWindow) -> None:
    _, finish = browsing(window, Shelf([task("fox")]))
    window.rail.show_contents(Contents((project("Harbour campaign"),)))
    window.rail.open(next(item for item in window.rail.items() if item.kind is Kind.PROJECT))
    window.header.set_query(Query(text="owl"))
    await finish()

    words = [label.text() for label in window.gallery.viewport().findChildren(Label) if label.isVisible()]
    assert words == ["No pictures fit", "You look for: “owl”  ·  in Harbour campaign"]


async def test_where_nothing_fits_all_that_was_asked_for_is_named_and_can_be_cleared(window: MainWindow) -> None:
    _, finish = browsing(window, Shelf([task("fox")]))
    window.header.set_query(Query(text="owl", resolutions=(Resolution.FOUR_K,), rating_at_least=3))
    await finish()
    words = [label.text() for label in window.gallery.viewport().findChildren(Label) if label.isVisible()]
    assert words == ["No pictures fit", "You look for: “owl”  ·  4K  ·  3 stars or more"]

    button = window.gallery.viewport().findChild(QPushButton, "clear_search_and_filters")
    assert isinstance(button, QPushButton)
    button.click()
    await finish()

    assert shown(window) == ["fox"]
    assert window.header.search.text() == ""
