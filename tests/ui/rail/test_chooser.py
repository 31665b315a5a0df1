"""The chooser: type to find a project or a collection, or to make a new one, without the mouse."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit, QListWidget, QWidget
from pytestqt.qtbot import QtBot

from seedream_desktop.ui.rail import Item, Kind
from seedream_desktop.ui.rail.chooser import PlaceChooser

Key = Qt.Key
MOODS, CLIENTS = Item(Kind.COLLECTION, "m", "Moods", 3), Item(Kind.COLLECTION, "c", "Clients/Northwind", 1)


@pytest.fixture
def parent(qtbot: QtBot) -> QWidget:
    parent = QWidget()
    qtbot.addWidget(parent)
    return parent


@pytest.fixture
def chooser(qtbot: QtBot, parent: QWidget) -> PlaceChooser:
    chooser = PlaceChooser(Kind.COLLECTIONS, (CLIENTS, MOODS), "Add to a collection", parent)
    chooser.open()
    qtbot.waitExposed(chooser)
    return chooser


def edit(chooser: PlaceChooser) -> QLineEdit:
    return chooser.findChildren(QLineEdit)[0]


def listed(chooser: PlaceChooser) -> list[str]:
    rows = chooser.findChildren(QListWidget)[0]
    return [rows.item(row).text() for row in range(rows.count())]


def test_arrows_and_enter_choose_while_the_keyboard_is_in_the_field(qtbot: QtBot, chooser: PlaceChooser) -> None:
    assert listed(chooser) == ["Clients/Northwind", "Moods"]
    QTest.keyClick(edit(chooser), Key.Key_Down)

    with qtbot.waitSignal(chooser.chosen) as chosen:
        QTest.keyClick(edit(chooser), Key.Key_Return)

    assert chosen.args == [MOODS]


def test_a_path_is_listed_as_it_is_read_however_it_was_typed(qtbot: QtBot, parent: QWidget) -> None:
    chooser = PlaceChooser(Kind.COLLECTIONS, (Item(Kind.COLLECTION, "c", "Clients // A&B /"),), "Add", parent)

    assert listed(chooser) == ["Clients/A&B"]
    edit(chooser).setText("clients/a&b")
    assert listed(chooser) == ["Clients/A&B"]


def test_all_words_must_be_in_the_name_and_a_new_name_can_be_made(qtbot: QtBot, chooser: PlaceChooser) -> None:
    QTest.keyClicks(edit(chooser), "north cli")
    assert listed(chooser) == ["Clients/Northwind", "Make “north cli”"]
    edit(chooser).clear()
    QTest.keyClicks(edit(chooser), "moods")
    assert listed(chooser) == ["Moods"]
    edit(chooser).setText("Textures")

    with qtbot.waitSignal(chooser.made) as made:
        QTest.keyClick(edit(chooser), Key.Key_Return)

    assert made.args == ["Textures"]


def test_without_any_place_and_any_name_enter_asks_for_a_name(qtbot: QtBot, parent: QWidget) -> None:
    chooser = PlaceChooser(Kind.PROJECTS, (), "Put into a project", parent)
    chooser.open()

    with qtbot.assertNotEmitted(chooser.made):
        QTest.keyClick(edit(chooser), Key.Key_Return)

    assert chooser.isVisible()
    assert edit(chooser).accessibleName() == "Find a project, or name a new one"


def test_while_there_is_none_the_list_says_what_to_do_and_enter_makes_nothing(qtbot: QtBot, parent: QWidget) -> None:
    chooser = PlaceChooser(Kind.COLLECTIONS, (), "Add to a collection", parent)
    chooser.open()
    assert listed(chooser) == ["There is none yet: type a name"]

    with qtbot.assertNotEmitted(chooser.made, wait=50):
        QTest.keyClick(edit(chooser), Key.Key_Return)
    QTest.keyClicks(edit(chooser), "Moods")

    assert listed(chooser) == ["Make “Moods”"]
