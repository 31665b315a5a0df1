"""Panels that stay as they are while the window is pulled."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QRect
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from seedream_desktop.ui.main_window import MainWindow
from seedream_desktop.ui.stills import _Still


def stills(window: MainWindow) -> list[QWidget]:
    return [still for still in window.findChildren(_Still) if still.isVisible()]


def _place_of(panel: QWidget) -> QRect:
    return QRect(panel.mapTo(panel.window(), QPoint(0, 0)), panel.size())


def test_while_the_window_is_pulled_wider_panels_are_seen_as_they_were_and_then_themselves(
    qtbot: QtBot, window: MainWindow
) -> None:
    window.resize(1440, 900)
    qtbot.waitUntil(lambda: not stills(window))
    before = window.grab().toImage().copy(_place_of(window.composer))
    for width_px in (1436, 1432, 1428):
        window.resize(width_px, 900)
    held = stills(window)
    whole = window.grab().toImage()

    panels = (window.rail, window.composer, window.inspector)
    assert {still.geometry().getRect() for still in held} == {panel.geometry().getRect() for panel in panels}
    assert whole.copy(_place_of(window.composer)) == before
    qtbot.waitUntil(lambda: not stills(window), timeout=2_000)


def test_a_single_step_and_another_height_hold_nothing(qtbot: QtBot, window: MainWindow) -> None:
    window.resize(1440, 900)
    qtbot.wait(150)
    window.resize(1300, 900)
    assert stills(window) == []

    for height_px in (890, 880, 870):
        window.resize(1300, height_px)
    assert stills(window) == []


def test_a_panel_that_goes_away_in_a_pull_takes_its_still_along(qtbot: QtBot, window: MainWindow) -> None:
    window.resize(1372, 900)
    qtbot.wait(150)
    for width_px in (1368, 1364, 1356, 1352):
        window.resize(width_px, 900)

    assert not window.inspector.isVisible()
    assert len(stills(window)) == 2
