"""Keys of the window: what they ask for, where, and that the user can change them."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import QSettings, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QListView
from pytestqt.qtbot import QtBot

from seedream_desktop.domain.query import Query
from seedream_desktop.domain.reference import Reference
from seedream_desktop.domain.request import GenerationRequest
from seedream_desktop.domain.task import TaskState
from seedream_desktop.ui.keys import CommandId
from seedream_desktop.ui.keys.dialog import KeyListDialog
from seedream_desktop.ui.main_window import MainWindow
from tests.ui.gallery.library import show
from tests.ui.gallery.samples import NOW, stored, task
from tests.ui.windows import new_window


@pytest.fixture
def window(window: MainWindow) -> MainWindow:
    found = replace(task("fox", count=1), pictures=(stored(0),))
    window.show_tasks([found])
    show(window.gallery, [found])
    window.composer.add_references([Reference(f"https://example.com/{number}.jpg") for number in range(1, 4)])
    return window


def press(window: MainWindow, key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    focused = window.focusWidget()
    assert focused is not None
    QTest.keyClick(focused, key, modifier)


def test_ctrl_and_a_number_go_to_that_reference(window: MainWindow) -> None:
    window.composer.focus_prompt()

    press(window, Qt.Key.Key_2, Qt.KeyboardModifier.ControlModifier)

    assert window.focusWidget() is window.composer.references.view
    assert window.composer.references.view.currentIndex().row() == 1


def test_e_asks_for_the_chosen_picture_as_a_reference(qtbot: QtBot, window: MainWindow) -> None:
    window.gallery.setFocus()
    press(window, Qt.Key.Key_Home)

    with qtbot.waitSignal(window.action_requested) as asked:
        press(window, Qt.Key.Key_E)

    assert [asked.args[0].id, asked.args[1]] == ["fox", "reference"]


def test_shift_e_looks_for_what_was_made_with_the_picture(qtbot: QtBot, window: MainWindow) -> None:
    window.gallery.setFocus()
    press(window, Qt.Key.Key_Home)

    with qtbot.waitSignal(window.filter_changed) as asked:
        press(window, Qt.Key.Key_E, Qt.KeyboardModifier.ShiftModifier)

    assert asked.args[0] == Query(reference_sha256=stored(0).sha256)
    assert asked.args[0].reference_sha256


def test_without_a_chosen_picture_e_asks_for_nothing(qtbot: QtBot, window: MainWindow) -> None:
    window.gallery.setFocus()

    with qtbot.assertNotEmitted(window.action_requested):
        press(window, Qt.Key.Key_E)


def test_in_the_prompt_e_is_a_letter(qtbot: QtBot, window: MainWindow) -> None:
    window.gallery.setFocus()
    press(window, Qt.Key.Key_Home)
    window.composer.focus_prompt()

    with qtbot.assertNotEmitted(window.action_requested):
        press(window, Qt.Key.Key_E)

    assert window.composer.draft().prompt == "e"


def asked(window: MainWindow) -> list[tuple[str, str]]:
    """Return a list that takes down what is asked for from now on."""
    actions: list[tuple[str, str]] = []
    window.action_requested.connect(lambda task, action: actions.append((task.id, action)))
    return actions


def test_ctrl_c_copies_the_picture_and_with_shift_the_prompt_of_any_task(window: MainWindow) -> None:
    show(window.gallery, [task("run", TaskState.PROCESSING, count=1), task("fox", count=1)])
    window.gallery.setFocus()
    actions = asked(window)

    for end in (Qt.Key.Key_Home, Qt.Key.Key_End):
        press(window, end)
        press(window, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
        press(window, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier)

    assert actions == [("run", "copy_prompt"), ("fox", "copy_picture"), ("fox", "copy_prompt")]


@pytest.mark.parametrize(("key", "action"), [(Qt.Key.Key_R, "remix"), (Qt.Key.Key_A, "reuse")])
def test_r_and_a_bring_back_what_a_picture_was_made_with(window: MainWindow, key: Qt.Key, action: str) -> None:
    window.gallery.setFocus()
    press(window, Qt.Key.Key_Home)
    actions = asked(window)

    press(window, key)
    press(window, Qt.Key.Key_Return)
    press(window, key)

    assert actions == [("fox", action)] * 2


def test_i_hides_the_details_and_shows_them_where_there_is_little_room_too(window: MainWindow) -> None:
    window.gallery.setFocus()
    assert window.inspector.isVisible()

    press(window, Qt.Key.Key_I)
    assert not window.inspector.isVisible()
    window.resize(1100, 700)
    press(window, Qt.Key.Key_I)

    assert window.inspector.isVisible()


def test_the_list_of_keys_opens_and_a_new_key_acts_at_once_and_the_next_time(
    window: MainWindow, tmp_path: Path
) -> None:
    window.gallery.setFocus()
    press(window, Qt.Key.Key_F1)
    listed = window.findChild(KeyListDialog)
    assert isinstance(listed, KeyListDialog)
    assert listed.isVisible()
    listed.close()

    window.key_map.assign(CommandId.INSPECTOR, "K")
    press(window, Qt.Key.Key_I)
    assert window.inspector.isVisible()
    press(window, Qt.Key.Key_K)
    assert not window.inspector.isVisible()

    settings = QSettings(str(tmp_path / "window.ini"), QSettings.Format.IniFormat)
    window.remember(settings)
    window.key_map.reset_all()
    window.restore(settings)
    assert window.key_map.keys_of(CommandId.INSPECTOR) == ("K",)


def test_ctrl_f_comes_back_from_the_viewer_to_the_search(window: MainWindow) -> None:
    window.gallery.setFocus()
    press(window, Qt.Key.Key_Home)
    press(window, Qt.Key.Key_Return)
    assert not window.centre.shows_gallery

    press(window, Qt.Key.Key_F, Qt.KeyboardModifier.ControlModifier)

    assert window.focusWidget() is window.header.search


def test_f11_fills_the_screen_and_gives_it_back(window: MainWindow) -> None:
    press(window, Qt.Key.Key_F11)
    assert window.isFullScreen()
    press(window, Qt.Key.Key_F11)
    assert not window.isFullScreen()


def test_an_order_can_have_another_key_and_the_button_says_so(qtbot: QtBot, window: MainWindow) -> None:
    window.composer.set_request(GenerationRequest("an owl"))
    window.composer.focus_prompt()
    assert "Ctrl+Enter" in window.composer._foot.button.toolTip()

    window.key_map.assign(CommandId.GENERATE, "F8")
    with qtbot.assertNotEmitted(window.composer.requested):
        press(window, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    with qtbot.waitSignal(window.composer.requested):
        press(window, Qt.Key.Key_F8)

    assert "F8" in window.composer._foot.button.toolTip()
    assert CommandId.GENERATE in [command.id for command in window.key_map.commands()]


def test_a_slash_goes_to_the_search_where_no_text_is_written(window: MainWindow) -> None:
    for opens in (False, True):
        window.gallery.setFocus()
        press(window, Qt.Key.Key_Home)
        if opens:
            press(window, Qt.Key.Key_Return)
        press(window, Qt.Key.Key_Slash)
        assert window.centre.shows_gallery
        assert window.focusWidget() is window.header.search

    QTest.keyClicks(window.header.search, "24/7 j")

    assert window.header.search.text() == "24/7 j"
    assert window.focusWidget() is window.header.search


def test_down_and_enter_lead_from_the_search_to_the_pictures(window: MainWindow) -> None:
    window.centre.search()
    press(window, Qt.Key.Key_Down)

    assert window.focusWidget() is window.gallery
    assert window.gallery.current() is not None


def test_j_lists_the_days_and_leads_to_the_pictures(qtbot: QtBot, window: MainWindow) -> None:
    window.gallery.setFocus()
    with qtbot.waitSignal(window.header.days_wanted):
        press(window, Qt.Key.Key_J)
    day = NOW.astimezone().date()
    window.header.show_days([(day, 1)])
    found = window.header.findChild(QListView, "days")
    assert isinstance(found, QListView)
    with qtbot.waitSignal(window.header.day_chosen):
        QTest.keyClick(found, Qt.Key.Key_Return)

    assert window.focusWidget() is window.gallery


def test_the_filters_are_shown_and_put_away_by_their_key(window: MainWindow) -> None:
    ctrl_shift = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
    window.composer.focus_prompt()
    press(window, Qt.Key.Key_F, ctrl_shift)
    assert window.header.panel.isVisible()
    assert window.header.panel.isAncestorOf(window.focusWidget() or window)

    press(window, Qt.Key.Key_F, ctrl_shift)

    assert not window.header.panel.isVisible()
    assert window.focusWidget() is window.header.filter_button


def test_groups_or_flat_and_the_size_are_there_again_at_the_next_start(
    qtbot: QtBot, window: MainWindow, tmp_path: Path
) -> None:
    window.header.grouping.set_value("flat")
    window.gallery.set_row_height(220)
    window.gallery.row_height_changed.emit(220)
    settings = QSettings(str(tmp_path / "window.ini"), QSettings.Format.IniFormat)
    window.remember(settings)
    other = new_window()
    qtbot.addWidget(other)

    other.restore(settings)

    assert other.gallery.row_height_px == 220
    assert not other.gallery._shelf.is_grouped
    other.let_close()
