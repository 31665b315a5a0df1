from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QHBoxLayout, QLabel, QLineEdit, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from seedream_desktop.domain.settings import Theme
from seedream_desktop.ui import theme
from seedream_desktop.ui.controls.combo_box import ComboBox
from seedream_desktop.ui.controls.few_lines import FewLines
from seedream_desktop.ui.controls.fitting_label import FittingLabel
from seedream_desktop.ui.controls.fold import Fold
from seedream_desktop.ui.controls.label import Label
from seedream_desktop.ui.controls.message_line import MessageLine
from seedream_desktop.ui.controls.naming import snake_case
from seedream_desktop.ui.controls.segmented import Segmented
from seedream_desktop.ui.controls.stepper import Stepper
from seedream_desktop.ui.controls.switch_row import SwitchRow
from seedream_desktop.ui.icons import icon


@pytest.fixture(autouse=True)
def _dark(qapp: QApplication) -> None:
    theme.apply(qapp, Theme.DARK)


def test_a_label_never_reads_markup(qtbot: QtBot) -> None:
    label = Label('<img src="file:///etc/passwd"><b>x</b>')
    qtbot.addWidget(label)

    assert label.textFormat() is Qt.TextFormat.PlainText
    assert label.sizeHint().width() > QLabel("x").sizeHint().width() * 5


@pytest.mark.parametrize(("name", "expected"), [("Text to image", "text_to_image"), ("16:9", "16_9"), ("2K", "2k")])
def test_object_names_are_in_snake_case(name: str, expected: str) -> None:
    assert snake_case(name) == expected


def test_of_a_segmented_control_one_is_always_chosen(qtbot: QtBot) -> None:
    control = Segmented((("a", "First"), ("b", "Second")))
    qtbot.addWidget(control)
    control.show()
    chosen: list[object] = []
    control.chosen.connect(chosen.append)

    first, second = control.buttons()
    second.click()
    second.click()
    control.set_value("unknown")

    assert chosen == ["b"]
    assert control.value() == "b"
    assert second.focusPolicy() & Qt.FocusPolicy.TabFocus
    assert not first.focusPolicy() & Qt.FocusPolicy.TabFocus
    role = QAccessible.queryAccessibleInterface(second).role()
    assert role is QAccessible.Role.RadioButton


@pytest.mark.parametrize("takes_clicks_focus", [True, False])
def test_a_click_takes_the_keyboard_along_unless_it_is_to_stay(qtbot: QtBot, *, takes_clicks_focus: bool) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    shown = QLineEdit(window)
    control = Segmented((("a", "First"), ("b", "Second")), window, takes_clicks_focus=takes_clicks_focus)
    row = QHBoxLayout(window)
    row.addWidget(shown)
    row.addWidget(control)
    window.show()
    window.activateWindow()
    assert QTest.qWaitForWindowActive(window)
    shown.setFocus()
    first, second = control.buttons()

    QTest.mouseClick(second, Qt.MouseButton.LeftButton)

    assert control.value() == "b"
    assert window.focusWidget() is (second if takes_clicks_focus else shown)

    shown.setFocus()
    QTest.keyClick(shown, Qt.Key.Key_Tab)
    assert window.focusWidget() is second
    QTest.keyClick(second, Qt.Key.Key_Left)
    assert (window.focusWidget(), control.value()) == (first, "a")


def test_a_stepper_stops_at_its_ends_and_says_so(qtbot: QtBot) -> None:
    stepper = Stepper(1, 3)
    qtbot.addWidget(stepper)
    stepper.set_value(99)
    less, more = (stepper.findChild(QWidget, name) for name in ("minus", "plus"))

    assert stepper.value() == 3
    assert isinstance(less, QWidget)
    assert isinstance(more, QWidget)
    assert less.isEnabled()
    assert not more.isEnabled()
    QTest.mouseClick(less, Qt.MouseButton.LeftButton)
    assert stepper.value() == 2


