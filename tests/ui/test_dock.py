from __future__ import annotations

from decimal import Decimal
from html import escape

import pytest
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QApplication, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from seedream_desktop.ui.controls.label import Label
from seedream_desktop.ui.dock import Dock


@pytest.fixture
def dock(qtbot: QtBot) -> Dock:
    found = Dock()
    qtbot.addWidget(found)
    found.resize(1100, 40)
    found.show()
    return found


def button(dock: Dock) -> QPushButton:
    found = dock.findChild(QPushButton, "show_tasks")
    assert isinstance(found, QPushButton)
    return found


def seen(dock: Dock) -> list[str]:
    return [label.text() for label in dock.findChildren(Label) if label.isVisible()]


def test_with_nothing_to_say_it_is_ready(dock: Dock) -> None:
    assert dock.status_text() == "Ready"
    assert "Ready" in seen(dock)


def test_it_counts_what_runs_waits_and_needs_the_user(dock: Dock) -> None:
    dock.set_counts(1, 2, 1)
    assert dock.status_text() == "1 running · 2 waiting · 1 needs you"
    assert "Ready" not in seen(dock)
    dock.set_counts(0, 3, 0)
    assert dock.status_text() == "3 waiting"


def test_a_condition_stands_beside_the_counts_until_it_is_taken_back(dock: Dock) -> None:
    dock.set_counts(1, 0, 0)
    dock.set_condition("Not reachable, will go on by itself", "care")
    assert dock.status_text() == "1 running · Not reachable, will go on by itself"
    dock.set_condition("", "")
    assert dock.status_text() == "1 running"


def test_good_news_go_by_themselves_and_what_went_wrong_stays(qtbot: QtBot, dock: Dock) -> None:
    dock._news.setInterval(50)
    dock.set_notice("Saved as fox.jpg", "good")
    assert dock.status_text() == "Saved as fox.jpg"
    qtbot.waitUntil(lambda: dock.status_text() == "Ready")

    dock.set_notice("Saved as fox.jpg", "good")
    dock.set_notice("The disk is full", "bad")
    qtbot.wait(150)

    assert dock.status_text() == "The disk is full"


def test_good_news_do_not_hide_for_good_that_the_service_is_away(qtbot: QtBot, dock: Dock) -> None:
    dock._news.setInterval(50)
    dock.set_condition("Not reachable", "care")
    dock.set_notice("Saved as fox.jpg", "good")
    assert dock.status_text() == "Saved as fox.jpg"

    qtbot.waitUntil(lambda: dock.status_text() == "Not reachable")
    dock.set_notice("Could not be saved", "bad")
    dock.set_condition("Not reachable, will go on by itself", "care")
    assert dock.status_text() == "Not reachable, will go on by itself"


def test_a_condition_that_is_over_leaves_what_was_said_of_something_else(dock: Dock) -> None:
    dock.set_condition("Not reachable", "care")
    dock.set_notice("Could not be saved", "bad")
    dock.set_condition("", "")

    assert dock.status_text() == "Could not be saved"


def test_a_notice_without_room_is_cut_with_dots_and_can_be_read_whole(dock: Dock) -> None:
    whole = "a sentence of <b>ours</b> " * 60
    dock.resize(600, 40)
    dock.set_notice(whole, "care")
    QApplication.processEvents()
    label = dock.findChild(Label, "notice")

    assert isinstance(label, Label)
    assert label.text().endswith("…")
    assert label.toolTip() == f"<qt>{escape(whole)}</qt>"
    assert dock.status_text() == whole


def test_the_words_of_the_status_can_be_read_by_assistive_technology(dock: Dock) -> None:
    dock.set_counts(1, 2, 0)
    status = dock.findChild(QWidget, "status")
    assert isinstance(status, QWidget)
    box = QAccessible.queryAccessibleInterface(status)
    assert box is not None
    words = [box.child(n).text(QAccessible.Text.Name) for n in range(box.childCount())]

    assert box.text(QAccessible.Text.Name) == "Status"
    assert box.text(QAccessible.Text.Description) == "1 running · 2 waiting"
    assert "1 running · 2 waiting" in words


def test_money_is_shown_as_it_is_and_never_guessed(dock: Dock) -> None:
    assert "Balance —" in seen(dock)
    dock.set_spent_today(Decimal("1.92"))
    dock.set_balance(Decimal("72.95"))

    assert {"Today $1.92", "Balance $72.95"} <= set(seen(dock))


def test_the_button_opens_and_closes_the_task_list(qtbot: QtBot, dock: Dock) -> None:
    assert button(dock).accessibleName() == "Show tasks"
    with qtbot.waitSignal(dock.toggled) as opened:
        button(dock).click()
    with qtbot.waitSignal(dock.toggled) as closed:
        dock.set_open(False)

    assert (opened.args, closed.args) == ([True], [False])
    with qtbot.assertNotEmitted(dock.toggled):
        dock.set_open(False)


def test_assistive_technology_calls_the_button_a_button(dock: Dock) -> None:
    found = QAccessible.queryAccessibleInterface(button(dock))

    assert found is not None
    assert found.role() is QAccessible.Role.Button


def test_it_is_one_line_high_whatever_it_says(dock: Dock) -> None:
    dock.set_notice("a sentence " * 60, "bad")

    assert dock.height() == 40
    assert dock.minimumSizeHint().width() < 700
