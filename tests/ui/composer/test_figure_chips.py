"""Figures in the prompt behave as one thing, look like one, and stay plain text."""

from __future__ import annotations

import time

import pytest
from PySide6.QtCore import QMimeData, QPoint, Qt
from PySide6.QtGui import QAccessible, QColor, QTextCursor
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from seedream_desktop.domain.settings import Theme
from seedream_desktop.ui import theme
from seedream_desktop.ui.composer.figure_chips import chips_in, lost_ground
from seedream_desktop.ui.composer.prompt_editor import PromptEditor

LEFT, RIGHT = Qt.Key.Key_Left, Qt.Key.Key_Right
BACK, DELETE = Qt.Key.Key_Backspace, Qt.Key.Key_Delete
SHIFT, CTRL = Qt.KeyboardModifier.ShiftModifier, Qt.KeyboardModifier.ControlModifier


@pytest.fixture(params=[Theme.LIGHT, Theme.DARK])
def scheme(request: pytest.FixtureRequest, qapp: QApplication) -> Theme:
    chosen: Theme = request.param
    theme.apply(qapp, chosen)
    return chosen


@pytest.fixture
def editor(qtbot: QtBot, qapp: QApplication) -> PromptEditor:
    theme.apply(qapp, Theme.LIGHT)
    widget = PromptEditor()
    qtbot.addWidget(widget)
    widget.resize(308, 200)
    with qtbot.waitExposed(widget):
        widget.show()
    widget.activateWindow()
    widget.setFocus()
    return widget


def stand(editor: PromptEditor, position: int) -> None:
    cursor = editor.textCursor()
    cursor.setPosition(position)
    editor.setTextCursor(cursor)


def at(editor: PromptEditor) -> int:
    return editor.textCursor().position()


def chosen(editor: PromptEditor) -> str:
    return editor.textCursor().selectedText()


@pytest.mark.parametrize("before", ["of ", "🦊🦊 of ", "a\u00a0b\n🦊 "])
def test_arrows_step_over_a_chip_both_ways(editor: PromptEditor, before: str) -> None:
    editor.set_prompt(f"{before}Figure 12 on")
    start = len(before.encode("utf-16-le")) // 2

    stand(editor, start)
    QTest.keyClick(editor, RIGHT)
    assert at(editor) == start + 9
    QTest.keyClick(editor, LEFT)
    assert at(editor) == start


def test_shift_and_arrows_select_a_chip_whole_and_let_it_go_again(editor: PromptEditor) -> None:
    editor.set_prompt("a Figure 1 b")
    stand(editor, 2)

    QTest.keyClick(editor, RIGHT, SHIFT)
    assert chosen(editor) == "Figure 1"
    QTest.keyClick(editor, LEFT, SHIFT)
    assert chosen(editor) == ""
    stand(editor, 12)
    for _ in range(3):
        QTest.keyClick(editor, LEFT, SHIFT)
    assert chosen(editor) == "Figure 1 b"


@pytest.mark.parametrize("modifier", [Qt.KeyboardModifier.NoModifier, CTRL])
@pytest.mark.parametrize("before", ["of ", "🦊 of "])
def test_backspace_and_delete_remove_a_chip_whole_and_undo_brings_it_back(
    editor: PromptEditor, before: str, modifier: Qt.KeyboardModifier
) -> None:
    text = f"{before}Figure 2 on"
    start = len(before.encode("utf-16-le")) // 2
    editor.set_prompt(text)

    stand(editor, start + 8)
    QTest.keyClick(editor, BACK, modifier)
    assert editor.prompt() == f"{before} on"
    editor.undo()
    assert editor.prompt() == text

    stand(editor, start)
    QTest.keyClick(editor, DELETE, modifier)
    assert editor.prompt() == f"{before} on"


def test_a_selection_is_deleted_as_it_stands(editor: PromptEditor) -> None:
    editor.set_prompt("a Figure 1 b")
    stand(editor, 12)
    cursor = editor.textCursor()
    cursor.setPosition(10, QTextCursor.MoveMode.KeepAnchor)
    editor.setTextCursor(cursor)

    QTest.keyClick(editor, BACK)

    assert editor.prompt() == "a Figure 1"


def place_of(editor: PromptEditor, position: int) -> QPoint:
    cursor = QTextCursor(editor.document())
    cursor.setPosition(position)
    return editor.cursorRect(cursor).center()


def test_a_click_into_a_chip_stands_behind_it_and_a_double_click_takes_it_whole(editor: PromptEditor) -> None:
    editor.set_prompt("the fox of Figure 12 on")
    inside = place_of(editor, 15)

    QTest.mouseClick(editor.viewport(), Qt.MouseButton.LeftButton, pos=inside)
    assert (at(editor), chosen(editor)) == (20, "")
    QTest.mouseDClick(editor.viewport(), Qt.MouseButton.LeftButton, pos=inside)
    assert chosen(editor) == "Figure 12"


def test_a_selection_drawn_by_the_mouse_grows_to_the_whole_chip(editor: PromptEditor) -> None:
    editor.set_prompt("the fox of Figure 12 on")
    view = editor.viewport()

    QTest.mousePress(view, Qt.MouseButton.LeftButton, pos=place_of(editor, 4))
    QTest.mouseMove(view, place_of(editor, 15))
    QTest.mouseRelease(view, Qt.MouseButton.LeftButton, pos=place_of(editor, 15))

    assert chosen(editor) == "fox of Figure 12"


