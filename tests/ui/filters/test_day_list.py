"""The days that hold pictures, beneath their button."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QAbstractItemModelTester, QTest
from PySide6.QtWidgets import QListView
from pytestqt.qtbot import QtBot

from seedream_desktop.ui.controls.label import Label
from seedream_desktop.ui.filters import GalleryHeader


def test_the_days_are_a_sound_list_of_which_one_is_gone_to(qtbot: QtBot, header: GalleryHeader) -> None:
    with qtbot.waitSignal(header.days_wanted):
        header.day_button.click()
    found = header.findChild(QListView, "days")
    assert isinstance(found, QListView)
    QAbstractItemModelTester(found.model(), QAbstractItemModelTester.FailureReportingMode.Fatal)
    header.show_days([(date(2026, 3, 14), 310), (date(2026, 3, 1), 2)])
    assert found.model().index(1, 0).data(Qt.ItemDataRole.AccessibleTextRole) == "1 March 2026, Sun, 2 orders"

    QTest.keyClick(found, Qt.Key.Key_Down)
    with qtbot.waitSignal(header.day_chosen) as chosen:
        QTest.keyClick(found, Qt.Key.Key_Return)

    assert chosen.args == [date(2026, 3, 1)]
    assert not found.isVisible()


@pytest.mark.parametrize(("days", "rows"), [(1, 1), (5, 5), (400, 12)])
def test_the_list_of_days_is_no_higher_than_its_days_and_no_higher_than_a_dozen(
    qtbot: QtBot, header: GalleryHeader, days: int, rows: int
) -> None:
    newest = date(2026, 3, 14)
    header.ask_day()
    header.show_days([(newest - timedelta(days=ago), 1) for ago in range(days)])
    found = header.findChild(QListView, "days")
    assert isinstance(found, QListView)
    row_px = found.visualRect(found.model().index(0, 0)).height()

    qtbot.waitUntil(lambda: found.viewport().height() == rows * row_px)
    assert found.verticalScrollBar().isVisible() == (days > rows)
    assert found.model().index(0, 0).data(Qt.ItemDataRole.AccessibleTextRole) == "14 March 2026, Sat, 1 order"


def test_a_place_without_pictures_has_no_days(header: GalleryHeader) -> None:
    header.ask_day()
    header.show_days([])

    assert "There are no pictures here." in [label.text() for label in header.findChildren(Label) if label.isVisible()]
