"""What the reference strip says of its tiles, and what it offers against a problem."""

from __future__ import annotations

from datetime import UTC, datetime

from PySide6.QtCore import Qt

from seedream_desktop.ui import theme
from seedream_desktop.ui.composer.reference_strip import ReferenceStrip
from seedream_desktop.ui.composer.tile_state import Kind, Repair, TileState
from seedream_desktop.ui.controls.fitting_label import FittingLabel
from seedream_desktop.ui.controls.label import Label
from tests.ui.composer.settling import settle
from tests.ui.composer.strip_parts import (
    ALT,
    NO_HOST,
    TOO_LONG,
    current,
    fill,
    key_of,
    message,
    names,
    press,
    repair,
    repairs,
)


def test_the_chosen_problem_is_spoken_of_else_the_first(strip: ReferenceStrip) -> None:
    fill(strip, "abc")
    strip.set_state(key_of(strip, 2), TOO_LONG)
    strip.set_state(key_of(strip, 3), NO_HOST)

    assert message(strip) == "2: pano.jpg is too long."
    assert repairs(strip) == ["Crop…", "Remove"]
    strip.select(3)
    assert message(strip) == "3: fox.jpg has to be hosted."
    assert repairs(strip) == ["Try again", "Choose hosting…"]
    strip.select(1)
    assert message(strip) == "2: pano.jpg is too long."
    assert strip.problems() == ((2, TOO_LONG), (3, NO_HOST))


def test_one_press_repairs_what_the_strip_can_repair(strip: ReferenceStrip) -> None:
    fill(strip, "ab")
    strip.set_state(key_of(strip, 2), TOO_LONG)
    cropped: list[int] = []
    strip.crop_requested.connect(cropped.append)

    repair(strip, "crop")
    assert cropped == [key_of(strip, 2)]
    repair(strip, "remove")
    assert names(strip) == "a"
    assert message(strip) == ""
    assert repairs(strip) == []


def test_other_repairs_are_told_with_the_key(strip: ReferenceStrip) -> None:
    fill(strip, "ab")
    strip.set_state(key_of(strip, 2), NO_HOST)
    told: list[tuple[int, object]] = []
    strip.repair_requested.connect(lambda key, wanted: told.append((key, wanted)))

    for name in ("choose_host", "retry"):
        repair(strip, name)

    key = key_of(strip, 2)
    assert told == [(key, Repair.CHOOSE_HOST), (key, Repair.RETRY)]


def test_the_message_moves_with_its_tile(strip: ReferenceStrip) -> None:
    fill(strip, "abc")
    strip.set_state(key_of(strip, 1), TOO_LONG)
    strip.select(1)
    press(strip, Qt.Key.Key_Right, ALT)

    assert message(strip) == "2: pano.jpg is too long."


def test_what_was_done_to_the_chosen_picture_is_told(strip: ReferenceStrip) -> None:
    fill(strip, "ab")
    facts = strip.findChild(FittingLabel, "reference_facts")
    assert isinstance(facts, FittingLabel)
    assert facts.accessibleDescription() == "Being prepared…"
    for number in (1, 2):
        strip.set_state(key_of(strip, number), TileState(Kind.READY, "4032×3024 HEIC → 4032×3024 JPEG"))
    assert "Drag" in facts.accessibleDescription()

    strip.select(2)

    assert facts.accessibleDescription() == "2: 4032×3024 HEIC → 4032×3024 JPEG"


def test_choosing_another_tile_moves_nothing_beneath(strip: ReferenceStrip) -> None:
    fill(strip, "ab")
    strip.set_state(key_of(strip, 1), TileState(Kind.READY, "a long story " * 30))
    heights = set()
    for number in (1, 2):
        strip.select(number)
        settle()
        heights.add(strip.minimumSizeHint().height())

    assert len(heights) == 1


def test_text_mode_greys_the_tiles_keeps_them_and_says_nothing_of_problems(strip: ReferenceStrip) -> None:
    fill(strip, "ab")
    strip.set_state(key_of(strip, 1), TOO_LONG)
    strip.set_used(False)

    assert not strip.view.isEnabled()
    assert names(strip) == "ab"
    assert repairs(strip) == []
    strip.set_used(True)
    assert repairs(strip) == ["Crop…", "Remove"]


def test_a_problem_has_its_border_even_with_the_focus_on_it(strip: ReferenceStrip) -> None:
    fill(strip, "ab")
    strip.set_state(key_of(strip, 1), TOO_LONG)
    strip.select(1)
    settle()
    tile = strip.view.tile_rect(0)
    seen = strip.view.viewport().grab().toImage()

    column = {seen.pixelColor(x, tile.center().y() + 8).name() for x in range(tile.right() - 4, tile.right() + 4)}

    assert theme.tokens().bad.name() in column
    assert theme.tokens().accent.name() in column


def test_the_repair_by_cropping_puts_the_keyboard_on_the_tile(strip: ReferenceStrip) -> None:
    fill(strip, "abc")
    strip.set_state(key_of(strip, 2), TOO_LONG)

    repair(strip, "crop")

    assert strip.view.hasFocus()
    assert current(strip) == 2


def test_text_mode_says_what_the_tiles_are_kept_for(strip: ReferenceStrip) -> None:
    fill(strip, "abc")

    strip.set_used(False)

    assert "3 kept, not sent" in [label.text() for label in strip.findChildren(Label)]


def test_until_when_a_picture_is_hosted_is_told_of_the_chosen_one(strip: ReferenceStrip) -> None:
    fill(strip, "a")
    noon = datetime(2026, 11, 21, 12, tzinfo=UTC)
    strip.set_state(key_of(strip, 1), TileState(Kind.HOSTED, "800×600 JPEG", until=noon))

    strip.select(1)

    facts = strip.findChild(FittingLabel, "reference_facts")
    assert isinstance(facts, FittingLabel)
    assert "800×600 JPEG" in facts.accessibleDescription()
    assert "Hosted until" in facts.accessibleDescription()
