from __future__ import annotations

import os
import subprocess
import sys
import time

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QColor, QImage, QPainter, QPixmap, QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QPushButton
from pytestqt.qtbot import QtBot

from seedream_desktop.domain.judging import Flag
from seedream_desktop.domain.pixels import PixelSize
from seedream_desktop.domain.task import Task
from seedream_desktop.ui import theme
from seedream_desktop.ui.controls.label import Label
from seedream_desktop.ui.keys import CommandId, KeyMap
from seedream_desktop.ui.viewer.viewer import Viewer
from tests.ui.gallery.samples import stored, task

SIZE = PixelSize(2848, 1600)
Key = Qt.Key
CTRL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def viewer(qtbot: QtBot) -> Viewer:
    found = Viewer()
    qtbot.addWidget(found)
    found.resize(800, 600)
    found.show()
    qtbot.waitExposed(found)
    return found


@pytest.fixture
def fox() -> Task:
    return task("fox", pictures=tuple(stored(n, "fox", SIZE) for n in (1, 2, 3)))


def pixels(size: PixelSize = SIZE) -> QImage:
    """Return a picture whose pixels tell where they are: red by x, green by y."""
    image = QImage(size.width_px, size.height_px, QImage.Format.Format_RGB32)
    image.fill(QColor("blue"))
    painter = QPainter(image)
    painter.fillRect(0, 0, size.width_px // 2, size.height_px // 2, QColor("red"))
    painter.end()
    return image


def show(qtbot: QtBot, viewer: Viewer, found: Task, index: int = 1) -> None:
    picture = found.pictures[index]
    viewer.show_picture(found, picture, None)
    viewer.set_pixels(str(picture.sha256), pixels())
    qtbot.waitUntil(lambda: viewer.canvas.has_pixels)


def texts(viewer: Viewer) -> list[str]:
    return [label.text() for label in viewer.findChildren(Label) if label.isVisible()]


def test_the_bar_says_place_pixels_and_format_as_far_as_there_is_room(viewer: Viewer, fox: Task) -> None:
    viewer.resize(1200, 600)
    viewer.show_picture(fox, fox.pictures[1], None)
    assert "2 of 3 · 2848 × 1600 · JPEG 2.4 MB" in texts(viewer)

    viewer.resize(760, 600)

    assert "2 of 3" in texts(viewer)


def test_every_control_has_a_name(viewer: Viewer) -> None:
    names = [button.accessibleName() for button in viewer.findChildren(QPushButton)]

    assert sorted(names) == sorted(
        ["Back to gallery", "Previous picture", "Next picture", "Fit", "100 %", "Next background", "Save as"]
    )


def test_the_preview_is_seen_before_the_pixels_come(qtbot: QtBot, viewer: Viewer, fox: Task) -> None:
    preview = QPixmap(256, 144)
    preview.fill(QColor("red"))
    with qtbot.waitSignal(viewer.pixels_requested) as asked:
        viewer.show_picture(fox, fox.pictures[1], preview)
    middle = viewer.canvas.rect().center()

    assert asked.args == [fox.pictures[1]]
    assert viewer.canvas.grab().toImage().pixelColor(middle) == QColor("red")


def test_the_preview_has_square_corners_like_the_picture(viewer: Viewer, fox: Task) -> None:
    rounded = QPixmap(256, 144)
    rounded.fill(Qt.GlobalColor.transparent)
    painter = QPainter(rounded)
    painter.setBrush(QColor("red"))
    painter.setPen(Qt.PenStyle.NoPen)
    painter.drawRoundedRect(rounded.rect(), theme.RADIUS_PICTURE, theme.RADIUS_PICTURE)
    painter.end()
    viewer.show_picture(fox, fox.pictures[1], rounded)
    place = viewer.canvas.framing

    corner = viewer.canvas.grab().toImage().pixelColor(place.left + 1, place.top + 1)
    assert (corner.red() > 240, corner.green()) == (True, 0)


def test_the_pixels_take_the_place_of_the_preview(qtbot: QtBot, viewer: Viewer, fox: Task) -> None:
    show(qtbot, viewer, fox)
    middle = viewer.canvas.rect().center()
    image = viewer.canvas.grab().toImage()

    assert image.pixelColor(middle + QPoint(-100, -50)) == QColor("red")
    assert image.pixelColor(middle + QPoint(100, 50)) == QColor("blue")


def test_pixels_of_another_picture_are_let_go(qtbot: QtBot, viewer: Viewer, fox: Task) -> None:
    viewer.show_picture(fox, fox.pictures[0], None)
    viewer.show_picture(fox, fox.pictures[1], None)
    viewer.set_pixels(str(fox.pictures[0].sha256), pixels())
    qtbot.wait(150)

    assert not viewer.canvas.has_pixels


def test_a_change_of_the_same_task_does_not_ask_for_the_pixels_again(qtbot: QtBot, viewer: Viewer, fox: Task) -> None:
    show(qtbot, viewer, fox)
    viewer.canvas.zoom_to(1.0)
    with qtbot.assertNotEmitted(viewer.pixels_requested):
        viewer.show_picture(fox, fox.pictures[1], None)

    assert viewer.canvas.has_pixels
    assert viewer.canvas.framing.scale == 1.0


def test_trouble_is_said_in_a_sentence_and_goes_with_the_picture(viewer: Viewer, fox: Task) -> None:
    viewer.show_picture(fox, fox.pictures[1], None)
    viewer.set_trouble("another", "no")
    assert "no" not in texts(viewer)
    viewer.set_trouble(str(fox.pictures[1].sha256), "The file is gone.")
    assert "The file is gone." in texts(viewer)
    viewer.show_picture(fox, fox.pictures[2], None)
    assert "The file is gone." not in texts(viewer)


@pytest.mark.parametrize("ratio", [1.0, 1.25, 2.0])
def test_at_100_percent_every_picture_pixel_is_one_screen_pixel(ratio: float) -> None:
    """In a process of its own: the pixel ratio of a screen is fixed when the program starts."""
    ended = subprocess.run(
        [sys.executable, "-m", "tests.ui.viewer.one_to_one"],
        env={**os.environ, "QT_SCALE_FACTOR": str(ratio)},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )

    assert ended.stdout.split() == [str(ratio), "True"], ended.stderr


def test_the_keys_zoom_and_fit(qtbot: QtBot, viewer: Viewer, fox: Task) -> None:
    show(qtbot, viewer, fox)
    canvas = viewer.canvas
    fit = canvas.framing.scale
    QTest.keyClick(canvas, Key.Key_Z)
    assert canvas.framing.scale == 1.0
    QTest.keyClick(canvas, Key.Key_Plus)
    assert canvas.framing.scale > 1.0
    QTest.keyClick(canvas, Key.Key_1, CTRL)
    assert canvas.framing.scale == 1.0
    QTest.keyClick(canvas, Key.Key_Minus)
    assert canvas.framing.scale < 1.0
    QTest.keyClick(canvas, Key.Key_0, CTRL)
    assert canvas.framing.scale == fit
    assert f"{round(fit * 100)} %" in texts(viewer)


def test_the_keys_step_save_and_leave(qtbot: QtBot, viewer: Viewer, fox: Task) -> None:
    show(qtbot, viewer, fox)
    for key, signal in (
        (Key.Key_Right, viewer.next_requested),
        (Key.Key_PageDown, viewer.next_requested),
        (Key.Key_Left, viewer.previous_requested),
        (Key.Key_PageUp, viewer.previous_requested),
        (Key.Key_Escape, viewer.closed),
    ):
        with qtbot.waitSignal(signal, timeout=500):
            QTest.keyClick(viewer.canvas, key)
    with qtbot.waitSignal(viewer.save_requested) as saved:
        QTest.keyClick(viewer.canvas, Key.Key_S, CTRL)

    assert saved.args == [fox, fox.pictures[1]]


def test_arrows_move_a_picture_that_is_larger_than_the_window(qtbot: QtBot, viewer: Viewer, fox: Task) -> None:
    show(qtbot, viewer, fox)
    viewer.canvas.zoom_to(1.0)
    left, top = viewer.canvas.framing.left, viewer.canvas.framing.top
    with qtbot.assertNotEmitted(viewer.next_requested):
        QTest.keyClick(viewer.canvas, Key.Key_Right)
    QTest.keyClick(viewer.canvas, Key.Key_Down)

    assert viewer.canvas.framing.left < left
    assert viewer.canvas.framing.top < top


def test_dragging_moves_the_picture_with_the_hand(qtbot: QtBot, viewer: Viewer, fox: Task) -> None:
    show(qtbot, viewer, fox)
    canvas = viewer.canvas
    canvas.zoom_to(1.0)
    left = canvas.framing.left
    QTest.mousePress(canvas, Qt.MouseButton.LeftButton, pos=QPoint(300, 300))
    QTest.mouseMove(canvas, QPoint(340, 300))
    QTest.mouseRelease(canvas, Qt.MouseButton.LeftButton, pos=QPoint(340, 300))

    assert canvas.framing.left == left + 40


def test_the_picture_in_the_direction_of_travel_is_made_ready(qtbot: QtBot, viewer: Viewer, fox: Task) -> None:
    first, _second, third = fox.pictures
    show(qtbot, viewer, fox)
    with qtbot.waitSignal(viewer.pixels_requested) as asked:
        viewer.set_neighbours(first, third)
    assert asked.args == [third]
    QTest.keyClick(viewer.canvas, Key.Key_Left)
    with qtbot.waitSignal(viewer.pixels_requested) as asked:
        viewer.set_neighbours(first, third)

    assert asked.args == [first]


def test_a_picture_made_ready_is_drawn_without_its_preview(qtbot: QtBot, viewer: Viewer, fox: Task) -> None:
    show(qtbot, viewer, fox)
    viewer.set_neighbours(fox.pictures[0], fox.pictures[2])
    viewer.set_pixels(str(fox.pictures[2].sha256), pixels())
    qtbot.wait(300)
    viewer.show_picture(fox, fox.pictures[2], None)

    assert viewer.canvas.has_pixels


def test_b_changes_what_lies_around_the_picture(qtbot: QtBot, viewer: Viewer, fox: Task) -> None:
    show(qtbot, viewer, fox)
    QTest.keyClick(viewer.canvas, Key.Key_B)
    assert viewer.canvas.grab().toImage().pixelColor(2, 2) == QColor("black")
    background = viewer.findChild(QPushButton, "background")
    assert isinstance(background, QPushButton)
    background.click()
    background.click()

    assert viewer.canvas.grab().toImage().pixelColor(2, 2) == QColor("white")


def test_marks_are_said_and_go_with_the_picture(viewer: Viewer, fox: Task) -> None:
    viewer.show_picture(fox, fox.pictures[0], None)
    viewer.set_marks(3, Flag.PICK, is_favourite=False)
    assert viewer.canvas.accessibleDescription() == "3 stars, picked"
    viewer.show_picture(fox, fox.pictures[1], None)

    assert viewer.canvas.accessibleDescription() == ""


def test_the_users_keys_are_used_instead_of_the_first_ones(qtbot: QtBot, fox: Task) -> None:
    key_map = KeyMap()
    viewer = Viewer(key_map=key_map)
    qtbot.addWidget(viewer)
    key_map.assign(CommandId.NEXT_PICTURE, "J")
    with qtbot.waitSignal(viewer.next_requested, timeout=500):
        QTest.keyClick(viewer.canvas, Key.Key_J)
    with qtbot.assertNotEmitted(viewer.next_requested):
        QTest.keyClick(viewer.canvas, Key.Key_PageDown)


def test_the_wheel_zooms_at_the_cursor(qtbot: QtBot, viewer: Viewer, fox: Task) -> None:
    show(qtbot, viewer, fox)
    canvas = viewer.canvas
    canvas.zoom_to(1.0)
    point = QPointF(200, 150)
    before = (point.x() - canvas.framing.left) / canvas.framing.scale
    none = Qt.MouseButton.NoButton
    QApplication.sendEvent(
        canvas,
        QWheelEvent(
            point,
            point,
            QPoint(),
            QPoint(0, 120),
            none,
            Qt.KeyboardModifier.NoModifier,
            Qt.ScrollPhase.NoScrollPhase,
            False,
        ),
    )

    assert canvas.framing.scale == pytest.approx(1.2)
    assert (point.x() - canvas.framing.left) / canvas.framing.scale == pytest.approx(before, abs=1)


def test_the_largest_picture_is_drawn_within_a_frame_at_every_zoom(qtbot: QtBot, viewer: Viewer) -> None:
    size = PixelSize(6240, 2656)
    wide = task("wide", pictures=(stored(1, "wide", size),))
    viewer.show_picture(wide, wide.pictures[0], None)
    viewer.set_pixels(str(wide.pictures[0].sha256), pixels(size))
    qtbot.waitUntil(lambda: viewer.canvas.has_pixels)
    screen = QPixmap(viewer.canvas.size())
    drawn_s = []
    for scale in (0.1, 0.3, 0.6, 1.0, 3.0):
        viewer.canvas.zoom_to(scale)
        drawn_s.append(min(_time_s(viewer, screen) for _ in range(3)))

    # A busy machine needs several times what a quiet one does; all 16 million pixels would still take far longer.
    assert max(drawn_s) < 0.060


def _time_s(viewer: Viewer, screen: QPixmap) -> float:
    started = time.perf_counter()
    viewer.canvas.render(screen)
    return time.perf_counter() - started


@pytest.mark.parametrize("width_px", [508, 620, 760, 1200])
def test_nothing_above_the_picture_is_ever_squeezed(qtbot: QtBot, viewer: Viewer, width_px: int) -> None:
    fox = task("fox")
    viewer.show_picture(fox, fox.pictures[0], None)
    viewer.resize(width_px, 600)
    viewer.bar.grab()
    shown = [each for each in (*viewer.bar.findChildren(QAbstractButton), viewer.bar.zoom) if each.isVisible()]

    assert [each.objectName() for each in shown if each.width() < each.minimumSizeHint().width()] == []
    assert viewer.bar._facts.text().startswith("1 of 3")
    assert {"back_to_gallery", "rate_5", "next"} <= {each.objectName() for each in shown}
    assert ("background" in {each.objectName() for each in shown}) is (width_px >= 760)
