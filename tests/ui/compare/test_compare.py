from __future__ import annotations

from itertools import pairwise
from typing import Final

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QColor, QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from seedream_desktop.domain.judging import Flag, Judgment
from seedream_desktop.domain.picture import Picture
from seedream_desktop.domain.pixels import PixelSize
from seedream_desktop.domain.task import Task
from seedream_desktop.ui.compare.arrangement import best_columns
from seedream_desktop.ui.compare.bar import Mode
from seedream_desktop.ui.compare.view import CompareView
from seedream_desktop.ui.controls.label import Label
from seedream_desktop.ui.keys import KeyMap
from seedream_desktop.ui.viewer.backdrop import BackdropChoice
from tests.ui.gallery.samples import stored, task

Key = Qt.Key
COLOURS: Final = ("red", "blue", "lime", "yellow")


@pytest.fixture
def compare(qtbot: QtBot) -> CompareView:
    found = CompareView(key_map=KeyMap(), backdrop=BackdropChoice())
    qtbot.addWidget(found)
    found.resize(900, 640)
    found.show()
    qtbot.waitExposed(found)
    return found


def fox(count: int = 4, sizes: tuple[PixelSize, ...] = (PixelSize(800, 400),)) -> Task:
    return task("fox", pictures=tuple(stored(n + 1, "fox", sizes[n % len(sizes)]) for n in range(count)))


def show(qtbot: QtBot, compare: CompareView, shown: Task) -> tuple[Picture, ...]:
    compare.show_pictures([(shown, picture, None) for picture in shown.pictures])
    for colour, picture in zip(COLOURS, shown.pictures, strict=False):
        assert picture.size is not None
        image = QImage(picture.size.width_px, picture.size.height_px, QImage.Format.Format_RGB32)
        image.fill(QColor(colour))
        compare.set_pixels(str(picture.sha256), image)
    panes = compare.side_by_side.panes[: len(shown.pictures)]
    qtbot.waitUntil(lambda: all(pane.canvas.has_pixels for pane in panes))
    return shown.pictures


def focused() -> QWidget:
    found = QApplication.focusWidget()
    assert found is not None
    return found


def middle(compare: CompareView, x: float = 0.5) -> str:
    image = compare.canvas.grab().toImage()
    return image.pixelColor(round(x * image.width()), round(0.6 * image.height())).name()


def test_all_pixels_are_asked_for(qtbot: QtBot, compare: CompareView) -> None:
    asked: list[Picture] = []
    compare.pixels_requested.connect(asked.append)
    pictures = fox(3).pictures
    compare.show_pictures([(fox(3), picture, None) for picture in pictures])

    assert tuple(asked) == pictures


@pytest.mark.parametrize("count", [1, 5])
def test_fewer_than_two_or_more_than_four_cannot_be_compared(compare: CompareView, count: int) -> None:
    with pytest.raises(ValueError, match=f"{count} pictures"):
        compare.show_pictures([(fox(count), picture, None) for picture in fox(count).pictures])


def test_each_picture_is_named_by_prompt_place_and_size(qtbot: QtBot, compare: CompareView) -> None:
    show(qtbot, compare, fox(3))

    assert [pane.canvas.accessibleName() for pane in compare.side_by_side.panes[:3]] == [
        "fox, 1 of 3 · 800 × 400",
        "fox, 2 of 3 · 800 × 400",
        "fox, 3 of 3 · 800 × 400",
    ]
    assert [pane.isVisible() for pane in compare.side_by_side.panes] == [True, True, True, False]


def test_zoom_and_place_are_the_same_in_all_panes(qtbot: QtBot, compare: CompareView) -> None:
    show(qtbot, compare, fox(2, (PixelSize(800, 400), PixelSize(1600, 800))))
    first, second = (pane.canvas for pane in compare.side_by_side.panes[:2])
    first.zoom_to(first.framing.fit_scale * 4)
    first.pan(60, 30)
    assert second.framing.centre_x == pytest.approx(2 * first.framing.centre_x)
    assert second.framing.width == pytest.approx(first.framing.width, abs=1)
    second.pan(-20, 0)

    assert first.framing.centre_x == pytest.approx(second.framing.centre_x / 2)


