from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QAccessible, QColor, QDropEvent, QGuiApplication, QImage, QInputMethodEvent, QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QApplication,
    QComboBox,
    QLineEdit,
    QListView,
    QPlainTextEdit,
    QPushButton,
    QScrollArea,
    QSpinBox,
    QWidget,
)
from pytestqt.qtbot import QtBot

from seedream_desktop.domain.reference import Reference
from seedream_desktop.domain.request import AspectRatio, GenerationRequest, Mode, Provider, Resolution
from seedream_desktop.ui.composer.composer import Composer
from seedream_desktop.ui.controls.label import Label
from seedream_desktop.ui.controls.message_line import MessageLine

LINK = "https://example.com/fox.png"
NAMES = (
    "Prompt",
    "Text to image",
    "Image to image",
    "2K",
    "4K",
    "Auto",
    *(ratio.value for ratio in AspectRatio),
    "Number of images",
    "Connected set",
    "Advanced",
    "Add references",
    "References",
)
WHOLE = GenerationRequest(
    prompt="a red\u00a0fox\nin snow",
    mode=Mode.IMAGE_TO_IMAGE,
    resolution=Resolution.FOUR_K,
    aspect_ratio=AspectRatio.PORTRAIT_3_4,
    count=3,
    sequence=True,
    provider=Provider.OFFICIAL,
    references=(Reference(LINK),),
    callback_url="https://example.com/done",
)


def _named(composer: QWidget, name: str) -> QWidget:
    found = [widget for widget in composer.findChildren(QWidget) if widget.accessibleName() == name]
    assert len(found) == 1, f"{len(found)} controls are named {name}"
    return found[0]


def _button(composer: Composer, name: str) -> QPushButton:
    button = _named(composer, name)
    assert isinstance(button, QPushButton)
    return button


def _prompt(composer: Composer) -> QPlainTextEdit:
    editor = _named(composer, "Prompt")
    assert isinstance(editor, QPlainTextEdit)
    return editor


def _generate(composer: Composer) -> QPushButton:
    button = composer.findChild(QPushButton, "generate")
    assert isinstance(button, QPushButton)
    return button


def _said(composer: Composer) -> list[str]:
    return [line.text() for line in composer.findChildren(MessageLine) if line.isVisible()]


def _sent(composer: Composer) -> list[GenerationRequest]:
    sent: list[GenerationRequest] = []
    composer.requested.connect(sent.append)
    return sent


def _drop(composer: Composer, mime: QMimeData) -> QDropEvent:
    actions = Qt.DropAction.CopyAction | Qt.DropAction.MoveAction
    no_button, no_key = Qt.MouseButton.NoButton, Qt.KeyboardModifier.NoModifier
    event = QDropEvent(QPointF(20, 20), actions, mime, no_button, no_key)
    composer.dropEvent(event)
    return event


@pytest.mark.parametrize("name", NAMES)
def test_every_control_is_there_from_the_start_under_its_name(composer: Composer, name: str) -> None:
    control = _named(composer, name)

    assert control.isVisible()
    interface = QAccessible.queryAccessibleInterface(control)
    assert interface.text(QAccessible.Text.Name) == name


def test_the_prompt_is_no_higher_than_it_must_be_until_much_is_written(qtbot: QtBot, composer: Composer) -> None:
    composer.resize(composer.width(), 1100)
    qtbot.waitUntil(lambda: _prompt(composer).height() == 240)
    _prompt(composer).setPlainText("a line\n" * 22)
    qtbot.waitUntil(lambda: _prompt(composer).height() > 360)


def test_generate_is_named_with_count_and_estimate(composer: Composer) -> None:
    composer.set_price(Decimal("0.05"))
    composer.set_request(WHOLE)

    assert _generate(composer).accessibleName() == "Generate 3 · $0.15"
    assert _generate(composer).text() == "Generate 3 · $0.15"


def test_number_of_images_offers_a_value_from_1_to_10(composer: Composer) -> None:
    spin_box = _named(composer, "Number of images")
    assert isinstance(spin_box, QSpinBox)
    value = QAccessible.queryAccessibleInterface(spin_box).valueInterface()

    assert (value.minimumValue(), value.maximumValue()) == (1, 10)
    value.setCurrentValue(7)
    assert composer.request().count == 7


def test_the_references_are_list_items_named_with_their_number(composer: Composer) -> None:
    composer.add_references([LINK, "https://example.com/dunes.png"])
    interface = QAccessible.queryAccessibleInterface(_named(composer, "References"))

    names = [interface.child(row).text(QAccessible.Text.Name) for row in range(interface.childCount())]

    assert names == ["1, fox.png", "2, dunes.png"]


def test_a_request_comes_back_as_it_was_shown(composer: Composer) -> None:
    composer.set_request(WHOLE)

    assert composer.request() == WHOLE


