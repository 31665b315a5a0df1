"""What the reference strip takes, what it asks for, and how its tiles lie and look."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtGui import QColor, QImage
from pytestqt.qtbot import QtBot

from seedream_desktop.domain.reference import Crop, Reference, Role
from seedream_desktop.ui.composer.reference_strip import ReferenceStrip
from seedream_desktop.ui.composer.tile_state import Kind, TileState
from tests.ui.composer.settling import settle
from tests.ui.composer.strip_parts import (
    fill,
    key_of,
    names,
    references,
)


def test_fourteen_are_taken_and_the_others_named(strip: ReferenceStrip) -> None:
    refused: list[str] = []
    strip.refused.connect(refused.append)

    strip.insert([Reference(f"/p/{number}.jpg") for number in range(1, 20)])

    assert len(strip.references()) == 14
    assert refused == [strip.refusal_text()]
    assert refused[0].splitlines() == [
        "15.jpg was left out: the service takes at most 14 references.",
        "16.jpg was left out: the service takes at most 14 references.",
        "17.jpg was left out: the service takes at most 14 references.",
        "And besides: 2.",
    ]
    assert not strip.add_button.isEnabled()


def test_a_full_strip_takes_nothing_more_and_stays_as_it_is(strip: ReferenceStrip) -> None:
    fill(strip, "abcdefghijklmn")
    changes: list[int] = []
    strip.changed.connect(lambda: changes.append(1))

    strip.insert(references("x"), 0)

    assert names(strip) == "abcdefghijklmn"
    assert strip.refusal_text() == "x.jpg was left out: the service takes at most 14 references."
    assert changes == []


def test_what_is_refused_in_one_go_is_shown_together(strip: ReferenceStrip, qtbot: QtBot) -> None:
    fill(strip, "abcdefghijklm")
    strip.insert(references("xy"))
    strip.refuse("notes.txt is no picture.")
    strip.refuse("notes.txt is no picture.", "song.mp3 is no picture.")

    assert strip.refusal_text().splitlines() == [
        "y.jpg was left out: the service takes at most 14 references.",
        "notes.txt is no picture.",
        "song.mp3 is no picture.",
    ]
    qtbot.wait(1)
    strip.refuse("There is no picture in this.")
    assert strip.refusal_text() == "There is no picture in this."
    strip.view.remove_wanted.emit(0)
    assert strip.refusal_text() == ""


def test_references_go_in_where_they_are_put(strip: ReferenceStrip) -> None:
    fill(strip, "abc")
    strip.insert(references("xy"), 1)
    strip.insert(references("z"), 99)
    assert names(strip) == "axybcz"


def test_a_double_is_taken_with_a_calm_hint(strip: ReferenceStrip) -> None:
    fill(strip, "ab")
    refused: list[str] = []
    strip.refused.connect(refused.append)

    strip.insert(references("b"))

    assert names(strip) == "abb"
    assert strip.refusal_text() == "b.jpg is there already, as number 2."
    assert refused == []


def test_another_part_of_the_same_picture_is_no_double(strip: ReferenceStrip) -> None:
    fill(strip, "a")
    strip.insert([Reference("/pictures/a.jpg", crop=Crop(0, 0, 0.5, 1))])
    assert strip.refusal_text() == ""


def test_the_same_content_under_another_name_is_told_once_it_is_known(strip: ReferenceStrip) -> None:
    fill(strip, "ab")
    for number, reference in enumerate(references("ab"), 1):
        strip.set_reference(key_of(strip, number), replace(reference, sha256="1" * 64))

    assert strip.refusal_text() == "b.jpg is there already, as number 1."


def test_what_became_known_is_part_of_the_references_and_asks_for_nothing(strip: ReferenceStrip) -> None:
    fill(strip, "a")
    asked: list[object] = []
    strip.preparation_requested.connect(asked.append)
    known = replace(references("a")[0], sha256="1" * 64)

    strip.set_reference(key_of(strip, 1), known)

    assert strip.references() == (known,)
    assert asked == []


def test_every_reference_that_is_set_is_to_be_prepared(strip: ReferenceStrip) -> None:
    asked: list[str] = []
    strip.preparation_requested.connect(lambda entry: asked.append(entry.reference.name))

    fill(strip, "ab")

    assert asked == ["a.jpg", "b.jpg"]
    assert strip.is_preparing()
    for number in (1, 2):
        strip.set_state(key_of(strip, number), TileState(Kind.READY, "fine"))
    assert not strip.is_preparing()


@pytest.mark.parametrize(("count", "rows"), [(3, 1), (4, 2), (7, 2), (14, 4)])
def test_tiles_are_as_large_as_four_in_a_row_can_be(strip: ReferenceStrip, count: int, rows: int) -> None:
    fill(strip, "abcdefghijklmn"[:count])
    tiles = [strip.view.tile_rect(row) for row in range(count)]

    assert {(tile.width(), tile.height()) for tile in tiles} == {(71, 71)}
    assert len({tile.y() for tile in tiles} | {strip.add_button.y()}) == rows
    assert max(tile.right() for tile in tiles) < 308
    assert not any(strip.add_button.geometry().intersects(tile) for tile in tiles)


def test_every_role_is_readable_on_its_tile(strip: ReferenceStrip) -> None:
    roles = [role for role in Role if role is not Role.FREE]
    strip.set_references([Reference(f"/p/{role}.jpg", role=role) for role in roles])
    white = QImage(80, 80, QImage.Format.Format_RGB32)
    white.fill(QColor("white"))
    for entry in strip.entries():
        strip.set_thumbnail(entry.key, white)
        strip.set_state(entry.key, TileState(Kind.READY))
    settle()

    seen = strip.view.viewport().grab().toImage()
    for row in range(len(roles)):
        tile = strip.view.tile_rect(row)
        # The badge's ground is dark beside the sign, and the tile's own border is still free of it.
        assert seen.pixelColor(tile.left() + 5, tile.bottom() - 5).lightness() < 120
        assert seen.pixelColor(tile.right() - 2, tile.bottom() - 12).lightness() > 240


def test_a_full_strip_offers_no_more_room(strip: ReferenceStrip) -> None:
    fill(strip, "abcdefghijklm")
    assert strip.add_button.isVisible()

    strip.insert(references("n"))

    assert not strip.add_button.isVisible()
