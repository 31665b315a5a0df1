"""The line under the search: how much there is, and every filter that is on, each with a cross that takes it off."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QWidget

from seedream_desktop.domain.query import Query
from seedream_desktop.ui import theme
from seedream_desktop.ui.controls.label import Label
from seedream_desktop.ui.controls.naming import set_name
from seedream_desktop.ui.filters.flow import FlowLayout
from seedream_desktop.ui.filters.wording import Part, parts_of
from seedream_desktop.ui.icons import icon

_SIGN_PX: Final = 12
_MOST_WORDS_PX: Final = 220
_CHIP_PX: Final = 22


class FilterChips(QWidget):
    """``changed`` carries the Query that is left when a chip is pressed; ``cleared`` wants all of it off.

    ``emptied``: the keyboard was here, and nothing is left that could have it.
    """

    changed = Signal(object)
    cleared = Signal()
    emptied = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.count = Label("", self, tone="muted")
        self.count.setObjectName("picture_count")
        self.count.setFont(theme.label_font())
        self.count.setFixedHeight(_CHIP_PX)
        self._chips = QWidget(self)
        self._flow = FlowLayout(self._chips, theme.SPACE)
        self._clear = self._made_clear()
        self._buttons: list[QPushButton] = []
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.SPACE_3)
        row.addWidget(self._chips, 1)
        row.addWidget(self.count, 0, Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignRight)

    def show_query(self, query: Query) -> None:
        """Show a chip for each thing asked for beside the text; the keyboard stays in the line."""
        had_focus = any(button.hasFocus() for button in (*self._buttons, self._clear))
        for button in (*self._buttons, self._clear):
            self._flow.removeWidget(button)
        for button in self._buttons:
            button.hide()
            button.deleteLater()
        self._buttons = [self._made(part) for part in parts_of(query)]
        for button in (*self._buttons, self._clear):
            self._flow.addWidget(button)
        self._clear.setVisible(bool(self._buttons))
        if had_focus and self._buttons:
            self._buttons[0].setFocus(Qt.FocusReason.OtherFocusReason)
        elif had_focus:
            self.emptied.emit()

    def words(self) -> tuple[str, ...]:
        """Return what the chips say."""
        return tuple(button.accessibleDescription() for button in self._buttons)

    def _made(self, part: Part) -> QPushButton:
        button = QPushButton(self._chips)
        button.setProperty("look", "chip")
        button.setFixedHeight(_CHIP_PX)
        button.setFont(theme.label_font())
        button.setIcon(icon("x", "muted"))
        button.setIconSize(QSize(_SIGN_PX, _SIGN_PX))
        # The cross stands after the words.
        button.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
        words = button.fontMetrics().elidedText(part.words, Qt.TextElideMode.ElideRight, _MOST_WORDS_PX)
        button.setText(f"{words} ".replace("&", "&&"))
        set_name(button, "remove_filter", self.tr("Remove filter {words}").replace("{words}", part.words))
        button.setAccessibleDescription(part.words)
        button.clicked.connect(lambda: self.changed.emit(part.without))
        return button

    def _made_clear(self) -> QPushButton:
        button = QPushButton(self.tr("Clear all"), self._chips)
        button.setProperty("look", "link")
        button.setFont(theme.label_font())
        button.setFixedHeight(_CHIP_PX)
        set_name(button, "clear_all", button.text())
        button.clicked.connect(self.cleared)
        button.hide()
        return button
