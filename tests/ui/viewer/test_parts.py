from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QRect, QSettings, QSize
from PySide6.QtGui import QColor, QImage, QPainter, Qt
from pytestqt.qtbot import QtBot

from seedream_desktop.domain.judging import Flag
from seedream_desktop.ui.viewer.backdrop import Backdrop, BackdropChoice, draw_backdrop
from seedream_desktop.ui.viewer.framing import Framing
from seedream_desktop.ui.viewer.marks import Marks
from seedream_desktop.ui.viewer.placing import place_of_second
from seedream_desktop.ui.viewer.scaling import halved, scaled

LARGE = Framing(6240, 2656, 1000, 700, may_grow=True).fitted()
SMALL = Framing(1560, 664, 500, 350, may_grow=True).fitted()
HOME = QRect(0, 0, 1920, 1080)


def test_a_picture_that_follows_another_shows_the_same_part_of_itself() -> None:
    lead = LARGE.zoomed(1.0, 200, 350)
    follower = SMALL.following(lead)

    assert follower.scale / follower.fit_scale == pytest.approx(lead.scale / lead.fit_scale)
    assert follower.centre_x / 1560 == pytest.approx(lead.centre_x / 6240)
    assert follower.centre_y / 664 == pytest.approx(lead.centre_y / 2656)


def test_a_picture_that_follows_a_whole_one_is_seen_whole() -> None:
    assert SMALL.zoomed(4.0, 0, 0).following(LARGE).is_fit


def test_a_small_picture_that_may_grow_fills_the_window() -> None:
    assert Framing(100, 50, 1000, 700, may_grow=True).fitted().width == 1000


def test_scaling_in_strips_leaves_no_seams() -> None:
    image = QImage(3000, 1700, QImage.Format.Format_RGB32)
    image.fill(QColor(90, 140, 200))
    small = scaled(image, QSize(1111, 777))

    assert small.size() == QSize(1111, 777)
    assert {small.pixelColor(x, y).rgb() for x in range(0, 1111, 7) for y in range(777)} == {QColor(90, 140, 200).rgb()}


@pytest.mark.parametrize("size", [QSize(3000, 1700), QSize(2999, 1701), QSize(5000, 1)])
def test_halving_in_strips_leaves_no_seams(size: QSize) -> None:
    image = QImage(size, QImage.Format.Format_RGB32)
    image.fill(QColor(90, 140, 200))
    small = halved(image)

    assert small.size() == QSize(size.width() // 2, max(1, size.height() // 2))
    columns = {small.pixelColor(x, y).rgb() for x in range(0, small.width(), 7) for y in range(small.height())}
    assert columns == {QColor(90, 140, 200).rgb()}


def test_scaling_in_strips_shows_what_scaling_at_once_does() -> None:
    image = QImage(2400, 1200, QImage.Format.Format_RGB32)
    image.fill(QColor("black"))
    painter = QPainter(image)
    painter.fillRect(600, 300, 1200, 600, QColor("white"))
    painter.end()
    small = scaled(image, QSize(800, 400))
    at_once = image.scaled(800, 400, mode=Qt.TransformationMode.SmoothTransformation)
    points = [(x, y) for x in range(0, 800, 5) for y in range(0, 400, 5)]

    assert max(abs(small.pixelColor(x, y).red() - at_once.pixelColor(x, y).red()) for x, y in points) <= 4


def test_the_backdrops_follow_each_other_and_begin_again() -> None:
    choice = BackdropChoice()
    seen = []
    for _ in range(6):
        seen.append(choice.current.value)
        choice.choose_next()

    assert seen == ["window", "black", "grey", "white", "checker", "window"]


def test_the_backdrop_is_remembered_and_nonsense_is_not(tmp_path: Path) -> None:
    settings = QSettings(str(tmp_path / "window.ini"), QSettings.Format.IniFormat)
    choice = BackdropChoice()
    choice.choose(Backdrop.CHECKER)
    choice.save(settings)
    other = BackdropChoice()
    other.load(settings)
    assert other.current is Backdrop.CHECKER
    settings.setValue("viewer/backdrop", "pink")
    other.load(settings)

    assert other.current is Backdrop.CHECKER


@pytest.mark.parametrize(
    ("backdrop", "colours"),
    [
        (Backdrop.BLACK, {"#000000"}),
        (Backdrop.GREY, {"#2b2b2b"}),
        (Backdrop.WHITE, {"#ffffff"}),
        (Backdrop.CHECKER, {"#8c8c8c", "#737373"}),
    ],
)
def test_each_backdrop_fills_what_is_exposed(qtbot: QtBot, backdrop: Backdrop, colours: set[str]) -> None:
    image = QImage(100, 100, QImage.Format.Format_RGB32)
    painter = QPainter(image)
    draw_backdrop(painter, backdrop, image.rect(), 1.0)
    painter.end()

    assert {image.pixelColor(x, y).name() for x in range(100) for y in range(100)} == colours


def test_marks_are_said_in_words_and_seen_only_when_there_are_any(qtbot: QtBot) -> None:
    marks = Marks()
    qtbot.addWidget(marks)
    marks.show_marks(4, Flag.PICK, is_favourite=True)
    assert (marks.words(), marks.isVisible()) == ("4 stars, picked, favourite", True)
    marks.show_marks(1, Flag.REJECT, is_favourite=False)
    assert marks.words() == "1 star, rejected"
    marks.show_marks(0, Flag.NONE, is_favourite=False)

    assert (marks.words(), marks.isVisible()) == ("", False)


def test_the_second_window_takes_the_other_screen() -> None:
    second = QRect(1920, 0, 2560, 1440)

    assert place_of_second([HOME, second], HOME, QRect(100, 100, 1440, 900)) == second


def test_on_one_screen_the_second_window_goes_beside_the_first() -> None:
    assert place_of_second([HOME], HOME, QRect(0, 0, 1200, 1080)) == QRect(1200, 0, 720, 1080)
    assert place_of_second([HOME], HOME, QRect(800, 0, 1120, 1080)) == QRect(0, 0, 800, 1080)


def test_without_room_beside_it_the_second_window_goes_over_the_corner() -> None:
    place = place_of_second([HOME], HOME, HOME)

    assert HOME.contains(place)
    assert place.bottomRight() == HOME.bottomRight()
