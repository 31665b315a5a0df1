"""The question, asked in the panel itself, before pictures are deleted that open orders still need."""

from __future__ import annotations

from collections.abc import Collection

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from seedream_desktop.ui import theme
from seedream_desktop.ui.controls.button import push_button
from seedream_desktop.ui.controls.message_line import MessageLine
from seedream_desktop.ui.hosted import wording
from seedream_desktop.ui.hosted.row import HostedRow, Key

_MOST_NAMES = 3


class Question(QWidget):
    """Hidden until asked. `answered`: the HostedRows to delete, and whether open orders still need some of them."""

    answered = Signal(tuple, bool)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._rows: tuple[HostedRow, ...] = ()
        self._line = MessageLine()
        self._all = push_button("delete_all_the_same", self.tr("Delete all the same"))
        self._others = push_button("delete_only_the_others", self.tr("Delete only the others"))
        self._keep = push_button("keep", self.tr("Keep"))
        self._all.clicked.connect(lambda: self._answer(self._rows, is_needed=True))
        self._others.clicked.connect(lambda: self._answer(self._unneeded(), is_needed=False))
        self._keep.clicked.connect(self._end)
        self._compose()
        self.hide()

    def ask(self, rows: tuple[HostedRow, ...]) -> None:
        """Ask about *rows*, of which open orders need some; the answer that changes nothing has the keyboard."""
        self._rows = rows
        self._say()
        self._others.setVisible(bool(self._unneeded()))
        self.show()
        self._keep.setFocus()

    def keep_only(self, keys: Collection[Key]) -> None:
        """Forget rows that are not there any more, and the question with the last that is needed."""
        self._rows = tuple(row for row in self._rows if row.key in keys)
        if not any(row.needed_by for row in self._rows):
            self._end()

    def _say(self) -> None:
        names = [wording.name_of(row) for row in self._rows if row.needed_by]
        shown = ", ".join(names[:_MOST_NAMES]) + (", …" if len(names) > _MOST_NAMES else "")
        words = self.tr("Open orders still need this: {names}. An order fails when its reference cannot be fetched.")
        self._line.say(words.format(names=shown), "care")

    def _unneeded(self) -> tuple[HostedRow, ...]:
        return tuple(row for row in self._rows if not row.needed_by)

    def _answer(self, rows: tuple[HostedRow, ...], *, is_needed: bool) -> None:
        self._end()
        self.answered.emit(rows, is_needed)

    def _end(self) -> None:
        self._rows = ()
        self._line.say("")
        self.hide()

    def _compose(self) -> None:
        row = QHBoxLayout()
        row.setSpacing(theme.SPACE_2)
        for button in (self._all, self._others, self._keep):
            row.addWidget(button)
        row.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.SPACE_2)
        column.addWidget(self._line)
        column.addLayout(row)