def test_a_switch_is_a_check_box_that_is_clicked_anywhere_in_its_row(qtbot: QtBot) -> None:
    switch = SwitchRow("Connected set", "storyboards")
    qtbot.addWidget(switch)
    switch.resize(300, 40)
    switch.show()

    QTest.mouseClick(switch, Qt.MouseButton.LeftButton, pos=switch.rect().topLeft())

    assert switch.isChecked()
    interface = QAccessible.queryAccessibleInterface(switch)
    assert interface.role() is QAccessible.Role.CheckBox
    assert interface.text(QAccessible.Text.Name) == "Connected set"
    assert interface.text(QAccessible.Text.Description) == "storyboards"


def test_a_fold_hides_what_lies_in_it_until_opened(qtbot: QtBot) -> None:
    content = QPushButton("inside")
    fold = Fold("Advanced", "routing", content, "advanced")
    qtbot.addWidget(fold)
    fold.show()
    assert not content.isVisible()

    QTest.keyClick(fold.button, Qt.Key.Key_Space)

    assert content.isVisible()
    assert fold.is_open()


def test_a_message_takes_no_room_while_it_says_nothing(qtbot: QtBot) -> None:
    box = QWidget()
    qtbot.addWidget(box)
    line = MessageLine(box)
    box.show()
    line.say("Write a prompt.", "care")
    assert line.isVisible()

    line.say("")

    assert line.isHidden()
    assert line.text() == ""


def test_a_fitting_label_shows_the_longest_wording_that_fits(qtbot: QtBot) -> None:
    label = FittingLabel()
    qtbot.addWidget(label)
    label.set_wordings(["2848 × 1600 · 24 × 14 cm", "2848 × 1600"])
    label.show()
    metrics = label.fontMetrics()

    label.resize(metrics.horizontalAdvance("2848 × 1600 · 24 × 14 cm") + 2, 20)
    assert label.text() == "2848 × 1600 · 24 × 14 cm"
    label.resize(metrics.horizontalAdvance("2848 × 1600") + 2, 20)
    assert label.text() == "2848 × 1600"
    assert label.accessibleDescription() == "2848 × 1600 · 24 × 14 cm"


def test_a_combo_box_paints_in_both_themes(qtbot: QtBot, qapp: QApplication) -> None:
    box = ComboBox()
    qtbot.addWidget(box)
    box.addItem("System")
    dark = box.grab().toImage()
    theme.apply(qapp, Theme.LIGHT)

    assert box.grab().toImage() != dark


def test_an_icon_follows_the_theme_and_is_sharp_at_every_pixel_ratio(qapp: QApplication) -> None:
    settings = icon("settings")
    dark = settings.pixmap(16)
    theme.apply(qapp, Theme.LIGHT)
    light = settings.pixmap(16)

    assert light.toImage() != dark.toImage()
    assert settings.pixmap(light.size(), 2.0).width() == 32


def test_an_icon_that_is_not_shipped_is_an_error() -> None:
    with pytest.raises(FileNotFoundError, match="no-such-icon"):
        icon("no-such-icon")


def test_a_switch_without_a_hint_takes_one_line(qtbot: QtBot) -> None:
    bare, told = SwitchRow("Private mode", ""), SwitchRow("Private mode", "Only links that end by themselves.")
    qtbot.addWidget(bare)
    qtbot.addWidget(told)

    assert bare.sizeHint().height() < told.sizeHint().height()
    assert bare.sizeHint().height() >= bare.fontMetrics().height()


def test_few_lines_shows_all_of_what_fits(qtbot: QtBot) -> None:
    label = FewLines(2)
    qtbot.addWidget(label)
    label.resize(200, 40)
    label.set_words("Figure 1 gives the style.")

    assert label.text() == label.words == "Figure 1 gives the style."
    assert label.toolTip() == ""


def test_few_lines_cuts_what_does_not_fit_and_shows_more_when_there_is_room(qtbot: QtBot) -> None:
    words = " ".join(f"word{number}" for number in range(20))
    label = FewLines(2)
    qtbot.addWidget(label)
    label.resize(200, 40)
    label.show()
    label.set_words(words)
    assert label.text().endswith("…")
    assert label.accessibleDescription() == words

    label.resize(2000, 40)

    assert label.text() == words
