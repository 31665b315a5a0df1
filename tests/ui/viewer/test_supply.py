from __future__ import annotations

import pytest
from PySide6.QtGui import QImage
from pytestqt.qtbot import QtBot

from seedream_desktop.domain.picture import Picture
from seedream_desktop.ui.viewer.supply import PixelSupply
from tests.ui.gallery.samples import stored

PICTURES = [stored(n, "fox") for n in range(1, 8)]


class Watch:
    """A clock that is moved by hand."""

    def __init__(self) -> None:
        self.now_s = 100.0

    def __call__(self) -> float:
        return self.now_s


class Bench:
    def __init__(self, qtbot: QtBot) -> None:
        self.qtbot = qtbot
        self.watch = Watch()
        self.supply = PixelSupply(elapsed_s=self.watch)
        self.asked: list[Picture] = []
        self.ready: list[str] = []
        self.supply.requested.connect(self.asked.append)
        self.supply.ready.connect(lambda sha256, _pyramid: self.ready.append(sha256))

    def show(self, picture: Picture) -> bool:
        self.watch.now_s += 1
        return self.supply.show(picture) is not None

    def answer(self, picture: Picture) -> None:
        self.supply.take(sha(picture), QImage(64, 32, QImage.Format.Format_RGB32))
        self.qtbot.waitUntil(lambda: sha(picture) in self.supply.kept)


def sha(picture: Picture) -> str:
    assert picture.sha256 is not None
    return picture.sha256


@pytest.fixture
def bench(qtbot: QtBot) -> Bench:
    return Bench(qtbot)


def test_the_next_picture_is_asked_for_once_the_shown_one_is_here(bench: Bench) -> None:
    bench.show(PICTURES[0])
    bench.supply.expect(PICTURES[1])
    assert bench.asked == [PICTURES[0]]

    bench.answer(PICTURES[0])

    assert bench.asked == [PICTURES[0], PICTURES[1]]
    assert bench.ready == [sha(PICTURES[0])]


def test_a_picture_made_ready_is_here_at_once(bench: Bench) -> None:
    bench.show(PICTURES[0])
    bench.supply.expect(PICTURES[1])
    bench.answer(PICTURES[0])
    bench.answer(PICTURES[1])

    assert bench.show(PICTURES[1])
    assert bench.ready == [sha(PICTURES[0])]


def test_no_more_than_three_pictures_are_held(bench: Bench) -> None:
    for place in range(5):
        if not bench.show(PICTURES[place]):
            bench.answer(PICTURES[place])
        bench.supply.expect(PICTURES[place + 1])
        bench.answer(PICTURES[place + 1])
        assert len(bench.supply.kept) <= 3

    assert set(bench.supply.kept) == {sha(PICTURES[place]) for place in (3, 4, 5)}


def test_while_pictures_fly_past_only_the_last_one_is_asked_for(bench: Bench) -> None:
    bench.show(PICTURES[0])
    for place in range(1, 6):
        bench.supply.show(PICTURES[place])
    bench.qtbot.waitUntil(lambda: len(bench.asked) > 1)

    assert bench.asked == [PICTURES[0], PICTURES[5]]


def test_the_picture_on_show_never_waits_behind_more_than_two_that_were_passed(bench: Bench) -> None:
    for picture in PICTURES:
        bench.show(picture)
    assert bench.asked == PICTURES[:2]

    bench.supply.take(sha(PICTURES[0]), QImage(64, 32, QImage.Format.Format_RGB32))
    assert bench.asked == [*PICTURES[:2], PICTURES[-1]]

    bench.supply.give_up(sha(PICTURES[1]))
    assert bench.asked == [*PICTURES[:2], PICTURES[-1]]


def test_a_picture_that_cannot_be_brought_is_not_asked_for_again_while_it_is_on_show(bench: Bench) -> None:
    bench.show(PICTURES[0])
    bench.supply.give_up(sha(PICTURES[0]))

    assert bench.asked == PICTURES[:1]


def test_pixels_that_came_too_late_can_be_asked_for_again(bench: Bench) -> None:
    bench.show(PICTURES[0])
    bench.show(PICTURES[1])
    bench.supply.take(sha(PICTURES[0]), QImage(64, 32, QImage.Format.Format_RGB32))
    bench.show(PICTURES[0])

    assert bench.asked == [PICTURES[0], PICTURES[1], PICTURES[0]]


def test_a_picture_that_could_not_be_brought_is_asked_for_again(bench: Bench) -> None:
    bench.show(PICTURES[0])
    bench.supply.give_up(sha(PICTURES[0]))
    bench.show(PICTURES[1])
    bench.show(PICTURES[0])

    assert bench.asked == [PICTURES[0], PICTURES[1], PICTURES[0]]


def test_when_nobody_looks_only_the_shown_picture_is_kept(bench: Bench) -> None:
    bench.show(PICTURES[0])
    bench.answer(PICTURES[0])
    bench.supply.expect(PICTURES[1])
    bench.answer(PICTURES[1])
    bench.supply.rest()

    assert bench.supply.kept == (sha(PICTURES[0]),)
