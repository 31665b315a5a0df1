"""Keys of the window that concern references."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from seedream_desktop.domain.reference import Reference
from seedream_desktop.ui.main_window import MainWindow
from tests.ui.gallery.library import show
from tests.ui.gallery.samples import stored, task


@pytest.fixture
def window(qtbot: QtBot) -> Iterator[MainWindow]:
    window = MainWindow(lambda sha256, edge: Path("/nowhere", sha256, str(edge)), lambda: datetime.now(UTC))
    qtbot.addWidget(window)
    window.show()
    window.activateWindow()
    qtbot.waitExposed(window)
    found = replace(task("fox", count=1), pictures=(stored(0),))
    window.show_tasks([found])
    show(window.gallery, [found])
    window.composer.add_references([Reference(f"https://example.com/{number}.jpg") for number in range(1, 4)])
    yield window
    window.let_close()


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
