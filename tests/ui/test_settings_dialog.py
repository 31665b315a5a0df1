from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog, QLabel, QLineEdit, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from seedream_desktop.domain.hosting import HostingKind, HostingSettings, S3Settings
from seedream_desktop.domain.settings import Settings, Theme
from seedream_desktop.ui import theme
from seedream_desktop.ui.controls.combo_box import ComboBox
from seedream_desktop.ui.controls.message_line import MessageLine
from seedream_desktop.ui.controls.switch_row import SwitchRow
from seedream_desktop.ui.settings_dialog import SettingsDialog

KEY = "sk-0123456789"


@pytest.fixture(autouse=True, scope="module")
def _dark(qapp: QApplication) -> None:
    theme.apply(qapp, Theme.DARK)


@pytest.fixture
def dialog(qtbot: QtBot) -> SettingsDialog:
    dialog = SettingsDialog(Settings("/pictures", Decimal("0.04"), Theme.DARK))
    dialog.set_key_state("Kept in GNOME Keyring.", "9a2f", "GNOME Keyring")
    qtbot.addWidget(dialog)
    dialog.open()
    return dialog


def _field(dialog: SettingsDialog, name: str) -> QLineEdit:
    field = dialog.findChild(QLineEdit, name)
    assert isinstance(field, QLineEdit)
    return field


def _press(dialog: SettingsDialog, qtbot: QtBot, name: str) -> None:
    button = dialog.findChild(QPushButton, name)
    assert isinstance(button, QPushButton)
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)


def _said(dialog: SettingsDialog) -> list[str]:
    return [line.text() for line in dialog.findChildren(MessageLine) if line.isVisible()]


def _keys(dialog: SettingsDialog) -> list[tuple[str, bool]]:
    keys: list[tuple[str, bool]] = []
    dialog.key_entered.connect(lambda key, this_run: keys.append((key, this_run)))
    return keys


@pytest.mark.parametrize("name", ["API key", "Library folder", "Price per image", "Theme"])
def test_every_field_is_named_by_its_label(dialog: SettingsDialog, name: str) -> None:
    [field] = [widget for widget in dialog.findChildren(QWidget) if widget.accessibleName() == name]

    # Qt calls a combo box by its value; assistive technology on Linux takes the buddy's words.
    if not isinstance(field, ComboBox):
        assert QAccessible.queryAccessibleInterface(field).text(QAccessible.Text.Name) == name
    assert [label.text() for label in dialog.findChildren(QLabel) if label.buddy() is field] == [name]


def test_a_key_is_handed_over_without_the_space_around_it_and_not_kept(dialog: SettingsDialog, qtbot: QtBot) -> None:
    keys = _keys(dialog)
    _field(dialog, "api_key").setText(f"  {KEY}\n")

    _press(dialog, qtbot, "save_key")

    assert keys == [(KEY, False)]
    assert _field(dialog, "api_key").text() == ""


def test_the_key_is_never_shown(dialog: SettingsDialog) -> None:
    field = _field(dialog, "api_key")
    field.setText(KEY)

    assert field.echoMode() is QLineEdit.EchoMode.Password
    assert KEY not in field.displayText()
    assert "9a2f" in field.placeholderText()


@pytest.mark.parametrize("text", ["", "   ", "sk-01\n23", "sk 0123", "sk-€uro", "sk-\u202e01", "sk\x0001"])
@pytest.mark.parametrize("button", ["save_key", "test_key"])
def test_what_cannot_be_a_key_is_refused_in_a_sentence_about_the_key(
    dialog: SettingsDialog, qtbot: QtBot, text: str, button: str
) -> None:
    dialog.set_key_state("", None, "GNOME Keyring")
    keys = _keys(dialog)
    tests: list[str] = []
    dialog.key_test_requested.connect(tests.append)
    _field(dialog, "api_key").setText(text)

    _press(dialog, qtbot, button)

    assert keys == []
    assert tests == []
    assert "key" in _said(dialog)[0]
    assert _field(dialog, "api_key").text() == text


