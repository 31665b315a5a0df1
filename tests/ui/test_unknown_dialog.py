"""Deciding about an order that may have been charged."""

from __future__ import annotations

from datetime import UTC, datetime
from decimal import Decimal

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit, QPushButton
from pytestqt.qtbot import QtBot

from seedream_desktop.domain.request import GenerationRequest
from seedream_desktop.domain.task import Task, TaskId, TaskState
from seedream_desktop.ui.controls.label import Label
from seedream_desktop.ui.unknown_dialog import UnknownDialog


@pytest.fixture
def dialog(qtbot: QtBot) -> UnknownDialog:
    task = Task(
        id=TaskId("a"),
        request=GenerationRequest("a lighthouse", count=4),
        state=TaskState.UNKNOWN,
        created_at=datetime.now(UTC),
        estimated_cost_usd=Decimal("0.16"),
    )
    dialog = UnknownDialog(task)
    qtbot.addWidget(dialog)
    dialog.show()
    return dialog


def _button(dialog: UnknownDialog, name: str) -> QPushButton:
    return next(button for button in dialog.findChildren(QPushButton) if button.objectName() == name)


def _texts(dialog: UnknownDialog) -> str:
    return " ".join(label.text() for label in dialog.findChildren(Label) if label.isVisibleTo(dialog))


def test_it_says_what_the_order_may_have_cost(dialog: UnknownDialog) -> None:
    assert "may have been charged" in _texts(dialog)
    assert "$0.16" in _texts(dialog)


def test_sending_again_takes_a_second_press_that_names_the_sum(dialog: UnknownDialog, qtbot: QtBot) -> None:
    pressed: list[bool] = []
    dialog.resend_chosen.connect(lambda: pressed.append(True))

    for _ in range(2):
        QTest.mouseClick(_button(dialog, "send_again"), Qt.MouseButton.LeftButton)
    assert pressed == [], "a double click is one decision, not two"
    assert "$0.16" in _button(dialog, "send_again").text()
    assert "twice" in _button(dialog, "send_again").accessibleName()

    qtbot.waitUntil(_button(dialog, "send_again").isEnabled)
    QTest.mouseClick(_button(dialog, "send_again"), Qt.MouseButton.LeftButton)
    assert pressed == [True]
    assert not dialog.isVisible()


@pytest.mark.parametrize("key", [Qt.Key.Key_Escape, Qt.Key.Key_Return])
def test_escape_and_enter_only_wait(dialog: UnknownDialog, key: Qt.Key) -> None:
    decided: list[str] = []
    dialog.resend_chosen.connect(lambda: decided.append("resend"))
    dialog.write_off_chosen.connect(lambda: decided.append("write off"))
    dialog.link_chosen.connect(decided.append)
    _button(dialog, "wait").setFocus()

    QTest.keyClick(dialog, key)

    assert decided == []
    assert not dialog.isVisible()


def test_a_task_id_is_handed_on_and_a_problem_is_told_beside_it(dialog: UnknownDialog) -> None:
    chosen: list[str] = []
    dialog.link_chosen.connect(chosen.append)
    field = dialog.findChild(QLineEdit, "task_id")
    assert field is not None
    field.setText("abc")

    QTest.mouseClick(_button(dialog, "check_and_link"), Qt.MouseButton.LeftButton)
    dialog.show_problem("The service does not know this task ID.")

    assert chosen == ["abc"]
    assert "does not know" in _texts(dialog)
    assert dialog.isVisible()


def test_writing_off_closes_with_one_press(dialog: UnknownDialog) -> None:
    decided: list[bool] = []
    dialog.write_off_chosen.connect(lambda: decided.append(True))

    QTest.mouseClick(_button(dialog, "write_off"), Qt.MouseButton.LeftButton)

    assert decided == [True]
    assert not dialog.isVisible()


def test_the_balance_around_the_order_is_a_hint_and_no_proof(dialog: UnknownDialog) -> None:
    dialog.show_balances(Decimal("72.95"), Decimal("72.79"))

    assert "$72.95" in _texts(dialog)
    assert "$72.79" in _texts(dialog)
    assert "may have changed it too" in _texts(dialog)