def test_the_arrows_mark_another_picture_and_enter_takes_it(qtbot: QtBot, compare: CompareView) -> None:
    pictures = show(qtbot, compare, fox(3))
    QTest.keyClick(compare.canvas, Key.Key_Right)
    assert compare.active == pictures[1]
    assert compare.canvas.hasFocus()
    assert compare.canvas.accessibleDescription() == "marked"
    QTest.keyClick(compare.canvas, Key.Key_Left)
    QTest.keyClick(compare.canvas, Key.Key_Left)
    with qtbot.waitSignal(compare.picked) as picked:
        QTest.keyClick(compare.canvas, Key.Key_Return)

    assert picked.args == [pictures[2]]


@pytest.mark.parametrize("mode", list(Mode))
def test_tab_marks_the_next_picture_and_stays_in_the_comparison(qtbot: QtBot, compare: CompareView, mode: Mode) -> None:
    pictures = show(qtbot, compare, fox(3))
    compare.set_mode(mode)

    marked = []
    for _ in range(2):
        QTest.keyClick(focused(), Key.Key_Tab)
        assert compare.canvas.hasFocus()
        marked.append(compare.active)
    QTest.keyClick(focused(), Key.Key_Tab)
    in_the_bar: list[str] = []
    while compare.bar.isAncestorOf(focused()) and len(in_the_bar) < 20:
        in_the_bar.append(focused().accessibleName())
        QTest.keyClick(focused(), Key.Key_Tab)

    assert marked == [pictures[1], pictures[2]]
    assert {"Leave the comparison", "Take this one"} <= set(in_the_bar)
    assert (compare.canvas.hasFocus(), compare.active) == (True, pictures[0])


@pytest.mark.parametrize("mode", list(Mode))
def test_shift_and_tab_go_the_other_way(qtbot: QtBot, compare: CompareView, mode: Mode) -> None:
    pictures = show(qtbot, compare, fox(3))
    compare.set_mode(mode)
    QTest.keyClick(focused(), Key.Key_Backtab)
    came_to = focused().accessibleName()
    for _ in range(20):
        if not compare.bar.isAncestorOf(focused()):
            break
        QTest.keyClick(focused(), Key.Key_Backtab)

    assert came_to == "Take this one"
    assert (compare.canvas.hasFocus(), compare.active) == (True, pictures[2])


def test_m_goes_through_the_ways_to_compare_and_esc_leaves(qtbot: QtBot, compare: CompareView) -> None:
    show(qtbot, compare, fox(2))
    modes = []
    for _ in range(3):
        QTest.keyClick(compare.canvas, Key.Key_M)
        modes.append(compare.mode)
    assert modes == [Mode.SLIDER, Mode.BLINK, Mode.SIDE_BY_SIDE]
    with qtbot.waitSignal(compare.closed, timeout=500):
        QTest.keyClick(compare.canvas, Key.Key_Escape)


def test_the_slider_shows_one_picture_on_each_side_and_arrows_move_it(qtbot: QtBot, compare: CompareView) -> None:
    show(qtbot, compare, fox(2))
    compare.set_mode(Mode.SLIDER)
    assert (middle(compare, 0.3), middle(compare, 0.7)) == ("#ff0000", "#0000ff")
    for _ in range(5):
        QTest.keyClick(compare.slider, Key.Key_Right, Qt.KeyboardModifier.ShiftModifier)

    assert (middle(compare, 0.7), middle(compare, 0.9)) == ("#ff0000", "#ff0000")
    assert compare.slider.accessibleDescription() == "slider at 100 %, marked: 1 of 2 · 800 × 400"


