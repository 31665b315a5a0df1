from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QKeyCombination, QSettings, Qt
from PySide6.QtGui import QKeySequence

from seedream_desktop.ui.keys import CommandId, KeyMap, Place
from seedream_desktop.ui.keys.key_map import portable
from seedream_desktop.ui.keys.tables import BY_ID, COMMANDS

Key = Qt.Key
CTRL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier
KEYPAD = Qt.KeyboardModifier.KeypadModifier


@pytest.fixture
def key_map() -> KeyMap:
    return KeyMap()


def settings_in(folder: Path) -> QSettings:
    return QSettings(str(folder / "window.ini"), QSettings.Format.IniFormat)


def test_every_command_stands_in_the_table_once() -> None:
    assert sorted(command.id for command in COMMANDS) == sorted(CommandId)


def test_every_default_key_is_one_key_in_its_usual_spelling() -> None:
    for command in COMMANDS:
        for key in command.keys:
            sequence = QKeySequence.fromString(key)
            assert (sequence.count(), sequence.toString()) == (1, key), command.id


def test_no_two_commands_have_the_same_key_in_the_same_place(key_map: KeyMap) -> None:
    taken = [
        (command.id, key, other.id)
        for command in COMMANDS
        for key in command.keys
        if (other := key_map.user_of(key, command.id)) is not None
    ]

    assert taken == []


def test_every_command_can_be_seen_to_have_a_key_or_a_gesture() -> None:
    assert [command.id for command in COMMANDS if not command.keys and not command.shown] == []


def test_only_what_is_offered_is_listed_beside_what_controls_do_themselves(key_map: KeyMap) -> None:
    assert BY_ID[CommandId.PICK] not in key_map.commands()
    assert BY_ID[CommandId.CHOOSE_ALL] in key_map.commands()

    key_map.offer([CommandId.PICK])

    assert BY_ID[CommandId.PICK] in key_map.commands()


@pytest.mark.parametrize(
    ("place", "modifiers", "key", "command"),
    [
        (Place.VIEWER, Qt.KeyboardModifier.NoModifier, Key.Key_Z, CommandId.TOGGLE_ZOOM),
        (Place.VIEWER, SHIFT, Key.Key_Plus, CommandId.ZOOM_IN),
        (Place.VIEWER, KEYPAD, Key.Key_Plus, CommandId.ZOOM_IN),
        (Place.VIEWER, CTRL, Key.Key_1, CommandId.ONE_TO_ONE),
        (Place.GALLERY, CTRL, Key.Key_1, None),
        (Place.COMPARE, KEYPAD, Key.Key_Enter, CommandId.COMPARE_PICK),
        (Place.VIEWER, CTRL, Key.Key_S, CommandId.SAVE_AS),
        (Place.VIEWER, SHIFT, Key.Key_Question, CommandId.KEY_LIST),
        (Place.VIEWER, SHIFT, Key.Key_Z, None),
    ],
)
def test_a_press_means_what_the_table_says_in_that_place(
    key_map: KeyMap, place: Place, modifiers: Qt.KeyboardModifier, key: Key, command: CommandId | None
) -> None:
    assert key_map.command_at(place, QKeyCombination(modifiers, key)) == command


def test_a_conflict_is_told_in_a_sentence_that_names_key_and_command(key_map: KeyMap) -> None:
    assert key_map.conflict("Ctrl+F", CommandId.SETTINGS) == "Ctrl+F is used for “Search” already."
    assert key_map.conflict("Ctrl+J", CommandId.SETTINGS) == ""


def test_a_key_that_a_control_keeps_cannot_be_had(key_map: KeyMap) -> None:
    assert "cannot be changed" in key_map.conflict("Ctrl+A", CommandId.PICK)
    with pytest.raises(ValueError, match="cannot be changed"):
        key_map.assign(CommandId.PICK, "Ctrl+A")


def test_the_same_key_may_do_different_things_in_different_places(key_map: KeyMap) -> None:
    assert key_map.conflict("M", CommandId.REMIX) == ""


def test_a_key_that_acts_anywhere_is_taken_in_every_place(key_map: KeyMap) -> None:
    assert "“Search”" in key_map.conflict("Ctrl+F", CommandId.PICK)
    assert "“Pick”" in key_map.conflict("P", CommandId.SEARCH)


def test_a_command_takes_a_key_from_the_one_that_had_it(key_map: KeyMap) -> None:
    key_map.assign(CommandId.PICK, "X")

    assert key_map.keys_of(CommandId.PICK) == ("X",)
    assert key_map.keys_of(CommandId.REJECT) == ()
    assert key_map.is_changed(CommandId.REJECT)


def test_reset_gives_a_command_its_key_back_from_the_other(key_map: KeyMap) -> None:
    key_map.assign(CommandId.PICK, "X")
    key_map.reset(CommandId.REJECT)

    assert key_map.keys_of(CommandId.REJECT) == ("X",)
    assert key_map.keys_of(CommandId.PICK) == ()


def test_reset_all_forgets_every_change(key_map: KeyMap) -> None:
    key_map.assign(CommandId.PICK, "X")
    key_map.reset_all()

    assert [command.id for command in COMMANDS if key_map.is_changed(command.id)] == []


def test_changes_are_kept_in_the_windows_settings(key_map: KeyMap, tmp_path: Path) -> None:
    key_map.assign(CommandId.PICK, "Ctrl+;")
    key_map.assign(CommandId.SEARCH, "Ctrl+,")
    key_map.save(settings_in(tmp_path))
    other = KeyMap()
    other.load(settings_in(tmp_path))

    assert other.keys_of(CommandId.PICK) == ("Ctrl+;",)
    assert other.keys_of(CommandId.SEARCH) == ("Ctrl+,",)
    assert other.keys_of(CommandId.SETTINGS) == ()
    assert other.keys_of(CommandId.REJECT) == ("X",)


def test_what_was_reset_is_not_kept(key_map: KeyMap, tmp_path: Path) -> None:
    key_map.assign(CommandId.PICK, "K")
    key_map.save(settings_in(tmp_path))
    key_map.reset_all()
    key_map.save(settings_in(tmp_path))
    other = KeyMap()
    other.load(settings_in(tmp_path))

    assert other.keys_of(CommandId.PICK) == ("P",)


def test_nonsense_in_the_settings_is_left_out(key_map: KeyMap, tmp_path: Path) -> None:
    settings = settings_in(tmp_path)
    settings.setValue("keys/nobody", "K")
    settings.setValue("keys/choose_all", "K")
    settings.setValue("keys/pick", ["a", "b"])
    settings.setValue("keys/reject", "blip blop")
    key_map.load(settings)

    assert key_map.keys_of(CommandId.PICK) == ("P",)
    assert key_map.keys_of(CommandId.REJECT) == ("X",)
    assert key_map.keys_of(CommandId.CHOOSE_ALL) == ("Ctrl+A",)


def test_a_sign_is_written_without_the_shift_that_made_it() -> None:
    assert portable(QKeyCombination(SHIFT, Key.Key_Question)) == "?"
    assert portable(QKeyCombination(SHIFT, Key.Key_A)) == "Shift+A"
    assert portable(QKeyCombination(SHIFT, Key.Key_F10)) == "Shift+F10"
