"""Which keys the user has for which command; must not know widgets."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from PySide6.QtCore import QKeyCombination, QObject, QSettings, Qt, Signal
from PySide6.QtGui import QKeySequence

from seedream_desktop.ui.keys.commands import Command, CommandId, Place, translated
from seedream_desktop.ui.keys.tables import BY_ID, COMMANDS

_SECTION: Final = "keys"
_PORTABLE: Final = QKeySequence.SequenceFormat.PortableText
_SHIFT: Final = Qt.KeyboardModifier.ShiftModifier


class KeyMap(QObject):
    """The table with the user's changes; ``changed`` tells that some command has other keys now."""

    changed = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._chosen: dict[CommandId, tuple[str, ...]] = {}
        self._offered: set[CommandId] = set()

    def commands(self) -> tuple[Command, ...]:
        """Return what can be done in this window: what controls do by themselves, and what somebody offered."""
        return tuple(command for command in COMMANDS if command.is_fixed or command.id in self._offered)

    def offer(self, commands: Iterable[CommandId]) -> None:
        """Note that these commands do something here, so that the list names them."""
        self._offered.update(commands)

    def keys_of(self, command: CommandId) -> tuple[str, ...]:
        """Return the keys of a command as portable text; a default that the user gave to another is not among them."""
        if command in self._chosen:
            return self._chosen[command]
        entry = BY_ID[command]
        return tuple(key for key in entry.keys if not self._is_given_away(entry, key))

    def command_at(self, place: Place, pressed: QKeyCombination) -> CommandId | None:
        """Return the command that *pressed* has in *place*, fixed ones left out."""
        keys = _readings(pressed)
        for command in COMMANDS:
            if command.is_fixed or not {place, Place.ANYWHERE} & set(command.places):
                continue
            if any(key in keys for key in self.keys_of(command.id)):
                return command.id
        return None

    def user_of(self, key: str, command: CommandId) -> Command | None:
        """Return the other command that has *key* where *command* acts; None when it is free there."""
        entry = BY_ID[command]
        others = (other for other in COMMANDS if other.id != command and other.meets(entry))
        return next((other for other in others if key in self.keys_of(other.id)), None)

    def conflict(self, key: str, command: CommandId) -> str:
        """Return a sentence that says why *command* cannot have *key*; an empty one when it can."""
        other = self.user_of(key, command)
        if other is None:
            return ""
        words = self.tr("{key} is used for “{name}” already, and that cannot be changed. Choose another key.")
        if not other.is_fixed:
            words = self.tr("{key} is used for “{name}” already.")
        return words.format(key=native(key), name=translated(other.name))

    def assign(self, command: CommandId, key: str) -> None:
        """Let *key* alone call *command*; whoever has it in the same place loses it.

        Raises:
            ValueError: when the key or the command is fixed.
        """
        other = self.user_of(key, command)
        if BY_ID[command].is_fixed or (other is not None and other.is_fixed):
            raise ValueError(f"{key} for {command} cannot be changed")
        if other is not None:
            self._chosen[other.id] = tuple(kept for kept in self.keys_of(other.id) if kept != key)
        self._chosen[command] = (key,)
        self.changed.emit()

    def reset(self, command: CommandId) -> None:
        """Give a command its own keys back, from whoever has them now."""
        self._chosen.pop(command, None)
        for key in BY_ID[command].keys:
            other = self.user_of(key, command)
            if other is not None and other.id in self._chosen:
                self._chosen[other.id] = tuple(kept for kept in self.keys_of(other.id) if kept != key)
        self.changed.emit()

    def reset_all(self) -> None:
        """Forget all changes."""
        self._chosen.clear()
        self.changed.emit()

    def is_changed(self, command: CommandId) -> bool:
        """Whether a command has other keys than at first."""
        return self.keys_of(command) != BY_ID[command].keys

    def load(self, settings: QSettings) -> None:
        """Take over the changes that were kept; what is not known, or no key, is left out."""
        settings.beginGroup(_SECTION)
        kept = {name: settings.value(name) for name in settings.childKeys()}
        settings.endGroup()
        known = [command.id for command in COMMANDS if not command.is_fixed]
        found = {id_: _keys_in(kept.get(id_.value)) for id_ in known}
        self._chosen = {id_: keys for id_, keys in found.items() if keys is not None}
        self.changed.emit()

    def save(self, settings: QSettings) -> None:
        """Keep the changes, and nothing of what is as it was at first."""
        settings.remove(_SECTION)
        for command, keys in self._chosen.items():
            settings.setValue(f"{_SECTION}/{command.value}", " ".join(keys))

    def _is_given_away(self, entry: Command, key: str) -> bool:
        return any(key in keys and BY_ID[other].meets(entry) for other, keys in self._chosen.items())


def native(key: str) -> str:
    """Return a key as this system writes it, e.g. ``⌘F`` on a Mac."""
    return QKeySequence.fromString(key, _PORTABLE).toString(QKeySequence.SequenceFormat.NativeText)


def portable(pressed: QKeyCombination) -> str:
    """Return what was pressed as portable text; the keypad is no different, and a sign needs no Shift."""
    return _readings(pressed)[-1]


def _readings(pressed: QKeyCombination) -> list[str]:
    """Return how a press can be written: as it is, and without the Shift that only made the sign."""
    modifiers = pressed.keyboardModifiers() & ~Qt.KeyboardModifier.KeypadModifier
    readings = [_written(modifiers, pressed.key())]
    if modifiers & _SHIFT and _is_sign(pressed.key()):
        readings.append(_written(modifiers & ~_SHIFT, pressed.key()))
    return readings


def _written(modifiers: Qt.KeyboardModifier, key: Qt.Key) -> str:
    return QKeySequence(QKeyCombination(modifiers, key)).toString(_PORTABLE)


def _is_sign(key: Qt.Key) -> bool:
    return Qt.Key.Key_Space.value < key.value < Qt.Key.Key_Escape.value and not chr(min(key.value, 0x10FFFF)).isalnum()


def _keys_in(value: object) -> tuple[str, ...] | None:
    """Return the keys in what was kept, none of them for a command without a key; None when it makes no sense."""
    if not isinstance(value, str):
        return None
    sequences = (QKeySequence.fromString(part, _PORTABLE) for part in value.split())
    texts = (sequence.toString(_PORTABLE) for sequence in sequences if sequence.count() == 1)
    keys = tuple(text for text in texts if text)
    return keys if keys or not value else None
