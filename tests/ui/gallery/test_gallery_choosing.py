"""Choosing pictures with keys and mouse."""

from __future__ import annotations

from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from seedream_desktop.domain.failure import Failure, FailureKind
from seedream_desktop.domain.picture import PictureState
from seedream_desktop.domain.task import TaskState
from seedream_desktop.ui.gallery import Gallery
from tests.ui.gallery.handling import CTRL, SHIFT, Key, Told, chosen, current, middle_of, names, press
from tests.ui.gallery.library import show
from tests.ui.gallery.samples import coming, stored, task


def test_arrows_walk_through_all_pictures_and_tell_each(qtbot: QtBot, gallery: Gallery) -> None:
    show(gallery, [task("b", count=2), task("a", count=2)])
    told = Told(gallery)
    press(gallery, Key.Key_Right, Key.Key_Right, Key.Key_Right)

    assert current(gallery) == ("a", 1)
    assert [picture.position for _, picture in told.chosen if picture] == [1, 2, 1]
    press(gallery, Key.Key_Up)
    assert current(gallery) == ("b", 1)
    press(gallery, Key.Key_End)
    assert current(gallery) == ("a", 2)
    press(gallery, Key.Key_Home)
    assert current(gallery) == ("b", 1)


def test_page_down_brings_what_it_reaches_into_sight(qtbot: QtBot, gallery: Gallery) -> None:
    show(gallery, [task(f"t{n}", count=1) for n in range(50)])
    press(gallery, Key.Key_Home, Key.Key_PageDown)
    found = gallery.current()

    assert found is not None
    assert found[0].id != "t0"
    assert f"{found[0].id}, 1 of 1, 2048 x 2048" in names(qtbot, gallery)


def test_shift_stretches_and_ctrl_adds(qtbot: QtBot, gallery: Gallery) -> None:
    show(gallery, [task("b", count=2), task("a", count=2)])
    press(gallery, Key.Key_Home)
    press(gallery, Key.Key_Right, Key.Key_Right, modifier=SHIFT)
    assert chosen(gallery) == [("b", 1), ("b", 2), ("a", 1)]
    press(gallery, Key.Key_Left, modifier=SHIFT)
    assert chosen(gallery) == [("b", 1), ("b", 2)]

    press(gallery, Key.Key_End, modifier=CTRL)
    press(gallery, Key.Key_Space, modifier=CTRL)
    assert chosen(gallery) == [("b", 1), ("b", 2), ("a", 2)]


def test_ctrl_a_chooses_every_picture_that_is_on_this_disk(qtbot: QtBot, gallery: Gallery) -> None:
    partial = task("a", TaskState.PARTIAL, pictures=(stored(1, "a"), coming(2, PictureState.EXPIRED)))
    show(gallery, [task("run", TaskState.PROCESSING), task("b", count=2), partial])
    press(gallery, Key.Key_A, modifier=CTRL)

    assert chosen(gallery) == [("b", 1), ("b", 2), ("a", 1)]


def test_clicks_choose_add_and_stretch(qtbot: QtBot, gallery: Gallery) -> None:
    show(gallery, [task("fox", count=4)])
    left = Qt.MouseButton.LeftButton
    points = [middle_of(qtbot, gallery, f"fox, {n} of 4") for n in (1, 2, 3, 4)]
    QTest.mouseClick(gallery.viewport(), left, pos=points[0])
    QTest.mouseClick(gallery.viewport(), left, SHIFT, pos=points[2])
    assert chosen(gallery) == [("fox", 1), ("fox", 2), ("fox", 3)]
    QTest.mouseClick(gallery.viewport(), left, CTRL, pos=points[1])
    assert chosen(gallery) == [("fox", 1), ("fox", 3)]
    QTest.mouseClick(gallery.viewport(), left, pos=points[2])
    assert chosen(gallery) == [("fox", 3)]
    QTest.mouseClick(gallery.viewport(), left, pos=QPoint(700, 590))
    assert chosen(gallery) == []
    assert gallery.current() is None


def test_enter_and_double_click_open_the_picture(qtbot: QtBot, gallery: Gallery) -> None:
    show(gallery, [task("fox", count=2)])
    told = Told(gallery)
    press(gallery, Key.Key_Home, Key.Key_Return)
    QTest.mouseDClick(gallery.viewport(), Qt.MouseButton.LeftButton, pos=middle_of(qtbot, gallery, "fox, 1 of 2"))

    assert [(found.id, picture.position) for found, picture in told.opened] == [("fox", 1), ("fox", 1)]


def test_a_running_tile_can_be_stood_on_but_is_not_a_chosen_picture(qtbot: QtBot, gallery: Gallery) -> None:
    show(gallery, [task("run", TaskState.PROCESSING, count=1), task("fox", count=1)])
    told = Told(gallery)
    press(gallery, Key.Key_End, Key.Key_Up, Key.Key_Return)

    assert gallery.current() is None
    assert told.chosen[-1] == (None, None)
    assert told.opened == []


def test_the_chosen_picture_is_told_anew_when_it_arrives(qtbot: QtBot, gallery: Gallery) -> None:
    show(gallery, [task("fox", TaskState.PROCESSING, count=1)])
    press(gallery, Key.Key_Home)
    told = Told(gallery)
    done = task("fox", count=1)
    gallery.change_task(done)

    assert told.chosen == [(done, done.pictures[0])]


def test_next_and_previous_step_over_what_is_not_there(qtbot: QtBot, gallery: Gallery) -> None:
    failed = task("x", TaskState.FAILED, failure=Failure(FailureKind.MODERATION))
    show(gallery, [task("b", count=1), failed, task("run", TaskState.PROCESSING), task("a", count=1)])
    press(gallery, Key.Key_Home)
    gallery.select_next()
    assert current(gallery) == ("a", 1)
    gallery.select_next()
    assert current(gallery) == ("a", 1)
    gallery.select_previous()
    assert current(gallery) == ("b", 1)
