from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QAbstractItemModel, QModelIndex, Qt
from PySide6.QtTest import QAbstractItemModelTester, QTest
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from seedream_desktop.ui.keys import CommandId, KeyMap
from seedream_desktop.ui.keys.dialog import KeyListDialog
from seedream_desktop.ui.keys.model import KeyListModel
from seedream_desktop.ui.keys.tables import BY_ID, COMMANDS

Key = Qt.Key
CTRL = Qt.KeyboardModifier.ControlModifier
FATAL = QAbstractItemModelTester.FailureReportingMode.Fatal


@pytest.fixture
def key_map() -> KeyMap:
    found = KeyMap()
    found.offer(command.id for command in COMMANDS if not command.is_fixed)
    return found


@pytest.fixture
def dialog(qtbot: QtBot, key_map: KeyMap) -> Iterator[KeyListDialog]:
    dialog = KeyListDialog(key_map)
    qtbot.addWidget(dialog)
    dialog.open_list()
    qtbot.waitExposed(dialog)
    yield dialog
    dialog.close()


def rows(model: QAbstractItemModel) -> list[tuple[str, str, str]]:
    """Return the cells of every command that is listed."""
    found = []
    for group in range(model.rowCount()):
        parent = model.index(group, 0)
        for row in range(model.rowCount(parent)):
            name, keys, place = (str(model.index(row, column, parent).data()) for column in range(3))
            found.append((name, keys, place))
    return found


def button(dialog: KeyListDialog, name: str) -> QPushButton:
    found = dialog.findChild(QPushButton, name)
    assert isinstance(found, QPushButton)
    return found


def change(dialog: KeyListDialog, command: CommandId, key: Key, modifiers: Qt.KeyboardModifier) -> None:
    dialog.choose(BY_ID[command])
    button(dialog, "change_key").click()
    QTest.keyClick(dialog.capture, key, modifiers)


def test_the_models_keep_qts_rules(qtbot: QtBot, key_map: KeyMap, dialog: KeyListDialog) -> None:
    model = KeyListModel(key_map)
    testers = [QAbstractItemModelTester(tested, FATAL) for tested in (model, dialog.list.model())]
    key_map.assign(CommandId.PICK, "K")
    model.renew()
    dialog.search.setText("pick")
    dialog.search.setText("")

    assert len(testers) == 2


def test_every_command_is_listed_with_its_keys_and_its_place(dialog: KeyListDialog) -> None:
    listed = rows(dialog.list.model())

    assert len(listed) == len(COMMANDS)
    assert ("Go to the prompt", "Ctrl+L or Alt+A", "anywhere") in listed
    assert ("Larger or smaller thumbnails", "Ctrl and the wheel", "gallery") in listed


def test_what_nobody_does_in_this_window_is_not_listed(qtbot: QtBot) -> None:
    dialog = KeyListDialog(KeyMap())
    qtbot.addWidget(dialog)
    dialog.open_list()

    assert "Pick" not in [name for name, _keys, _place in rows(dialog.list.model())]


@pytest.mark.parametrize(
    ("text", "name"),
    [("reject", "Reject"), ("ctrl+shift+c", "Copy its prompt"), ("blink side", "Side by side, slider, blink")],
)
def test_the_search_finds_by_name_and_by_key(dialog: KeyListDialog, text: str, name: str) -> None:
    dialog.search.setText(text)
    names = [found for found, _keys, _place in rows(dialog.list.model())]

    assert name in names
    assert len(names) <= 3


def test_a_search_without_a_result_says_so(dialog: KeyListDialog) -> None:
    dialog.search.setText("zzzz")

    assert rows(dialog.list.model()) == []
    assert dialog.said.text() == "No command is called that, and no key."


def test_a_row_is_read_aloud_as_one_phrase(dialog: KeyListDialog) -> None:
    dialog.choose(BY_ID[CommandId.SEARCH])
    index: QModelIndex = dialog.list.currentIndex()

    assert index.data(Qt.ItemDataRole.AccessibleTextRole) == "Search, Ctrl+F, anywhere"


