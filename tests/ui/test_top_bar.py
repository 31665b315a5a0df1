from __future__ import annotations

import pytest
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from seedream_desktop.ui import theme
from seedream_desktop.ui.top_bar import TopBar


@pytest.fixture
def bar(qtbot: QtBot) -> TopBar:
    found = TopBar()
    qtbot.addWidget(found)
    found.resize(1100, 44)
    found.show()
    return found


def button(bar: TopBar, name: str) -> QPushButton:
    found = bar.findChild(QPushButton, name)
    assert isinstance(found, QPushButton)
    return found


def test_save_as_can_be_pressed_only_while_a_picture_is_chosen(qtbot: QtBot, bar: TopBar) -> None:
    save = button(bar, "save_as")
    assert save.accessibleName() == "Save as"
    assert not save.isEnabled()
    bar.set_can_save(True)
    with qtbot.waitSignal(bar.save_requested):
        save.click()


def test_save_as_is_left_to_the_viewer_while_that_is_shown(bar: TopBar) -> None:
    bar.set_viewing(True)
    assert button(bar, "save_as").isHidden()
    bar.set_viewing(False)
    assert not button(bar, "save_as").isHidden()


def test_settings_are_always_at_hand(qtbot: QtBot, bar: TopBar) -> None:
    assert button(bar, "settings").accessibleName() == "Settings"
    with qtbot.waitSignal(bar.settings_requested):
        button(bar, "settings").click()


def test_a_demo_is_marked(bar: TopBar) -> None:
    assert bar.badge_text() == ""
    bar.show_demo()

    assert bar.badge_text() == "Demo: simulator, nothing is billed"


def test_another_service_is_named_by_its_host(bar: TopBar) -> None:
    bar.show_foreign_service("proxy.example")

    assert bar.badge_text() == "Not the official service: proxy.example"


def test_drawing_the_badge_leaves_the_theme_as_it_is(bar: TopBar) -> None:
    bar.show_demo()
    bar.grab()

    assert theme.tokens().care.alpha() == 255