def test_the_sliders_line_follows_the_mouse(qtbot: QtBot, compare: CompareView) -> None:
    show(qtbot, compare, fox(2))
    compare.set_mode(Mode.SLIDER)
    slider, y = compare.slider, compare.slider.height() // 3
    QTest.mousePress(slider, Qt.MouseButton.LeftButton, pos=QPoint(slider.width() // 2, y))
    QTest.mouseMove(slider, QPoint(slider.width() // 4, y))
    QTest.mouseRelease(slider, Qt.MouseButton.LeftButton, pos=QPoint(slider.width() // 4, y))

    assert slider.divider == pytest.approx(0.25, abs=0.01)


def test_of_more_than_two_the_slider_shows_the_marked_one_against_the_first(qtbot: QtBot, compare: CompareView) -> None:
    show(qtbot, compare, fox(3))
    compare.set_mode(Mode.SLIDER)
    QTest.keyClick(compare.slider, Key.Key_PageDown)
    QTest.keyClick(compare.slider, Key.Key_PageDown)

    assert (middle(compare, 0.3), middle(compare, 0.7)) == ("#ff0000", "#00ff00")


def test_space_changes_the_picture_while_blinking_and_the_zoom_stays(qtbot: QtBot, compare: CompareView) -> None:
    pictures = show(qtbot, compare, fox(2))
    compare.set_mode(Mode.BLINK)
    compare.canvas.zoom_to(3.0)
    compare.canvas.pan(40, 0)
    before = compare.canvas.framing
    assert middle(compare) == "#ff0000"
    QTest.keyClick(compare.canvas, Key.Key_Space)

    assert (middle(compare), compare.active) == ("#0000ff", pictures[1])
    assert (compare.canvas.framing.scale, compare.canvas.framing.centre_x) == (before.scale, before.centre_x)


def test_pictures_take_turns_by_themselves_when_an_interval_is_chosen(qtbot: QtBot, compare: CompareView) -> None:
    pictures = show(qtbot, compare, fox(2))
    compare.set_mode(Mode.BLINK)
    compare.bar.interval.setCurrentIndex(1)
    qtbot.waitUntil(lambda: compare.active == pictures[1], timeout=2000)
    compare.set_mode(Mode.SIDE_BY_SIDE)
    marked = compare.active
    qtbot.wait(400)

    assert compare.active == marked


def test_the_zoom_stays_when_the_way_to_compare_changes(qtbot: QtBot, compare: CompareView) -> None:
    show(qtbot, compare, fox(2))
    compare.canvas.zoom_to(2.0)
    for mode in (Mode.SLIDER, Mode.BLINK, Mode.SIDE_BY_SIDE):
        compare.set_mode(mode)
        assert compare.canvas.framing.scale == 2.0


def test_a_new_comparison_begins_side_by_side_and_whole(qtbot: QtBot, compare: CompareView) -> None:
    show(qtbot, compare, fox(2))
    compare.set_mode(Mode.SLIDER)
    compare.canvas.zoom_to(4.0)
    show(qtbot, compare, fox(3))

    assert compare.mode is Mode.SIDE_BY_SIDE
    assert compare.canvas.framing.is_fit


def test_memory_is_given_back_while_nobody_looks_and_pixels_are_asked_for_again(
    qtbot: QtBot, compare: CompareView
) -> None:
    pictures = show(qtbot, compare, fox(2))
    compare.hide()
    assert not compare.side_by_side.panes[0].canvas.has_pixels
    asked: list[Picture] = []
    compare.pixels_requested.connect(asked.append)
    compare.show()

    assert tuple(asked) == pictures


def test_trouble_names_the_picture(qtbot: QtBot, compare: CompareView) -> None:
    pictures = show(qtbot, compare, fox(2))
    compare.set_trouble(str(pictures[1].sha256), "The file is gone.")
    texts = [label.text() for label in compare.findChildren(Label) if label.isVisible()]

    assert "2 of 2 · 800 × 400: The file is gone." in texts


@pytest.mark.parametrize(("width_px", "is_said"), [(508, False), (1000, True)])
def test_setting_up_a_blink_never_lays_one_control_over_another(
    qtbot: QtBot, compare: CompareView, width_px: int, is_said: bool
) -> None:
    compare.resize(width_px, 560)
    show(qtbot, compare, fox(2))
    compare.bar.show_mode(Mode.BLINK)
    compare.bar.grab()

    words = compare.bar.modes.findChildren(QPushButton)
    ends = [(each.geometry().left(), each.geometry().right()) for each in words]
    assert all(before[1] < after[0] for before, after in pairwise(ends))
    assert compare.bar.modes.width() >= compare.bar.modes.minimumSizeHint().width()
    shown = [each for each in compare.bar.children() if isinstance(each, QWidget) and each.isVisible()]
    assert [each.objectName() for each in shown if each.width() < each.minimumSizeHint().width()] == []
    assert "take_picture" in {each.objectName() for each in shown}
    assert any(label.text() == "Change" and label.isVisible() for label in compare.bar.findChildren(Label)) is is_said


def test_every_control_has_a_name(compare: CompareView) -> None:
    assert all(button.accessibleName() for button in compare.findChildren(QPushButton))
    assert compare.bar.interval.accessibleName() == "Change"


@pytest.mark.parametrize(
    ("count", "ratio", "size", "columns"),
    [
        (2, 1.0, (1000, 600), 2),
        (2, 2.35, (1000, 900), 1),
        (4, 1.0, (1000, 900), 2),
        (4, 0.5, (1400, 700), 4),
        (3, 1.5, (1000, 700), 2),
    ],
)
def test_pictures_are_laid_out_to_be_as_large_as_can_be(
    count: int, ratio: float, size: tuple[int, int], columns: int
) -> None:
    assert best_columns(count, ratio, size) == columns


def test_what_stands_around_the_pictures_is_counted_when_they_are_laid_out(qtbot: QtBot, compare: CompareView) -> None:
    assert best_columns(4, 21 / 9, (774, 774)) == 1
    assert best_columns(4, 21 / 9, (774, 774), (40, 68)) == 2

    wide = PixelSize(6240, 2656)
    chosen = task("fox", count=4, pictures=tuple(stored(number, "fox", wide) for number in range(1, 5)))
    compare.show_pictures([(chosen, picture, None) for picture in chosen.pictures])
    compare.side_by_side.resize(774, 774)
    sizes = {pane.geometry().width() for pane in compare.side_by_side.panes}

    assert len(sizes) == 1
    assert max(sizes) < 774 / 2


def test_a_rejected_picture_steps_back_and_its_caption_does_not(qtbot: QtBot, compare: CompareView) -> None:
    show(qtbot, compare, fox(2))
    pane = compare.side_by_side.panes[1]
    caption = pane.rect().adjusted(2, pane.canvas.geometry().bottom() + 1, -2, -2)
    before = pane.grab().toImage()

    pane.set_judgment(Judgment(flag=Flag.REJECT))
    after = pane.grab().toImage()

    assert after.copy(caption) == before.copy(caption)
    assert after.pixelColor(pane.canvas.geometry().center()) != before.pixelColor(pane.canvas.geometry().center())


def test_pictures_of_different_orders_are_called_by_their_prompts(qtbot: QtBot, compare: CompareView) -> None:
    fox_order, owl_order = task("a red fox", count=2), task("an owl in a very old tree at the end of the road", count=2)
    compare.resize(1300, 700)
    compare.show_pictures([(fox_order, fox_order.pictures[1], None), (owl_order, owl_order.pictures[1], None)])
    captions = [pane._caption for pane in compare.side_by_side.panes[:2]]

    qtbot.waitUntil(
        lambda: (
            [caption.text() for caption in captions]
            == [
                "a red fox · 2 of 2 · 2048 × 2048",
                "an owl in a very old tree at the… · 2 of 2 · 2048 × 2048",
            ]
        )
    )
    compare.resize(260, 700)
    qtbot.waitUntil(lambda: captions[1].text() != captions[1].accessibleDescription())
    assert captions[1].text().startswith("an owl")

    compare.show_pictures([(fox_order, picture, None) for picture in fox_order.pictures])
    qtbot.waitUntil(lambda: captions[1].text().startswith("2 of 2"))
