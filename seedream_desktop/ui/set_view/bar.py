"""The line above a set: the way back, what it is, whether a mark goes on, and what can be done with it."""

from __future__ import annotations

from html import escape
from typing import Final

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QSizePolicy, QWidget

from seedream_desktop.ui import theme
from seedream_desktop.ui.controls.fitting_label import FittingLabel
from seedream_desktop.ui.controls.label import Label
from seedream_desktop.ui.controls.naming import set_name
from seedream_desktop.ui.controls.switch_row import SwitchRow
from seedream_desktop.ui.controls.toggling import on_user_toggle, show_checked
from seedream_desktop.ui.gallery.painting import bold_font
from seedream_desktop.ui.icons import icon
from seedream_desktop.ui.keys import CommandId, KeyHint, KeyMap

_BAR_PX: Final = 44
_ICON_PX: Final = 18
_MOST_CHARS: Final = 400
# Whatever else has to go: without its prompt nobody knows what this is.
_LEAST_TITLE_PX: Final = 140
_BETWEEN: Final = " · "


class SetBar(QWidget):
    """``pressed`` carries a CommandId."""

    pressed = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFixedHeight(_BAR_PX)
        self._title = FittingLabel(self, tone="text")
        self._title.setFont(bold_font())
        self._title.setAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        self._title.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self._title.setMinimumWidth(_LEAST_TITLE_PX)
        self._facts = FittingLabel(self)
        self._facts.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
        self._trouble = Label("", self, tone="care")
        self._advance = SwitchRow(self.tr("Go on after a mark"), "", self)
        self._advance.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        set_name(self._advance, "go_on_after_mark", self.tr("Go on after a mark"))
        on_user_toggle(self._advance, lambda: self.pressed.emit(CommandId.AUTO_ADVANCE))
        self._back, self._compare = self._make_back(), self._make_compare()
        self._lay_out()

    def show_keys(self, key_map: KeyMap) -> None:
        """Say at each control which key does the same."""
        KeyHint(self._back, CommandId.LEAVE_SET, key_map)
        KeyHint(self._advance, CommandId.AUTO_ADVANCE, key_map)
        KeyHint(self._compare, CommandId.COMPARE, key_map, self.tr("Compare what is chosen, or what was not rejected"))

    def show_facts(self, title: str, facts: str) -> None:
        """Show what these pictures are, and how far they are; the last facts are left out where there is no room."""
        parts = facts.split(_BETWEEN)
        self._title.set_wordings([title[:_MOST_CHARS]])
        self._title.setToolTip(f"<qt>{escape(title[:_MOST_CHARS])}</qt>")
        self._facts.set_wordings([_BETWEEN.join(parts[:count]) for count in range(len(parts), 0, -1)])

    def show_trouble(self, text: str) -> None:
        """Say why something is not seen as it should be; an empty text says nothing."""
        self._trouble.setText(text)
        self._trouble.setVisible(bool(text))

    def show_advance(self, *, is_on: bool) -> None:
        """Show whether a mark goes on to the next picture."""
        show_checked(self._advance, is_on=is_on)

    def _lay_out(self) -> None:
        row = QHBoxLayout(self)
        row.setContentsMargins(theme.SPACE_2, 0, theme.SPACE_4, 0)
        row.setSpacing(theme.SPACE_3)
        row.addWidget(self._back)
        row.addWidget(self._title, 1)
        row.addWidget(self._facts)
        row.addWidget(self._trouble)
        row.addWidget(self._advance)
        row.addWidget(self._compare)
        self._trouble.hide()

    def _make_back(self) -> QPushButton:
        button = QPushButton(self)
        button.setProperty("look", "quiet")
        button.setIcon(icon("arrow-left"))
        button.setIconSize(QSize(_ICON_PX, _ICON_PX))
        set_name(button, "leave_set", self.tr("Back to gallery"))
        button.clicked.connect(lambda: self.pressed.emit(CommandId.LEAVE_SET))
        return button

    def _make_compare(self) -> QPushButton:
        button = QPushButton(self.tr("Compare"), self)
        set_name(button, "compare_set", self.tr("Compare"))
        button.clicked.connect(lambda: self.pressed.emit(CommandId.COMPARE))
        return button
