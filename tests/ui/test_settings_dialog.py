from __future__ import annotations

from decimal import Decimal

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog, QLabel, QLineEdit, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from seedream_desktop.domain.settings import Settings, Theme
from seedream_desktop.ui import theme
from seedream_desktop.ui.controls.combo_box import ComboBox
from seedream_desktop.ui.controls.message_line import MessageLine
from seedream_desktop.ui.settings_dialog import SettingsDialog

KEY = "sk-0123456789"


@pytest.fixture
def dialog(qtbot: QtBot, qapp: QApplication) -> SettingsDialog:
    theme.apply(qapp, Theme.DARK)
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
    assert not dialog.isVisible()


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