def test_the_saved_key_is_tested_when_none_is_typed(dialog: SettingsDialog, qtbot: QtBot) -> None:
    with qtbot.waitSignal(dialog.key_test_requested) as asked:
        _press(dialog, qtbot, "test_key")
    assert asked.args == [""]

    dialog.set_key_test_result("The key works. Balance $72.95.", True)
    assert _said(dialog) == ["The key works. Balance $72.95."]


def test_without_a_keychain_the_key_is_for_this_run(dialog: SettingsDialog, qtbot: QtBot) -> None:
    keys = _keys(dialog)
    dialog.set_key_state("", None, None)
    save = dialog.findChild(QPushButton, "save_key")
    assert isinstance(save, QPushButton)
    assert save.text() == "Use for this run"
    assert any("keychain" in label.text() for label in dialog.findChildren(QLabel))

    _field(dialog, "api_key").setText(KEY)
    _press(dialog, qtbot, "save_key")

    assert keys == [(KEY, True)]


def test_only_a_saved_key_can_be_removed(dialog: SettingsDialog, qtbot: QtBot) -> None:
    with qtbot.waitSignal(dialog.key_removed):
        _press(dialog, qtbot, "remove_key")

    dialog.set_key_state("", None, "GNOME Keyring")
    remove = dialog.findChild(QPushButton, "remove_key")
    assert isinstance(remove, QPushButton)
    assert not remove.isEnabled()


def test_settings_are_saved_as_typed_with_a_comma_for_a_point(dialog: SettingsDialog, qtbot: QtBot) -> None:
    saved: list[Settings] = []
    dialog.saved.connect(saved.append)
    _field(dialog, "library_folder").setText("/elsewhere")
    _field(dialog, "price_per_image").setText("$0,035")
    box = dialog.findChild(ComboBox, "theme")
    assert isinstance(box, ComboBox)
    box.setCurrentText("Light")

    _press(dialog, qtbot, "save")

    assert saved == [Settings("/elsewhere", Decimal("0.035"), Theme.LIGHT)]
    assert dialog.isVisible()
    dialog.close_saved()
    assert not dialog.isVisible()


def test_a_library_that_cannot_be_used_is_told_beside_it_and_can_be_mended(
    dialog: SettingsDialog, qtbot: QtBot
) -> None:
    saved: list[Settings] = []
    dialog.saved.connect(saved.append)
    _field(dialog, "library_folder").setText("/nowhere")
    _press(dialog, qtbot, "save")
    dialog.show_library_problem("The folder is read-only.")
    assert _said(dialog) == ["The folder is read-only."]

    _field(dialog, "library_folder").clear()
    QTest.keyClicks(_field(dialog, "library_folder"), "/here")
    assert _said(dialog) == []
    _press(dialog, qtbot, "save")

    assert [settings.library for settings in saved] == ["/nowhere", "/here"]


def test_what_cannot_be_saved_at_all_is_told_and_can_be_tried_again(dialog: SettingsDialog, qtbot: QtBot) -> None:
    saved: list[Settings] = []
    dialog.saved.connect(saved.append)
    _press(dialog, qtbot, "save")
    dialog.show_problem("The disk is full.")

    assert _said(dialog) == ["The disk is full."]
    _press(dialog, qtbot, "save")
    assert len(saved) == 2


def test_while_saving_nothing_is_saved_a_second_time(dialog: SettingsDialog, qtbot: QtBot) -> None:
    saved: list[Settings] = []
    dialog.saved.connect(saved.append)
    _press(dialog, qtbot, "save")
    dialog.accept()
    assert len(saved) == 1


def test_what_the_dialog_does_not_show_is_saved_as_it_was(qtbot: QtBot) -> None:
    hosting = HostingSettings(HostingKind.NONE, S3Settings("https://s3.example", bucket="foxes"), is_private=True)
    dialog = SettingsDialog(Settings(hosting=hosting))
    qtbot.addWidget(dialog)
    with qtbot.waitSignal(dialog.saved) as saved:
        dialog.accept()
    assert saved.args == [Settings(hosting=hosting)]


