from __future__ import annotations

from datetime import UTC, datetime

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QImage
from pytestqt.modeltest import ModelTester
from pytestqt.qtbot import QtBot

from seedream_desktop.domain.reference import Reference, Role
from seedream_desktop.ui.composer.reference_model import ReferenceModel, shown_name
from seedream_desktop.ui.composer.tile_state import Entry, Kind, TileState

NAMES = ("a.jpg", "b.jpg", "c.jpg", "d.jpg")


def _entry(key: int, name: str, role: Role = Role.FREE) -> Entry:
    return Entry(key, Reference(f"https://example.com/{name}", role=role))


@pytest.fixture
def model(qtbot: QtBot) -> ReferenceModel:
    model = ReferenceModel()
    model.show([_entry(key, name) for key, name in enumerate(NAMES, 1)])
    return model


def _names(model: ReferenceModel) -> str:
    return "".join(reference.name[0] for reference in model.references())


def _spoken(model: ReferenceModel) -> list[object]:
    return [model.data(model.index(row), Qt.ItemDataRole.AccessibleTextRole) for row in range(model.rowCount())]


def _picture(width: int, height: int) -> QImage:
    image = QImage(width, height, QImage.Format.Format_RGB32)
    image.fill(QColor("teal"))
    return image


@pytest.mark.parametrize(
    ("row", "target", "order"),
    [(0, 3, "bcda"), (3, 0, "dabc"), (1, 2, "acbd"), (2, 1, "acbd"), (1, 1, "abcd"), (0, 4, "abcd"), (0, -1, "abcd")],
)
def test_a_reference_moves_to_the_place_of_another(model: ReferenceModel, row: int, target: int, order: str) -> None:
    assert model.move(row, target) is (order != "abcd")
    assert _names(model) == order


def test_numbers_follow_the_order_when_one_is_removed(model: ReferenceModel) -> None:
    model.remove(1)

    assert _spoken(model) == ["1, a.jpg, preparing", "2, c.jpg, preparing", "3, d.jpg, preparing"]


def test_what_is_spoken_names_number_role_and_state(model: ReferenceModel) -> None:
    model.set_reference(1, Reference("/tmp/fox.jpg", role=Role.SUBJECT))
    for key, kind in enumerate((Kind.READY, Kind.HOSTED, Kind.PROBLEM), 1):
        model.set_state(key, TileState(kind, "some words"))

    assert _spoken(model) == [
        "1, fox.jpg, subject, ready",
        "2, b.jpg, hosted",
        "3, c.jpg, problem",
        "4, d.jpg, preparing",
    ]
    assert model.data(model.index(0), Qt.ItemDataRole.AccessibleDescriptionRole) == "some words"


def test_the_model_keeps_qt_s_rules(model: ReferenceModel, qtmodeltester: ModelTester) -> None:
    qtmodeltester.check(model)  # type: ignore[no-untyped-call]  # pytest-qt has no annotations here
    model.move(0, 2)
    model.move(3, 0)
    model.insert(1, [_entry(8, "e.jpg"), _entry(9, "f.jpg")])
    model.remove(0)
    model.set_state(9, TileState(Kind.READY))
    model.set_thumbnail(9, _picture(8, 8))
    model.show([_entry(9, "f.jpg")])
    assert _names(model) == "f"


def test_state_and_thumbnail_belong_to_the_key_and_survive_a_removal(model: ReferenceModel) -> None:
    model.set_state(2, TileState(Kind.READY, "kept"))
    model.set_thumbnail(2, _picture(60, 40))
    model.remove(1)
    model.insert(0, [_entry(2, "b.jpg")])

    assert _spoken(model)[0] == "1, b.jpg, ready"
    assert isinstance(model.data(model.index(0), Qt.ItemDataRole.DecorationRole), QImage)


def test_what_is_told_of_a_key_that_is_gone_does_no_harm(model: ReferenceModel) -> None:
    model.set_state(77, TileState(Kind.READY))
    model.set_thumbnail(77, _picture(8, 8))
    model.set_reference(77, Reference("/tmp/x.jpg"))

    assert model.row_of(77) is None
    assert _names(model) == "abcd"


def test_a_large_thumbnail_is_made_small_once(model: ReferenceModel) -> None:
    model.set_thumbnail(1, _picture(1600, 800))

    shown = model.data(model.index(0), Qt.ItemDataRole.DecorationRole)
    assert isinstance(shown, QImage)
    assert (shown.width(), shown.height()) == (352, 176)


def test_a_null_picture_takes_the_thumbnail_away(model: ReferenceModel) -> None:
    model.set_thumbnail(1, _picture(8, 8))
    model.set_thumbnail(1, QImage())

    assert model.data(model.index(0), Qt.ItemDataRole.DecorationRole) is None


def test_markup_in_a_source_or_a_sentence_is_harmless_in_the_tooltip(model: ReferenceModel) -> None:
    model.set_reference(1, Reference("https://example.com/<b>x</b>.png", role=Role.TEXT))
    model.set_state(1, TileState(Kind.PROBLEM, "<img src=x> is damaged"))

    tooltip = model.data(model.index(0), Qt.ItemDataRole.ToolTipRole)

    assert tooltip == (
        "<qt>https://example.com/&lt;b&gt;x&lt;/b&gt;.png<br>Role: Text or logo<br>&lt;img src=x&gt; is damaged</qt>"
    )


def test_the_tooltip_of_a_hosted_reference_says_until_when(model: ReferenceModel) -> None:
    model.set_state(1, TileState(Kind.HOSTED, "4 by 4", until=datetime(2031, 5, 6, 12, 0, tzinfo=UTC)))
    model.set_state(2, TileState(Kind.HOSTED, "4 by 4"))

    [until, endless] = [str(model.data(model.index(row), Qt.ItemDataRole.ToolTipRole)) for row in (0, 1)]

    assert "<br>Hosted until " in until
    assert "31" in until
    assert "does not end by itself" in endless


def test_a_link_without_a_path_is_called_by_its_host() -> None:
    assert shown_name(Reference("https://example.com/")) == "example.com"
    assert shown_name(Reference("https://example.com/fox.png?x=1")) == "fox.png"
