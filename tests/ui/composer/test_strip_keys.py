"""The reference strip by the keyboard: choosing, carrying, removing, taking back."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from seedream_desktop.domain.reference import Reference, Role
from seedream_desktop.ui.composer.reference_strip import ReferenceStrip
from tests.ui.composer.strip_parts import (
    ALT,
    CTRL,
    NONE,
    SHIFT,
    current,
    fill,
    key_of,
    middle,
    names,
    press,
)


@pytest.mark.parametrize(
    ("start", "key", "end"),
    [
        (1, Qt.Key.Key_Right, 2),
        (4, Qt.Key.Key_Right, 5),
        (5, Qt.Key.Key_Left, 4),
        (1, Qt.Key.Key_Left, 1),
        (2, Qt.Key.Key_Down, 6),
        (4, Qt.Key.Key_Down, 7),
        (7, Qt.Key.Key_Down, 7),
        (6, Qt.Key.Key_Up, 2),
        (3, Qt.Key.Key_Up, 3),
        (3, Qt.Key.Key_End, 7),
        (3, Qt.Key.Key_Home, 1),
    ],
)
def test_arrows_go_through_the_grid(strip: ReferenceStrip, start: int, key: Qt.Key, end: int) -> None:
    fill(strip, "abcdefg")
    strip.select(start)
    assert strip.view.hasFocus()

    press(strip, key)

    assert current(strip) == end


@pytest.mark.parametrize("modifiers", [ALT, CTRL])
def test_arrows_with_alt_or_ctrl_carry_the_tile_along(strip: ReferenceStrip, modifiers: Qt.KeyboardModifier) -> None:
    fill(strip, "abcdef")
    strip.select(2)

    press(strip, Qt.Key.Key_Left, modifiers)
    assert (names(strip), current(strip)) == ("bacdef", 1)
    press(strip, Qt.Key.Key_Down, modifiers)
    assert (names(strip), current(strip)) == ("acdebf", 5)
    press(strip, Qt.Key.Key_Down, modifiers)
    assert names(strip) == "acdebf"


def test_delete_goes_on_to_the_neighbour_and_at_last_to_the_button(strip: ReferenceStrip) -> None:
    fill(strip, "abc")
    strip.select(2)

    press(strip, Qt.Key.Key_Delete)
    assert (names(strip), current(strip)) == ("ac", 2)
    press(strip, Qt.Key.Key_Backspace)
    assert (names(strip), current(strip)) == ("a", 1)
    press(strip, Qt.Key.Key_Delete)
    assert names(strip) == ""
    assert strip.add_button.hasFocus()


def test_enter_and_double_click_ask_for_a_crop_but_ctrl_enter_does_not(strip: ReferenceStrip) -> None:
    fill(strip, "ab")
    asked: list[int] = []
    strip.crop_requested.connect(asked.append)
    strip.select(2)

    press(strip, Qt.Key.Key_Return)
    press(strip, Qt.Key.Key_Return, CTRL)
    QTest.mouseDClick(strip.view.viewport(), Qt.MouseButton.LeftButton, NONE, middle(strip, 1))

    assert asked == [key_of(strip, 2), key_of(strip, 1)]


def test_undo_and_redo_by_key_stand_on_what_changed(strip: ReferenceStrip) -> None:
    fill(strip, "abc")
    told: list[dict[int, int | None]] = []
    strip.renumbered.connect(told.append)
    strip.select(3)
    press(strip, Qt.Key.Key_Delete)
    press(strip, Qt.Key.Key_Z, CTRL)

    assert (names(strip), current(strip)) == ("abc", 3)
    assert told == [{3: None}, {}]
    press(strip, Qt.Key.Key_Z, CTRL | SHIFT)
    assert names(strip) == "ab"


def test_undo_takes_back_roles_and_other_pictures_too(strip: ReferenceStrip) -> None:
    fill(strip, "ab")
    before = strip.references()
    strip.replace(key_of(strip, 1), Reference("/pictures/z.jpg", role=Role.POSE))
    assert names(strip) == "zb"

    strip.select(2)
    press(strip, Qt.Key.Key_Z, CTRL)

    assert strip.references() == before
