"""The test of a storage from the hosting page: of what is typed, ended by the next change."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from tests.ui.settings.hosting_desk import R2, S3, SECRET, Desk


def test_a_test_takes_what_is_typed_and_saves_nothing(qtbot: QtBot) -> None:
    desk = Desk(qtbot, S3)
    desk.type("bucket", "wolves")
    desk.type("secret_access_key", f" {SECRET} ")

    desk.press("test_hosting")

    assert desk.tests == [(replace(S3, s3=replace(R2, bucket="wolves")), SECRET)]
    assert (desk.saved, desk.secrets) == ([], [])
    assert desk.said() == ["Testing…"]
    assert not desk.button("test_hosting").isEnabled()

    desk.dialog.set_test_result("It works.", True)
    assert desk.said() == ["It works."]
    assert desk.button("test_hosting").isEnabled()


def test_changing_a_field_ends_the_test_and_its_late_answer_is_not_shown(qtbot: QtBot) -> None:
    desk = Desk(qtbot, S3)
    desk.press("test_hosting")
    desk.type("folder_in_the_bucket", "other")

    assert len(desk.cancelled) == 1
    desk.dialog.set_test_result("It works.", True)
    assert desk.said() == []


def test_the_saved_secret_is_tested_when_none_is_typed(qtbot: QtBot) -> None:
    desk = Desk(qtbot, S3)
    desk.press("test_hosting")
    assert desk.tests == [(S3, "")]


def test_the_keyboard_comes_back_to_the_button_that_rested_during_the_test(qtbot: QtBot) -> None:
    desk = Desk(qtbot, S3)
    desk.dialog.activateWindow()
    button = desk.button("test_hosting")
    button.setFocus()
    qtbot.waitUntil(button.hasFocus)

    QTest.keyClick(button, Qt.Key.Key_Space)
    assert not button.hasFocus()
    desk.dialog.set_test_result("It works.", True)

    assert button.hasFocus()
