"""Judging by keys: what is marked is on the disk and on the screen, and comes back."""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from types import SimpleNamespace
from typing import Any, cast

import pytest_asyncio
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from seedream_desktop.domain.failure import Failure, FailureKind
from seedream_desktop.domain.judging import UNJUDGED, Change, Flag, Judgment
from seedream_desktop.domain.task import TaskState
from seedream_desktop.ports.errors import StorageError
from seedream_desktop.store.opening import Store
from seedream_desktop.ui.actions.browsing import Browsing
from seedream_desktop.ui.actions.judging import JudgingActions
from seedream_desktop.ui.actions.undoing import Undoing
from seedream_desktop.ui.backend import Backend
from seedream_desktop.ui.main_window import MainWindow
from tests.store.samples import opened
from tests.ui.gallery.samples import sha_of, task
from tests.ui.windows import Work

Key = Qt.Key
SHIFT, CTRL = Qt.KeyboardModifier.ShiftModifier, Qt.KeyboardModifier.ControlModifier


@dataclass
class Desk(Work):
    """A window over a library in which pictures can be judged."""

    window: MainWindow
    store: Store

    async def press(self, *keys: Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        """Press keys one after the other, and only then let the disk work."""
        for key in keys:
            focused = self.window.focusWidget()
            assert focused is not None
            QTest.keyClick(focused, key, modifier)
        await self.finish()

    async def said(self, name: str) -> Judgment:
        """Return what the disk knows; the window must show the same."""
        kept = (await self.store.judging.judgments([sha_of(name)]))[sha_of(name)]
        assert self.window.gallery._scene.judged.of(sha_of(name)) == kept
        return kept

    def current(self) -> str | None:
        """Return the content the gallery stands on."""
        current = self.window.gallery.current()
        return current[1].sha256 if current else None


@pytest_asyncio.fixture
async def desk(window: MainWindow, tmp_path: Path) -> AsyncIterator[Desk]:
    async with opened(tmp_path) as store:
        desk = Desk(window, store)
        for age_s, found in enumerate(
            (task("fox", count=3), task("run", TaskState.PROCESSING, count=1), task("owl", count=2))
        ):
            await store.tasks.save(found.but(created_at=datetime(2026, 3, 14, 12, 0, 59 - age_s, tzinfo=UTC)))
        browsing = Browsing(window, store.gallery, desk.start)
        backend = SimpleNamespace(gallery=store.gallery, judging=store.judging, start=desk.start)
        JudgingActions(window, cast(Backend, backend), browsing, Undoing(window, desk.start))
        await browsing.show()
        await desk.finish()
        window.gallery.setFocus()
        yield desk
        desk.let_go()


async def test_a_number_gives_stars_and_goes_on_to_the_next_picture(desk: Desk) -> None:
    await desk.press(Key.Key_Home, Key.Key_4, Key.Key_P, Key.Key_X)

    assert await desk.said("fox1") == Judgment(stars=4)
    assert await desk.said("fox2") == Judgment(flag=Flag.PICK)
    assert await desk.said("fox3") == Judgment(flag=Flag.REJECT)
    assert desk.current() == sha_of("owl1")


async def test_unmarking_and_favourites_stay_on_the_picture(desk: Desk) -> None:
    await desk.press(Key.Key_Home, Key.Key_F)
    assert await desk.said("fox1") == Judgment(is_favourite=True)
    await desk.press(Key.Key_F, Key.Key_P, Key.Key_Home, Key.Key_U)

    assert await desk.said("fox1") == UNJUDGED
    assert desk.current() == sha_of("fox1")


async def test_undo_takes_back_one_mark_after_the_other_and_returns_to_the_picture(desk: Desk) -> None:
    await desk.press(Key.Key_Home, Key.Key_5, Key.Key_Home, Key.Key_2, Key.Key_X)

    await desk.press(Key.Key_Z, modifier=CTRL)
    assert (await desk.said("fox2"), desk.current()) == (UNJUDGED, sha_of("fox2"))
    await desk.press(Key.Key_Z, modifier=CTRL)
    assert (await desk.said("fox1"), desk.current()) == (Judgment(stars=5), sha_of("fox1"))
    await desk.press(Key.Key_Z, Key.Key_Z, modifier=CTRL)

    assert await desk.said("fox1") == UNJUDGED


async def test_what_was_undone_is_done_again_until_something_new_is_done(desk: Desk) -> None:
    await desk.press(Key.Key_Home, Key.Key_5, Key.Key_Home, Key.Key_2)
    await desk.press(Key.Key_Z, Key.Key_Z, modifier=CTRL)
    assert await desk.said("fox1") == UNJUDGED

    await desk.press(Key.Key_Z, modifier=CTRL | SHIFT)
    assert await desk.said("fox1") == Judgment(stars=5)
    await desk.press(Key.Key_Home, Key.Key_F)
    await desk.press(Key.Key_Z, modifier=CTRL | SHIFT)

    assert await desk.said("fox1") == Judgment(stars=5, is_favourite=True)


async def test_undo_pressed_before_the_disk_was_ready_takes_back_that_mark(desk: Desk) -> None:
    focused = desk.window.gallery
    QTest.keyClick(focused, Key.Key_Home)
    QTest.keyClick(focused, Key.Key_3)
    QTest.keyClick(focused, Key.Key_Z, CTRL)
    await desk.finish()

    assert await desk.said("fox1") == UNJUDGED


async def test_all_that_is_chosen_is_marked_at_once_and_taken_back_at_once(desk: Desk) -> None:
    await desk.press(Key.Key_5)
    await desk.press(Key.Key_Home, Key.Key_2)
    await desk.press(Key.Key_A, modifier=CTRL)
    await desk.press(Key.Key_4)
    assert [(await desk.said(name)).stars for name in ("fox1", "fox2", "fox3", "owl1", "owl2")] == [4] * 5
    assert "5 pictures" in desk.window.dock.status_text()

    await desk.press(Key.Key_Z, modifier=CTRL)

    assert [(await desk.said(name)).stars for name in ("fox1", "fox2", "owl2")] == [2, 0, 0]


async def test_of_several_some_of_which_are_favourites_all_become_favourites(desk: Desk) -> None:
    await desk.press(Key.Key_Home, Key.Key_F)
    await desk.press(Key.Key_Right, modifier=SHIFT)

    await desk.press(Key.Key_F)
    assert [(await desk.said(name)).is_favourite for name in ("fox1", "fox2")] == [True, True]
    await desk.press(Key.Key_F)

    assert [(await desk.said(name)).is_favourite for name in ("fox1", "fox2")] == [False, False]


async def test_in_the_viewer_only_the_picture_that_is_seen_is_marked_and_shows_it(desk: Desk) -> None:
    await desk.press(Key.Key_Home)
    await desk.press(Key.Key_Right, modifier=SHIFT)
    await desk.press(Key.Key_Return, Key.Key_F)

    assert await desk.said("fox1") == UNJUDGED
    assert await desk.said("fox2") == Judgment(is_favourite=True)
    assert desk.window.viewer.canvas.accessibleDescription() == "favourite"
    await desk.press(Key.Key_3)
    assert desk.window.viewer.picture is not None
    assert desk.window.viewer.picture.sha256 == sha_of("fox3")
    await desk.press(Key.Key_PageUp)

    assert desk.window.viewer.canvas.accessibleDescription() == "3 stars, favourite"


async def test_in_the_second_window_only_the_picture_it_shows_is_marked(qtbot: QtBot, desk: Desk) -> None:
    await desk.press(Key.Key_Home)
    await desk.press(Key.Key_Right, modifier=SHIFT)
    desk.window.centre.open_second()
    second = desk.window.centre.large.second
    assert second is not None
    second.activateWindow()
    qtbot.waitUntil(second.isActiveWindow)

    QTest.keyClick(second.viewer.canvas, Key.Key_P)
    await desk.finish()

    assert await desk.said("fox1") == UNJUDGED
    assert await desk.said("fox2") == Judgment(flag=Flag.PICK)
    assert second.viewer.picture is not None
    assert second.viewer.picture.sha256 == sha_of("fox3")


async def test_the_picture_taken_in_a_comparison_is_picked(desk: Desk) -> None:
    await desk.press(Key.Key_Home)
    await desk.press(Key.Key_Right, modifier=SHIFT)
    await desk.press(Key.Key_C, Key.Key_PageDown, Key.Key_Return)

    assert await desk.said("fox2") == Judgment(flag=Flag.PICK)
    assert await desk.said("fox1") == UNJUDGED


async def test_marks_of_an_earlier_time_are_seen_and_read_out(qtbot: QtBot, window: MainWindow, tmp_path: Path) -> None:
    async with opened(tmp_path) as store:
        await store.tasks.save(task("fox", count=1))
        await store.judging.judge({sha_of("fox1"): Change(stars=1, flag=Flag.REJECT)})
        desk = Desk(window, store)
        browsing = Browsing(window, store.gallery, desk.start)
        JudgingActions(
            window,
            cast(Backend, SimpleNamespace(gallery=store.gallery, judging=store.judging, start=desk.start)),
            browsing,
            Undoing(window, desk.start),
        )
        await browsing.show()
        await desk.finish()

        def described() -> list[str]:
            cells = window.gallery.viewport().findChildren(QWidget)
            return [cell.accessibleDescription() for cell in cells if cell.accessibleName().startswith("fox, 1 of 1")]

        qtbot.waitUntil(lambda: described() == ["1 star, rejected"])


class Broken:
    """A disk that takes nothing."""

    def __getattr__(self, _name: str) -> Callable[..., Awaitable[Any]]:
        async def refuse(*_args: object) -> None:
            raise StorageError(Failure(FailureKind.DISK_TROUBLE))

        return refuse


async def test_a_disk_that_takes_nothing_is_told_and_nothing_is_shown_as_marked(desk: Desk) -> None:
    broken = Broken()
    window = desk.window
    browsing = Browsing(window, desk.store.gallery, desk.start)
    for signal in (window.judged, window.favourite_requested, window.undo_requested):
        signal.disconnect()
    backend = SimpleNamespace(gallery=broken, judging=broken, start=desk.start)
    JudgingActions(window, cast(Backend, backend), browsing, Undoing(window, desk.start))

    await desk.press(Key.Key_Home, Key.Key_5)
    assert await desk.said("fox1") == UNJUDGED
    alone = window.dock.status_text()
    window.dock.set_notice("", "")
    await desk.press(Key.Key_A, modifier=CTRL)
    await desk.press(Key.Key_5)

    assert alone
    assert window.dock.status_text() == alone
