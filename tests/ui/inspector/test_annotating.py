"""Marks, tags and notes given in the inspector are on the disk and on the screen, and come back by one undo each."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path
from types import SimpleNamespace
from typing import Any, cast

import pytest_asyncio
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPushButton, QWidget
from pytestqt.qtbot import QtBot

from seedream_desktop.domain.judging import UNJUDGED, Change, Flag, Judgment
from seedream_desktop.domain.reference import Reference
from seedream_desktop.domain.task import Attempt, AttemptId, AttemptState, Task
from seedream_desktop.store.balances import BalancesAround
from seedream_desktop.store.opening import Store
from seedream_desktop.ui.actions.annotating import Annotating
from seedream_desktop.ui.actions.browsing import Browsing
from seedream_desktop.ui.actions.inspecting import Inspecting
from seedream_desktop.ui.actions.judging import JudgingActions
from seedream_desktop.ui.actions.undoing import Undoing
from seedream_desktop.ui.backend import Backend
from seedream_desktop.ui.controls.label import Label
from seedream_desktop.ui.inspector.note import NoteField
from seedream_desktop.ui.inspector.tags import TagField
from seedream_desktop.ui.main_window import MainWindow
from tests.store.samples import opened
from tests.ui.gallery.samples import sha_of, task
from tests.ui.windows import Work

NOON = datetime(2026, 3, 14, 12, 0, tzinfo=UTC)


@dataclass
class Desk(Work):
    """A window with its inspector over a library."""

    window: MainWindow
    store: Store
    annotating: Annotating

    async def looked_up(self, qtbot: QtBot) -> None:
        """Let the pause pass after which the family is looked up."""
        qtbot.wait(150)
        await self.finish()

    async def said(self, name: str) -> Judgment:
        """Return what the disk knows; the gallery must show the same."""
        kept = (await self.store.judging.judgments([sha_of(name)]))[sha_of(name)]
        assert self.window.gallery._scene.judged.of(sha_of(name)) == kept
        return kept

    def part(self, kind: type[QWidget], name: str = "") -> Any:
        found = self.window.inspector.findChildren(kind, name) if name else self.window.inspector.findChildren(kind)
        return next(each for each in found if each.isVisible())

    def words(self) -> set[str]:
        return {each.text() for each in self.window.inspector.findChildren(Label) if each.isVisible()}

    def press(self, *keys: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        for key in keys:
            QTest.keyClick(self.window.gallery, key, modifier)


@pytest_asyncio.fixture
async def desk(window: MainWindow, tmp_path: Path) -> AsyncIterator[Desk]:
    async with opened(tmp_path) as store:
        work = Work()

        async def balances(_began: datetime, _ended: datetime) -> BalancesAround:
            return BalancesAround(Decimal("72.95"), Decimal("72.79"))

        async def no_thumbnails(_task: Task, _position: int) -> bool:
            return False

        sent = Attempt(AttemptId("try"), AttemptState.ACCEPTED, NOON, NOON, NOON)
        fox = task("fox", count=3).but(created_at=NOON).with_attempt(sent)
        await store.tasks.save(fox)
        browsing = Browsing(window, store.gallery, work.start)
        undoing = Undoing(window, work.start)
        backend = cast(
            Backend,
            SimpleNamespace(
                engine=SimpleNamespace(rebuild_thumbnails=no_thumbnails),
                gallery=store.gallery,
                judging=store.judging,
                family=store.family,
                balances_around=balances,
                start=work.start,
            ),
        )
        JudgingActions(window, backend, browsing, undoing)
        annotating = Annotating(window, backend, undoing)
        Inspecting(window, backend, annotating)
        desk = Desk(window, store, annotating, started=work.started)
        await browsing.show()
        await desk.finish()
        window.gallery.setFocus()
        desk.press(Qt.Key.Key_Home)
        yield desk
        work.let_go()


async def test_a_mark_in_the_inspector_stays_on_its_picture_and_is_taken_back(desk: Desk) -> None:
    desk.part(QPushButton, "pick").click()
    await desk.finish()
    assert await desk.said("fox1") == Judgment(flag=Flag.PICK)
    assert desk.part(QPushButton, "pick").isChecked()
    current = desk.window.gallery.current()
    assert current is not None
    assert current[1].sha256 == sha_of("fox1")

    desk.window.undo_requested.emit()
    await desk.finish()
    assert await desk.said("fox1") == UNJUDGED
    assert not desk.part(QPushButton, "pick").isChecked()


async def test_in_a_comparison_the_inspector_is_about_the_marked_picture(qtbot: QtBot, desk: Desk) -> None:
    def inspected() -> str | None:
        shown = desk.window.inspector.shown
        return shown[1].sha256 if shown is not None else None

    desk.press(Qt.Key.Key_Right, modifier=Qt.KeyboardModifier.ShiftModifier)
    desk.press(Qt.Key.Key_C)
    await desk.looked_up(qtbot)
    assert desk.window.centre.currentWidget() is desk.window.centre.compare
    assert inspected() == sha_of("fox1")

    QTest.keyClick(desk.window.centre.compare.canvas, Qt.Key.Key_PageDown)
    await desk.looked_up(qtbot)
    assert inspected() == sha_of("fox2")

    desk.part(QPushButton, "pick").click()
    await desk.finish()
    assert (await desk.said("fox2"), await desk.said("fox1")) == (Judgment(flag=Flag.PICK), UNJUDGED)


async def test_a_tag_is_written_and_given_to_the_next_pictures_without_the_mouse(desk: Desk) -> None:
    window = desk.window
    desk.press(Qt.Key.Key_K)
    field = desk.part(TagField)
    assert window.focusWidget() is field

    QTest.keyClicks(field, "cover")
    QTest.keyClick(field, Qt.Key.Key_Return)
    QTest.keyClick(field, Qt.Key.Key_Return)
    assert window.focusWidget() is window.gallery
    desk.press(Qt.Key.Key_Right)
    desk.press(Qt.Key.Key_K, Qt.Key.Key_K, modifier=Qt.KeyboardModifier.ShiftModifier)
    await desk.finish()

    assert [(await desk.said(f"fox{number}")).tags for number in (1, 2, 3)] == [("cover",)] * 3
    window.undo_requested.emit()
    await desk.finish()
    assert (await desk.said("fox3")).tags == ()


async def test_all_tags_that_one_picture_was_given_are_given_again_but_those_taken_off(desk: Desk) -> None:
    def write(*tags: str) -> None:
        desk.press(Qt.Key.Key_K)
        for tag in (*tags, ""):
            QTest.keyClicks(desk.part(TagField), tag)
            QTest.keyClick(desk.part(TagField), Qt.Key.Key_Return)

    write("draft", "hero", "print")
    desk.window.inspector.judged.emit(Change(drops=("draft",)))
    desk.press(Qt.Key.Key_Right)
    desk.press(Qt.Key.Key_K, modifier=Qt.KeyboardModifier.ShiftModifier)
    await desk.finish()
    second = (await desk.said("fox2")).tags
    write("cover")
    desk.press(Qt.Key.Key_Home)
    desk.press(Qt.Key.Key_K, modifier=Qt.KeyboardModifier.ShiftModifier)
    await desk.finish()

    assert second == ("hero", "print")
    assert (await desk.said("fox1")).tags == ("cover", "hero", "print")
    assert (await desk.said("fox3")).tags == ("cover",)


async def test_before_any_tag_was_written_there_is_none_to_give_again(desk: Desk) -> None:
    desk.press(Qt.Key.Key_K, modifier=Qt.KeyboardModifier.ShiftModifier)
    await desk.finish()

    assert await desk.said("fox1") == UNJUDGED
    assert desk.window.dock.status_text() == "No tag was given yet."


async def test_a_note_is_written_without_the_mouse_also_where_the_details_were_hidden(desk: Desk) -> None:
    desk.press(Qt.Key.Key_I)
    assert not desk.window.inspector.isVisible()

    desk.press(Qt.Key.Key_F2)
    field = desk.part(NoteField)
    assert desk.window.focusWidget() is field
    QTest.keyClicks(field, "softer")
    QTest.keyClick(field, Qt.Key.Key_Escape)
    await desk.finish()

    assert desk.window.focusWidget() is desk.window.gallery
    assert (await desk.said("fox1")).note == "softer"


async def test_letters_and_numbers_written_in_a_field_are_no_keys(desk: Desk) -> None:
    note, tag = desk.part(NoteField), desk.part(TagField)
    for place in (note, tag):
        place.setFocus()
        QTest.keyClicks(place, "5pxfui")
    desk.window.inspector.flush()
    await desk.finish()

    assert await desk.said("fox1") == Judgment(note="5pxfui", tags=("5pxfui",))


async def test_a_note_kept_in_pauses_is_one_step_of_undo(desk: Desk) -> None:
    await desk.store.judging.judge({sha_of("fox1"): Change(note="old")})
    for text, is_over in (("old a", False), ("old ab", False), ("old abc", True)):
        desk.window.inspector.note_written.emit(sha_of("fox1"), text, is_over)
        await desk.finish()
        assert (await desk.said("fox1")).note == text

    desk.window.undo_requested.emit()
    await desk.finish()
    assert (await desk.said("fox1")).note == "old"
    desk.window.redo_requested.emit()
    await desk.finish()
    assert (await desk.said("fox1")).note == "old abc"


async def test_a_note_in_mid_typing_is_kept_when_the_next_picture_is_shown_or_the_window_closes(desk: Desk) -> None:
    QTest.keyClicks(desk.part(NoteField), "softer")
    desk.window.gallery.select_next()
    QTest.keyClicks(desk.part(NoteField), "harder")
    await asyncio.gather(desk.annotating.finish(), desk.finish())

    assert (await desk.said("fox1")).note == "softer"
    assert (await desk.said("fox2")).note == "harder"


async def test_several_chosen_pictures_are_tagged_together_and_the_tags_in_use_are_offered(
    desk: Desk, qtbot: QtBot
) -> None:
    desk.press(Qt.Key.Key_A, modifier=Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: desk.annotating.many is not None)
    await desk.finish()
    assert "3 pictures" in desk.words()

    tag = desk.part(TagField)
    QTest.keyClicks(tag, "client,")
    await desk.finish()
    assert [(await desk.said(f"fox{number}")).tags for number in (1, 2, 3)] == [("client",)] * 3
    assert [chip.text() for chip in desk.window.inspector.findChildren(QPushButton, "tag") if chip.isVisible()] == [
        "client"
    ]

    fox = (await desk.store.tasks.newest(1))[0]
    desk.window.change_task(fox.but(service_state="seen"))
    await desk.looked_up(qtbot)
    assert "3 pictures" in desk.words()
    desk.window.inspector.known_tags_wanted.emit()
    await desk.finish()
    assert tag.completer().model().index(0, 0).data() == "client"


async def test_the_family_comes_from_the_library_and_a_click_goes_there(desk: Desk, qtbot: QtBot) -> None:
    fox = await desk.store.tasks.newest(1)
    content = fox[0].pictures[0].sha256
    owl = task("owl", count=1)
    request = owl.request
    used = type(request)("owl", references=(Reference("/fox.jpg", sha256=content),))
    await desk.store.tasks.save(owl.but(request=used, created_at=NOON.replace(hour=13)))
    desk.window.gallery.select_next()
    desk.window.gallery.select_previous()
    await desk.looked_up(qtbot)

    assert "Used in" in desk.words()
    assert desk.part(QPushButton, "relative").accessibleName() == "Go to: owl"
    desk.part(QPushButton, "relative").click()
    assert desk.window.gallery._sought is not None
    desk.part(QPushButton, "order_section").click()
    assert "$72.95 before, $72.79 after" in desk.words()


async def test_a_hidden_inspector_looks_nothing_up_until_it_is_seen(desk: Desk, qtbot: QtBot) -> None:
    await desk.finish()
    desk.window.inspector.hide()
    desk.window.gallery.select_next()
    qtbot.wait(150)
    assert desk.started == []

    desk.window.inspector.show()
    await desk.looked_up(qtbot)
    assert "Not used for another picture yet" in desk.words()
