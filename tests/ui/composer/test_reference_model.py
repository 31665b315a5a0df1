from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QImage
from pytestqt.modeltest import ModelTester
from pytestqt.qtbot import QtBot

from seedream_desktop.domain.reference import Reference
from seedream_desktop.ui.composer.reference_model import ReferenceModel, shown_name
from seedream_desktop.ui.composer.thumbnails import SIDE_PX, read_thumbnail

NAMES = ("a.jpg", "b.jpg", "c.jpg", "d.jpg")


@pytest.fixture
def model(qtbot: QtBot) -> ReferenceModel:
    model = ReferenceModel()
    model.set_references([Reference(f"https://example.com/{name}") for name in NAMES])
    return model


def _names(model: ReferenceModel) -> str:
    return "".join(reference.name[0] for reference in model.references())


@pytest.mark.parametrize(
    ("row", "target", "order"),
    [(0, 3, "bcda"), (3, 0, "dabc"), (1, 2, "acbd"), (2, 1, "acbd"), (1, 1, "abcd"), (0, 4, "abcd"), (0, -1, "abcd")],
)
def test_a_reference_moves_to_the_place_of_another(model: ReferenceModel, row: int, target: int, order: str) -> None:
    assert model.move(row, target) is (order != "abcd")
    assert _names(model) == order


def test_numbers_follow_the_order_when_one_is_removed(model: ReferenceModel) -> None:
    model.remove(1)

    spoken = [model.data(model.index(row), Qt.ItemDataRole.AccessibleTextRole) for row in range(model.rowCount())]
    assert spoken == ["1, a.jpg", "2, c.jpg", "3, d.jpg"]


def test_the_model_keeps_qt_s_rules(model: ReferenceModel, qtmodeltester: ModelTester) -> None:
    qtmodeltester.check(model)  # type: ignore[no-untyped-call]  # pytest-qt has no annotations here
    model.move(0, 2)
    model.extend([Reference("https://example.com/e.jpg")])
    model.remove(0)


def test_markup_in_a_source_is_harmless_in_its_tooltip(qtbot: QtBot) -> None:
    model = ReferenceModel()
    model.set_references([Reference("https://example.com/<b>x</b>.png")])

    tooltip = model.data(model.index(0), Qt.ItemDataRole.ToolTipRole)

    assert tooltip == "https://example.com/&lt;b&gt;x&lt;/b&gt;.png"


def test_a_link_without_a_path_is_called_by_its_host() -> None:
    assert shown_name(Reference("https://example.com/")) == "example.com"
    assert shown_name(Reference("https://example.com/fox.png?x=1")) == "fox.png"


def test_a_thumbnail_arrives_for_a_file(qtbot: QtBot, make_picture: Callable[[str], str]) -> None:
    model = ReferenceModel()

    with qtbot.waitSignal(model.dataChanged, timeout=5000):
        model.extend([Reference(make_picture("fox.jpg"))])

    picture = model.data(model.index(0), Qt.ItemDataRole.DecorationRole)
    assert isinstance(picture, QImage)
    assert not picture.isNull()


def test_thumbnails_are_small_and_a_text_file_has_none(tmp_path: Path) -> None:
    large, text = tmp_path / "large.png", tmp_path / "text.png"
    QImage(800, 400, QImage.Format.Format_RGB32).save(str(large))
    text.write_text("no picture")

    assert read_thumbnail(str(large)).height() == SIDE_PX
    assert read_thumbnail(str(text)).isNull()
    assert read_thumbnail(str(tmp_path / "gone.png")).isNull()


def test_a_model_may_go_while_its_thumbnails_are_still_decoded(
    qtbot: QtBot, make_picture: Callable[[str], str]
) -> None:
    path = make_picture("fox.png")
    for _ in range(20):
        model = ReferenceModel()
        model.set_references([Reference(path)])
        model.deleteLater()
        del model
    qtbot.wait(50)
