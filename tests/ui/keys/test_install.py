from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QPlainTextEdit, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from seedream_desktop.ui.keys import CommandId, KeyMap, Keys

Key = Qt.Key
CTRL = Qt.KeyboardModifier.ControlModifier


class Window(QWidget):
    """A place for pictures and a text field in one window, and what the keys did."""

    def __init__(self) -> None:
        super().__init__()
        self.gallery, self.elsewhere, self.field = QWidget(), QWidget(), QLineEdit()
        self.prompt = QPlainTextEdit()
        layout = QVBoxLayout(self)
        for part in (self.gallery, self.elsewhere, self.field, self.prompt):
            part.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
            layout.addWidget(part)
        self.did: list[str] = []
        self.key_map = KeyMap(self)
        keys = Keys(self.key_map, self)
        keys.install(self, {CommandId.GENERATE: lambda: self.did.append("generate")})
        keys.install(self, {CommandId.KEY_LIST: lambda: self.did.append("list")})
        keys.install(self.gallery, {CommandId.PICK: lambda: self.did.append("pick")})


@pytest.fixture
def window(qtbot: QtBot) -> Window:
    window = Window()
    qtbot.addWidget(window)
    window.show()
    window.activateWindow()
    qtbot.waitExposed(window)
    return window


def press(part: QWidget, key: Key, modifiers: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    part.setFocus()
    QTest.keyClick(part, key, modifiers)


def test_a_letter_acts_in_its_place_and_nowhere_else(window: Window) -> None:
    press(window.elsewhere, Key.Key_P)
    assert window.did == []
    press(window.gallery, Key.Key_P)

    assert window.did == ["pick"]


def test_letters_and_signs_typed_into_a_field_stay_text(window: Window) -> None:
    for field in (window.field, window.prompt):
        field.setFocus()
        QTest.keyClicks(field, "p?")
    assert (window.field.text(), window.prompt.toPlainText()) == ("p?", "p?")
    assert window.did == []
    press(window.gallery, Key.Key_Question)

    assert window.did == ["list"]


def test_a_key_that_acts_anywhere_acts_in_a_field_too(window: Window) -> None:
    press(window.prompt, Key.Key_Return, CTRL)

    assert window.did == ["generate"]


def test_while_an_input_method_puts_letters_together_nothing_is_sent(window: Window) -> None:
    window.prompt.setFocus()
    QApplication.sendEvent(window.prompt, QInputMethodEvent("にほ", []))
    QTest.keyClick(window.prompt, Key.Key_Return, CTRL)
    assert window.did == []
    done = QInputMethodEvent("", [])
    done.setCommitString("日本")
    QApplication.sendEvent(window.prompt, done)
    QTest.keyClick(window.prompt, Key.Key_Return, CTRL)

    assert window.did == ["generate"]
    assert window.prompt.toPlainText() == "日本"


def test_a_changed_key_acts_at_once_and_the_old_one_no_more(window: Window) -> None:
    window.key_map.assign(CommandId.PICK, "K")
    press(window.gallery, Key.Key_P)
    assert window.did == []
    press(window.gallery, Key.Key_K)

    assert window.did == ["pick"]


def test_what_is_installed_is_listed(window: Window) -> None:
    listed = {command.id for command in window.key_map.commands() if not command.is_fixed}

    assert listed == {CommandId.GENERATE, CommandId.KEY_LIST, CommandId.PICK}


def test_what_a_control_does_by_itself_cannot_be_installed(window: Window) -> None:
    with pytest.raises(ValueError, match="choose_all"):
        Keys(window.key_map, window).install(window, {CommandId.CHOOSE_ALL: window.update})
