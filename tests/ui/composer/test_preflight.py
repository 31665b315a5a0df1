"""Nothing that is known to fail is ordered, and each finding has the one press that mends it."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit
from pytestqt.qtbot import QtBot

from seedream_desktop.domain.reference import Reference
from seedream_desktop.domain.request import Field, GenerationRequest, Mode
from seedream_desktop.ui.composer.composer import Composer
from seedream_desktop.ui.composer.preflight import Circumstances, Cure, findings
from seedream_desktop.ui.composer.tile_state import Kind, Repair, TileState
from tests.ui.composer.composing import DAMAGED, READY, links, tell, tiles_of, write
from tests.ui.composer.parts import button_named, control_named, generate_of, orders_of, prompt_of, sentences_of

KNOWN = Circumstances(Decimal("0.04"))
ORDER = GenerationRequest("a fox", Mode.IMAGE_TO_IMAGE, references=links("ab"))
LOCAL = Reference("/home/ann/fox.jpg")
PREPARING = "Sent as soon as the references are ready. Any change takes it back."


def press(composer: Composer) -> None:
    QTest.mouseClick(generate_of(composer), Qt.MouseButton.LeftButton)


def test_an_ordinary_order_has_no_findings() -> None:
    assert findings(ORDER, replace(KNOWN, balance_usd=Decimal("0.04"), was_pressed=True)) == ()


def test_what_has_not_been_come_to_is_said_only_after_generate() -> None:
    request = GenerationRequest("", Mode.IMAGE_TO_IMAGE)

    assert findings(request, KNOWN) == ()
    said = findings(request, replace(KNOWN, was_pressed=True))
    assert [(found.field, found.forbids) for found in said] == [(Field.PROMPT, True), (Field.REFERENCES, True)]


@pytest.mark.parametrize(
    ("balance", "count", "repair"),
    [("0.39", 10, ("Make it 9 images", 9)), ("0.04", 2, ("Make it 1 image", 1)), ("0.03", 1, None), ("-1", 1, None)],
)
def test_a_low_balance_warns_with_what_it_would_pay_for(
    balance: str, count: int, repair: tuple[str, int] | None
) -> None:
    (found,) = findings(replace(ORDER, count=count), replace(KNOWN, balance_usd=Decimal(balance)))

    assert (found.field, found.forbids, found.tone) == (None, False, "care")
    assert found.sentence.startswith("The balance of ")
    assert (found.remedy and (found.remedy.name, found.remedy.count)) == repair


def test_a_balance_is_no_matter_when_images_cost_nothing() -> None:
    assert findings(ORDER, Circumstances(Decimal(0), balance_usd=Decimal(0))) == ()
    (found,) = findings(ORDER, Circumstances(Decimal(0), balance_usd=Decimal(-1)))
    assert found.remedy is None


def test_a_local_file_without_a_host_leads_to_the_hosting_settings() -> None:
    (found,) = findings(replace(ORDER, references=(LOCAL,)), replace(KNOWN, takes_local_files=False))

    assert "fox.jpg" in found.sentence
    assert found.forbids
    assert found.remedy is not None
    assert found.remedy.cure is Cure.CHOOSE_HOST


def test_a_tile_with_a_problem_forbids_sending_and_is_stood_on(composer: Composer) -> None:
    sent = orders_of(composer)
    composer.set_request(ORDER)
    tell(composer, READY, 1)
    tell(composer, DAMAGED, 2)

    press(composer)

    assert sent == []
    assert tiles_of(composer).currentIndex().row() == 1
    assert tiles_of(composer).hasFocus()
    tell(composer, READY)
    press(composer)
    assert sent == [ORDER]


def test_in_text_mode_a_tile_with_a_problem_is_no_matter(composer: Composer) -> None:
    sent = orders_of(composer)
    composer.set_request(replace(ORDER, mode=Mode.TEXT_TO_IMAGE))
    tell(composer, DAMAGED)

    press(composer)

    assert len(sent) == 1


def test_an_empty_prompt_is_led_to_before_a_tile(composer: Composer) -> None:
    composer.set_request(replace(ORDER, prompt=""))
    tell(composer, DAMAGED)

    press(composer)

    assert prompt_of(composer).hasFocus()


def test_an_order_waits_for_its_references_and_goes_once(composer: Composer, qtbot: QtBot) -> None:
    sent = orders_of(composer)
    composer.set_request(ORDER)
    tell(composer, READY, 1)
    editor = prompt_of(composer)
    for _ in range(3):
        QTest.keyClick(editor, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)

    assert sent == []
    assert sentences_of(composer) == [PREPARING]
    assert generate_of(composer).accessibleName() == "Generate 1 · $0.04 · preparing…"

    # The copy is told in the breath after the state, and has to be in the order.
    tell(composer, READY, 2)
    last = composer.references.entries()[1]
    composer.references.set_reference(last.key, replace(last.reference, sha256="5" * 64))
    qtbot.waitUntil(lambda: len(sent) == 1)
    QTest.keyClick(editor, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    tell(composer, READY)
    qtbot.wait(50)

    assert len(sent) == 1
    assert [reference.sha256 for reference in sent[0].references] == [None, "5" * 64]
    assert generate_of(composer).accessibleName() == "Generate 1 · $0.04"
    assert sentences_of(composer) == []


def test_what_is_found_out_about_a_reference_takes_nothing_back(composer: Composer, qtbot: QtBot) -> None:
    sent = orders_of(composer)
    composer.set_request(ORDER)
    press(composer)

    for digit, entry in enumerate(composer.references.entries()):
        composer.references.set_reference(entry.key, replace(entry.reference, sha256=f"{digit}" * 64, title="A fox"))
        tell(composer, READY, 1)
    assert sentences_of(composer) == [PREPARING]
    tell(composer, READY)

    qtbot.waitUntil(lambda: len(sent) == 1)


@pytest.mark.parametrize("edit", ["typing", "count", "reference", "button", "request", "key"])
def test_an_order_that_waits_is_taken_back_by_any_edit(composer: Composer, qtbot: QtBot, edit: str) -> None:
    sent = orders_of(composer)
    composer.set_request(ORDER)
    press(composer)
    assert sentences_of(composer) == [PREPARING]

    match edit:
        case "typing":
            write(composer, "x")
        case "count":
            QTest.keyClick(control_named(composer, "Number of images"), Qt.Key.Key_Up)
        case "reference":
            composer.add_references(links("c"))
        case "button":
            button_named(composer, "Take it back").click()
        case "request":
            composer.set_request(replace(ORDER, prompt="another"))
        case _:
            composer.set_can_send(False, "There is no API key yet.")
            composer.set_can_send(True)

    assert sentences_of(composer) == []
    tell(composer, READY)
    qtbot.wait(50)
    assert sent == []
    press(composer)
    assert len(sent) == 1


def test_an_order_whose_reference_turns_out_bad_is_not_sent_and_moves_no_cursor(
    composer: Composer, qtbot: QtBot
) -> None:
    sent = orders_of(composer)
    composer.set_request(ORDER)
    press(composer)
    composer.focus_prompt()

    tell(composer, DAMAGED, 2)
    qtbot.waitUntil(lambda: "Nothing was sent: a reference cannot be used." in sentences_of(composer))

    assert prompt_of(composer).hasFocus()
    tell(composer, READY)
    qtbot.wait(50)
    assert sent == []


def test_a_figure_without_picture_is_taken_out_by_one_press(composer: Composer) -> None:
    sent = orders_of(composer)
    composer.set_request(replace(ORDER, prompt="Figure 1 in the hat of Figure 3, Figure ?"))
    tell(composer, READY)
    press(composer)
    assert sent == []
    assert "Figure 3" in sentences_of(composer)[0]

    button_named(composer, "Take it out of the prompt").click()
    assert "Figure ?" in sentences_of(composer)[0]
    button_named(composer, "Take it out of the prompt").click()

    assert sentences_of(composer) == []
    assert composer.request().prompt == "Figure 1 in the hat of,"
    press(composer)
    assert len(sent) == 1


def test_a_callback_url_that_is_not_public_is_left_out_by_one_press(composer: Composer) -> None:
    composer.set_request(replace(ORDER, callback_url="http://example.com"))
    tell(composer, READY)
    press(composer)

    button_named(composer, "Send without it").click()

    field = control_named(composer, "Callback URL")
    assert isinstance(field, QLineEdit)
    assert field.text() == ""
    assert composer.request().is_sendable


def test_the_balance_warns_at_the_foot_and_never_forbids(composer: Composer) -> None:
    sent = orders_of(composer)
    composer.set_request(replace(ORDER, count=4))
    tell(composer, READY)
    composer.set_balance(Decimal("0.10"))
    assert sentences_of(composer) == ["The balance of $0.10 may be too low: about $0.16 is needed."]

    press(composer)
    assert [request.count for request in sent] == [4]
    button_named(composer, "Make it 2 images").click()
    assert composer.request().count == 2
    assert sentences_of(composer) == []
    composer.set_request(replace(ORDER, count=4))
    assert len(sentences_of(composer)) == 1
    composer.set_balance(None)
    assert sentences_of(composer) == []


def test_the_way_to_the_hosting_settings_is_said_once(composer: Composer, qtbot: QtBot) -> None:
    sent = orders_of(composer)
    composer.set_local_files_allowed(False)
    composer.set_request(replace(ORDER, references=(LOCAL,)))
    tell(composer, READY)
    press(composer)
    assert sent == []

    with qtbot.waitSignal(composer.hosting_settings_requested):
        button_named(composer, "Choose hosting…").click()

    tell(composer, TileState(Kind.PROBLEM, "fox.jpg has to be hosted.", (Repair.CHOOSE_HOST,)))
    press(composer)
    assert sent == []
    assert len(sentences_of(composer)) == 1
    assert button_named(composer, "Choose hosting").isVisible()


def test_a_repair_is_reached_by_tab_from_what_it_mends(composer: Composer) -> None:
    composer.set_request(replace(ORDER, prompt="Figure 3"))
    editor = write(composer, " ")

    QTest.keyClick(editor, Qt.Key.Key_Tab)

    assert button_named(composer, "Take it out of the prompt").hasFocus()
