"""The hosted pictures as a list model: a copy for the view, newest first; must not decide anything."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from html import escape
from typing import Any, Final

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from seedream_desktop.ui.hosted import wording
from seedream_desktop.ui.hosted.row import Doing, HostedRow, Key

ROW_ROLE: Final = Qt.ItemDataRole.UserRole
_NO_PARENT: Final = QModelIndex()


class HostedModel(QAbstractListModel):
    """One row for each hosted picture; ``ROW_ROLE`` holds the `HostedRow` itself."""

    def __init__(self, clock: Callable[[], datetime], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._clock = clock
        self._rows: list[HostedRow] = []

    def rowCount(self, parent: QModelIndex | QPersistentModelIndex = _NO_PARENT) -> int:
        """Return the number of pictures."""
        return 0 if parent.isValid() else len(self._rows)

    def data(self, index: QModelIndex | QPersistentModelIndex, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return the name, all words for assistive technology, the exact times, or the row."""
        row = self.row_at(index.row()) if index.isValid() else None
        if row is None:
            return None
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return wording.name_of(row)
            case Qt.ItemDataRole.AccessibleTextRole:
                return wording.spoken(row, self._clock())
            case Qt.ItemDataRole.ToolTipRole:
                return _tool_tip(row)
            case Qt.ItemDataRole.UserRole:
                return row
        return None

    def rows(self) -> tuple[HostedRow, ...]:
        """Return all rows, newest first."""
        return tuple(self._rows)

    def row_at(self, number: int) -> HostedRow | None:
        """Return a row, or None when there is no such one."""
        return self._rows[number] if 0 <= number < len(self._rows) else None

    def set_rows(self, rows: Sequence[HostedRow]) -> None:
        """Show *rows* and nothing else; what is under way on a row, and what was chosen, stays."""
        keys = {row.key for row in rows}
        for number in reversed(range(len(self._rows))):
            if self._rows[number].key not in keys:
                self._remove(number)
        for number, row in enumerate(rows):
            self._place(number, row)

    def set_doing(self, key: Key, doing: Doing, problem: str = "") -> None:
        """Show what happens to a row; nothing when it is not there any more."""
        number = self._number(key)
        if number is not None:
            self._rows[number] = self._rows[number].with_doing(doing, problem)
            self._tell(number, number)

    def remove(self, key: Key) -> None:
        """Take a row away that was deleted."""
        number = self._number(key)
        if number is not None:
            self._remove(number)

    def tell_time(self) -> None:
        """Let every row be drawn anew: time has passed."""
        if self._rows:
            self._tell(0, len(self._rows) - 1)

    def _place(self, number: int, row: HostedRow) -> None:
        old = self._number(row.key)
        if old == number:
            self._rows[number] = row.with_doing(self._rows[number].doing, self._rows[number].problem)
            self._tell(number, number)
            return
        if old is not None:
            row = row.with_doing(self._rows[old].doing, self._rows[old].problem)
            self._remove(old)
        self.beginInsertRows(QModelIndex(), number, number)
        self._rows.insert(number, row)
        self.endInsertRows()

    def _remove(self, number: int) -> None:
        self.beginRemoveRows(QModelIndex(), number, number)
        del self._rows[number]
        self.endRemoveRows()

    def _tell(self, first: int, last: int) -> None:
        self.dataChanged.emit(self.index(first), self.index(last))

    def _number(self, key: Key) -> int | None:
        return next((number for number, row in enumerate(self._rows) if row.key == key), None)


def _tool_tip(row: HostedRow) -> str:
    """Markup, so that Qt does not guess whether it is some: names come from outside."""
    lines = [wording.name_of(row), *wording.exact_words(row).splitlines(), row.problem]
    return f"<p>{'<br>'.join(escape(line) for line in lines if line)}</p>"
