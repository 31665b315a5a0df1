"""Panels open and close by keys, keep out of the way of typing, and are as they were at the next start."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QSettings, Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from seedream_desktop.ui.main_window import SMALLEST_SIZE_PX, MainWindow
from tests.ui.windows import new_window

Key = Qt.Key
SHIFT, CTRL = Qt.KeyboardModifier.ShiftModifier, Qt.KeyboardModifier.ControlModifier


def opened_window(qtbot: QtBot) -> MainWindow:
    window = new_window()
    qtbot.addWidget(window)
    window.show()
    window.activateWindow()
    qtbot.waitExposed(window)
    window.gallery.setFocus()
    return window


@pytest.fixture
def window(qtbot: QtBot) -> Iterator[MainWindow]:
    window = opened_window(qtbot)
    yield window
    window.let_close()


def press(window: MainWindow, key: Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    focused = window.focusWidget()
    assert focused is not None
    QTest.keyClick(focused, key, modifier)


def seen(window: MainWindow) -> list[str]:
    panels = {"rail": window.rail, "composer": window.composer, "inspector": window.inspector, "tasks": window.tasks}
    return [name for name, panel in panels.items() if panel.isVisible()]


def test_at_first_all_but_the_task_list_is_there_and_the_pictures_have_room(qtbot: QtBot, window: MainWindow) -> None:
    assert seen(window) == ["rail", "composer", "inspector"]
    assert window.gallery.width() >= 740
    window.resize(1100, 700)
    assert seen(window) == ["rail", "composer"]
    qtbot.waitUntil(lambda: window.gallery.width() >= 700)


def test_letters_turn_panels_where_no_text_is_written(window: MainWindow) -> None:
    window.resize(1600, 1000)
    press(window, Key.Key_T)
    press(window, Key.Key_D)
    press(window, Key.Key_G)
    assert seen(window) == ["rail", "inspector", "tasks"]
    assert window.rail.is_narrow

    press(window, Key.Key_R, SHIFT)

    assert seen(window) == ["rail", "composer", "inspector"]
    assert not window.rail.is_narrow


def test_in_a_small_window_the_words_of_the_rail_and_the_details_make_room_for_each_other(
    qtbot: QtBot, window: MainWindow
) -> None:
    def panels() -> tuple[bool, bool]:
        qtbot.waitUntil(lambda: window.gallery.width() >= 400)
        return not window.rail.is_narrow, window.inspector.isVisible()

    window.resize(1100, 700)
    press(window, Key.Key_G)
    assert panels() == (True, False)
    press(window, Key.Key_I)
    assert panels() == (False, True)
    press(window, Key.Key_G)
    assert panels() == (True, False)


def test_in_the_smallest_window_the_details_and_the_composer_make_room_for_each_other(
    qtbot: QtBot, window: MainWindow
) -> None:
    def panels() -> list[str]:
        qtbot.waitUntil(lambda: window.gallery.width() >= 400)
        return seen(window)

    window.resize(*SMALLEST_SIZE_PX)
    at_first = panels()
    press(window, Key.Key_I)
    with_details = panels()
    press(window, Key.Key_T)
    with_composer = panels()
    press(window, Key.Key_I)
    press(window, Key.Key_L, CTRL)
    at_the_prompt = panels()

    assert at_first == with_composer == at_the_prompt == ["rail", "composer"]
    assert with_details == ["rail", "inspector"]


def test_details_asked_for_in_a_large_window_do_not_take_the_composer_from_a_small_one(
    qtbot: QtBot, window: MainWindow
) -> None:
    press(window, Key.Key_I)
    press(window, Key.Key_I)
    assert seen(window) == ["rail", "composer", "inspector"]

    window.resize(*SMALLEST_SIZE_PX)
    small = seen(window)
    press(window, Key.Key_I)
    asked = seen(window)
    window.resize(1440, 900)

    assert (small, asked) == (["rail", "composer"], ["rail", "inspector"])
    assert seen(window) == ["rail", "composer", "inspector"]


def test_in_the_prompt_and_in_the_search_they_are_letters(window: MainWindow) -> None:
    window.composer.focus_prompt()
    for key in (Key.Key_T, Key.Key_G, Key.Key_D):
        press(window, key)
    press(window, Key.Key_R, SHIFT)
    assert window.composer.draft().prompt.casefold() == "tgdr"
    press(window, Key.Key_F, CTRL)
    press(window, Key.Key_T)

    assert seen(window) == ["rail", "composer", "inspector"]


def test_f8_leaves_the_pictures_alone_and_brings_back_what_was_there(window: MainWindow) -> None:
    press(window, Key.Key_D)
    window.composer.focus_prompt()

    press(window, Key.Key_F8)
    assert seen(window) == []
    assert window.focusWidget() is window.gallery
    press(window, Key.Key_F8)

    assert seen(window) == ["rail", "composer", "inspector", "tasks"]


def test_going_to_the_prompt_brings_a_hidden_composer_back(window: MainWindow) -> None:
    press(window, Key.Key_F8)

    press(window, Key.Key_L, CTRL)

    assert "composer" in seen(window)
    assert window.composer.isAncestorOf(window.focusWidget())


def test_what_is_open_is_kept_for_the_next_start(qtbot: QtBot, tmp_path: Path, window: MainWindow) -> None:
    window.resize(1600, 1000)
    for key in (Key.Key_T, Key.Key_D, Key.Key_G, Key.Key_F8):
        press(window, key)
    path = str(tmp_path / "window.ini")
    settings = QSettings(path, QSettings.Format.IniFormat)
    window.remember(settings)
    settings.sync()

    window.hide()
    second = opened_window(qtbot)
    second.restore(QSettings(path, QSettings.Format.IniFormat))
    second.resize(1600, 1000)
    second.activateWindow()
    qtbot.waitUntil(second.isActiveWindow)

    assert seen(second) == []
    press(second, Key.Key_F8)
    assert seen(second) == ["rail", "inspector", "tasks"]
    assert second.rail.is_narrow
    second.let_close()
