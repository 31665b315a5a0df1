"""The meter of a connected set counts references and images together, and never forbids."""

from __future__ import annotations

import pytest
from PySide6.QtGui import QAccessible, QColor
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from seedream_desktop.domain.request import GenerationRequest, Mode
from seedream_desktop.domain.settings import Theme
from seedream_desktop.ui import theme
from seedream_desktop.ui.composer.composer import Composer
from seedream_desktop.ui.composer.picture_meter import PictureMeter
from tests.ui.composer.composing import links
from tests.ui.composer.parts import button_named, control_named, sentences_of


def meter_of(composer: Composer) -> PictureMeter:
    meter = composer.findChild(PictureMeter)
    assert isinstance(meter, PictureMeter)
    return meter


def colours_of(meter: PictureMeter) -> list[str]:
    """Return the colours of the 15 cells from left to right."""
    shown = meter.grab().toImage()
    step = shown.width() / 15
    return [shown.pixelColor(round((place + 0.4) * step), shown.height() - 2).name() for place in range(15)]


def test_it_stands_under_the_switch_of_a_set_only(composer: Composer) -> None:
    composer.set_request(GenerationRequest("a", Mode.IMAGE_TO_IMAGE, count=4, references=links("abc")))
    assert not meter_of(composer).isVisible()

    control_named(composer, "Connected set").setFocus()
    composer.set_request(GenerationRequest("a", Mode.IMAGE_TO_IMAGE, count=4, sequence=True, references=links("abc")))

    assert meter_of(composer).isVisible()
    assert meter_of(composer).text() == "7 of 15"


def test_it_speaks_to_assistive_technology(composer: Composer) -> None:
    composer.set_request(GenerationRequest("a", Mode.IMAGE_TO_IMAGE, count=4, sequence=True, references=links("abc")))
    interface = QAccessible.queryAccessibleInterface(control_named(composer, "References and images of the set"))

    value = interface.valueInterface()
    assert interface.role() is QAccessible.Role.ProgressBar
    assert (value.minimumValue(), value.currentValue(), value.maximumValue()) == (0, 7, 15)
    assert interface.text(QAccessible.Text.Description) == "References + images 7 of 15"


@pytest.mark.parametrize("scheme", [Theme.LIGHT, Theme.DARK])
def test_each_picture_has_its_cell_and_beyond_15_the_colour_warns(
    qtbot: QtBot, qapp: QApplication, scheme: Theme
) -> None:
    theme.apply(qapp, scheme)
    meter = PictureMeter()
    qtbot.addWidget(meter)
    meter.resize(300, meter.sizeHint().height())
    chosen = theme.tokens()

    def names(*runs: tuple[QColor, int]) -> list[str]:
        return [colour.name() for colour, count in runs for _ in range(count)]

    meter.show_counts(3, 4)
    assert colours_of(meter) == names((chosen.muted, 3), (chosen.accent, 4), (chosen.line, 8))
    meter.show_counts(5, 10)
    assert colours_of(meter) == names((chosen.muted, 5), (chosen.accent, 10))
    meter.show_counts(6, 10)
    assert colours_of(meter) == names((chosen.muted, 6), (chosen.care, 9))
    assert meter.text() == "16 of 15"


@pytest.mark.parametrize(("references", "name", "count"), [(11, "Make it 4 images", 4), (14, "Make it 1 image", 1)])
def test_beyond_15_one_press_makes_it_fit(composer: Composer, references: int, name: str, count: int) -> None:
    pictures = links("abcdefghijklmn"[:references])
    composer.set_request(GenerationRequest("a", Mode.IMAGE_TO_IMAGE, count=8, sequence=True, references=pictures))
    assert composer.request().is_sendable
    assert "15" in sentences_of(composer)[0]

    button_named(composer, name).click()

    assert composer.request().count == count
    assert meter_of(composer).text() == "15 of 15"
    assert sentences_of(composer) == []


def test_in_text_mode_kept_references_are_not_counted(composer: Composer) -> None:
    request = GenerationRequest("a fox", references=links("abcdefghi"), count=10, sequence=True)
    composer.set_request(request)

    assert meter_of(composer).text() == "10 of 15"
