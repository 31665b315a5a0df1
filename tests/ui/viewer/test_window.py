from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPushButton, QWidget
from pytestqt.qtbot import QtBot

from seedream_desktop.domain.judging import Flag
from seedream_desktop.ui.keys import KeyMap
from seedream_desktop.ui.viewer.backdrop import BackdropChoice
from seedream_desktop.ui.viewer.marks import Marks
from seedream_desktop.ui.viewer.window import ViewerWindow
from tests.ui.gallery.samples import task

Key = Qt.Key


@pytest.fixture
def main_window(qtbot: QtBot) -> QWidget:
    window = QWidget()
    qtbot.addWidget(window)
    window.show()
    return window


@pytest.fixture
def window(qtbot: QtBot, main_window: QWidget) -> Iterator[ViewerWindow]:
    window = ViewerWindow(key_map=KeyMap(), backdrop=BackdropChoice())
    qtbot.addWidget(window)
    window.open_beside(main_window)
    qtbot.waitExposed(window)
    yield window
    window.close()


def test_it_shows_what_it_is_given_and_asks_for_the_pixels(qtbot: QtBot, window: ViewerWindow) -> None:
    fox = task("fox")
    with qtbot.waitSignal(window.viewer.pixels_requested) as asked:
        window.viewer.show_picture(fox, fox.pictures[0], None)

    assert asked.args == [fox.pictures[0]]
    assert window.viewer.picture == fox.pictures[0]


def test_it_has_no_way_back_to_a_gallery(window: ViewerWindow) -> None:
    back = window.findChild(QPushButton, "back_to_gallery")

    assert isinstance(back, QPushButton)
    assert not back.isVisible()


@pytest.mark.parametrize(
    ("key", "modifier"),
    [(Key.Key_F11, Qt.KeyboardModifier.ShiftModifier), (Key.Key_W, Qt.KeyboardModifier.ControlModifier)],
)
def test_the_key_that_opens_it_and_the_one_for_closing_close_it(
    window: ViewerWindow, key: Qt.Key, modifier: Qt.KeyboardModifier
) -> None:
    QTest.keyClick(window.viewer.canvas, key, modifier)

    assert not window.isVisible()


def test_f11_fills_the_screen_with_the_picture_and_esc_leaves_that_first(qtbot: QtBot, window: ViewerWindow) -> None:
    QTest.keyClick(window.viewer.canvas, Key.Key_F11)
    assert window.isFullScreen()
    assert not window.viewer.bar.isVisible()
    QTest.keyClick(window.viewer.canvas, Key.Key_Escape)
    assert not window.isFullScreen()
    assert window.viewer.bar.isVisible()
    QTest.keyClick(window.viewer.canvas, Key.Key_Escape)

    assert not window.isVisible()


def test_marks_are_drawn_on_the_picture_only_while_no_bar_shows_them(window: ViewerWindow) -> None:
    plate = window.viewer.canvas.findChild(Marks)
    assert isinstance(plate, Marks)
    window.viewer.set_marks(3, Flag.NONE, is_favourite=False)
    assert not plate.isVisible()
    QTest.keyClick(window.viewer.canvas, Key.Key_F11)
    assert plate.isVisible()
    QTest.keyClick(window.viewer.canvas, Key.Key_F11)

    assert not plate.isVisible()
    assert window.viewer.canvas.accessibleDescription() == "3 stars"


def test_it_stays_within_the_screen(window: ViewerWindow) -> None:
    assert window.screen().geometry().contains(window.geometry())


def test_it_steps_on_like_the_viewer_in_the_main_window(qtbot: QtBot, window: ViewerWindow) -> None:
    with qtbot.waitSignal(window.viewer.next_requested, timeout=500):
        QTest.keyClick(window.viewer.canvas, Key.Key_Right)
