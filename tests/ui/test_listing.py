from __future__ import annotations

import asyncio
from collections.abc import Coroutine, Iterator
from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QListView
from pytestqt.qtbot import QtBot

from seedream_desktop.domain.task import Attempt, AttemptId, AttemptState, Task, TaskState
from seedream_desktop.ui.actions.listing import Listing
from seedream_desktop.ui.controls.label import Label
from seedream_desktop.ui.main_window import MainWindow
from tests.engine.disk import MemoryTaskStore
from tests.ui.gallery.samples import NOW, now, task
from tests.ui.windows import new_window


@pytest.fixture
def window(qtbot: QtBot) -> Iterator[MainWindow]:
    window = new_window(now)
    qtbot.addWidget(window)
    window.show()
    yield window
    window.let_close()


class Loop:
    """Runs what was started when it is told to, as an event loop does later."""

    def __init__(self) -> None:
        self._started: list[Coroutine[Any, Any, Any]] = []

    def start(self, coroutine: Coroutine[Any, Any, Any], _name: str) -> None:
        self._started.append(coroutine)

    def run(self) -> None:
        started, self._started = self._started, []
        for coroutine in started:
            asyncio.run(coroutine)


def begun(window: MainWindow, store: MemoryTaskStore) -> Loop:
    loop = Loop()
    listing = Listing(window, store, loop.start, now)
    asyncio.run(listing.show())
    asyncio.run(listing.complete())
    return loop


def store_of(*tasks: Task) -> MemoryTaskStore:
    store = MemoryTaskStore([])
    store.rows = {each.id: each for each in tasks}
    return store


def listed(window: MainWindow) -> list[str]:
    rows = window.tasks.findChild(QListView, "tasks")
    assert isinstance(rows, QListView)
    return [rows.model().index(row, 0).data(Qt.ItemDataRole.DisplayRole) for row in range(rows.model().rowCount())]


def said(window: MainWindow, name: str) -> str:
    label = window.dock.findChild(Label, name)
    assert label is not None
    return label.text()


MANY = [task(f"{number:04}", age_s=60 * (number + 1)) for number in range(900)]


def test_only_the_newest_tasks_and_the_open_ones_are_held(window: MainWindow) -> None:
    old = task("decide", TaskState.UNKNOWN, age_s=10_000_000)
    begun(window, store_of(*MANY, old))

    assert listed(window) == [*(each.id for each in MANY[:200]), "decide"]


def test_older_tasks_come_in_their_places_as_the_list_is_scrolled_to_its_end(window: MainWindow) -> None:
    old = task("decide", TaskState.UNKNOWN, age_s=60 * 350 + 30)
    loop = begun(window, store_of(*MANY, old))
    window.dock.set_open(True)
    rows = window.tasks.findChild(QListView, "tasks")
    assert isinstance(rows, QListView)
    loop.run()
    assert len(listed(window)) == 201

    seen = []
    for _ in range(5):
        rows.scrollToBottom()
        loop.run()
        seen.append(len(listed(window)))
    expected = [each.id for each in MANY]
    expected.insert(350, old.id)
    assert seen == [400, 600, 800, 901, 901]
    assert listed(window) == expected


def test_the_dock_counts_and_sums_what_is_not_listed_too(window: MainWindow) -> None:
    attempt = Attempt(AttemptId("a-1"), AttemptState.ACCEPTED, NOW)
    today = [
        task(f"today{number}", age_s=number).but(attempts=(attempt,), estimated_cost_usd=Decimal("0.04"))
        for number in range(250)
    ]
    yesterday = task("yesterday", age_s=int(timedelta(days=2).total_seconds())).but(attempts=(attempt,))
    old = task("old", TaskState.NOT_FOUND, age_s=50_000_000)
    begun(window, store_of(*today, yesterday, old))

    assert said(window, "today") == "Today $10.00"
    assert said(window, "needs_user") == "1 needs you"
