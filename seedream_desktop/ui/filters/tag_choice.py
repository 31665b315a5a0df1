"""The tags that are asked for: those used most are at hand, all others are found by typing."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import QStringListModel, Qt, Signal
from PySide6.QtWidgets import QCompleter, QHBoxLayout, QLineEdit, QWidget

from seedream_desktop.domain.judging import tidy_tag
from seedream_desktop.ui import theme
from seedream_desktop.ui.controls.naming import set_name
from seedream_desktop.ui.filters.options import Options

_AT_HAND: Final = 8
_FIELD_PX: Final = 130


class TagChoice(QWidget):
    """``changed`` tells that the user wants other tags; a picture must have each of them."""

    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.options = Options(self.tr("Tags"), parent=self)
        self.field = QLineEdit(self)
        set_name(self.field, "another_tag", self.tr("Another tag"))
        self.field.setPlaceholderText(self.tr("Another tag"))
        self.field.setFixedWidth(_FIELD_PX)
        self.field.setProperty("look", "day")
        self.field.setFont(theme.label_font())
        self._known = QStringListModel(self)
        self._used: tuple[str, ...] = ()
        self._complete()
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.SPACE_2)
        row.addWidget(self.options, 1)
        row.addWidget(self.field, 0, Qt.AlignmentFlag.AlignTop)
        row.addStretch(0)
        self.options.hide()
        self.options.changed.connect(self.changed)
        self.field.returnPressed.connect(self._add)

    def tags(self) -> tuple[str, ...]:
        """Return the tags that are asked for."""
        return self.options.chosen()

    def set_tags(self, tags: Sequence[str]) -> None:
        """Show what is asked for without telling of it."""
        self._offer(tags)
        self.options.set_chosen(tags)

    def show_used(self, used: Sequence[tuple[str, int]]) -> None:
        """Offer the tags in use, the most used first."""
        self._used = tuple(tag for tag, _ in used)
        self._known.setStringList(list(self._used))
        self._offer(self.tags())

    def _offer(self, chosen: Sequence[str]) -> None:
        words = dict.fromkeys((*self._used[:_AT_HAND], *chosen))
        self.options.set_choices([(tag, tag) for tag in words])
        self.options.setVisible(bool(words))

    def _add(self) -> None:
        tag = tidy_tag(self.field.text())
        self.field.clear()
        if tag:
            self.set_tags(tuple(dict.fromkeys((*self.tags(), tag))))
            self.changed.emit()

    def _complete(self) -> None:
        completer = QCompleter(self._known, self)
        completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        completer.setFilterMode(Qt.MatchFlag.MatchContains)
        self.field.setCompleter(completer)
