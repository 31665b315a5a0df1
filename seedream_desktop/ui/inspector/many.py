"""The page of several chosen pictures: how many, how much, and what they have in common."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from seedream_desktop.domain.money import dollars
from seedream_desktop.ui import theme
from seedream_desktop.ui.controls.label import Label
from seedream_desktop.ui.inspector.common import Common, Summary
from seedream_desktop.ui.inspector.fact_grid import FactGrid
from seedream_desktop.ui.inspector.facts import Fact
from seedream_desktop.ui.inspector.marks import Marks
from seedream_desktop.ui.inspector.preview import SCROLL_BAR_PX
from seedream_desktop.ui.inspector.section import Section
from seedream_desktop.ui.inspector.tags import Tags
from seedream_desktop.ui.viewer.wording import bytes_text

_MOST_PROMPT_CHARS: Final = 300


class ManyPage(QWidget):
    """``judged`` carries a Change of all of them."""

    judged = Signal(object)
    known_tags_wanted = Signal()
    left = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._title = Label("", self)
        font = theme.prompt_font()
        font.setBold(True)
        self._title.setFont(font)
        self._marks, self._tags, self._facts = Marks(self), Tags(self), FactGrid(self)
        self._marks.judged.connect(self.judged)
        self._tags.judged.connect(self.judged)
        self._tags.known_wanted.connect(self.known_tags_wanted)
        self._tags.left.connect(self.left)
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.SPACE_4 - 1, theme.SPACE_4, theme.SPACE_4 - SCROLL_BAR_PX, theme.SPACE_4)
        column.setSpacing(theme.SPACE_3)
        self._tags_section = Section(self.tr("Tags"), "tags_of_many", self._tags)
        for part in (self._title, self._marks, self._facts, self._tags_section):
            column.addWidget(part)
        column.addStretch(1)

    def show_summary(self, summary: Summary, common: Common) -> None:
        """Show what is summed up."""
        self._title.setText(self.tr("{count} pictures").format(count=summary.chosen))
        self._marks.show_common(common)
        self._tags.show_common(common)
        self._facts.show_facts(self._facts_of(summary))

    def set_known_tags(self, tags: Sequence[str]) -> None:
        """Offer *tags* while one is written."""
        self._tags.set_known(tags)

    def write_tag(self) -> None:
        """Put the keyboard where tags are written."""
        self._tags_section.take_keyboard()

    def flush(self) -> None:
        """Tell what is being written."""
        self._tags.flush()

    def _facts_of(self, summary: Summary) -> list[Fact]:
        mixed = self.tr("mixed")
        pixels = " × ".join(map(str, summary.pixels)) if summary.pixels else mixed
        facts = [
            Fact("orders", self.tr("Orders"), str(summary.tasks)),
            Fact("size", self.tr("Size"), bytes_text(summary.size_bytes)),
            Fact("cost", self.tr("Cost"), self.tr("{cost} estimated").format(cost=dollars(summary.cost_usd))),
            Fact("pixels", self.tr("Pixels"), pixels),
            Fact("ratio", self.tr("Ratio"), summary.ratio or mixed),
            Fact("resolution", self.tr("Resolution"), summary.resolution or mixed),
            Fact("prompt", self.tr("Prompt"), _beginning(summary.prompt) or mixed),
        ]
        if summary.looked_at < summary.chosen:
            words = self.tr("{count} of them are on this disk or were looked at").format(count=summary.looked_at)
            facts.insert(0, Fact("looked_at", self.tr("Told of"), words, "muted"))
        return facts


def _beginning(prompt: str | None) -> str:
    whole = prompt or ""
    return whole if len(whole) <= _MOST_PROMPT_CHARS else f"{whole[:_MOST_PROMPT_CHARS].rstrip()}…"