def test_the_first_request_is_the_plain_one(composer: Composer) -> None:
    assert composer.request() == GenerationRequest(prompt="")


def test_ctrl_enter_sends_from_anywhere_and_keeps_the_text(composer: Composer, qtbot: QtBot) -> None:
    sent = _sent(composer)
    composer.focus_prompt()
    QTest.keyClicks(_prompt(composer), "a fox")

    QTest.keyClick(_prompt(composer), Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)

    assert [request.prompt for request in sent] == ["a fox"]
    assert composer.request().prompt == "a fox"


@pytest.mark.parametrize("name", ["Number of images", "16:9", "Connected set", "Advanced"])
def test_the_keypad_enter_sends_too_wherever_the_focus_is(composer: Composer, qtbot: QtBot, name: str) -> None:
    sent = _sent(composer)
    composer.set_request(GenerationRequest("a fox"))
    _named(composer, name).setFocus()

    QTest.keyClick(_named(composer, name), Qt.Key.Key_Enter, Qt.KeyboardModifier.ControlModifier)

    assert len(sent) == 1


def test_many_presses_in_a_moment_send_once_and_a_later_one_sends_again(composer: Composer, qtbot: QtBot) -> None:
    sent = _sent(composer)
    composer.set_request(GenerationRequest("a fox"))

    for _ in range(20):
        QTest.mouseClick(_generate(composer), Qt.MouseButton.LeftButton)
    assert len(sent) == 1

    def sends_again() -> bool:
        QTest.mouseClick(_generate(composer), Qt.MouseButton.LeftButton)
        return len(sent) == 2

    qtbot.waitUntil(sends_again, timeout=10_000)


def test_enter_within_an_input_method_composition_never_sends(composer: Composer, qtbot: QtBot) -> None:
    sent = _sent(composer)
    composer.set_request(GenerationRequest("a fox"))
    composer.focus_prompt()
    editor = _prompt(composer)
    QApplication.sendEvent(editor, QInputMethodEvent("きつね", []))

    QTest.keyClick(editor, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert sent == []

    QApplication.sendEvent(editor, QInputMethodEvent("", []))
    QTest.keyClick(editor, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert len(sent) == 1


def test_an_empty_prompt_is_only_spoken_of_after_generate(composer: Composer, qtbot: QtBot) -> None:
    sent = _sent(composer)
    assert _said(composer) == []

    QTest.mouseClick(_generate(composer), Qt.MouseButton.LeftButton)

    assert sent == []
    assert "prompt" in _said(composer)[0]
    assert _prompt(composer).hasFocus()


def test_a_prompt_that_is_too_long_is_said_at_once_and_kept_whole(composer: Composer, qtbot: QtBot) -> None:
    sent = _sent(composer)
    text = "x" * 5001
    composer.set_request(GenerationRequest(text))

    QTest.mouseClick(_generate(composer), Qt.MouseButton.LeftButton)

    assert "5000" in _said(composer)[0]
    assert composer.request().prompt == text
    assert sent == []
    assert "5001 / 5000" in [label.text() for label in composer.findChildren(Label)]


def test_tab_leaves_the_prompt_both_ways_and_writes_nothing(composer: Composer, qtbot: QtBot) -> None:
    editor = _prompt(composer)
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

    _prompt(composer).insertFromMimeData(mime)

    assert composer.request().prompt == "a fox <b>now</b>"


def test_arrows_move_within_the_shapes_and_tab_leaves_them(composer: Composer, qtbot: QtBot) -> None:
    square = _button(composer, "1:1")
    square.setFocus()
    QTest.keyClick(square, Qt.Key.Key_Right)

    assert composer.request().aspect_ratio is AspectRatio.PORTRAIT_2_3
    assert _named(composer, "2:3").hasFocus()
    QTest.keyClick(_named(composer, "2:3"), Qt.Key.Key_Tab)
    assert _named(composer, "2K").hasFocus()


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
    spin_box = _named(composer, "Number of images")
    composer.focus_prompt()
    no_button, no_key = Qt.MouseButton.NoButton, Qt.KeyboardModifier.NoModifier
    no_phase = Qt.ScrollPhase.NoScrollPhase
    turn = QWheelEvent(QPointF(5, 5), QPointF(5, 5), QPoint(), QPoint(0, 120), no_button, no_key, no_phase, False)

    QApplication.sendEvent(spin_box, turn)

    assert composer.request().count == 1


def test_the_folded_part_opens_by_its_button(composer: Composer, qtbot: QtBot) -> None:
    provider = _named(composer, "Provider")
    assert not provider.isVisible()

    QTest.mouseClick(_button(composer, "Advanced"), Qt.MouseButton.LeftButton)

    assert provider.isVisible()
    assert _named(composer, "Callback URL").isVisible()
    assert isinstance(provider, QComboBox)
    assert [label.text() for label in composer.findChildren(Label) if label.buddy() is provider] == ["Provider"]


def test_a_callback_url_that_is_not_public_stops_sending_and_opens_its_place(composer: Composer, qtbot: QtBot) -> None:
    sent = _sent(composer)
    composer.set_request(GenerationRequest("a fox", callback_url="ftp://example.com"))

    QTest.mouseClick(_generate(composer), Qt.MouseButton.LeftButton)

    assert sent == []
    field = _named(composer, "Callback URL")
    assert isinstance(field, QLineEdit)
    assert field.isVisible()
    assert field.text() == "ftp://example.com"


def test_text_mode_greys_the_references_and_sends_without_them(composer: Composer, qtbot: QtBot) -> None:
    sent = _sent(composer)
    composer.set_request(WHOLE)
    _button(composer, "Text to image").click()

    assert not _named(composer, "References").isEnabled()
    assert not _named(composer, "Add references").isEnabled()
    QTest.mouseClick(_generate(composer), Qt.MouseButton.LeftButton)
    assert sent[0].references == ()
    assert sent[0].mode is Mode.TEXT_TO_IMAGE
    assert composer.draft().references == WHOLE.references
    _button(composer, "Image to image").click()
    assert composer.request().references == WHOLE.references


def test_dropped_pictures_switch_to_image_mode_in_their_order(
    composer: Composer, make_picture: Callable[[str], str]
) -> None:
    paths = [make_picture("b.jpg"), make_picture("a.png")]
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(path) for path in paths])

    event = _drop(composer, mime)

    assert event.isAccepted()
    assert event.dropAction() is Qt.DropAction.CopyAction
    assert composer.request().mode is Mode.IMAGE_TO_IMAGE
    assert [reference.source for reference in composer.request().references] == paths


