"""Keeps the figures in the prompt true to the references while those move, go and come back."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtGui import QTextCursor, QTextDocument

from seedream_desktop.domain.figures import LOST, Figure
from seedream_desktop.ui.composer.figure_chips import chips_in


class FigureNumbers:
    """Rewrites numbers in a document, and remembers which reference each ``Figure ?`` was, should it come back."""

    def __init__(self, document: QTextDocument) -> None:
        self._document = document
        self._keys: tuple[int, ...] = ()
        # A text cursor stays with its place through every edit.
        self._lost: list[tuple[QTextCursor, int]] = []

    def begin(self, keys: Sequence[int]) -> None:
        """Take the prompt as written for the references with *keys*, in their order."""
        self._keys = tuple(keys)
        self._lost.clear()

    def follow(self, new_numbers: Mapping[int, int | None], keys: Sequence[int]) -> None:
        """Exchange numbers as *new_numbers* says, in one step of undo; *keys* are those of the references now."""
        changes = [(chip, new) for chip, new in self._changes(new_numbers, keys) if new != _shown(chip)]
        self._keys = tuple(keys)
        if not changes:
            return
        cursor = QTextCursor(self._document)
        cursor.beginEditBlock()
        for chip, number in reversed(changes):
            # The number alone: a cursor that stands before or behind the figure stays there.
            cursor.setPosition(chip.number_start)
            cursor.setPosition(chip.end, QTextCursor.MoveMode.KeepAnchor)
            cursor.insertText(number)
        cursor.endEditBlock()

    def _changes(self, new_numbers: Mapping[int, int | None], keys: Sequence[int]) -> list[tuple[Figure, str]]:
        found: list[tuple[Figure, str]] = []
        for chip in chips_in(self._document):
            if chip.number is None:
                found.append((chip, self._returned(chip, keys)))
            elif chip.number in new_numbers:
                new = new_numbers[chip.number]
                if new is None:
                    self._lose(chip)
                found.append((chip, LOST if new is None else str(new)))
        return found

    def _lose(self, chip: Figure) -> None:
        if chip.number is None or chip.number > len(self._keys):
            return
        place = QTextCursor(self._document)
        place.setPosition(chip.start)
        self._lost.append((place, self._keys[chip.number - 1]))

    def _returned(self, chip: Figure, keys: Sequence[int]) -> str:
        """Return the number of the reference that *chip* once was, if there is no doubt about it."""
        memories = {key for place, key in self._lost if place.position() == chip.start}
        if len(memories) != 1 or not memories <= set(keys):
            return LOST
        key = memories.pop()
        self._lost = [(place, lost) for place, lost in self._lost if place.position() != chip.start]
        return str(list(keys).index(key) + 1)


def _shown(chip: Figure) -> str:
    return chip.words[chip.number_start - chip.end :]
