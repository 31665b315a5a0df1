"""An ``@`` in the prompt offers the references and becomes one of them."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QMimeData, Qt
from PySide6.QtGui import QAccessible, QColor, QImage, QInputMethodEvent, QTextCursor
from PySide6.QtTest import QAbstractItemModelTester, QTest
from PySide6.QtWidgets import QApplication, QListView, QScrollArea
from pytestqt.qtbot import QtBot

from seedream_desktop.domain.reference import Role
from seedream_desktop.domain.request import GenerationRequest, Mode
from seedream_desktop.ui.composer.composer import Composer
from seedream_desktop.ui.composer.figure_popup import FigureChoice, FigureModel, FigurePopup, matching
from seedream_desktop.ui.controls.label import Label
from tests.ui.composer.composing import READY, link, links, tell, write
from tests.ui.composer.parts import orders_of, prompt_of

ENTER, TAB, ESCAPE, DOWN, UP = (
    Qt.Key.Key_Return,
    Qt.Key.Key_Tab,
    Qt.Key.Key_Escape,
    Qt.Key.Key_Down,
    Qt.Key.Key_Up,
)


@pytest.fixture
def three(composer: Composer) -> Composer:
    references = (link("fox", Role.SUBJECT), link("dunes"), link("2024"))
    composer.set_request(GenerationRequest("", Mode.IMAGE_TO_IMAGE, references=references))
    return composer


def popup_of(composer: Composer) -> FigurePopup | None:
    return next((popup for popup in composer.window().findChildren(FigurePopup) if popup.isVisible()), None)


def offered(composer: Composer) -> list[str]:
    popup = popup_of(composer)
    assert popup is not None
    view = popup.findChild(QListView, "figures")
    assert isinstance(view, QListView)
    interface = QAccessible.queryAccessibleInterface(view)
    assert interface.text(QAccessible.Text.Name) == "References for the prompt"
    return [interface.child(row).text(QAccessible.Text.Name) for row in range(interface.childCount())]


def test_the_model_keeps_qt_s_rules_while_the_choices_change() -> None:
    model = FigureModel()
    tester = QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    fox, dunes = FigureChoice(1, "fox.png", "Subject"), FigureChoice(2, "dunes.png")
    for choices in ((fox, dunes), (dunes,), (), (dunes, fox)):
        model.show(choices)

    assert tester.model() is model
    assert [model.index(row).data() for row in range(model.rowCount())] == ["dunes.png", "fox.png"]
    assert model.rowCount(model.index(0)) == 0


def test_an_at_sign_offers_every_reference_by_number_name_and_role(three: Composer) -> None:
    editor = write(three, "the fox of @")

    assert offered(three) == ["Figure 1, fox.png, Subject", "Figure 2, dunes.png", "Figure 3, 2024.png"]
    assert editor.hasFocus()
    assert QApplication.activeModalWidget() is None
    assert QApplication.activePopupWidget() is None


@pytest.mark.parametrize("key", [ENTER, Qt.Key.Key_Enter, TAB])
def test_a_key_chooses_and_undo_takes_it_back(three: Composer, key: Qt.Key) -> None:
    editor = write(three, "the fox of @")
    QTest.keyClick(editor, DOWN)

    QTest.keyClick(editor, key)

    assert three.request().prompt == "the fox of Figure 2 "
    assert editor.hasFocus()
    assert popup_of(three) is None
    editor.undo()
    assert three.request().prompt == "the fox of @"


def test_the_arrows_go_round(three: Composer) -> None:
    editor = write(three, "@")
    QTest.keyClick(editor, UP)
    QTest.keyClick(editor, ENTER)

    assert three.request().prompt == "Figure 3 "


@pytest.mark.parametrize(("typed", "left"), [("2", ["dunes", "2024"]), ("DU", ["dunes"]), ("fox.jpg", [])])
def test_typing_filters_by_number_and_name(three: Composer, typed: str, left: list[str]) -> None:
    write(three, f"@{typed}")

    assert [name.split(", ")[1].removesuffix(".png") for name in offered(three)] == left


def test_the_number_comes_before_a_name_that_holds_it(three: Composer) -> None:
    choices = [FigureChoice(number, name) for number, name in enumerate(["a2.png", "b.png", "2.png"], 1)]

    assert [choice.number for choice in matching(choices, "2")] == [2, 1, 3]


def test_enter_takes_the_number_typed_even_when_the_list_stood_on_a_name_that_holds_it(three: Composer) -> None:
    editor = write(three, "@")
    QTest.keyClick(editor, UP)
    assert popup_of(three).current() == 3  # type: ignore[union-attr]  # the list is open

    QTest.keyClicks(editor, "2")
    QTest.keyClick(editor, ENTER)

    assert three.request().prompt == "Figure 2 "


def test_a_space_typed_behind_the_inserted_one_is_not_doubled(three: Composer) -> None:
    editor = write(three, "@")
    QTest.keyClick(editor, ENTER)

    QTest.keyClicks(editor, " runs")

    assert three.request().prompt == "Figure 1 runs"


def test_escape_leaves_the_sign_as_typed_and_the_list_stays_away(three: Composer) -> None:
    editor = write(three, "at @du")

    QTest.keyClick(editor, ESCAPE)
    QTest.keyClicks(editor, "nes")

    assert popup_of(three) is None
    assert three.request().prompt == "at @dunes"


def test_enter_leaves_the_text_where_nothing_fits(three: Composer) -> None:
    editor = write(three, "@zebra")
    popup = popup_of(three)
    assert popup is not None
    assert [label.text() for label in popup.findChildren(Label) if label.isVisible()] == [
        "No reference is called that."
    ]

    QTest.keyClick(editor, ENTER)

    assert popup_of(three) is None
    assert three.request().prompt == "@zebra"


def test_without_references_the_list_says_so_and_enter_leaves_the_text(composer: Composer) -> None:
    editor = write(composer, "@")
    popup = popup_of(composer)
    assert popup is not None
    assert [label.text() for label in popup.findChildren(Label) if label.isVisible()] == [
        "There are no references yet."
    ]

    QTest.keyClick(editor, ENTER)

    assert popup_of(composer) is None
    assert composer.request().prompt == "@"


@pytest.mark.parametrize("text", ["mail@", "1@", "ж@", "狐@", "a_@", "@ ", "@@"])
def test_no_list_within_a_word_or_after_a_space(three: Composer, text: str) -> None:
    write(three, text)

    is_second_sign = text == "@@"
    assert (popup_of(three) is not None) == is_second_sign


@pytest.mark.parametrize("before", ["", "a ", "(", "“", "🦊 ", "\u00a0"])
def test_a_list_at_the_begin_of_a_word(three: Composer, before: str) -> None:
    three.set_request(GenerationRequest(before, Mode.IMAGE_TO_IMAGE, references=links("ab")))

    editor = write(three, "@")
    QTest.keyClick(editor, ENTER)

    assert three.request().prompt == f"{before}Figure 1 "


def test_a_pasted_sign_opens_nothing(three: Composer) -> None:
    mime = QMimeData()
    mime.setText("see @")
    three.focus_prompt()

    prompt_of(three).insertFromMimeData(mime)

    assert popup_of(three) is None


@pytest.mark.parametrize(
    ("before", "after", "whole"),
    [
        ("of ", " on", "of Figure 1 on"),
        ("of ", "on", "of Figure 1 on"),
        ("of ", ", on", "of Figure 1, on"),
        ("sun,", "", "sun, Figure 1 "),
    ],
)
def test_spaces_are_put_where_words_would_touch(three: Composer, before: str, after: str, whole: str) -> None:
    three.focus_prompt()
    editor = prompt_of(three)
    editor.setPlainText(before + after)
    cursor = editor.textCursor()
    cursor.setPosition(len(before))
    editor.setTextCursor(cursor)

    QTest.keyClicks(editor, "@")
    QTest.keyClick(editor, ENTER)

    assert three.request().prompt == whole


def test_a_comma_right_after_takes_the_place_of_the_space(three: Composer) -> None:
    editor = write(three, "@")
    QTest.keyClick(editor, ENTER)
    QTest.keyClick(editor, Qt.Key.Key_Shift)
    QTest.keyClicks(editor, ", and ")
    QTest.keyClicks(editor, ".")

    assert three.request().prompt == "Figure 1, and ."


def test_leaving_the_word_or_the_field_closes_the_list(three: Composer) -> None:
    editor = write(three, "a @f")
    editor.moveCursor(QTextCursor.MoveOperation.Start)
    assert popup_of(three) is None

    editor = write(three, " @f")
    assert popup_of(three) is not None
    editor.clearFocus()
    assert popup_of(three) is None


def test_a_click_chooses_and_the_prompt_keeps_the_keyboard(three: Composer) -> None:
    editor = write(three, "@")
    popup = popup_of(three)
    assert popup is not None
    view = popup.findChild(QListView, "figures")
    assert isinstance(view, QListView)

    QTest.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=view.visualRect(view.model().index(1, 0)).center())

    assert three.request().prompt == "Figure 2 "
    assert editor.hasFocus()


def test_the_list_leaves_its_keys_to_an_input_method_and_opens_for_its_sign(three: Composer) -> None:
    editor = write(three, "")
    QApplication.sendEvent(editor, QInputMethodEvent("＠", []))
    assert popup_of(three) is None
    commit = QInputMethodEvent("", [])
    commit.setCommitString("＠")
    QApplication.sendEvent(editor, commit)
    assert len(offered(three)) == 3

    QApplication.sendEvent(editor, QInputMethodEvent("き", []))
    QTest.keyClick(editor, ENTER)
    assert "Figure" not in three.request().prompt

    QApplication.sendEvent(editor, QInputMethodEvent("", []))


def test_ctrl_enter_still_sends_while_the_list_is_open(three: Composer) -> None:
    sent = orders_of(three)
    tell(three, READY)
    editor = write(three, "mine @")

    QTest.keyClick(editor, ENTER, Qt.KeyboardModifier.ControlModifier)

    assert [request.prompt for request in sent] == ["mine @"]


def test_a_figure_chosen_in_text_mode_goes_to_image_mode(three: Composer) -> None:
    three.set_request(GenerationRequest("", Mode.TEXT_TO_IMAGE, references=links("ab")))

    QTest.keyClick(write(three, "@"), ENTER)

    assert three.request().mode is Mode.IMAGE_TO_IMAGE


def test_the_list_stays_within_the_window_and_shows_the_pictures(three: Composer, qtbot: QtBot) -> None:
    picture = QImage(40, 30, QImage.Format.Format_RGB32)
    picture.fill(QColor("#aa3311"))
    three.references.set_thumbnail(three.references.entries()[0].key, picture)
    write(three, "x " * 14 + "@")
    popup = popup_of(three)
    assert popup is not None

    assert three.window().rect().contains(popup.geometry())
    shown = popup.grab().toImage()
    colours = {shown.pixelColor(x, 22).name() for x in range(36, 70)}
    assert "#aa3311" in colours


def test_the_open_list_moves_with_the_prompt_and_goes_when_that_is_out_of_sight(three: Composer) -> None:
    three.resize(three.width(), 420)
    write(three, "@")
    form = three.findChild(QScrollArea)
    assert isinstance(form, QScrollArea)
    popup = popup_of(three)
    assert popup is not None
    bar = form.verticalScrollBar()
    bar.setValue(0)
    before = popup.y()

    bar.setValue(10)
    assert popup.isVisible()
    assert popup.y() == before - 10
    bar.setValue(bar.maximum())

    assert popup_of(three) is None
