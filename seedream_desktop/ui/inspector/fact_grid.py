"""Facts as lines of name and value, each value readable, some with a button that copies them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import QSize, Qt, QTimer
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QGridLayout, QPushButton, QWidget

from seedream_desktop.ui import theme
from seedream_desktop.ui.controls.label import Label
from seedream_desktop.ui.controls.naming import set_name
from seedream_desktop.ui.icons import icon
from seedream_desktop.ui.inspector.facts import Fact

_LINE_CHARS: Final = 20
_LAST_ROW: Final = 99
_SAID_MS: Final = 1500


class FactGrid(QWidget):
    """Shows what it is given; a line that was there before is changed, so that the keyboard stays on its button."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(theme.SPACE_3)
        self._grid.setVerticalSpacing(theme.SPACE_2)
        self._grid.setColumnStretch(1, 1)
        self._rows: dict[str, tuple[Label, Label, QPushButton]] = {}
        self._copied: dict[str, str] = {}

    def show_facts(self, facts: Sequence[Fact]) -> None:
        """Show *facts* and no others, new ones below."""
        for fact in facts:
            name, value, copy = self._rows.get(fact.key) or self._add(fact)
            value.setText(_breakable(fact.value))
            value.set_tone(fact.tone)
            value.setAccessibleDescription(fact.name)
            self._copied[fact.key] = fact.copied
            for part in (name, value):
                part.show()
            copy.setVisible(bool(fact.copied))
        shown = {fact.key for fact in facts}
        for key, parts in self._rows.items():
            if key not in shown:
                _hide(*parts)

    def add_last(self, name: str, widget: QWidget) -> None:
        """Put a line with a control below all others."""
        self._grid.addWidget(self._label(name), _LAST_ROW, 0, Qt.AlignmentFlag.AlignTop)
        self._grid.addWidget(widget, _LAST_ROW, 1, 1, 2)

    def _add(self, fact: Fact) -> tuple[Label, Label, QPushButton]:
        row = len(self._rows)
        name, value, copy = self._label(fact.name), Label("", self), self._copy_button(fact)
        value.setObjectName(f"fact_{fact.key}")
        value.setFont(theme.label_font())
        value.setWordWrap(True)
        value.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._grid.addWidget(name, row, 0, Qt.AlignmentFlag.AlignTop)
        self._grid.addWidget(value, row, 1)
        self._grid.addWidget(copy, row, 2, Qt.AlignmentFlag.AlignTop)
        self._rows[fact.key] = name, value, copy
        return name, value, copy

    def _label(self, name: str) -> Label:
        label = Label(name, self, tone="muted")
        label.setFont(theme.label_font())
        return label

    def _copy_button(self, fact: Fact) -> QPushButton:
        button = QPushButton(self)
        spoken = self.tr("Copy {name}").format(name=fact.name)
        set_name(button, f"copy_{fact.key}", spoken)
        button.setToolTip(spoken)
        button.setProperty("look", "tool")
        button.setIcon(icon("copy", "muted"))
        button.setIconSize(QSize(12, 12))
        button.clicked.connect(lambda: self._copy(button, self._copied[fact.key]))
        return button

    def _copy(self, button: QPushButton, text: str) -> None:
        QGuiApplication.clipboard().setText(text)
        button.setIcon(icon("check", "good"))
        QTimer.singleShot(_SAID_MS, button, lambda: button.setIcon(icon("copy", "muted")))


def _hide(*widgets: QWidget) -> None:
    for widget in widgets:
        widget.hide()


def _breakable(text: str) -> str:
    """Return *text* with places where a line may break, when a word of it is longer than a line."""
    if max(map(len, text.split()), default=0) < _LINE_CHARS:
        return text
    return "".join(f"{char}\u200b" if char in "_-/\\." else char for char in text)
