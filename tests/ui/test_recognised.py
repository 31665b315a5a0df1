"""The question which picture a dropped one is, by keyboard and in words."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QImage
from PySide6.QtTest import QAbstractItemModelTester, QTest
from PySide6.QtWidgets import QListWidget, QPushButton
from pytestqt.qtbot import QtBot

from seedream_desktop.ui.controls.label import Label
from seedream_desktop.ui.recognised import Candidate, RecognisedDialog

NOON = datetime(2026, 3, 14, 12, tzinfo=UTC)
TWO = [
    Candidate(prompt, NOON, "Looks the same, 97 %", QImage()) for prompt in ("A fox\nin <b>snow</b>", "A fox, again")
]


def opened(
    qtbot: QtBot, candidates: list[Candidate], *, has_recipe: bool = False, leads_on: bool = False
) -> RecognisedDialog:
    dialog = RecognisedDialog("fox & owl.jpg", candidates, has_recipe=has_recipe, leads_on=leads_on)
    qtbot.addWidget(dialog)
    dialog.open()
    qtbot.waitExposed(dialog)
    return dialog


def buttons(dialog: RecognisedDialog) -> list[str]:
    return [button.text() for button in dialog.findChildren(QPushButton)]


def test_down_and_enter_find_the_second_one_once(qtbot: QtBot) -> None:
    dialog, found = opened(qtbot, TWO), list[int]()
    dialog.find_chosen.connect(found.append)
    rows = dialog.findChild(QListWidget)
    assert isinstance(rows, QListWidget)
    QAbstractItemModelTester(rows.model())
    assert dialog.focusWidget() is rows

    QTest.keyClick(rows, Qt.Key.Key_Down)
    QTest.keyClick(rows, Qt.Key.Key_Return)

    assert found == [1]
    assert not dialog.isVisible()


def test_each_row_says_its_prompt_and_why_it_is_offered(qtbot: QtBot) -> None:
    dialog = opened(qtbot, TWO)
    rows = dialog.findChild(QListWidget)

    assert isinstance(rows, QListWidget)
    assert rows.item(0).text() == "A fox in <b>snow</b>\nLooks the same, 97 % · 14 March 2026"
    assert rows.accessibleName() == "Pictures it may be"


@pytest.mark.parametrize(
    ("candidates", "has_recipe", "title", "offered"),
    [
        (TWO, True, "Which one is it?", ["Close", "Use as reference", "Use its settings", "Find in the library"]),
        ([], True, "Not one of yours", ["Close", "Use as reference", "Use its settings"]),
        ([], False, "Not one of yours", ["Close", "Use as reference"]),
    ],
)
def test_only_what_can_be_done_is_offered(
    qtbot: QtBot, candidates: list[Candidate], has_recipe: bool, title: str, offered: list[str]
) -> None:
    dialog = opened(qtbot, candidates, has_recipe=has_recipe)

    assert dialog.windowTitle() == title
    assert buttons(dialog) == offered
    assert "fox & owl.jpg" in dialog.findChildren(Label)[0].text()


def test_a_frame_that_follows_one_of_them_is_begun_by_its_button_enter_or_a_double_click(qtbot: QtBot) -> None:
    found: list[int] = []
    for act in (_press_button, _press_enter, _double_click):
        dialog = opened(qtbot, TWO, leads_on=True)
        dialog.next_frame_chosen.connect(found.append)
        rows = dialog.findChild(QListWidget)
        assert isinstance(rows, QListWidget)
        rows.setCurrentRow(1)
        act(dialog, rows)
        assert not dialog.isVisible()

    assert found == [1, 1, 1]
    assert buttons(dialog) == ["Close", "Use as reference", "Next frame"]


def _press_button(dialog: RecognisedDialog, _rows: QListWidget) -> None:
    button = dialog.findChild(QPushButton, "recognised_next_frame")
    assert isinstance(button, QPushButton)
    button.click()


def _press_enter(_dialog: RecognisedDialog, rows: QListWidget) -> None:
    QTest.keyClick(rows, Qt.Key.Key_Return)


def _double_click(_dialog: RecognisedDialog, rows: QListWidget) -> None:
    place = rows.visualItemRect(rows.item(1)).center()
    QTest.mouseClick(rows.viewport(), Qt.MouseButton.LeftButton, pos=place)
    QTest.mouseDClick(rows.viewport(), Qt.MouseButton.LeftButton, pos=place)


def test_a_frame_cannot_follow_a_picture_from_elsewhere(qtbot: QtBot) -> None:
    dialog = opened(qtbot, [], has_recipe=True, leads_on=True)

    assert buttons(dialog) == ["Close", "Use as reference", "Use its settings"]


def test_escape_does_nothing_but_leave(qtbot: QtBot) -> None:
    dialog, told = opened(qtbot, [], has_recipe=True), list[str]()
    for name in ("recipe_chosen", "reference_chosen", "find_chosen", "settings_chosen", "next_frame_chosen"):
        getattr(dialog, name).connect(lambda *_, name=name: told.append(name))

    QTest.keyClick(dialog, Qt.Key.Key_Escape)

    assert told == []
    assert not dialog.isVisible()
