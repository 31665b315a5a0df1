"""Rows of labels and fields, with a line beneath each for what is wrong there."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QLineEdit, QSizePolicy, QVBoxLayout, QWidget

from seedream_desktop.ui import theme
from seedream_desktop.ui.controls.label import Label
from seedream_desktop.ui.controls.message_line import MessageLine
from seedream_desktop.ui.controls.naming import set_name

_LABEL_PX: Final = 124
_ROW_PX: Final = 30
_GROWING: Final = QSizePolicy.Policy.Expanding


class Form(QWidget):
    """A column of labels and a column of fields; `edited` tells that one of `field` was changed by the user.

    The labels' column is at least as wide as *widest*, so that forms one above the other are in line.
    """

    edited = Signal()

    def __init__(self, widest: str = "") -> None:
        super().__init__()
        self._problems: dict[QWidget, MessageLine] = {}
        self._rows: dict[QWidget, tuple[QWidget, QWidget]] = {}
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(theme.SPACE_4)
        self._grid.setVerticalSpacing(theme.SPACE_3)
        self._grid.setColumnMinimumWidth(0, max(_LABEL_PX, self.fontMetrics().horizontalAdvance(widest)))
        self._grid.setColumnStretch(1, 1)

    def field(self, object_name: str, name: str, placeholder: str = "") -> QLineEdit:
        """Return a new text field of that name; it has yet to be put into a row."""
        edit = QLineEdit()
        edit.setPlaceholderText(placeholder)
        set_name(edit, object_name, name)
        edit.textEdited.connect(lambda: self._follow(edit))
        return edit

    def add_row(self, text: str, *parts: QWidget, buddy: QWidget | None = None) -> None:
        """Put *parts* side by side after the label *text*, which names *buddy*, the first of them by default."""
        problem = MessageLine()
        box = QWidget()
        column = QVBoxLayout(box)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        column.addWidget(beside(*parts))
        column.addWidget(problem)
        named = buddy or parts[0]
        label = label_for(text, named)
        self._problems.update(dict.fromkeys((*parts, named), problem))
        self._rows[parts[0]] = (label, box)
        place = self._grid.rowCount()
        self._grid.addWidget(label, place, 0, Qt.AlignmentFlag.AlignTop)
        self._grid.addWidget(box, place, 1)

    def add_wide(self, part: QWidget) -> None:
        """Put *part* across both columns."""
        self._grid.addWidget(part, self._grid.rowCount(), 0, 1, 2)

    def set_row_visible(self, first: QWidget, *, is_visible: bool) -> None:
        """Show or hide the whole row that begins with *first*."""
        for part in self._rows[first]:
            part.setVisible(is_visible)

    def say(self, field: QWidget, sentence: str, tone: str = "bad") -> None:
        """Show *sentence* beneath the row that *field* stands in; an empty one hides the line."""
        self._problems[field].say(sentence, tone)

    def clear_problems(self) -> None:
        """Show no sentences any more."""
        for problem in self._problems.values():
            problem.say("")

    def show_problems(self, problems: list[tuple[QWidget, str]]) -> bool:
        """Show the first problem of each row and go to the first field of all; return whether there is none."""
        self.clear_problems()
        for field, sentence in reversed(problems):
            self.say(field, sentence)
        if problems:
            problems[0][0].setFocus()
        return not problems

    def _follow(self, edit: QLineEdit) -> None:
        if edit in self._problems:
            self._problems[edit].say("")
        self.edited.emit()


def label_for(text: str, buddy: QWidget) -> Label:
    """Return the quiet label that names *buddy*, as high as a field."""
    label = Label(text, tone="muted")
    label.setBuddy(buddy)
    label.setFixedHeight(_ROW_PX)
    return label


def beside(*parts: QWidget) -> QWidget:
    """Return *parts* in a row; fields that can grow share the room."""
    box = QWidget()
    row = QHBoxLayout(box)
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(theme.SPACE_2)
    has_wide = False
    for part in parts:
        is_wide = part.sizePolicy().horizontalPolicy() is _GROWING and part.maximumWidth() == box.maximumWidth()
        row.addWidget(part, 1 if is_wide else 0)
        has_wide |= is_wide
    if not has_wide:
        row.addStretch(1)
    return box


def rule() -> QFrame:
    """Return a line across."""
    line = QFrame()
    line.setProperty("look", "rule")
    line.setFixedHeight(1)
    return line
