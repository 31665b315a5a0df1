"""Judgments in signs and words, and what the gallery remembers of them."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QImage, QPainter
from pytestqt.qtbot import QtBot

from seedream_desktop.domain.judging import UNJUDGED, Flag, Judgment
from seedream_desktop.ui.gallery.judged import Judged
from seedream_desktop.ui.gallery.layout import Box
from seedream_desktop.ui.gallery.painting import Brush
from seedream_desktop.ui.signs import draw_plate, fitting, plate_size, signs_of, words_of
from tests.ui.gallery.samples import sha_of, task

ALL = Judgment(5, Flag.PICK, is_favourite=True)


def test_signs_stand_in_one_order_and_say_the_same_as_the_words(qtbot: QtBot) -> None:
    assert signs_of(ALL) == ("star",) * 5 + ("pick", "heart")
    assert words_of(ALL) == "5 stars, picked, favourite"
    assert (signs_of(UNJUDGED), words_of(UNJUDGED)) == ((), "")


@pytest.mark.parametrize(("stars", "counted"), [(5, ("5", "star")), (3, ("3", "star")), (2, ("star",) * 2)])
@pytest.mark.parametrize("room_px", [60, 10])
def test_where_there_is_little_room_stars_are_counted_and_never_fewer_than_given(
    room_px: int, stars: int, counted: tuple[str, ...]
) -> None:
    signs = fitting(signs_of(replace(ALL, stars=stars)), 9, room_px)

    assert signs == (*counted, "pick", "heart")


def test_where_there_is_room_every_star_is_shown() -> None:
    signs = signs_of(ALL)

    assert fitting(signs, 9, plate_size(signs, 9).width()) == signs


@pytest.mark.parametrize("width_px", [34, 45, 80])
@pytest.mark.parametrize("judgment", [ALL, Judgment(4, Flag.PICK), Judgment(2, Flag.PICK)])
def test_the_plate_stays_on_a_narrow_thumbnail(qtbot: QtBot, judgment: Judgment, width_px: int) -> None:
    left_px, top_px = 20, 10
    image = QImage(width_px + 80, 100, QImage.Format.Format_RGB32)
    image.fill(Qt.GlobalColor.darkGray)
    painter = QPainter(image)
    Brush().judgment(painter, Box(left_px, top_px, width_px, 80), judgment)
    painter.end()

    ground = QColor(Qt.GlobalColor.darkGray).rgb()
    drawn = {x for x in range(image.width()) for y in range(image.height()) if image.pixel(x, y) != ground}
    assert left_px <= min(drawn)
    assert max(drawn) < left_px + width_px


@pytest.mark.parametrize("sign", ["star", "pick", "reject", "heart", "4"])
def test_each_sign_is_bright_on_its_dark_plate(qtbot: QtBot, sign: str) -> None:
    size = plate_size([sign], 13)
    image = QImage(size, QImage.Format.Format_RGB32)
    image.fill(Qt.GlobalColor.darkGray)
    painter = QPainter(image)
    draw_plate(painter, [sign], 0, 0, 13)
    painter.end()

    lightness = [image.pixelColor(x, y).lightness() for x in range(size.width()) for y in range(size.height())]
    assert max(lightness) > 200
    assert min(lightness) < 60


def test_the_gallery_knows_what_was_said_last_and_forgets_what_was_taken_back() -> None:
    judged = Judged()
    judged.take({sha_of("fox1"): ALL})
    assert judged.of_tile(task("fox"), 0) == ALL

    judged.take({sha_of("fox1"): UNJUDGED})

    assert judged.of(sha_of("fox1")) == judged.of(None) == judged.of_tile(task("fox"), -1) == UNJUDGED


def test_of_very_many_marks_at_once_those_in_sight_are_known() -> None:
    judged, here = Judged(), task("fox")
    many = {f"picture-{number}": ALL for number in range(20_000)}

    judged.take({sha_of("fox1"): ALL, **many}, [here])
    judged.take({**many, "picture-1": UNJUDGED}, [here])

    assert judged.of_tile(here, 0) == ALL
