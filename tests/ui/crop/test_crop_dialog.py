from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QAccessible, QColor, QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QComboBox, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from seedream_desktop.domain.pixels import PixelSize
from seedream_desktop.domain.reference import Crop
from seedream_desktop.domain.settings import Theme
from seedream_desktop.ui import theme
from seedream_desktop.ui.controls.label import Label
from seedream_desktop.ui.controls.message_line import MessageLine
from seedream_desktop.ui.crop.dialog import CropDialog

Opener = Callable[..., CropDialog]
CTRL, SHIFT, NONE = (
    Qt.KeyboardModifier.ControlModifier,
    Qt.KeyboardModifier.ShiftModifier,
    Qt.KeyboardModifier.NoModifier,
)


@pytest.fixture
def opened(qtbot: QtBot, qapp: QApplication) -> Opener:
    """Return a function that opens the dialog over a picture of 400 by 300."""
    theme.apply(qapp, Theme.LIGHT)

    def make(crop: Crop | None = None, image: QImage | None = None, size: PixelSize | None = None) -> CropDialog:
        dialog = CropDialog(image or picture(400, 300), crop, "Crop fox.jpg", size=size)
        qtbot.addWidget(dialog)
        dialog.open()
        dialog.activateWindow()
        qtbot.waitUntil(dialog.canvas.hasFocus)
        return dialog

    return make


def picture(width: int, height: int) -> QImage:
    image = QImage(width, height, QImage.Format.Format_RGB32)
    image.fill(QColor("#80a0c0"))
    return image


def press(dialog: CropDialog, name: str) -> None:
    button = dialog.findChild(QPushButton, name)
    assert isinstance(button, QPushButton)
    assert button.isVisible()
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)


def used(dialog: CropDialog) -> object:
    got: list[object] = []
    dialog.chosen.connect(got.append)
    press(dialog, "use_crop")
    assert len(got) == 1
    return got[0]


def choose(dialog: CropDialog, ratio: str) -> None:
    box = dialog.findChild(QComboBox, "crop_ratio")
    assert isinstance(box, QComboBox)
    box.setCurrentText(ratio)
    box.activated.emit(box.currentIndex())


def size_shown(dialog: CropDialog) -> str:
    label = dialog.findChild(Label, "crop_size")
    assert isinstance(label, Label)
    return label.text()


def warning(dialog: CropDialog) -> str:
    [line] = dialog.findChildren(MessageLine)
    return line.text()


def drag(canvas: QWidget, start: QPointF, end: QPointF) -> None:
    QTest.mousePress(canvas, Qt.MouseButton.LeftButton, NONE, start.toPoint())
    QTest.mouseMove(canvas, end.toPoint())
    QTest.mouseRelease(canvas, Qt.MouseButton.LeftButton, NONE, end.toPoint())


def test_the_whole_picture_is_told_as_none(opened: Opener) -> None:
    assert used(opened()) is None


def test_an_untouched_part_comes_back_as_it_was(opened: Opener) -> None:
    assert used(opened(Crop(0.25, 0.25, 0.75, 0.75))) == Crop(0.25, 0.25, 0.75, 0.75)


def test_reset_is_the_whole_picture_again(opened: Opener) -> None:
    dialog = opened(Crop(0.25, 0.25, 0.75, 0.75))
    choose(dialog, "1:1")
    press(dialog, "reset_crop")

    box = dialog.findChild(QComboBox, "crop_ratio")
    assert isinstance(box, QComboBox)
    assert box.currentText() == "Free"
    assert used(dialog) is None


@pytest.mark.parametrize(
    ("key", "modifiers", "box"),
    [
        (Qt.Key.Key_Right, NONE, (104, 75, 304, 225)),
        (Qt.Key.Key_Up, NONE, (100, 72, 300, 222)),
        (Qt.Key.Key_Left, SHIFT, (60, 75, 260, 225)),
        (Qt.Key.Key_Right, CTRL, (100, 75, 304, 225)),
        (Qt.Key.Key_Up, CTRL | SHIFT, (100, 75, 300, 195)),
    ],
)
def test_arrows_move_and_with_ctrl_resize_the_frame(
    opened: Opener, key: Qt.Key, modifiers: Qt.KeyboardModifier, box: tuple[float, ...]
) -> None:
    dialog = opened(Crop(0.25, 0.25, 0.75, 0.75))

    QTest.keyClick(dialog.canvas, key, modifiers)

    frame = dialog.canvas.frame()
    assert (frame.left, frame.top, frame.right, frame.bottom) == pytest.approx(box)


def test_the_mouse_pulls_a_corner_and_carries_the_frame(opened: Opener) -> None:
    dialog = opened(Crop(0.25, 0.25, 0.75, 0.75))
    canvas = dialog.canvas

    drag(canvas, canvas.point_of(300, 225), canvas.point_of(350, 275))
    frame = canvas.frame()
    assert (frame.left, frame.top, frame.right, frame.bottom) == pytest.approx((100, 75, 350, 275), abs=1)

    drag(canvas, canvas.point_of(200, 150), canvas.point_of(150, 120))
    frame = canvas.frame()
    assert (frame.left, frame.top, frame.right, frame.bottom) == pytest.approx((50, 45, 300, 245), abs=1.5)


