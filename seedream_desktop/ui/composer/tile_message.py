"""One line beneath the tiles: what is wrong with one of them and what helps, or else the facts of the chosen one."""

from __future__ import annotations

from html import escape
from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from seedream_desktop.ui import theme
from seedream_desktop.ui.composer.tile_state import Repair, TileState
from seedream_desktop.ui.controls.fitting_label import FittingLabel
from seedream_desktop.ui.controls.message_line import MessageLine
from seedream_desktop.ui.controls.naming import set_name

_SIGN_PX: Final = 20
# What mends a reference comes before what gives it up.
_ORDER: Final = (
    Repair.CROP,
    Repair.RETRY,
    Repair.CHOOSE_HOST,
    Repair.REPLACE,
    Repair.REMOVE,
)


class TileMessage(QWidget):
    """`repair_chosen` brings the Repair that was pressed."""

    repair_chosen = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._line = MessageLine()
        self._facts = FittingLabel(tone="faint")
        self._facts.setFont(theme.label_font())
        self._facts.setAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        self._facts.setObjectName("reference_facts")
        self._buttons = {repair: self._button(repair) for repair in _ORDER}
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(theme.SPACE)
        layout.addWidget(self._line)
        layout.addLayout(self._row())
        layout.addWidget(self._facts)

    def text(self) -> str:
        """Return the sentence about what is wrong, or ""."""
        return self._line.text()

    def show_problem(self, number: int, state: TileState) -> None:
        """Say what is wrong with the reference *number*, with a button for each of its repairs."""
        words = self.tr("{number}: {sentence}").format(number=number, sentence=state.words)
        self._facts.hide()
        self._line.say(words)
        self._show_buttons(state.repairs, words)

    def show_facts(self, words: str, *shorter: str) -> None:
        """Show quiet *words*, or what fits of its *shorter* wordings; the line keeps its height without any."""
        self._line.say("")
        self._show_buttons((), "")
        self._facts.set_wordings((words, *shorter))
        self._facts.setToolTip(f"<qt>{escape(words)}</qt>" if words else "")
        self._facts.show()

    def _show_buttons(self, repairs: tuple[Repair, ...], words: str) -> None:
        for repair, button in self._buttons.items():
            button.setAccessibleDescription(words)
            button.setVisible(repair in repairs)

    def _row(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setContentsMargins(_SIGN_PX, 0, 0, 0)
        row.setSpacing(theme.SPACE_3)
        for button in self._buttons.values():
            row.addWidget(button)
        row.addStretch(1)
        return row

    def _button(self, repair: Repair) -> QPushButton:
        text = self._words(repair)
        button = QPushButton(text)
        button.setProperty("look", "link")
        button.setFont(theme.label_font())
        set_name(button, f"repair_{repair}", text.removesuffix("…"))
        button.clicked.connect(lambda: self.repair_chosen.emit(repair))
        button.hide()
        return button

    def _words(self, repair: Repair) -> str:
        match repair:
            case Repair.REMOVE:
                return self.tr("Remove")
            case Repair.REPLACE:
                return self.tr("Replace…")
            case Repair.CROP:
                return self.tr("Crop…")
            case Repair.CHOOSE_HOST:
                return self.tr("Choose hosting…")
            case Repair.RETRY:
                return self.tr("Try again")
