"""The numbers in the prompt follow the references wherever those go."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from seedream_desktop.domain.request import GenerationRequest, Mode
from seedream_desktop.ui.composer.composer import Composer
from tests.ui.composer.composing import links, order_of, tiles_of, write
from tests.ui.composer.parts import prompt_of

ALT, CTRL = Qt.KeyboardModifier.AltModifier, Qt.KeyboardModifier.ControlModifier
PROMPT = "🦊 Figure 1,\u00a0图2\nand Figure 3, Figure 2"


@pytest.fixture
def three(composer: Composer) -> Composer:
    composer.set_request(GenerationRequest(PROMPT, Mode.IMAGE_TO_IMAGE, references=links("abc")))
    return composer


def press(composer: Composer, row: int, key: Qt.Key, modifier: Qt.KeyboardModifier) -> None:
    view = tiles_of(composer)
    view.setFocus()
    view.setCurrentIndex(view.model().index(row, 0))
    QTest.keyClick(view, key, modifier)


def remove(composer: Composer, row: int) -> None:
    press(composer, row, Qt.Key.Key_Delete, Qt.KeyboardModifier.NoModifier)


def undo(composer: Composer) -> None:
    QTest.keyClick(tiles_of(composer), Qt.Key.Key_Z, CTRL)


def test_reordering_rewrites_the_numbers_and_keeps_wording_and_spaces(three: Composer) -> None:
    press(three, 0, Qt.Key.Key_Right, ALT)
    press(three, 1, Qt.Key.Key_Right, ALT)

    assert order_of(three) == "bca"
    assert three.request().prompt == "🦊 Figure 3,\u00a0图1\nand Figure 2, Figure 1"
    undo(three)
    undo(three)
    assert order_of(three) == "abc"
    assert three.request().prompt == PROMPT


def test_the_cursor_keeps_its_place_and_the_rewriting_is_one_step_back(three: Composer) -> None:
    editor = prompt_of(three)
    cursor = editor.textCursor()
    cursor.setPosition(11)
    editor.setTextCursor(cursor)

    press(three, 0, Qt.Key.Key_Right, ALT)

    assert editor.textCursor().position() == 11
    editor.undo()
    assert three.request().prompt == PROMPT
    editor.redo()
    assert three.request().prompt == "🦊 Figure 2,\u00a0图1\nand Figure 3, Figure 1"


def test_a_tenth_reference_moves_the_text_behind_it_and_nothing_else(composer: Composer) -> None:
    references = links("abcdefghij")
    composer.set_request(GenerationRequest("Figure 10 Figure 9.", Mode.IMAGE_TO_IMAGE, references=references))

    press(composer, 9, Qt.Key.Key_Left, ALT)

    assert composer.request().prompt == "Figure 9 Figure 10."


def test_what_is_inserted_before_them_moves_the_others(three: Composer) -> None:
    three.add_references(links("x"), at=1)

    assert order_of(three) == "axbc"
    assert three.request().prompt == "🦊 Figure 1,\u00a0图3\nand Figure 4, Figure 3"


def test_a_removed_reference_leaves_a_mark_and_undoing_brings_its_number_back(three: Composer) -> None:
    remove(three, 1)
    assert three.request().prompt == "🦊 Figure 1,\u00a0图?\nand Figure 2, Figure ?"
    assert not three.request().is_sendable

    undo(three)
    assert order_of(three) == "abc"
    assert three.request().prompt == PROMPT


def test_it_comes_back_with_its_number_of_now_after_more_was_written_and_moved(three: Composer) -> None:
    remove(three, 2)
    remove(three, 0)
    assert three.request().prompt == "🦊 Figure ?,\u00a0图1\nand Figure ?, Figure 1"
    editor = write(three, " and Figure ?")
    cursor = editor.textCursor()
    cursor.setPosition(0)
    cursor.insertText("so ")

    undo(three)
    assert three.request().prompt == "so 🦊 Figure 1,\u00a0图2\nand Figure ?, Figure 2 and Figure ?"
    undo(three)
    assert three.request().prompt == "so 🦊 Figure 1,\u00a0图2\nand Figure 3, Figure 2 and Figure ?"


def test_the_only_reference_is_marked_and_comes_back_too(composer: Composer) -> None:
    composer.set_request(GenerationRequest("the fox of Figure 1", Mode.IMAGE_TO_IMAGE, references=links("a")))

    remove(composer, 0)
    assert composer.request().prompt == "the fox of Figure ?"
    undo(composer)
    assert composer.request().prompt == "the fox of Figure 1"


def test_a_figure_that_never_had_a_picture_gets_none_by_undoing(three: Composer) -> None:
    write(three, " Figure ?")
    remove(three, 2)

    undo(three)

    assert three.request().prompt == f"{PROMPT} Figure ?"


def test_another_request_forgets_what_was_lost(three: Composer) -> None:
    remove(three, 1)
    three.set_request(GenerationRequest("Figure ?", Mode.IMAGE_TO_IMAGE, references=links("abc")))

    remove(three, 2)
    undo(three)

    assert three.request().prompt == "Figure ?"
