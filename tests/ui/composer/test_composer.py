from __future__ import annotations

from decimal import Decimal

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt
from PySide6.QtGui import QAccessible, QInputMethodEvent, QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QApplication,
    QComboBox,
    QLineEdit,
    QScrollArea,
    QSpinBox,
)
from pytestqt.qtbot import QtBot

from seedream_desktop.domain.reference import Reference
from seedream_desktop.domain.request import AspectRatio, GenerationRequest, Mode
from seedream_desktop.ui.composer.composer import Composer
from seedream_desktop.ui.controls.label import Label
from tests.ui.composer.composing import READY, link, links, tell
from tests.ui.composer.parts import (
    LINK,
    NAMES,
    WHOLE,
    button_named,
    control_named,
    generate_of,
    orders_of,
    prompt_of,
    sentences_of,
)
from tests.ui.composer.settling import settle


@pytest.mark.parametrize("name", NAMES)
def test_every_control_is_there_from_the_start_under_its_name(composer: Composer, name: str) -> None:
    control = control_named(composer, name)

    assert control.isVisible()
    interface = QAccessible.queryAccessibleInterface(control)
    assert interface.text(QAccessible.Text.Name) == name


def test_the_prompt_is_no_higher_than_it_must_be_until_much_is_written(qtbot: QtBot, composer: Composer) -> None:
    composer.resize(composer.width(), 1100)
    qtbot.waitUntil(lambda: prompt_of(composer).height() == 240)
    prompt_of(composer).setPlainText("a line\n" * 22)
    qtbot.waitUntil(lambda: prompt_of(composer).height() > 360)


def test_generate_is_named_with_count_and_estimate(composer: Composer) -> None:
    composer.set_price(Decimal("0.05"))
    composer.set_request(WHOLE)

    assert generate_of(composer).accessibleName() == "Generate 3 · $0.15"
    assert generate_of(composer).text() == "Generate 3 · $0.15"


def test_number_of_images_offers_a_value_from_1_to_10(composer: Composer) -> None:
    spin_box = control_named(composer, "Number of images")
    assert isinstance(spin_box, QSpinBox)
    value = QAccessible.queryAccessibleInterface(spin_box).valueInterface()

    assert (value.minimumValue(), value.maximumValue()) == (1, 10)
    value.setCurrentValue(7)
    assert composer.request().count == 7


def test_the_references_are_list_items_named_with_their_number(composer: Composer) -> None:
    composer.add_references([Reference(LINK), link("dunes")])
    tell(composer, READY, 2)
    interface = QAccessible.queryAccessibleInterface(control_named(composer, "References"))

    names = [interface.child(row).text(QAccessible.Text.Name) for row in range(interface.childCount())]

    assert names == ["1, fox.png, preparing", "2, dunes.png, ready"]


def test_a_request_comes_back_as_it_was_shown(composer: Composer) -> None:
    composer.set_request(WHOLE)

    assert composer.request() == WHOLE


def test_the_first_request_is_the_plain_one(composer: Composer) -> None:
    assert composer.request() == GenerationRequest(prompt="")


def test_ctrl_enter_sends_from_anywhere_and_keeps_the_text(composer: Composer, qtbot: QtBot) -> None:
    sent = orders_of(composer)
    composer.focus_prompt()
    QTest.keyClicks(prompt_of(composer), "a fox")

    QTest.keyClick(prompt_of(composer), Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)

    assert [request.prompt for request in sent] == ["a fox"]
    assert composer.request().prompt == "a fox"


@pytest.mark.parametrize("name", ["Number of images", "16:9", "Connected set", "Advanced"])
def test_the_keypad_enter_sends_too_wherever_the_focus_is(composer: Composer, qtbot: QtBot, name: str) -> None:
    sent = orders_of(composer)
    composer.set_request(GenerationRequest("a fox"))
    control_named(composer, name).setFocus()

    QTest.keyClick(control_named(composer, name), Qt.Key.Key_Enter, Qt.KeyboardModifier.ControlModifier)

    assert len(sent) == 1


