"""The references and every way to change them, each with its way back; it shows nothing itself."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from itertools import count

from PySide6.QtCore import QObject, Signal

from seedream_desktop.domain.reference import Reference, Role
from seedream_desktop.ui.composer.reference_history import Entries, History, is_same_picture, new_numbers, to_prepare
from seedream_desktop.ui.composer.reference_model import ReferenceModel
from seedream_desktop.ui.composer.tile_state import Entry


class ReferenceList(QObject):
    """Tells `renumbered` before `changed`, and then each Entry to be prepared.

    `renumbered` brings a dict of old numbers to new ones, None for what is gone; it is told of every change of places,
    also of one that leaves all old numbers as they are, since a reference may have come back.
    """

    changed = Signal()
    renumbered = Signal(object)
    preparation_requested = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.model = ReferenceModel(self)
        self._history = History()
        self._keys = count(1)

    def reference(self, key: int) -> Reference | None:
        """Return the reference with *key*, or None when it is gone."""
        row = self.model.row_of(key)
        return None if row is None else self.model.references()[row]

    def set_references(self, references: Sequence[Reference]) -> None:
        """Take *references* in place of those before; there is no way back, since the whole request changed."""
        self._history.forget()
        self.model.forget()
        self.model.show(self._entries_of(references))
        self._tell_pictures(())

    def insert(self, references: Sequence[Reference], row: int) -> None:
        """Put *references* before the one at *row*."""
        if references:
            self._edit(lambda: self.model.insert(row, self._entries_of(references)))

    def remove(self, key: int) -> None:
        """Take the reference with *key* out."""
        row = self.model.row_of(key)
        if row is not None:
            self._edit(lambda: self.model.remove(row))

    def move(self, row: int, target: int) -> bool:
        """Put the reference at *row* where *target* is; return whether it moved."""
        before = self.model.entries()
        if not self.model.move(row, target):
            return False
        self._history.remember(before)
        self._tell(before)
        return True

    def replace(self, key: int, reference: Reference) -> None:
        """Let *reference* stand where *key* stands; another picture loses the copy kept of the one before."""
        present = self.reference(key)
        if present is None or present == reference:
            return
        if not is_same_picture(present, reference) and present.sha256 == reference.sha256:
            reference = replace(reference, sha256=None)
        self._edit(lambda: self.model.set_reference(key, reference))

    def set_role(self, key: int, role: Role) -> None:
        """Say what the reference with *key* is for."""
        present = self.reference(key)
        if present is not None:
            self.replace(key, replace(present, role=role))

    def set_reference(self, key: int, reference: Reference) -> None:
        """Write down what was found out about the same picture, e.g. its copy; that is no step to undo."""
        self._history.amend(key, reference)
        if self.reference(key) not in (None, reference):
            self.model.set_reference(key, reference)
            self.changed.emit()

    def undo(self) -> bool:
        """Take the last change back; return whether there was one."""
        return self._restore(self._history.back(self.model.entries()))

    def redo(self) -> bool:
        """Do what was undone last again; return whether there was anything."""
        return self._restore(self._history.forward(self.model.entries()))

    def _entries_of(self, references: Sequence[Reference]) -> Entries:
        return tuple(Entry(next(self._keys), reference) for reference in references)

    def _edit(self, change: Callable[[], None]) -> None:
        before = self.model.entries()
        change()
        self._history.remember(before)
        self._tell(before)

    def _restore(self, entries: Entries | None) -> bool:
        if entries is None:
            return False
        before = self.model.entries()
        self.model.show(entries)
        self._tell(before)
        return True

    def _tell(self, before: Entries) -> None:
        after = self.model.entries()
        if [entry.key for entry in before] != [entry.key for entry in after]:
            self.renumbered.emit(new_numbers(before, after))
        self._tell_pictures(before)

    def _tell_pictures(self, before: Entries) -> None:
        waiting = to_prepare(before, self.model.entries())
        for entry in waiting:
            self.model.set_state(entry.key, None)
            self.model.set_thumbnail(entry.key, None)
        self.changed.emit()
        for entry in waiting:
            self.preparation_requested.emit(entry)
