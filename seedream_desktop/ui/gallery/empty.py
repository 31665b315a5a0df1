"""What the gallery says while it has nothing to show, and how to go on from there."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import QObject, QRect, Qt, Signal
from PySide6.QtGui import QFont
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from seedream_desktop.ui import theme
from seedream_desktop.ui.controls.label import Label
from seedream_desktop.ui.controls.naming import set_name

_WIDTH_PX: Final = 440
_WORDS_PX: Final = 560
_MOST_NAMED: Final = 8
_MUCH: Final = 100
_MOST_CHARS: Final = 80


class _Page(QWidget):
    """Words in the middle, one line under the other."""

    def __init__(self, parent: QWidget, title: str, hint: str) -> None:
        super().__init__(parent)
        self.column = QVBoxLayout(self)
        self.column.setSpacing(theme.SPACE_2)
        self.column.addStretch()
        for line in (self._line(title, "text", strong=True), self._line(hint, "muted", strong=False)):
            self.column.addWidget(_in_the_middle(line))
        self.column.addSpacing(theme.SPACE_2)

    def end(self, *buttons: QPushButton) -> None:
        """Put *buttons* beneath the words."""
        for button in buttons:
            self.column.addWidget(button, 0, Qt.AlignmentFlag.AlignHCenter)
        self.column.addStretch()

    def _line(self, text: str, tone: str, *, strong: bool) -> Label:
        label = Label(text, self, tone=tone)
        label.setAlignment(Qt.AlignmentFlag.AlignCenter)
        label.setWordWrap(True)
        label.setMaximumWidth(_WORDS_PX)
        if strong:
            font = theme.prompt_font()
            font.setWeight(QFont.Weight.DemiBold)
            label.setFont(font)
        return label


def _in_the_middle(label: Label) -> QWidget:
    """Return *label* with room at its sides: laid out by itself it would be higher than its lines."""
    holder = QWidget(label.parentWidget())
    row = QHBoxLayout(holder)
    row.setContentsMargins(0, 0, 0, 0)
    row.addStretch(1)
    row.addWidget(label, _MUCH)
    row.addStretch(1)
    return holder


class EmptyGallery(_Page):
    """Two lines on what to do, and three prompts to begin with."""

    sample_chosen = Signal(str)

    def __init__(self, parent: QWidget) -> None:
        hint = self.tr("Describe one on the left and press Generate, or begin with one of these.")
        super().__init__(parent, self.tr("Your pictures will appear here"), hint)
        self.end(*(self._sample(number, prompt) for number, prompt in enumerate(self._samples(), start=1)))

    def _samples(self) -> tuple[str, str, str]:
        return (
            self.tr("A red fox in fresh snow, close portrait, soft light"),
            self.tr("Poster for a jazz night, bold flat shapes, warm colours"),
            self.tr("A small cabin by a fjord at dusk, seen from a kite"),
        )

    def _sample(self, number: int, prompt: str) -> QPushButton:
        button = QPushButton(prompt, self)
        button.setMinimumWidth(_WIDTH_PX)
        set_name(button, f"sample_prompt_{number}", self.tr("Sample prompt {number}").format(number=number))
        button.setAccessibleDescription(prompt)
        button.clicked.connect(lambda: self.sample_chosen.emit(prompt))
        return button


class NothingFits(_Page):
    """Says what was *looked_for* and offers to look at everything; without that, that the place is empty."""

    clear_requested = Signal()

    def __init__(self, parent: QWidget, looked_for: Sequence[str]) -> None:
        if not looked_for:
            super().__init__(parent, self.tr("Nothing is here"), self.tr("No picture is in this place yet."))
            self.end()
            return
        super().__init__(parent, self.tr("No pictures fit"), self._named(looked_for))
        button = QPushButton(self.tr("Clear search and filters"), self)
        set_name(button, "clear_search_and_filters", button.text())
        button.clicked.connect(self.clear_requested)
        self.end(button)

    def _named(self, looked_for: Sequence[str]) -> str:
        named = "  ·  ".join(_short(words) for words in looked_for[:_MOST_NAMED])
        if len(looked_for) > _MOST_NAMED:
            named += "  ·  …"
        return self.tr("You look for: {filters}").replace("{filters}", named)


def _short(words: str) -> str:
    return words if len(words) <= _MOST_CHARS else f"{words[:_MOST_CHARS]}…"


class Emptiness(QObject):
    """Words over *viewport*, which exist only while they are seen: a screen reader would find hidden ones too."""

    sample_chosen = Signal(str)
    clear_requested = Signal()

    def __init__(self, viewport: QWidget) -> None:
        super().__init__(viewport)
        self._viewport = viewport
        self._page: QWidget | None = None

    def hide(self) -> None:
        """Say nothing: there is something to see."""
        if self._page is not None:
            self._page.hide()
            self._page.deleteLater()
            self._page = None

    def welcome(self) -> None:
        """Say how to begin."""
        if not isinstance(self._page, EmptyGallery):
            page = EmptyGallery(self._viewport)
            page.sample_chosen.connect(self.sample_chosen)
            self._put(page)

    def say_nothing_fits(self, looked_for: Sequence[str]) -> None:
        """Say that nothing fits what was looked for."""
        page = NothingFits(self._viewport, looked_for)
        page.clear_requested.connect(self.clear_requested)
        self._put(page)

    def fit(self, room: QRect) -> None:
        """Keep the words in the middle of the gallery."""
        if self._page is not None:
            self._page.setGeometry(room)

    def _put(self, page: QWidget) -> None:
        self.hide()
        self._page = page
        page.setGeometry(self._viewport.rect())
        page.show()
