"""What controls say about keys."""

from __future__ import annotations

from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from seedream_desktop.ui.keys import CommandId, KeyHint, KeyMap
from seedream_desktop.ui.main_window import MainWindow


def test_a_tool_tip_names_the_users_own_key_and_none_when_there_is_none(qtbot: QtBot) -> None:
    key_map, button = KeyMap(), QPushButton("Fit")
    qtbot.addWidget(button)
    KeyHint(button, CommandId.FIT, key_map)
    assert button.toolTip() == "Show the whole picture (Ctrl+0)"

    key_map.assign(CommandId.FIT, "W")
    assert button.toolTip() == "Show the whole picture (W)"

    key_map.assign(CommandId.ONE_TO_ONE, "W")
    assert button.toolTip() == "Show the whole picture"


def test_every_button_above_a_large_picture_says_what_it_does_and_with_which_key(window: MainWindow) -> None:
    centre = window.centre
    for bar in (centre.viewer.bar, centre.compare.bar, centre.set_view.bar):
        buttons = [button for button in bar.findChildren(QPushButton) if button.parent() is bar]
        assert buttons
        assert [button.objectName() for button in buttons if not button.toolTip().endswith(")")] == []
    assert centre.viewer.bar.rating.pick.toolTip() == "Pick (P)"
    assert centre.header.day_button.toolTip() == "Go to a day (J)"


def test_a_control_that_is_gone_needs_no_tool_tip_any_more(qtbot: QtBot) -> None:
    key_map, button = KeyMap(), QPushButton("Fit")
    hint = KeyHint(button, CommandId.FIT, key_map)
    with qtbot.waitSignal(hint.destroyed):
        button.deleteLater()

    key_map.assign(CommandId.FIT, "W")
