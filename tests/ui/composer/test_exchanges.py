"""A whole request in place of another, and the way back."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPushButton, QWidget

from seedream_desktop.domain.reference import Reference, Role
from seedream_desktop.domain.request import AspectRatio, GenerationRequest, Mode, Resolution
from seedream_desktop.ui.composer.composer import Composer
from tests.ui.composer.parts import prompt_of, sentences_of

MINE = GenerationRequest(
    "The dunes of Figure 1 in the rain",
    mode=Mode.IMAGE_TO_IMAGE,
    resolution=Resolution.FOUR_K,
    aspect_ratio=AspectRatio.PANORAMA_21_9,
    count=3,
    references=(Reference("/mine/dunes.png", Role.STYLE), Reference("https://pictures.example/fox.png")),
    adds_role_line=True,
)
OTHER = GenerationRequest("A kite over the sea", count=2)
THIRD = GenerationRequest("A quay at night", aspect_ratio=AspectRatio.PORTRAIT_2_3)
KEPT = "What was written here before is kept."
UNDO = (Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
REDO = (Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier)


@pytest.fixture
def exchanged(composer: Composer) -> Composer:
    """A composer in which one request took the place of another."""
    composer.set_request(MINE)
    assert composer.exchange(OTHER)
    return composer


def bring_back(composer: Composer) -> None:
    """Press the button that the sentence has."""
    (button,) = (found for found in composer.findChildren(QPushButton) if found.text() == "Bring it back")
    assert button.isVisible()
    button.click()


def test_undo_and_redo_in_the_prompt_exchange_all_of_it(exchanged: Composer) -> None:
    editor = prompt_of(exchanged)

    QTest.keyClick(editor, *UNDO)
    before = exchanged.draft()
    QTest.keyClick(editor, *REDO)
    after = exchanged.draft()
    QTest.keyClick(editor, *UNDO)

    assert (before, after, exchanged.draft()) == (MINE, OTHER, MINE)


def test_undo_goes_back_through_several_exchanges_to_what_somebody_wrote(exchanged: Composer) -> None:
    editor = prompt_of(exchanged)
    exchanged.exchange(THIRD)
    seen = []
    for keys in (UNDO, UNDO, REDO, REDO, UNDO):
        QTest.keyClick(editor, *keys)
        seen.append(exchanged.draft())

    assert seen == [OTHER, MINE, OTHER, THIRD, OTHER]


def test_another_exchange_after_going_back_leaves_what_was_ahead(exchanged: Composer) -> None:
    editor = prompt_of(exchanged)
    QTest.keyClick(editor, *UNDO)
    exchanged.exchange(THIRD)

    QTest.keyClick(editor, *REDO)
    assert exchanged.draft() == THIRD
    QTest.keyClick(editor, *UNDO)
    assert exchanged.draft() == MINE


def test_what_was_written_into_an_exchanged_request_is_kept_too(exchanged: Composer) -> None:
    editor = prompt_of(exchanged)
    QTest.keyClicks(editor, "Red: ")
    written = exchanged.draft()
    exchanged.exchange(THIRD)

    seen = []
    for _ in range(3):
        QTest.keyClick(editor, *UNDO)
        seen.append(exchanged.draft())

    assert seen == [written, OTHER, MINE]


def test_so_does_undo_at_the_references_and_at_any_control(exchanged: Composer) -> None:
    places: tuple[QWidget, ...] = (exchanged.references.view, exchanged)
    for place in places:
        exchanged.exchange(MINE)
        exchanged.exchange(OTHER)
        QTest.keyClick(place, *UNDO)
        assert exchanged.draft() == MINE


def test_a_button_brings_it_back_and_goes_when_something_is_written(exchanged: Composer) -> None:
    assert sentences_of(exchanged) == [KEPT]
    bring_back(exchanged)
    assert exchanged.draft() == MINE
    assert KEPT not in sentences_of(exchanged)

    exchanged.exchange(OTHER)
    QTest.keyClicks(prompt_of(exchanged), "x")
    assert KEPT not in sentences_of(exchanged)


def test_undo_first_takes_back_what_was_written_since(exchanged: Composer) -> None:
    editor = prompt_of(exchanged)
    QTest.keyClicks(editor, "x")

    QTest.keyClick(editor, *UNDO)
    assert exchanged.draft() == OTHER
    QTest.keyClick(editor, *UNDO)
    assert exchanged.draft() == MINE


def test_what_is_found_out_about_references_does_not_bar_the_way_back(composer: Composer) -> None:
    composer.set_request(OTHER)
    composer.exchange(MINE)
    entry = composer.references.entries()[0]
    composer.references.set_reference(entry.key, replace(entry.reference, sha256="5" * 64, title="Dunes"))

    QTest.keyClick(prompt_of(composer), *UNDO)

    assert composer.draft() == OTHER


def test_an_empty_request_and_the_same_one_are_nothing_to_go_back_to(composer: Composer) -> None:
    composer.set_request(GenerationRequest("  "))
    assert not composer.exchange(MINE)
    assert not composer.exchange(MINE)
    assert KEPT not in sentences_of(composer)
