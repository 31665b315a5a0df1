"""A few words side by side, of which several can be chosen, or one or none."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from html import escape
from typing import Any, Final

from PySide6.QtCore import QLocale, Qt, Signal
from PySide6.QtWidgets import QPushButton, QWidget

from seedream_desktop.ui import theme
from seedream_desktop.ui.controls.naming import set_name, snake_case
from seedream_desktop.ui.controls.toggling import on_user_toggle, show_checked
from seedream_desktop.ui.filters.flow import FlowLayout

OPTION_PX: Final = 24
_MOST_WORDS_PX: Final = 180


class Option(QPushButton):
    """One word that can be chosen, with a number beside it while one is known."""

    def __init__(self, word: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.setCheckable(True)
        self.setFont(theme.label_font())
        self._word = self.fontMetrics().elidedText(word, Qt.TextElideMode.ElideRight, _MOST_WORDS_PX)
        if self._word != word:
            self.setToolTip(f"<qt>{escape(word)}</qt>")
        self.setProperty("look", "option")
        self.setFixedHeight(OPTION_PX)
        self.show_count(None)

    def show_count(self, count: int | None) -> None:
        """Show how much there is of it; None when that is not known."""
        number = "" if count is None else QLocale().toString(count)
        # A tag may hold what Qt would read as the mark of a key.
        text = f"{self._word} ({number})" if number else self._word
        self.setText(text.replace("&", "&&"))
        self.setAccessibleDescription(number)


class Options(QWidget):
    """Shows *choices*, pairs of a value and its word; ``changed`` tells that the user chose something else.

    With *is_single* at most one is chosen. *name* is of what the choice is, for programs and for screen readers.
    """

    changed = Signal()

    def __init__(
        self,
        name: str,
        choices: Sequence[tuple[Any, str]] = (),
        parent: QWidget | None = None,
        *,
        is_single: bool = False,
    ) -> None:
        super().__init__(parent)
        set_name(self, snake_case(name), name)
        self._is_single = is_single
        self._options: dict[Any, Option] = {}
        self._flow = FlowLayout(self, theme.SPACE)
        self.set_choices(choices)

    def set_choices(self, choices: Sequence[tuple[Any, str]]) -> None:
        """Offer these and no others; what was chosen of them stays chosen."""
        chosen = self.chosen()
        for value in set(self._options) - {value for value, _ in choices}:
            self._remove(self._options.pop(value))
        for value, word in choices:
            if value not in self._options:
                self._options[value] = self._made(value, word)
        self.set_chosen(chosen)

    def values(self) -> tuple[Any, ...]:
        """Return what is offered."""
        return tuple(self._options)

    def option(self, value: Any) -> Option:
        """Return the button of a value."""
        return self._options[value]

    def chosen(self) -> tuple[Any, ...]:
        """Return what is chosen, in the order of the choices."""
        return tuple(value for value, option in self._options.items() if option.isChecked())

    def set_chosen(self, values: Sequence[Any]) -> None:
        """Show a choice without telling of it."""
        for value, option in self._options.items():
            show_checked(option, is_on=value in values)

    def show_counts(self, counts: Mapping[Any, int] | None) -> None:
        """Show how much there is of each, 0 for what *counts* leaves out; None when nothing is known."""
        for value, option in self._options.items():
            option.show_count(None if counts is None else counts.get(value, 0))

    def _made(self, value: Any, word: str) -> Option:
        option = Option(word, self)
        set_name(option, f"{self.objectName()}_{snake_case(str(value))}", word)
        on_user_toggle(option, lambda: self._choose(value))
        self._flow.addWidget(option)
        return option

    def _remove(self, option: Option) -> None:
        self._flow.removeWidget(option)
        option.hide()
        option.deleteLater()

    def _choose(self, value: Any) -> None:
        if self._is_single and self._options[value].isChecked():
            self.set_chosen([value])
        self.changed.emit()
