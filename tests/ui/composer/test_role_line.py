"""The roles are told to the model when that is wanted, in the very words that are shown."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QCheckBox, QScrollArea

from seedream_desktop.domain.reference import Role
from seedream_desktop.domain.request import GenerationRequest, Mode
from seedream_desktop.ui.composer.composer import Composer
from seedream_desktop.ui.composer.role_line import RoleLine
from seedream_desktop.ui.controls.few_lines import FewLines
from seedream_desktop.ui.controls.label import Label
from tests.ui.composer.composing import READY, link, tell
from tests.ui.composer.parts import control_named, generate_of, orders_of, sentences_of
from tests.ui.composer.settling import settle

SENTENCE = "Figure 1 gives the subject; Figure 2 gives the place."
ROLES = GenerationRequest(
    "a fox",
    Mode.IMAGE_TO_IMAGE,
    references=(link("fox", Role.SUBJECT), link("dunes", Role.PLACE)),
)


def switch_of(composer: Composer) -> QCheckBox:
    switch = control_named(composer, "Tell the model the roles")
    assert isinstance(switch, QCheckBox)
    return switch


def line_of(composer: Composer) -> RoleLine:
    line = composer.findChild(RoleLine)
    assert isinstance(line, RoleLine)
    return line


def counter_of(composer: Composer) -> str:
    return next(label.text() for label in composer.findChildren(Label) if label.text().endswith("/ 5000"))


def test_the_switch_is_there_only_with_a_role(composer: Composer) -> None:
    composer.set_request(replace(ROLES, references=(link("fox"),)))
    assert not line_of(composer).isVisible()

    composer.set_request(ROLES)
    assert switch_of(composer).isVisible()
    assert line_of(composer).text() == SENTENCE
    assert not switch_of(composer).isChecked()


def test_what_is_shown_is_what_is_sent_and_counted(composer: Composer) -> None:
    sent = orders_of(composer)
    composer.set_request(ROLES)
    tell(composer, READY)
    assert counter_of(composer) == "5 / 5000"

    switch_of(composer).setFocus()
    QTest.keyClick(switch_of(composer), Qt.Key.Key_Space)
    assert counter_of(composer) == f"5 + {len(SENTENCE) + 2} / 5000"
    generate_of(composer).click()

    assert [request.sent_prompt for request in sent] == [f"a fox\n\n{line_of(composer).text()}"]
    assert sent[0].prompt == "a fox"


def test_a_role_given_to_a_tile_shows_in_the_line_at_once(composer: Composer) -> None:
    composer.set_request(ROLES)
    entry = composer.references.entries()[1]

    composer.references.replace(entry.key, replace(entry.reference, role=Role.STYLE))

    assert line_of(composer).text() == "Figure 1 gives the subject; Figure 2 gives the style."


@pytest.mark.parametrize(("height_px", "is_set"), [(616, False), (820, True)])
def test_nothing_scrolls_with_roles_in_the_sizes_people_work_in(
    composer: Composer, height_px: int, is_set: bool
) -> None:
    composer.resize(composer.width(), height_px)
    composer.set_request(replace(ROLES, sequence=is_set, references=(*ROLES.references, link("sea"))))
    tell(composer, READY)
    settle()

    scroll = composer.findChild(QScrollArea)
    assert isinstance(scroll, QScrollArea)
    assert scroll.verticalScrollBar().maximum() == 0
    assert line_of(composer).isVisible()


@pytest.mark.parametrize("is_on", [True, False])
def test_draft_and_request_carry_the_switch(composer: Composer, is_on: bool) -> None:
    request = replace(ROLES, adds_role_line=is_on)

    composer.set_request(request)

    assert composer.draft() == composer.request() == request
    assert switch_of(composer).isChecked() == is_on


def test_in_text_mode_nothing_is_added(composer: Composer) -> None:
    composer.set_request(replace(ROLES, mode=Mode.TEXT_TO_IMAGE, adds_role_line=True))

    assert counter_of(composer) == "5 / 5000"
    assert composer.request().sent_prompt == "a fox"
    assert not line_of(composer).isVisible()


def test_a_line_that_makes_the_prompt_too_long_can_be_left_out_by_one_press(composer: Composer) -> None:
    sent = orders_of(composer)
    composer.set_request(replace(ROLES, prompt="x" * 4999, adds_role_line=True))
    tell(composer, READY)
    assert "5000" in sentences_of(composer)[0]

    control_named(composer, "Leave the roles out").setFocus()
    QTest.keyClick(control_named(composer, "Leave the roles out"), Qt.Key.Key_Space)

    assert sentences_of(composer) == []
    generate_of(composer).click()
    assert [len(request.sent_prompt) for request in sent] == [4999]


def test_a_long_sentence_is_cut_after_three_lines_and_read_whole_elsewhere(composer: Composer) -> None:
    composer.set_request(replace(ROLES, references=tuple(link(f"fox{n}", Role.STYLE) for n in range(14))))
    settle()

    preview = composer.findChild(FewLines, "role_line")
    assert isinstance(preview, FewLines)
    assert preview.text().endswith("…")
    assert preview.height() <= 3 * preview.fontMetrics().lineSpacing() + 2
    whole = line_of(composer).text()
    assert whole.endswith("Figure 14 gives the style.")
    assert preview.accessibleDescription() == whole
    assert "Figure 14" in preview.toolTip()
