"""The prompt's editor under its label and the counter of what will be sent."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QEvent, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from seedream_desktop.domain.request import MAX_PROMPT_CHARS
from seedream_desktop.ui import theme
from seedream_desktop.ui.composer.figure_popup import FigureChoice
from seedream_desktop.ui.composer.prompt_editor import PromptEditor
from seedream_desktop.ui.controls.label import Label
from seedream_desktop.ui.controls.message_line import MessageLine


class PromptField(QWidget):
    """Editor, counter and what is wrong with the prompt; `changed` follows every edit."""

    changed = Signal()

    def __init__(self, choices: Callable[[], Sequence[FigureChoice]]) -> None:
        super().__init__()
        self.editor = PromptEditor(choices)
        self.problem = MessageLine()
        self._written = ""
        self._more = 0
        self._counter = Label(tone="muted")
        self._counter.setFont(theme.label_font())
        label = Label(self.tr("Prompt"), tone="muted")
        label.setFont(theme.label_font())
        label.setBuddy(self.editor)
        head = QHBoxLayout()
        head.addWidget(label)
        head.addStretch(1)
        head.addWidget(self._counter)
        layout = self._column = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(6)
        layout.addLayout(head)
        layout.addWidget(self.editor, 1)
        layout.addWidget(self.problem)
        self.editor.textChanged.connect(self._on_changed)
        self._count()

    def event(self, event: QEvent) -> bool:
        """Follow the editor's greatest height: what is beyond it is somebody else's room."""
        if event.type() == QEvent.Type.LayoutRequest:
            self._limit_height()
        return super().event(event)

    def count_more(self, chars: int) -> None:
        """Count *chars* characters more, which are sent behind what is written."""
        self._more = chars
        self._count()

    def _limit_height(self) -> None:
        layout = self._column
        # Only with a sentence that may be wrapped does the height depend on the width.
        by_width = layout.totalMinimumHeightForWidth(self.width()) if layout.hasHeightForWidth() else 0
        least = max(by_width, layout.totalMinimumSize().height())
        self.setMaximumHeight(least - self.editor.minimumHeight() + self.editor.maximumHeight())

    def _on_changed(self) -> None:
        """Tell of words that changed; marking a figure is a change of the document too, but none of the words."""
        written = self.editor.prompt()
        if written == self._written:
            return
        self._written = written
        self._count()
        self.changed.emit()

    def _count(self) -> None:
        count = len(self._written)
        shown = self.tr("{count} + {more} / {limit}") if self._more else self.tr("{count} / {limit}")
        self._counter.setText(shown.format(count=count, more=self._more, limit=MAX_PROMPT_CHARS))
        self._counter.setToolTip(self.tr("Written, and added for the roles") if self._more else "")
        self._counter.set_tone("bad" if count + self._more > MAX_PROMPT_CHARS else "muted")