def test_a_frame_carried_far_out_and_back_is_where_it_was_let_go(opened: Opener) -> None:
    dialog = opened(Crop(0.25, 0.25, 0.75, 0.75))
    canvas = dialog.canvas
    start = canvas.point_of(200, 150)

    QTest.mousePress(canvas, Qt.MouseButton.LeftButton, NONE, start.toPoint())
    for x, y in ((380, 150), (399, 150), (200, 150)):
        QTest.mouseMove(canvas, canvas.point_of(x, y).toPoint())
    QTest.mouseRelease(canvas, Qt.MouseButton.LeftButton, NONE, start.toPoint())

    assert canvas.frame().left == pytest.approx(100, abs=1)


def test_a_press_outside_the_frame_moves_nothing(opened: Opener) -> None:
    dialog = opened(Crop(0.25, 0.25, 0.75, 0.75))
    before = dialog.canvas.frame()

    drag(dialog.canvas, dialog.canvas.point_of(20, 20), dialog.canvas.point_of(200, 150))

    assert dialog.canvas.frame() == before


def test_the_size_shown_is_that_of_the_picture_and_not_of_its_preview(opened: Opener) -> None:
    dialog = opened(Crop(0.0, 0.0, 0.5, 0.5), size=PixelSize(4032, 3024))

    assert size_shown(dialog) == "2016 × 1512 px"
    choose(dialog, "1:1")
    assert size_shown(dialog) == "3024 × 3024 px"


def test_too_long_a_part_is_said_and_one_press_makes_it_fit(opened: Opener) -> None:
    dialog = opened(image=picture(600, 30))
    press(dialog, "reset_crop")
    assert "16" in warning(dialog)

    press(dialog, "longest_that_fits")

    assert warning(dialog) == ""
    mend = dialog.findChild(QPushButton, "longest_that_fits")
    assert isinstance(mend, QPushButton)
    assert not mend.isVisible()
    assert size_shown(dialog) in ("479 × 30 px", "480 × 30 px")
    assert dialog.canvas.hasFocus()


def test_a_panorama_begins_with_the_longest_part_so_that_enter_mends_it(opened: Opener) -> None:
    dialog = opened(image=picture(600, 30))

    assert "longest part" in warning(dialog)
    crop = used(dialog)
    assert isinstance(crop, Crop)
    pixels = crop.box_px(PixelSize(600, 30))
    assert pixels[2] - pixels[0] in (479, 480)


def test_too_small_a_part_is_said(opened: Opener) -> None:
    dialog = opened(Crop(0.0, 0.0, 0.02, 0.5))

    assert "15 px" in warning(dialog)


def test_the_frame_is_told_to_screen_readers_as_it_changes(opened: Opener) -> None:
    dialog = opened(Crop(0.25, 0.25, 0.75, 0.75))
    interface = QAccessible.queryAccessibleInterface(dialog.canvas)

    assert interface.text(QAccessible.Text.Name) == "Crop frame"
    assert interface.text(QAccessible.Text.Description).startswith("Frame: 25 % from the left, 25 % from the top")
    QTest.keyClick(dialog.canvas, Qt.Key.Key_Right, SHIFT)
    assert "35 % from the left" in interface.text(QAccessible.Text.Description)


def test_tab_comes_to_everything_and_enter_uses_the_part(opened: Opener, qtbot: QtBot) -> None:
    dialog = opened(Crop(0.25, 0.25, 0.75, 0.75))
    seen = []
    for _ in range(5):
        focused = QApplication.focusWidget()
        assert focused is not None
        seen.append(focused.objectName())
        QTest.keyClick(focused, Qt.Key.Key_Tab)
    assert seen == ["crop_frame", "crop_ratio", "reset_crop", "cancel_crop", "use_crop"]

    with qtbot.waitSignal(dialog.chosen):
        QTest.keyClick(dialog.canvas, Qt.Key.Key_Return)
    assert not dialog.isVisible()


@pytest.mark.parametrize("way", ["escape", "cancel"])
def test_escape_and_cancel_tell_nothing(opened: Opener, way: str) -> None:
    dialog = opened(Crop(0.25, 0.25, 0.75, 0.75))
    told: list[object] = []
    dialog.chosen.connect(told.append)

    if way == "escape":
        QTest.keyClick(dialog.canvas, Qt.Key.Key_Escape)
    else:
        press(dialog, "cancel_crop")

    assert told == []
    assert not dialog.isVisible()


def test_the_outside_is_darker_than_the_part_that_is_meant(opened: Opener) -> None:
    dialog = opened(Crop(0.25, 0.25, 0.75, 0.75))
    seen = dialog.canvas.grab().toImage()

    inside = seen.pixelColor(dialog.canvas.point_of(200, 130).toPoint())
    outside = seen.pixelColor(dialog.canvas.point_of(30, 30).toPoint())

    assert inside == QColor("#80a0c0")
    assert outside.lightness() < inside.lightness() / 2


def test_without_a_picture_there_is_nothing_to_crop(qtbot: QtBot) -> None:
    with pytest.raises(ValueError, match="no picture"):
        CropDialog(QImage(), None, "Crop fox.jpg")
