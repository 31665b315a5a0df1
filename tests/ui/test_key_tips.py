"""Tool tips that name the key of a button."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QWidget

from seedream_desktop.ui.key_tips import COMMANDS
from seedream_desktop.ui.keys import CommandId
from seedream_desktop.ui.main_window import MainWindow
from tests.ui.gallery.samples import task


def tip(window: MainWindow, name: str) -> str:
    found = {control.toolTip() for part in (window.header, window.inspector) for control in named(part, name)}
    assert len(found) == 1
    return found.pop()


def named(part: QWidget, name: str) -> list[QWidget]:
    return part.findChildren(QWidget, name)


@pytest.fixture
def window(window: MainWindow) -> MainWindow:
    """A window whose details show a picture."""
    fox = task("fox", count=1)
    window.inspector.show_picture(fox, fox.pictures[0])
    return window


def test_buttons_name_their_keys_behind_their_own_words(window: MainWindow) -> None:
    assert tip(window, "filter") == "Filter (Ctrl+Shift+F)"
    assert tip(window, "pick") == "Pick (P)"
    assert tip(window, "remix") == "Prompt and settings (R)"
    assert tip(window, "copy_prompt") == "Copy prompt (Ctrl+Shift+C)"
    assert all(tip(window, name).endswith(")") for name in COMMANDS)


def test_a_key_that_the_user_changed_is_the_one_that_is_named(window: MainWindow) -> None:
    window.key_map.assign(CommandId.PICK, "Y")

    assert tip(window, "pick") == "Pick (Y)"
