"""The reference strip under the pointer: tiles carried, removed and dropped between."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest

from seedream_desktop.ui import theme
from seedream_desktop.ui.composer.reference_strip import ReferenceStrip
from tests.ui.composer.strip_parts import (
    NONE,
    current,
    drop,
    files,
    fill,
    middle,
    names,
    press,
)


def test_a_tile_is_carried_to_the_line_between_two_others(strip: ReferenceStrip) -> None:
    fill(strip, "abcdef")
    viewport = strip.view.viewport()
    told: list[object] = []
    strip.renumbered.connect(told.append)
    between = QPoint(strip.view.tile_rect(2).right() + 4, middle(strip, 1).y())

    QTest.mousePress(viewport, Qt.MouseButton.LeftButton, NONE, middle(strip, 1))
    QTest.mouseMove(viewport, middle(strip, 2))
    QTest.mouseMove(viewport, between)
    line = viewport.grab().toImage().pixelColor(between)
    assert names(strip) == "abcdef"
    QTest.mouseRelease(viewport, Qt.MouseButton.LeftButton, NONE, between)

    assert line == theme.tokens().accent
    assert (names(strip), current(strip)) == ("bcadef", 3)
    assert told == [{1: 3, 2: 1, 3: 2}]
    assert viewport.grab().toImage().pixelColor(between) != theme.tokens().accent


def test_escape_puts_a_carried_tile_back(strip: ReferenceStrip) -> None:
    fill(strip, "abc")
    viewport = strip.view.viewport()
    QTest.mousePress(viewport, Qt.MouseButton.LeftButton, NONE, middle(strip, 1))
    QTest.mouseMove(viewport, middle(strip, 3))
    press(strip, Qt.Key.Key_Escape)
    QTest.mouseRelease(viewport, Qt.MouseButton.LeftButton, NONE, middle(strip, 3))

    assert names(strip) == "abc"


def test_the_sign_in_the_corner_removes(strip: ReferenceStrip) -> None:
    fill(strip, "abc")
    corner = strip.view.tile_rect(0).topRight() + QPoint(-10, 10)

    QTest.mouseClick(strip.view.viewport(), Qt.MouseButton.LeftButton, NONE, corner)

    assert names(strip) == "bc"


@pytest.mark.parametrize(
    ("number", "side", "place"), [(1, "left", 0), (2, "left", 1), (2, "right", 2), (4, "right", 4), (6, "left", 5)]
)
def test_a_drop_tells_between_which_tiles_it_fell(strip: ReferenceStrip, number: int, side: str, place: int) -> None:
    fill(strip, "abcdef")
    got: list[tuple[list[str], int]] = []
    strip.dropped_at.connect(lambda mime, at: got.append(([url.toLocalFile() for url in mime.urls()], at)))
    tile = strip.view.tile_rect(number - 1)
    point = QPoint(tile.left() + 6 if side == "left" else tile.right() - 6, tile.center().y())

    event = drop(strip.view.viewport(), files("/p/x.jpg"), point)

    assert got == [(["/p/x.jpg"], place)]
    assert event.dropAction() is Qt.DropAction.CopyAction
    assert names(strip) == "abcdef"