def test_a_text_file_is_refused_by_name_and_the_rest_is_kept(
    composer: Composer, make_picture: Callable[[str], str], tmp_path: Path
) -> None:
    notes = tmp_path / "notes.txt"
    notes.write_text("buy milk")
    refused: list[str] = []
    composer.references_refused.connect(refused.append)

    composer.add_references([str(notes), make_picture("fox.jpg")])

    assert refused == ["notes.txt is not a picture the model can use: JPEG, PNG or WebP."]
    assert refused[0] in _said(composer)
    assert [reference.name for reference in composer.request().references] == ["fox.jpg"]


def test_a_drop_that_is_refused_whole_changes_no_mode(composer: Composer, tmp_path: Path) -> None:
    notes = tmp_path / "notes.txt"
    notes.write_text("buy milk")

    composer.add_references([str(notes)])

    assert composer.request().mode is Mode.TEXT_TO_IMAGE
    assert len(_said(composer)) == 1


def test_of_fifteen_references_the_first_fourteen_are_taken(composer: Composer) -> None:
    composer.add_references([f"https://example.com/{number}.png" for number in range(1, 17)])

    assert len(composer.request().references) == 14
    [sentence] = _said(composer)
    assert "15.png" in sentence
    assert "14" in sentence
    assert not _named(composer, "Add references").isEnabled()


def test_pictures_pasted_into_the_prompt_become_references(
    composer: Composer, make_picture: Callable[[str], str]
) -> None:
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(make_picture("fox.jpg"))])

    _prompt(composer).insertFromMimeData(mime)

    assert composer.request().prompt == ""
    assert [reference.name for reference in composer.request().references] == ["fox.jpg"]


def test_a_pasted_bitmap_is_handed_over_to_be_stored(composer: Composer, qtbot: QtBot) -> None:
    image = QImage(9, 5, QImage.Format.Format_RGB32)
    image.fill(QColor("red"))
    QGuiApplication.clipboard().setImage(image)

    with qtbot.waitSignal(composer.bitmap_received) as received:
        QTest.keyClick(_button(composer, "16:9"), Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)

    assert received.args[0].width() == 9


def test_a_link_pasted_on_the_references_is_taken(composer: Composer, qtbot: QtBot) -> None:
    composer.set_request(WHOLE)
    QGuiApplication.clipboard().setText("https://example.com/dunes.webp")

    QTest.keyClick(_named(composer, "References"), Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)

    assert [reference.name for reference in composer.request().references] == ["fox.png", "dunes.webp"]


def test_pasting_words_as_a_reference_says_that_it_cannot_be(composer: Composer, qtbot: QtBot) -> None:
    QGuiApplication.clipboard().setText("just words")

    _named(composer, "Paste reference").setFocus()
    QTest.keyClick(_named(composer, "Paste reference"), Qt.Key.Key_Space)

    assert len(_said(composer)) == 1
    assert composer.request().references == ()