def test_a_wrong_price_is_forgiven_as_soon_as_another_is_typed(dialog: SettingsDialog, qtbot: QtBot) -> None:
    _field(dialog, "price_per_image").setText("cheap")
    _press(dialog, qtbot, "save")
    assert "price" in _said(dialog)[0]

    _field(dialog, "price_per_image").selectAll()
    QTest.keyClicks(_field(dialog, "price_per_image"), "0.05")

    assert _said(dialog) == []


def test_the_demo_says_that_it_needs_no_key(dialog: SettingsDialog) -> None:
    dialog.set_demo()
    dialog.set_key_state("", "9a2f", "GNOME Keyring")

    assert "demo needs no key" in _said(dialog)[0]
    buttons = [dialog.findChild(QPushButton, name) for name in ("save_key", "test_key", "remove_key")]
    assert [button is not None and button.isEnabled() for button in buttons] == [False] * 3
    assert not _field(dialog, "api_key").isEnabled()


def test_resizing_and_saying_much_gives_no_warning_of_qt(qtbot: QtBot, qtlog: Any) -> None:
    dialog = SettingsDialog(Settings())
    qtbot.addWidget(dialog)
    dialog.show()
    dialog.set_key_test_result("No. " * 200, False)
    dialog.resize(1, 1)
    dialog.show_page("hosting")
    dialog.close()
    assert [record.message for record in qtlog.records] == []


@pytest.mark.parametrize("text", ["", "cheap", "-1", "NaN", "Infinity", "101"])
def test_a_price_that_makes_no_sense_is_not_saved(dialog: SettingsDialog, qtbot: QtBot, text: str) -> None:
    saved: list[Settings] = []
    dialog.saved.connect(saved.append)
    _field(dialog, "price_per_image").setText(text)

    _press(dialog, qtbot, "save")

    assert saved == []
    assert dialog.isVisible()
    assert "price" in _said(dialog)[0]


def test_saving_takes_a_typed_key_along_instead_of_losing_it(dialog: SettingsDialog, qtbot: QtBot) -> None:
    keys = _keys(dialog)
    _field(dialog, "api_key").setText(KEY)
    _press(dialog, qtbot, "save")
    assert keys == [(KEY, False)]


def test_saving_with_half_a_key_stays_open(dialog: SettingsDialog, qtbot: QtBot) -> None:
    _field(dialog, "api_key").setText("sk 01")
    _press(dialog, qtbot, "save")
    assert dialog.isVisible()


def test_escape_forgets_the_key(dialog: SettingsDialog, qtbot: QtBot) -> None:
    keys = _keys(dialog)
    _field(dialog, "api_key").setText(KEY)

    QTest.keyClick(dialog, Qt.Key.Key_Escape)

    assert keys == []
    assert _field(dialog, "api_key").text() == ""


@pytest.mark.parametrize("name", ["library_folder", "price_per_image"])
def test_enter_in_a_field_saves_and_opens_no_other_window(qtbot: QtBot, name: str) -> None:
    dialog = SettingsDialog(Settings())
    qtbot.addWidget(dialog)
    dialog.show()
    saved: list[object] = []
    dialog.saved.connect(saved.append)
    field = dialog.findChild(QLineEdit, name)
    assert field is not None
    field.setFocus()

    QTest.keyClick(field, Qt.Key.Key_Return)

    assert len(saved) == 1
    assert dialog.findChildren(QFileDialog) == []


def test_copies_tell_how_they_were_made_only_when_the_user_says_so(dialog: SettingsDialog, qtbot: QtBot) -> None:
    saved: list[Settings] = []
    dialog.saved.connect(saved.append)
    switch = dialog.findChild(SwitchRow, "copies_carry_recipe")
    assert isinstance(switch, SwitchRow)
    assert not switch.isChecked()

    switch.click()
    _press(dialog, qtbot, "save")

    assert saved[0].copies_carry_recipe