def test_up_and_down_never_end_in_a_chip(editor: PromptEditor) -> None:
    editor.set_prompt("Figure 1 Figure 2\nxxxxxxxxxxx")
    for position in range(18, 29):
        stand(editor, position)
        QTest.keyClick(editor, Qt.Key.Key_Up)
        assert not any(chip.holds(at(editor)) for chip in chips_in(editor.document()))


def test_typing_a_figure_by_hand_works_letter_by_letter(editor: PromptEditor) -> None:
    QTest.keyClicks(editor, "of Figure 12 now")

    assert editor.prompt() == "of Figure 12 now"
    assert at(editor) == 16


def test_pasted_figures_are_chips_at_once_and_the_text_stays_plain(editor: PromptEditor) -> None:
    mime = QMimeData()
    mime.setText("🦊 of Figure 2\u00a0and 图1\n")

    editor.insertFromMimeData(mime)

    assert [chip.words for chip in chips_in(editor.document())] == ["Figure 2", "图1"]
    assert editor.prompt() == "🦊 of Figure 2\u00a0and 图1\n"
    text = QAccessible.queryAccessibleInterface(editor).textInterface()
    assert text.text(0, text.characterCount()) == "🦊 of Figure 2\u00a0and 图1\n"


def ground_of(editor: PromptEditor, position: int) -> QColor:
    """Return the colour above the letters left of *position*."""
    box = editor.cursorRect(_cursor(editor, position))
    return editor.viewport().grab().toImage().pixelColor(box.left() - 2, box.top() + 1)


def _cursor(editor: PromptEditor, position: int) -> QTextCursor:
    cursor = QTextCursor(editor.document())
    cursor.setPosition(position)
    return cursor


def test_chips_are_drawn_only_where_pictures_go_along(editor: PromptEditor) -> None:
    editor.set_prompt("Figure 1, Figure 2")
    chip, field = theme.tokens().selection, theme.tokens().field

    assert ground_of(editor, 8) == field
    editor.set_references(1)
    assert ground_of(editor, 8) == chip
    assert ground_of(editor, 18) not in (chip, field)
    editor.set_references(2)
    assert ground_of(editor, 18) == chip
    editor.set_references(None)
    assert ground_of(editor, 8) == field


def test_a_figure_without_picture_is_underlined_in_the_bad_colour(scheme: Theme, editor: PromptEditor) -> None:
    editor.set_prompt("🦊 Figure 1, Figure 2")
    editor.set_references(1)

    (mark,) = editor.document().firstBlock().layout().formats()

    assert (mark.start, mark.length) == (13, 8)
    assert mark.format.foreground().color() == theme.tokens().bad
    assert mark.format.underlineStyle() is mark.format.UnderlineStyle.WaveUnderline


def contrast(one: QColor, other: QColor) -> float:
    def light(colour: QColor) -> float:
        parts = (colour.redF(), colour.greenF(), colour.blueF())
        linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
        return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]

    lighter, darker = sorted((light(one), light(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def over(top: QColor, ground: QColor) -> QColor:
    share = top.alphaF()
    pairs = zip((top.redF(), top.greenF(), top.blueF()), (ground.redF(), ground.greenF(), ground.blueF()), strict=True)
    return QColor.fromRgbF(*(share * one + (1 - share) * other for one, other in pairs))


def test_chips_can_be_read_in_both_schemes(scheme: Theme) -> None:
    chosen_tokens = theme.tokens()

    assert contrast(chosen_tokens.text, chosen_tokens.selection) >= 4.5
    assert contrast(chosen_tokens.bad, over(lost_ground(), chosen_tokens.field)) >= 4.5


def test_taking_a_figure_out_is_one_step_and_leaves_no_double_space(editor: PromptEditor) -> None:
    editor.set_prompt("🦊 Figure 3 on Figure 1, Figure 3")

    editor.take_out("Figure 3")
    assert editor.prompt() == "🦊 on Figure 1,"
    editor.undo()
    assert editor.prompt() == "🦊 Figure 3 on Figure 1, Figure 3"


def test_marking_figures_is_no_edit(editor: PromptEditor) -> None:
    editor.set_prompt("Figure 1 Figure 2")
    QTest.keyClicks(editor, "x")

    editor.set_references(1)
    editor.set_references(0)

    editor.undo()
    assert editor.prompt() == "Figure 1 Figure 2"


def test_a_key_costs_little_more_in_a_prompt_of_5000_characters_full_of_figures(editor: PromptEditor) -> None:
    text = ("🦊 the coat of Figure 1 and the hat of Figure 9, " * 102)[:4990]
    editor.set_references(1)
    editor.set_prompt(text)
    started = time.perf_counter()
    chips = list(chips_in(editor.document()))
    found_s = time.perf_counter() - started
    assert len(chips) == 2 * text.count("Figure 9,")

    spent_s = []
    for _ in range(15):
        started = time.perf_counter()
        editor._chips.rehighlightBlock(editor.document().firstBlock())
        spent_s.append(time.perf_counter() - started)

    # The bound leaves room for a slow machine; a search over the text before each figure would take 50 ms.
    assert found_s < 0.02
    assert min(spent_s) < 0.02
