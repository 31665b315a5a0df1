"""The gallery, the viewer, the comparison and the second window, as one."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from seedream_desktop.domain.picture import Picture
from seedream_desktop.domain.task import TaskState
from seedream_desktop.ui.compare.view import CompareView
from seedream_desktop.ui.filters.panel import FilterPanel
from seedream_desktop.ui.main_window import MainWindow
from seedream_desktop.ui.quick_look import QuickLook
from seedream_desktop.ui.set_view.view import SetView
from seedream_desktop.ui.viewer.viewer import Viewer
from tests.ui.gallery.library import show
from tests.ui.gallery.samples import sha_of, task

Key = Qt.Key
CTRL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def window(window: MainWindow) -> MainWindow:
    show(window.gallery, [task("fox", count=3), task("run", TaskState.PROCESSING, count=1), task("owl", count=2)])
    window.gallery.setFocus()
    return window


def press(window: QWidget, *keys: Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    for key in keys:
        focused = window.focusWidget()
        assert focused is not None
        QTest.keyClick(focused, key, modifier)


def seen(picture: Picture | None) -> str | None:
    return picture.sha256 if picture else None


def test_the_viewer_steps_over_what_is_not_there_yet_and_esc_leaves_it_where_it_came_to(window: MainWindow) -> None:
    press(window, Key.Key_Home, Key.Key_Right, Key.Key_Right, Key.Key_Return)
    assert seen(window.viewer.picture) == sha_of("fox3")

    press(window, Key.Key_PageDown)
    assert seen(window.viewer.picture) == sha_of("owl1")
    press(window, Key.Key_PageUp, Key.Key_PageUp)
    assert seen(window.viewer.picture) == sha_of("fox2")
    press(window, Key.Key_Escape)

    assert window.centre.shows_gallery
    current = window.gallery.current()
    assert current is not None
    assert seen(current[1]) == sha_of("fox2")


def test_the_next_picture_is_made_ready_before_it_is_asked_for(qtbot: QtBot, window: MainWindow) -> None:
    wanted: list[str | None] = []
    window.centre.pixels_requested.connect(lambda picture: wanted.append(picture.sha256))
    press(window, Key.Key_Home, Key.Key_Return)
    assert wanted == [sha_of("fox1")]

    window.centre.show_pixels(sha_of("fox1"), QImage(64, 64, QImage.Format.Format_RGB32))

    qtbot.waitUntil(lambda: wanted == [sha_of("fox1"), sha_of("fox2")])


def test_the_first_and_the_last_picture_have_one_neighbour(window: MainWindow) -> None:
    press(window, Key.Key_Home)
    assert [seen(beside) for beside in window.gallery.neighbours()] == [None, sha_of("fox2")]
    press(window, Key.Key_End)
    assert [seen(beside) for beside in window.gallery.neighbours()] == [sha_of("owl1"), None]


def test_a_second_window_follows_the_gallery_and_steps_by_itself(qtbot: QtBot, window: MainWindow) -> None:
    press(window, Key.Key_Home)
    window.centre.open_second()
    second = window.centre.large.second
    assert second is not None
    assert seen(second.viewer.picture) == sha_of("fox1")

    press(window, Key.Key_Right)
    assert seen(second.viewer.picture) == sha_of("fox2")
    QTest.keyClick(second.viewer.canvas, Key.Key_PageDown)

    assert seen(second.viewer.picture) == sha_of("fox3")
    assert window.centre.shows_gallery


def test_a_second_window_that_was_closed_rests_and_comes_back(window: MainWindow) -> None:
    press(window, Key.Key_Home)
    window.centre.open_second()
    second = window.centre.large.second
    assert second is not None
    second.close()

    press(window, Key.Key_Right)
    assert seen(second.viewer.picture) == sha_of("fox1")
    window.centre.open_second()

    assert window.centre.large.second is second
    assert seen(second.viewer.picture) == sha_of("fox2")


def test_without_a_picture_that_is_meant_no_second_window_comes(window: MainWindow) -> None:
    window.centre.open_second()

    assert window.centre.large.second is None


def test_the_main_window_takes_the_second_one_along(window: MainWindow) -> None:
    press(window, Key.Key_Home)
    window.centre.open_second()
    second = window.centre.large.second
    assert second is not None

    window.let_close()

    assert not second.isVisible()


def test_what_is_chosen_is_compared_and_the_one_taken_is_chosen_in_the_gallery(
    qtbot: QtBot, window: MainWindow
) -> None:
    wanted: list[str | None] = []
    window.centre.pixels_requested.connect(lambda picture: wanted.append(picture.sha256))
    press(window, Key.Key_Home)
    press(window, Key.Key_Right, modifier=Qt.KeyboardModifier.ShiftModifier)
    press(window, Key.Key_C)
    assert window.centre.currentWidget() is window.centre.compare
    assert wanted == [sha_of("fox1"), sha_of("fox2")]

    press(window, Key.Key_PageDown)
    current = window.centre.current()
    assert current is not None
    assert seen(current[1]) == sha_of("fox2")
    with qtbot.waitSignal(window.centre.picked) as picked:
        press(window, Key.Key_Return)

    assert seen(picked.args[1]) == sha_of("fox2")
    assert [seen(picture) for _, picture in window.gallery.selected()] == [sha_of("fox2")]
    assert window.centre.shows_gallery


@pytest.mark.parametrize("keys", [(Key.Key_Home,), (Key.Key_A,)])
def test_one_picture_or_too_many_are_not_compared_and_it_says_so(window: MainWindow, keys: tuple[Key, ...]) -> None:
    press(window, *keys, modifier=CTRL if keys == (Key.Key_A,) else Qt.KeyboardModifier.NoModifier)
    press(window, Key.Key_C)

    assert window.centre.shows_gallery
    assert "two to four" in window.dock.status_text()


def test_pixels_reach_a_comparison_only_while_it_is_seen(window: MainWindow) -> None:
    press(window, Key.Key_Home)
    press(window, Key.Key_Right, modifier=Qt.KeyboardModifier.ShiftModifier)
    press(window, Key.Key_C, Key.Key_Escape)
    assert window.centre.shows_gallery

    window.centre.show_trouble(sha_of("fox1"), "It is gone.")
    press(window, Key.Key_C)
    window.centre.show_trouble(sha_of("fox2"), "It is broken.")

    words = window.centre.compare._trouble.text()
    assert "broken" in words
    assert "gone" not in words


def test_what_is_not_seen_at_first_is_not_made_until_it_is_needed(window: MainWindow) -> None:
    pages = (Viewer, SetView, CompareView, QuickLook, FilterPanel)
    assert [page for page in pages if window.findChild(page)] == []

    press(window, Key.Key_Home, Key.Key_Return)

    assert [page for page in pages if window.findChild(page)] == [Viewer]


def test_tab_goes_from_the_pictures_to_the_page_in_their_place_before_the_details(window: MainWindow) -> None:
    window.panels.toggle_inspector()
    press(window, Key.Key_Home, Key.Key_Return)

    order, each = [], window.nextInFocusChain()
    while each is not None and each is not window:
        order.append(each)
        each = each.nextInFocusChain()

    places = [order.index(part) for part in (window.gallery, window.viewer.canvas, window.inspector)]
    assert places == sorted(places)


def test_arrows_go_through_pictures_after_the_mouse_made_them_larger(window: MainWindow) -> None:
    press(window, Key.Key_Home)
    slider = window.header.slider
    QTest.mouseClick(slider, Qt.MouseButton.LeftButton, pos=slider.rect().center())
    before = slider.value()
    press(window, Key.Key_Right)

    assert slider.value() == before
    current = window.gallery.current()
    assert current is not None
    assert seen(current[1]) == sha_of("fox2")
