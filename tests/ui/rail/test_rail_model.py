"""The rail as a tree model: what stands where, what is said of it, and that lines stay the same lines."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import QModelIndex, QPersistentModelIndex, Qt
from PySide6.QtTest import QAbstractItemModelTester

from seedream_desktop.domain.collections import Sums
from seedream_desktop.domain.query import Query
from seedream_desktop.ui.rail import Contents, Item, Kind, wording
from seedream_desktop.ui.rail.items import groups_among
from seedream_desktop.ui.rail.model import RailModel
from tests.ui.rail.samples import CONTENTS, collection, project


@pytest.fixture
def model(qapp: object) -> RailModel:
    return RailModel()


def lines(model: RailModel, parent: QModelIndex | None = None, depth: int = 0) -> list[str]:
    above = QModelIndex() if parent is None else parent
    found: list[str] = []
    for row in range(model.rowCount(above)):
        index = model.index(row, 0, above)
        found.append("  " * depth + str(index.data(Qt.ItemDataRole.AccessibleTextRole)))
        found += lines(model, index, depth + 1)
    return found


def test_places_are_said_with_their_counts_and_nested_by_their_path(model: RailModel) -> None:
    model.show_contents(CONTENTS)

    assert lines(model) == [
        "All, 12345 pictures",
        "Favourites, 88 pictures",
        "Picked, 41 pictures",
        "Projects",
        "  Autumn, 48 pictures",
        "  Harbour campaign, 12 pictures",
        "Collections",
        "  Clients, 4 pictures",
        "    Northwind, group of collections, 33 pictures",
        "      Spring, 33 pictures",
        "  Moods, 1 picture",
        "At risk, 2 orders",
        "Trash, 7 pictures",
    ]


def test_unsafe_is_there_only_while_something_is(model: RailModel) -> None:
    model.show_contents(replace(CONTENTS, sums=Sums(everything=3)))

    assert [item.kind for item in model.items()].count(Kind.UNSAFE) == 0
    assert list(model.items())[-1].kind is Kind.BIN


def test_a_line_stays_itself_while_others_come_go_and_move(model: RailModel) -> None:
    tester = QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    model.show_contents(CONTENTS)
    harbour = QPersistentModelIndex(model.index_of((Kind.PROJECT, "id of Harbour campaign")))
    spring = QPersistentModelIndex(model.index_of((Kind.COLLECTION, "id of Clients/Northwind/Spring")))

    renamed = replace(project("Harbour campaign", 13), name="A harbour")
    model.show_contents(
        Contents((renamed, project("Autumn"), project("Winter")), (collection("Clients/Northwind/Spring", 34),))
    )

    assert (harbour.row(), harbour.data(Qt.ItemDataRole.AccessibleTextRole)) == (0, "A harbour, 13 pictures")
    assert not spring.isValid()
    assert lines(model)[7:10] == [
        "Collections",
        "  Clients, group of collections, 0 pictures",
        "    Northwind, group of collections, 0 pictures",
    ]
    model.show_contents(Contents())
    assert not harbour.isValid()
    assert tester.failureReportingMode() is QAbstractItemModelTester.FailureReportingMode.Fatal


def test_each_place_asks_for_its_own_pictures() -> None:
    assert Item(Kind.ALL).query.is_everything
    assert Item(Kind.FAVOURITES).query == Query(is_favourite=True)
    assert Item(Kind.BIN).query == Query(is_in_trash=True)
    assert Item(Kind.PROJECT, "p", "P").query == Query(project="p")
    assert Item(Kind.COLLECTION, "c", "C").query == Query(collection="c")
    assert Item(Kind.GROUP, "moods", "Moods").query == Query(collection="Moods")
    assert Item(Kind.UNSAFE).query.states


def test_groups_are_the_parts_of_paths_that_nobody_made() -> None:
    groups = groups_among([collection("A/b/c"), collection("A/b"), collection("D/e"), collection("F")])

    assert sorted(group.name for group in groups) == ["A", "D"]


def test_a_name_with_markup_stays_text_in_the_tool_tip(model: RailModel) -> None:
    model.show_contents(Contents((project("<b>Söhne</b> & Co", 2),)))

    index = model.index_of((Kind.PROJECT, "id of <b>Söhne</b> & Co"))
    assert index.data(Qt.ItemDataRole.ToolTipRole) == "<p>&lt;b&gt;Söhne&lt;/b&gt; &amp; Co, 2 pictures</p>"


@pytest.mark.parametrize(
    ("name", "letters"), [("Harbour campaign", "Hc"), ("Moods", "Mo"), ("x", "X"), ("2026 – spring", "2S"), ("…", "…")]
)
def test_initials_stand_for_a_name(name: str, letters: str) -> None:
    assert wording.initials(name).casefold() == letters.casefold()
