"""Parts that stay as they are while the window is pulled."""

from __future__ import annotations

import random
from collections.abc import Iterable, Iterator

import pytest
from PySide6.QtCore import QPoint, QRect
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from seedream_desktop.ui.main_window import MainWindow
from seedream_desktop.ui.stills import _Still
from tests.ui.windows import new_window


def stills(window: MainWindow) -> dict[object, _Still]:
    """Return what is held now, by its place in the window."""
    seen = [still for still in window.findChildren(_Still) if still.isVisible()]
    return {_place_of(still).getRect(): still for still in seen}


def settings_button(window: MainWindow) -> QWidget:
    button = window.top_bar.findChild(QPushButton, "settings")
    assert button is not None
    return button


def _place_of(part: QWidget) -> QRect:
    return QRect(part.mapTo(part.window(), QPoint(0, 0)), part.size())


def pull(qtbot: QtBot, window: MainWindow, sizes: Iterable[tuple[int, int]]) -> None:
    """Give the window one size after the other, each seen on the screen."""
    for size in sizes:
        window.resize(*size)
        qtbot.waitUntil(lambda: on_screen(window).size() == window.size() * window.devicePixelRatio())


def on_screen(window: MainWindow) -> QImage:
    shown = window.backingStore().paintDevice()
    assert isinstance(shown, QImage)
    return shown.copy()


@pytest.fixture
def still_window(qtbot: QtBot, qapp: QApplication, window: MainWindow) -> Iterator[MainWindow]:
    blinks_ms = qapp.cursorFlashTime()
    qapp.setCursorFlashTime(0)
    pull(qtbot, window, [(1440, 900)])
    qtbot.wait(200)
    assert not stills(window)
    yield window
    qapp.setCursorFlashTime(blinks_ms)


def test_while_the_window_is_pulled_wider_parts_are_seen_as_they_were_and_then_themselves(
    qtbot: QtBot, still_window: MainWindow
) -> None:
    window = still_window
    before = window.grab().toImage().copy(_place_of(window.composer))
    pull(qtbot, window, [(1440 - step, 900) for step in range(1, 12)])
    held = stills(window)

    assert {_place_of(panel).getRect() for panel in (window.rail, window.composer, window.inspector)} <= held.keys()
    assert _place_of(settings_button(window)).getRect() in held
    assert on_screen(window).copy(_place_of(window.composer)) == before.convertedTo(on_screen(window).format())
    qtbot.waitUntil(lambda: not stills(window), timeout=2_000)


def test_what_a_still_shows_is_what_the_part_looks_like(qtbot: QtBot, still_window: MainWindow) -> None:
    pull(qtbot, still_window, [(1433, 900)])
    assert stills(still_window)
    pulled = still_window.grab().toImage()
    qtbot.waitUntil(lambda: not stills(still_window), timeout=2_000)

    assert pulled == still_window.grab().toImage()


def test_in_another_height_what_gets_higher_is_drawn_itself(qtbot: QtBot, still_window: MainWindow) -> None:
    pull(qtbot, still_window, [(1440, 900 - step) for step in range(1, 12)])
    held = stills(still_window)

    assert _place_of(still_window.composer).getRect() not in held
    assert _place_of(settings_button(still_window)).getRect() in held


def test_a_panel_that_goes_away_in_a_pull_takes_its_still_along(qtbot: QtBot, still_window: MainWindow) -> None:
    pull(qtbot, still_window, [(1372, 900), (1366, 900)])
    details = _place_of(still_window.inspector).getRect()
    assert details in stills(still_window)
    pull(qtbot, still_window, [(1356, 900), (1352, 900)])

    assert not still_window.inspector.isVisible()
    assert details not in stills(still_window)
    assert _place_of(still_window.composer).getRect() in stills(still_window)


def test_where_the_screen_cannot_be_read_a_part_is_drawn_at_each_step_from_the_second_on(
    qtbot: QtBot, still_window: MainWindow
) -> None:
    window = still_window
    window._stills._is_readable = False
    before = window.grab().toImage().copy(_place_of(window.composer))
    pull(qtbot, window, [(1436, 900)])
    assert not stills(window)
    pull(qtbot, window, [(1432, 900)])
    assert len(stills(window)) == 1
    pull(qtbot, window, [(1428, 900)])

    assert _place_of(window.composer).getRect() in stills(window)
    assert window.grab().toImage().copy(_place_of(window.composer)) == before


def test_a_panel_that_was_not_drawn_yet_is_not_taken_from_the_screen(qtbot: QtBot, still_window: MainWindow) -> None:
    still_window.panels.toggle_composer()
    pull(qtbot, still_window, [(1441, 900)])
    qtbot.waitUntil(lambda: not stills(still_window), timeout=2_000)
    still_window.panels.toggle_composer()
    still_window.resize(1440, 900)

    assert _place_of(still_window.composer).getRect() not in stills(still_window)
    assert _place_of(still_window.rail).getRect() in stills(still_window)


def test_before_the_window_was_seen_in_its_size_nothing_is_held(qtbot: QtBot) -> None:
    window = new_window()
    qtbot.addWidget(window)
    window.show()
    window.resize(1300, 800)
    window.resize(1290, 800)

    assert not stills(window)
    window.let_close()


def pulled_about(qtbot: QtBot, window: MainWindow, chance: random.Random) -> None:
    """Pull the window a few steps somewhere, not every one of which is seen."""
    width, height = window.width(), window.height()
    for _ in range(chance.randint(1, 8)):
        width = min(1800, max(900, width + chance.randint(-40, 40)))
        height = min(1000, max(600, height + chance.choice((0, 0, -25, 25))))
        window.resize(width, height)
        if chance.random() < 0.8:
            qtbot.wait(chance.randint(0, 25))


@pytest.mark.parametrize("seed", range(4))
def test_whatever_is_pulled_and_turned_in_the_end_the_screen_shows_what_there_is(
    qtbot: QtBot, still_window: MainWindow, seed: int
) -> None:
    panels, chance = still_window.panels, random.Random(seed)
    turns = panels.toggle_composer, panels.toggle_inspector, panels.toggle_rail, panels.toggle_tasks, panels.toggle_all
    for _ in range(4):
        for _ in range(3):
            pulled_about(qtbot, still_window, chance)
            chance.choice(turns)()
        qtbot.waitUntil(lambda: not stills(still_window), timeout=2_000)
        qtbot.wait(200)
        seen = on_screen(still_window)
        assert seen == still_window.grab().toImage().convertedTo(seen.format())