def test_many_presses_in_a_moment_send_once_and_a_later_one_sends_again(composer: Composer, qtbot: QtBot) -> None:
    sent = orders_of(composer)
    composer.set_request(GenerationRequest("a fox"))

    for _ in range(20):
        QTest.mouseClick(generate_of(composer), Qt.MouseButton.LeftButton)
    assert len(sent) == 1

    def sends_again() -> bool:
        QTest.mouseClick(generate_of(composer), Qt.MouseButton.LeftButton)
        return len(sent) == 2

    qtbot.waitUntil(sends_again, timeout=10_000)


def test_enter_within_an_input_method_composition_never_sends(composer: Composer, qtbot: QtBot) -> None:
    sent = orders_of(composer)
    composer.set_request(GenerationRequest("a fox"))
    composer.focus_prompt()
    editor = prompt_of(composer)
    QApplication.sendEvent(editor, QInputMethodEvent("きつね", []))

    QTest.keyClick(editor, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert sent == []

    QApplication.sendEvent(editor, QInputMethodEvent("", []))
    QTest.keyClick(editor, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert len(sent) == 1


def test_an_empty_prompt_is_only_spoken_of_after_generate(composer: Composer, qtbot: QtBot) -> None:
    sent = orders_of(composer)
    assert sentences_of(composer) == []

    QTest.mouseClick(generate_of(composer), Qt.MouseButton.LeftButton)

    assert sent == []
    assert "prompt" in sentences_of(composer)[0]
    assert prompt_of(composer).hasFocus()


def test_a_prompt_that_is_too_long_is_said_at_once_and_kept_whole(composer: Composer, qtbot: QtBot) -> None:
    sent = orders_of(composer)
    text = "x" * 5001
    composer.set_request(GenerationRequest(text))

    QTest.mouseClick(generate_of(composer), Qt.MouseButton.LeftButton)

    assert "5000" in sentences_of(composer)[0]
    assert composer.request().prompt == text
    assert sent == []
    assert "5001 / 5000" in [label.text() for label in composer.findChildren(Label)]


def test_tab_leaves_the_prompt_both_ways_and_writes_nothing(composer: Composer, qtbot: QtBot) -> None:
    editor = prompt_of(composer)
    for key in (Qt.Key.Key_Tab, Qt.Key.Key_Backtab):
        composer.focus_prompt()
        assert editor.hasFocus()
        QTest.keyClick(editor, key)
        assert not editor.hasFocus()

    assert composer.request().prompt == ""


def test_pasted_words_lose_their_tabs_and_their_markup(composer: Composer) -> None:
    mime = QMimeData()
    mime.setText("a\tfox <b>now</b>")
    mime.setHtml("<h1>a fox now</h1>")

    prompt_of(composer).insertFromMimeData(mime)

    assert composer.request().prompt == "a fox <b>now</b>"


def test_arrows_move_within_the_shapes_and_tab_leaves_them(composer: Composer, qtbot: QtBot) -> None:
    square = button_named(composer, "1:1")
    square.setFocus()
    QTest.keyClick(square, Qt.Key.Key_Right)

    assert composer.request().aspect_ratio is AspectRatio.PORTRAIT_2_3
    assert control_named(composer, "2:3").hasFocus()
    QTest.keyClick(control_named(composer, "2:3"), Qt.Key.Key_Tab)
    assert control_named(composer, "2K").hasFocus()


def test_tab_comes_to_every_group_once(composer: Composer, qtbot: QtBot) -> None:
    composer.set_request(WHOLE)
    composer.focus_prompt()
    seen: list[str] = []
    for _ in range(14):
        focused = QApplication.focusWidget()
        assert focused is not None
        seen.append(focused.accessibleName())
        QTest.keyClick(focused, Qt.Key.Key_Tab)

    for name in ("References", "Add references", "3:4", "4K", "Number of images", "Connected set", "Advanced"):
        assert seen.count(name) >= 1, name
    assert "1:1" not in seen
    assert "2K" not in seen


def test_the_exact_pixels_stand_beside_the_shapes(composer: Composer) -> None:
    composer.set_request(GenerationRequest("a", aspect_ratio=AspectRatio.LANDSCAPE_16_9))

    texts = " ".join(label.text() + label.accessibleDescription() for label in composer.findChildren(Label))

    assert "2848 × 1600" in texts
    assert "24 × 14 cm at 300 dpi" in texts


def test_the_wheel_changes_no_number_that_is_merely_passed(composer: Composer) -> None:
    spin_box = control_named(composer, "Number of images")
    composer.focus_prompt()
    no_button, no_key = Qt.MouseButton.NoButton, Qt.KeyboardModifier.NoModifier
    no_phase = Qt.ScrollPhase.NoScrollPhase
    turn = QWheelEvent(QPointF(5, 5), QPointF(5, 5), QPoint(), QPoint(0, 120), no_button, no_key, no_phase, False)

    QApplication.sendEvent(spin_box, turn)

    assert composer.request().count == 1


def test_the_folded_part_opens_by_its_button(composer: Composer, qtbot: QtBot) -> None:
    provider = control_named(composer, "Provider")
    assert not provider.isVisible()

    QTest.mouseClick(button_named(composer, "Advanced"), Qt.MouseButton.LeftButton)

    assert provider.isVisible()
    assert control_named(composer, "Callback URL").isVisible()
    assert isinstance(provider, QComboBox)
    assert [label.text() for label in composer.findChildren(Label) if label.buddy() is provider] == ["Provider"]


def test_a_callback_url_that_is_not_public_stops_sending_and_opens_its_place(composer: Composer, qtbot: QtBot) -> None:
    sent = orders_of(composer)
    composer.set_request(GenerationRequest("a fox", callback_url="ftp://example.com"))

    QTest.mouseClick(generate_of(composer), Qt.MouseButton.LeftButton)

    assert sent == []
    field = control_named(composer, "Callback URL")
    assert isinstance(field, QLineEdit)
    assert field.isVisible()
    assert field.text() == "ftp://example.com"


def test_without_a_key_generate_leads_to_the_settings(composer: Composer, qtbot: QtBot) -> None:
    sent = orders_of(composer)
    composer.set_request(GenerationRequest("a fox"))
    composer.set_can_send(False, "There is no API key yet.")

    with qtbot.waitSignal(composer.settings_requested):
        QTest.mouseClick(generate_of(composer), Qt.MouseButton.LeftButton)

    assert sent == []
    assert sentences_of(composer) == ["There is no API key yet."]
    composer.set_can_send(True)
    assert sentences_of(composer) == []


def test_a_notice_goes_with_the_next_edit(composer: Composer, qtbot: QtBot) -> None:
    composer.show_notice("The service turned this down.")
    assert sentences_of(composer) == ["The service turned this down."]

    composer.focus_prompt()
    QTest.keyClicks(prompt_of(composer), "x")

    assert sentences_of(composer) == []


def test_a_draft_is_told_after_a_pause_in_writing(composer: Composer, qtbot: QtBot) -> None:
    drafts: list[GenerationRequest] = []
    composer.draft_changed.connect(drafts.append)
    composer.focus_prompt()

    QTest.keyClicks(prompt_of(composer), "a fox")
    assert drafts == []

    qtbot.waitUntil(lambda: len(drafts) == 1, timeout=2000)
    assert drafts[0].prompt == "a fox"


@pytest.mark.parametrize(("height_px", "references"), [(820, 3), (820, 14), (624, 3)])
def test_nothing_scrolls_in_the_sizes_people_work_in(composer: Composer, height_px: int, references: int) -> None:
    composer.resize(340, height_px)
    composer.add_references(links("abcdefghijklmn"[:references]))
    settle()

    scroll = composer.findChild(QScrollArea)
    assert isinstance(scroll, QScrollArea)
    assert scroll.verticalScrollBar().maximum() == 0


def test_a_too_large_connected_set_warns_and_can_still_be_sent(composer: Composer, qtbot: QtBot) -> None:
    sent = orders_of(composer)
    pictures = links("abcdefghij")
    composer.set_request(GenerationRequest("a", Mode.IMAGE_TO_IMAGE, count=8, sequence=True, references=pictures))
    tell(composer, READY)
    assert "15" in sentences_of(composer)[0]

    QTest.mouseClick(generate_of(composer), Qt.MouseButton.LeftButton)

    assert len(sent) == 1


def test_files_chosen_in_the_dialog_are_offered_for_the_end(composer: Composer, qtbot: QtBot) -> None:
    with qtbot.waitSignal(composer.pictures_offered) as offered:
        composer.references.files_chosen.emit(["/pictures/b ü#1.jpg", "/pictures/a.png"])

    intake, position = offered.args
    assert intake.sources == ("/pictures/b ü#1.jpg", "/pictures/a.png")
    assert position is None
