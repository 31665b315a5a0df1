from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from seedream_desktop.domain.query import Query
from seedream_desktop.ui.filters import GalleryHeader


@pytest.fixture
def header(qtbot: QtBot) -> GalleryHeader:
    found = GalleryHeader()
    qtbot.addWidget(found)
    found.show()
    return found


def test_the_controls_have_their_names(header: GalleryHeader) -> None:
    assert (header.search.objectName(), header.search.accessibleName()) == ("search", "Search")
    assert (header.slider.objectName(), header.slider.accessibleName()) == ("thumbnail_size", "Thumbnail size")


def test_the_signs_inside_the_search_have_names(header: GalleryHeader) -> None:
    assert [action.text() for action in header.search.findChildren(QAction)] == ["Empty the search", "Search icon"]


def test_the_search_is_told_when_the_typing_pauses(qtbot: QtBot, header: GalleryHeader) -> None:
    told: list[Query] = []
    header.filter_changed.connect(told.append)
    QTest.keyClicks(header.search, "fox")
    qtbot.waitUntil(lambda: bool(told))

    assert told == [Query(text="fox")]


def test_escape_empties_the_search(qtbot: QtBot, header: GalleryHeader) -> None:
    QTest.keyClicks(header.search, "fox")
    with qtbot.waitSignal(header.filter_changed) as told:
        QTest.keyClick(header.search, Qt.Key.Key_Escape)

    assert header.search.text() == ""
    assert told.args == [Query()]


def test_the_slider_tells_the_height_of_the_rows(qtbot: QtBot, header: GalleryHeader) -> None:
    with qtbot.waitSignal(header.row_height_changed) as changed:
        QTest.keyClick(header.slider, Qt.Key.Key_Right)

    assert changed.args == [160]


def test_the_slider_follows_the_gallery(header: GalleryHeader) -> None:
    header.set_row_height(200)

    assert header.slider.value() == 200