def test_delete_removes_and_alt_arrows_move_a_reference(composer: Composer, qtbot: QtBot) -> None:
    composer.add_references([f"https://example.com/{name}.png" for name in "abc"])
    view = _named(composer, "References")
    view.setFocus()
    QTest.keyClick(view, Qt.Key.Key_Right, Qt.KeyboardModifier.AltModifier)
    assert [reference.name[0] for reference in composer.request().references] == ["b", "a", "c"]

    QTest.keyClick(view, Qt.Key.Key_Delete)
    assert [reference.name[0] for reference in composer.request().references] == ["b", "c"]


def test_the_mouse_removes_by_the_sign_and_moves_by_dragging(composer: Composer, qtbot: QtBot) -> None:
    composer.add_references([f"https://example.com/{name}.png" for name in "abc"])
    view = composer.findChild(QListView, "references")
    assert isinstance(view, QListView)
    cells = [view.visualRect(view.model().index(row, 0)) for row in range(3)]
    tile_px = cells[1].x() - cells[0].x() - 8

    QTest.mousePress(view.viewport(), Qt.MouseButton.LeftButton, pos=cells[0].topLeft() + QPoint(10, 40))
    QTest.mouseMove(view.viewport(), cells[2].topLeft() + QPoint(20, 40))
    QTest.mouseRelease(view.viewport(), Qt.MouseButton.LeftButton, pos=cells[2].topLeft() + QPoint(20, 40))
    assert [reference.name[0] for reference in composer.request().references] == ["b", "c", "a"]

    sign = cells[0].topLeft() + QPoint(tile_px - 10, 10)
    QTest.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=sign)
    assert [reference.name[0] for reference in composer.request().references] == ["c", "a"]


def test_without_a_host_a_local_file_forbids_sending_and_a_link_does_not(
    composer: Composer, qtbot: QtBot, make_picture: Callable[[str], str]
) -> None:
    sent = _sent(composer)
    composer.set_local_files_allowed(False)
    composer.set_request(GenerationRequest("a fox"))
    composer.add_references([make_picture("fox.jpg")])

    QTest.mouseClick(_generate(composer), Qt.MouseButton.LeftButton)
    assert sent == []
    assert "fox.jpg" in _said(composer)[0]
    assert "link" in _said(composer)[0]

    composer.set_request(WHOLE)
    QTest.mouseClick(_generate(composer), Qt.MouseButton.LeftButton)
    assert sent == [WHOLE]


def test_without_a_key_generate_leads_to_the_settings(composer: Composer, qtbot: QtBot) -> None:
    sent = _sent(composer)
    composer.set_request(GenerationRequest("a fox"))
    composer.set_can_send(False, "There is no API key yet.")

    with qtbot.waitSignal(composer.settings_requested):
        QTest.mouseClick(_generate(composer), Qt.MouseButton.LeftButton)

    assert sent == []
    assert _said(composer) == ["There is no API key yet."]
    composer.set_can_send(True)
    assert _said(composer) == []


def test_a_notice_goes_with_the_next_edit(composer: Composer, qtbot: QtBot) -> None:
    composer.show_notice("The service turned this down.")
    assert _said(composer) == ["The service turned this down."]

    composer.focus_prompt()
    QTest.keyClicks(_prompt(composer), "x")

    assert _said(composer) == []


def test_a_draft_is_told_after_a_pause_in_writing(composer: Composer, qtbot: QtBot) -> None:
    drafts: list[GenerationRequest] = []
    composer.draft_changed.connect(drafts.append)
    composer.focus_prompt()

    QTest.keyClicks(_prompt(composer), "a fox")
    assert drafts == []

    qtbot.waitUntil(lambda: len(drafts) == 1, timeout=2000)
    assert drafts[0].prompt == "a fox"


@pytest.mark.parametrize(("height_px", "references"), [(820, 3), (820, 14), (624, 3)])
def test_nothing_scrolls_in_the_sizes_people_work_in(composer: Composer, height_px: int, references: int) -> None:
    composer.resize(340, height_px)
    composer.add_references([f"https://example.com/{number}.png" for number in range(references)])
    QApplication.processEvents()

    scroll = composer.findChild(QScrollArea)
    assert isinstance(scroll, QScrollArea)
    assert scroll.verticalScrollBar().maximum() == 0


def test_a_too_large_connected_set_warns_and_can_still_be_sent(composer: Composer, qtbot: QtBot) -> None:
    sent = _sent(composer)
    links = tuple(Reference(f"https://example.com/{number}.png") for number in range(10))
    composer.set_request(GenerationRequest("a", Mode.IMAGE_TO_IMAGE, count=8, sequence=True, references=links))
    assert "15" in _said(composer)[0]

    QTest.mouseClick(_generate(composer), Qt.MouseButton.LeftButton)

    assert len(sent) == 1
