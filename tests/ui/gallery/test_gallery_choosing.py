"""Choosing pictures with keys and mouse."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QMouseEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from seedream_desktop.domain.failure import Failure, FailureKind
from seedream_desktop.domain.picture import PictureState
from seedream_desktop.domain.task import TaskState
from seedream_desktop.ui.gallery import Gallery
from tests.ui.gallery.handling import CTRL, NONE, SHIFT, Key, Told, chosen, current, middle_of, names, press
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


def pull(gallery: Gallery, begin: QPoint, end: QPoint, modifier: Qt.KeyboardModifier = NONE) -> None:
    """Pull a rectangle from one point to another; the button is still down afterwards."""
    QTest.mousePress(gallery.viewport(), Qt.MouseButton.LeftButton, modifier, begin)
    for part in (0.5, 1.0):
        point = begin + (end - begin) * part
        held = Qt.MouseButton.LeftButton
        moved = QMouseEvent(QEvent.Type.MouseMove, QPointF(point), QPointF(point), held, held, modifier)
        QApplication.sendEvent(gallery.viewport(), moved)


def test_a_rectangle_pulled_over_the_ground_chooses_what_it_touches(qtbot: QtBot, gallery: Gallery) -> None:
    show(gallery, [task("b", count=2), task("a", count=3)])
    second = middle_of(qtbot, gallery, "b, 2 of 2")
    below = middle_of(qtbot, gallery, "a, 2 of 3")
    begin = QPoint(740, second.y())
    pull(gallery, begin, second)
    assert chosen(gallery) == [("b", 2)]

    pull(gallery, begin, below)
    assert chosen(gallery) == [("b", 2), ("a", 2), ("a", 3)]
    assert current(gallery) == ("b", 2)
    QTest.mouseRelease(gallery.viewport(), Qt.MouseButton.LeftButton, pos=below)
    press(gallery, Key.Key_Right)
    assert chosen(gallery) == [("a", 1)]


def test_with_ctrl_a_rectangle_adds_to_what_is_chosen(qtbot: QtBot, gallery: Gallery) -> None:
    show(gallery, [task("b", count=2), task("a", count=3)])
    press(gallery, Key.Key_Home)
    third = middle_of(qtbot, gallery, "a, 3 of 3")
    pull(gallery, QPoint(740, third.y()), third, CTRL)

    assert chosen(gallery) == [("b", 1), ("a", 3)]


def test_a_rectangle_pulled_beyond_the_edge_scrolls(qtbot: QtBot, gallery: Gallery) -> None:
    show(gallery, [task(f"t{n}", count=1) for n in range(50)])
    pull(gallery, QPoint(740, 100), QPoint(60, 700))
    bar = gallery.verticalScrollBar()
    qtbot.waitUntil(lambda: bar.value() > 600)
    QTest.mouseRelease(gallery.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(60, 700))
    stopped = bar.value()
    qtbot.wait(100)

    assert bar.value() == stopped
    assert chosen(gallery)[:3] == [("t0", 1), ("t1", 1), ("t2", 1)]
    assert len(chosen(gallery)) > 5


def test_the_pointer_says_that_a_prompt_can_be_clicked(qtbot: QtBot, gallery: Gallery) -> None:
    show(gallery, [task("<b>bold</b> fox", count=1)])
    prompt, picture = QPoint(40, 10), middle_of(qtbot, gallery, "<b>")
    QTest.mouseMove(gallery.viewport(), prompt)
    assert gallery.viewport().cursor().shape() is Qt.CursorShape.PointingHandCursor
    assert "&lt;b&gt;bold&lt;/b&gt; fox" in gallery.hint_at(prompt)
    assert "Click to see" in gallery.hint_at(prompt)

    QTest.mouseMove(gallery.viewport(), picture)
    assert gallery.viewport().cursor().shape() is Qt.CursorShape.ArrowCursor
    assert gallery.hint_at(picture) == ""


def test_on_the_wall_a_picture_says_what_it_was_made_from(qtbot: QtBot, gallery: Gallery) -> None:
    show(gallery, [task("fox", count=2)])
    gallery.set_grouped(False)
    place = middle_of(qtbot, gallery, "fox, 2 of 2")

    assert gallery.hint_at(place) == "<p>fox</p><p>2 of 2, 2048 x 2048</p>"
    assert gallery.hint_at(QPoint(760, 590)) == ""


def sees_current(gallery: Gallery) -> bool:
    place = gallery._shelf.place_of(gallery._selection.current)
    assert place is not None
    box, top = gallery._shelf.bands.cell_box(*place), gallery.verticalScrollBar().value()
    return top <= box.y and box.bottom <= top + gallery.viewport().height()


def test_the_picture_one_stands_on_stays_in_sight_however_the_gallery_is_laid_out(
    qtbot: QtBot, gallery: Gallery
) -> None:
    show(gallery, [task(f"t{n}", count=5) for n in range(50)])
    press(gallery, Key.Key_Home, *[Key.Key_Down] * 12)
    assert sees_current(gallery)

    gallery.set_row_height(300)
    assert sees_current(gallery)
    gallery.set_row_height(90)
    assert sees_current(gallery)
    gallery.resize(420, 300)
    assert sees_current(gallery)
    gallery.set_grouped(False)
    assert sees_current(gallery)
    gallery.resize(900, 260)
    assert sees_current(gallery)
    gallery.set_grouped(True)
    assert sees_current(gallery)


def test_a_picture_that_was_scrolled_away_does_not_call_the_gallery_back(qtbot: QtBot, gallery: Gallery) -> None:
    show(gallery, [task(f"t{n}", count=5) for n in range(50)])
    press(gallery, Key.Key_Home)
    gallery.verticalScrollBar().setValue(3000)
    gallery.set_row_height(300)

    assert not sees_current(gallery)


def test_the_ring_around_a_picture_is_seen_whole_when_arrows_go_up_the_wall(qtbot: QtBot, gallery: Gallery) -> None:
    show(gallery, [task(f"t{n}", count=5) for n in range(50)])
    gallery.set_grouped(False)
    press(gallery, Key.Key_End, *[Key.Key_Up] * 9)
    place = gallery._shelf.place_of(gallery._selection.current)
    assert place is not None

    assert gallery._shelf.bands.cell_box(*place).y - gallery.verticalScrollBar().value() >= 5
