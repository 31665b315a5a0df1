"""The numbers above the gallery: how much is found, of how much, and what each filter would leave."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from types import SimpleNamespace
from typing import cast

import pytest_asyncio
from PySide6.QtWidgets import QListView, QPushButton

from seedream_desktop.domain.judging import Change
from seedream_desktop.domain.query import Query
from seedream_desktop.store.opening import Store
from seedream_desktop.ui.actions.browsing import Browsing
from seedream_desktop.ui.actions.counting import Counting
from seedream_desktop.ui.actions.undoing import Step, Undoing
from seedream_desktop.ui.backend import Backend
from seedream_desktop.ui.main_window import MainWindow
from tests.store.samples import opened
from tests.ui.gallery.samples import sha_of, task
from tests.ui.windows import Work

NOON = datetime(2026, 3, 14, 12, 0, tzinfo=UTC)


@dataclass
class Desk(Work):
    """A window over a library of two orders; *seconds* is how long each question takes."""

    window: MainWindow
    store: Store
    browsing: Browsing
    undoing: Undoing
    seconds: float = 0.0
    now_s: float = 0.0

    def clock(self) -> float:
        self.now_s += self.seconds
        return self.now_s

    async def look_for(self, query: Query) -> str:
        """Return what is said of how much there is."""
        self.window.header.set_query(query)
        await self.finish()
        return self.words()

    def words(self) -> str:
        return self.window.header.chips.count.text()

    def option(self, name: str) -> str:
        found = self.window.header.panel.findChild(QPushButton, name)
        assert isinstance(found, QPushButton)
        return found.text()


@pytest_asyncio.fixture
async def desk(window: MainWindow, tmp_path: Path) -> AsyncIterator[Desk]:
    async with opened(tmp_path) as store:
        work = Work()
        for age_days, found in enumerate((task("fox", count=3), task("owl", count=2))):
            await store.tasks.save(found.but(created_at=NOON - timedelta(days=age_days)))
        backend = SimpleNamespace(
            gallery=store.gallery, judging=store.judging, filter_counts=store.filter_counts, start=work.start
        )
        browsing, undoing = Browsing(window, store.gallery, work.start), Undoing(window, work.start)
        desk = Desk(window, store, browsing, undoing, started=work.started)
        Counting(window, cast(Backend, backend), browsing, undoing, desk.clock)
        await browsing.show()
        await desk.finish()
        yield desk
        work.let_go()


async def test_the_count_follows_what_is_looked_for(desk: Desk) -> None:
    assert desk.words() == "5 pictures in 2 orders"
    assert await desk.look_for(Query("owl")) == "2 of 5 pictures in 1 order"
    assert await desk.look_for(Query("whale")) == "0 of 5 pictures in 0 orders"
    assert await desk.look_for(Query()) == "5 pictures in 2 orders"


async def test_the_count_is_of_the_place_the_user_is_in(desk: Desk) -> None:
    await desk.store.judging.judge({sha_of("fox1"): Change(is_favourite=True)})
    desk.window.scope_changed.emit(Query(is_favourite=True))
    await desk.finish()
    assert desk.words() == "1 picture in 1 order"

    assert await desk.look_for(Query("owl")) == "0 of 1 pictures in 0 orders"


async def test_a_judged_picture_stays_in_sight_while_the_count_follows(desk: Desk) -> None:
    await desk.store.judging.judge({sha_of(name): Change(stars=3) for name in ("fox1", "fox2")})
    assert await desk.look_for(Query(rating_at_least=3)) == "2 of 5 pictures in 1 order"

    inverse = await desk.store.judging.judge({sha_of("fox1"): Change(stars=1)})

    async def reverse() -> Step:
        await desk.store.judging.judge(inverse)
        return Step("", reverse)

    desk.undoing.keep(Step("a mark", reverse))
    await desk.finish()
    assert desk.words() == "1 of 5 pictures in 1 order"
    assert desk.window.gallery._shelf.groups._index.total_cells == 2
    desk.window.undo_requested.emit()
    await desk.finish()

    assert desk.words() == "2 of 5 pictures in 1 order"


async def test_new_orders_are_counted(desk: Desk) -> None:
    new = task("whale", count=1).but(created_at=NOON + timedelta(seconds=1))
    await desk.store.tasks.save(new)
    desk.browsing.show_task(new)
    await desk.finish()

    assert desk.words() == "6 pictures in 3 orders"


async def test_the_filters_have_numbers_while_they_are_seen(desk: Desk) -> None:
    assert desk.option("ratio_1_1") == "1:1"
    desk.window.header.turn_filters()
    await desk.finish()
    assert (desk.option("ratio_1_1"), desk.option("state_failed")) == ("1:1 (2)", "Failed (0)")

    await desk.look_for(Query("owl"))

    assert desk.option("ratio_1_1") == "1:1 (1)"


async def test_where_counting_takes_long_the_filters_go_without_numbers(desk: Desk) -> None:
    desk.window.header.turn_filters()
    await desk.finish()
    desk.seconds = 0.06
    await desk.look_for(Query("owl"))

    assert desk.option("ratio_1_1") == "1:1"


async def test_the_days_that_hold_what_is_looked_for_are_listed(desk: Desk) -> None:
    await desk.look_for(Query("owl"))
    desk.window.header.ask_day()
    await desk.finish()

    days = desk.window.header.findChild(QListView, "days")
    assert isinstance(days, QListView)
    assert days.model().rowCount() == 1


async def test_a_day_that_was_chosen_is_gone_to(desk: Desk) -> None:
    desk.window.resize(900, 600)
    desk.window.gallery.set_row_height(400)
    desk.window.header.day_chosen.emit((NOON - timedelta(days=1)).astimezone().date())

    assert desk.window.gallery.verticalScrollBar().value() > 0