def test_the_keyboard_goes_from_the_search_to_a_row_and_to_a_new_key(dialog: KeyListDialog, key_map: KeyMap) -> None:
    QTest.keyClicks(dialog.search, "favourite")
    QTest.keyClick(dialog.search, Key.Key_Down)
    QTest.keyClick(dialog.list, Key.Key_Return)
    assert dialog.capture.isVisible()
    assert dialog.capture.accessibleDescription().startswith("Press the new key for “Favourite, or not”.")
    QTest.keyClick(dialog.capture, Key.Key_H)

    assert key_map.keys_of(CommandId.FAVOURITE) == ("H",)
    assert not dialog.capture.isVisible()


def test_esc_leaves_the_key_as_it_is_and_the_list_open(dialog: KeyListDialog, key_map: KeyMap) -> None:
    change(dialog, CommandId.SEARCH, Key.Key_Escape, Qt.KeyboardModifier.NoModifier)

    assert key_map.keys_of(CommandId.SEARCH) == ("Ctrl+F",)
    assert dialog.isVisible()
    assert not dialog.capture.isVisible()


def test_a_modifier_alone_is_waited_out(dialog: KeyListDialog, key_map: KeyMap) -> None:
    change(dialog, CommandId.SEARCH, Key.Key_Control, CTRL)
    assert dialog.capture.isVisible()
    QTest.keyClick(dialog.capture, Key.Key_Tab, CTRL)

    assert key_map.keys_of(CommandId.SEARCH) == ("Ctrl+Tab",)


def test_a_conflict_is_told_and_changes_nothing_until_it_is_wanted(dialog: KeyListDialog, key_map: KeyMap) -> None:
    change(dialog, CommandId.SETTINGS, Key.Key_F, CTRL)
    assert dialog.said.text() == "Ctrl+F is used for “Search” already."
    assert key_map.keys_of(CommandId.SETTINGS) == ("Ctrl+,",)
    button(dialog, "take_over").click()

    assert key_map.keys_of(CommandId.SETTINGS) == ("Ctrl+F",)
    assert key_map.keys_of(CommandId.SEARCH) == ()
    assert ("Search", "no key", "anywhere") in rows(dialog.list.model())


def test_enter_presses_the_button_beside_a_conflict(dialog: KeyListDialog, key_map: KeyMap) -> None:
    change(dialog, CommandId.SETTINGS, Key.Key_F, CTRL)
    assert button(dialog, "take_over").hasFocus()

    QTest.keyClick(button(dialog, "take_over"), Key.Key_Return)

    assert key_map.keys_of(CommandId.SETTINGS) == ("Ctrl+F",)
    assert dialog.isVisible()
    assert dialog.list.hasFocus()


def test_a_key_that_a_control_keeps_is_refused_for_good(dialog: KeyListDialog, key_map: KeyMap) -> None:
    change(dialog, CommandId.PICK, Key.Key_A, CTRL)

    assert "cannot be changed" in dialog.said.text()
    assert not button(dialog, "take_over").isVisible()
    assert key_map.keys_of(CommandId.PICK) == ("P",)


def test_what_a_control_does_by_itself_is_shown_and_cannot_be_changed(dialog: KeyListDialog) -> None:
    dialog.choose(BY_ID[CommandId.CHOOSE_ALL])

    assert not button(dialog, "change_key").isEnabled()
    assert dialog.said.text() == "This is how the control works; it keeps its keys."


def test_one_key_or_all_can_be_reset(dialog: KeyListDialog, key_map: KeyMap) -> None:
    key_map.assign(CommandId.PICK, "K")
    key_map.assign(CommandId.REJECT, "L")
    dialog.choose(BY_ID[CommandId.PICK])
    button(dialog, "reset_key").click()
    assert (key_map.keys_of(CommandId.PICK), key_map.keys_of(CommandId.REJECT)) == (("P",), ("L",))
    button(dialog, "reset_all_keys").click()

    assert key_map.keys_of(CommandId.REJECT) == ("X",)


def test_every_control_has_a_name(dialog: KeyListDialog) -> None:
    named = (dialog.search, dialog.list, dialog.capture, *dialog.findChildren(QPushButton))

    assert all(control.accessibleName() for control in named)
