"""The storage's secret on the hosting page: handed over once, never shown, bound to its place."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QPushButton
from pytestqt.qtbot import QtBot

from tests.ui.settings.hosting_desk import NO_KEYCHAIN, NOT_SAVED, PUT, R2, S3, SAVED, SECRET, Desk


def test_without_a_saved_secret_one_has_to_be_typed(qtbot: QtBot) -> None:
    desk = Desk(qtbot, S3, NOT_SAVED)
    desk.press("save")
    assert "secret access key is missing" in desk.said()[0]

    desk.type("secret_access_key", SECRET)
    desk.press("save")

    assert desk.secrets == [(S3, SECRET, False)]
    assert desk.saved == [S3]


def test_a_secret_is_never_shown_and_forgotten_when_it_was_handed_over(qtbot: QtBot) -> None:
    desk = Desk(qtbot, S3)
    desk.type("secret_access_key", SECRET)
    field = desk.field("secret_access_key")
    assert SECRET not in field.displayText()
    assert "DENG" in field.placeholderText()

    desk.press("save")

    assert field.text() == ""
    assert SECRET not in repr(desk.saved)


def test_escape_forgets_the_secret(qtbot: QtBot) -> None:
    desk = Desk(qtbot, S3)
    desk.type("secret_access_key", SECRET)
    field = desk.field("secret_access_key")

    QTest.keyClick(desk.dialog, Qt.Key.Key_Escape)

    assert field.text() == ""
    assert desk.secrets == []


def test_without_a_keychain_the_secret_is_for_this_run(qtbot: QtBot) -> None:
    desk = Desk(qtbot, S3, NO_KEYCHAIN)
    labels = [label.text() for label in desk.dialog.findChildren(QLabel) if label.isVisible()]
    assert any("kept for this run only" in text for text in labels)

    desk.type("secret_access_key", SECRET)
    desk.press("save")

    assert desk.secrets == [(S3, SECRET, True)]


def test_a_saved_secret_belongs_to_its_place_alone(qtbot: QtBot) -> None:
    desk = Desk(qtbot, S3)
    with qtbot.waitSignal(desk.dialog.host_place_changed) as asked:
        desk.type("bucket", "wolves")
    assert asked.args == [replace(S3, s3=replace(R2, bucket="wolves"))]

    desk.dialog.set_secret_state(desk.dialog.hosting(), NOT_SAVED)
    desk.dialog.set_secret_state(S3, SAVED)  # an answer that comes too late

    desk.press("save")
    assert "secret access key is missing" in desk.said()[0]


def test_a_saved_secret_can_be_removed(qtbot: QtBot) -> None:
    desk = Desk(qtbot, S3)
    with qtbot.waitSignal(desk.dialog.host_secret_removed) as asked:
        desk.press("remove_secret_access_key")
    assert asked.args == [S3]

    desk.dialog.set_secret_state(S3, NOT_SAVED, "The secret was removed.")

    labels = [label.text() for label in desk.dialog.findChildren(QLabel) if label.isVisible()]
    assert "The secret was removed." in labels
    assert [
        each for each in desk.dialog.findChildren(QPushButton, "remove_secret_access_key") if each.isVisible()
    ] == []


@pytest.mark.parametrize(
    ("user", "password", "said"),
    [("anna", "two words, ünlike a key", ""), ("", "two words", "no spaces"), ("", "töken", "no spaces"), ("", "", "")],
)
def test_a_password_may_be_anything_and_a_token_may_not(qtbot: QtBot, user: str, password: str, said: str) -> None:
    desk = Desk(qtbot, PUT, NOT_SAVED)
    desk.type("user", user)
    desk.field("password_or_token").setText(password)

    desk.press("save")

    assert said in " ".join(desk.said())
    assert bool(desk.saved) == (said == "")
