"""Judgments in signs and words, and what the gallery remembers of them."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QImage, QPainter
from pytestqt.qtbot import QtBot

from seedream_desktop.domain.judging import UNJUDGED, Flag, Judgment
from seedream_desktop.ui.gallery.judged import Judged
from seedream_desktop.ui.signs import draw_plate, fitting, plate_size, signs_of, words_of
from tests.ui.gallery.samples import sha_of, task

ALL = Judgment(5, Flag.PICK, is_favourite=True)


def test_signs_stand_in_one_order_and_say_the_same_as_the_words(qtbot: QtBot) -> None:
    assert signs_of(ALL) == ("star",) * 5 + ("pick", "heart")
    assert words_of(ALL) == "5 stars, picked, favourite"
    assert (signs_of(UNJUDGED), words_of(UNJUDGED)) == ((), "")


@pytest.mark.parametrize(("room_px", "stars"), [(200, 5), (60, 2), (10, 1)])
def test_where_there_is_little_room_stars_are_left_out_but_never_the_kind(room_px: int, stars: int) -> None:
    signs = fitting(signs_of(ALL), 9, room_px)

    assert signs == ("star",) * stars + ("pick", "heart")
    assert stars == 1 or plate_size(signs, 9).width() <= room_px


@pytest.mark.parametrize("sign", ["star", "pick", "reject", "heart"])
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
