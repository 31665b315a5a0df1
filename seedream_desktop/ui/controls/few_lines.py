"""A label that wraps its words to a few lines and keeps the rest for its tool tip and for screen readers."""

from __future__ import annotations

from html import escape

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent, QTextLayout, QTextOption
from PySide6.QtWidgets import QWidget

from seedream_desktop.ui.controls.label import Label


class FewLines(Label):
    """Shows at most *lines* lines; what is cut off ends in an ellipsis."""

    def __init__(self, lines: int, parent: QWidget | None = None, *, tone: str = "text") -> None:
        super().__init__("", parent, tone=tone)
        self._lines = lines
        self._words = ""
        self.setWordWrap(True)

    @property
    def words(self) -> str:
        """All words, those that are cut off too."""
        return self._words

    def set_words(self, words: str) -> None:
        """Show *words*, which are one paragraph."""
        self._words = words
        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Cut anew."""
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        shown = self._cut()
        if shown != self.text():
            self.setText(shown)
        self.setAccessibleDescription(self._words)
        self.setToolTip(f"<qt>{escape(self._words)}</qt>" if shown != self._words else "")

    def _cut(self) -> str:
        start = self._last_line_start()
        if start is None:
            return self._words
        rest = self.fontMetrics().elidedText(self._words[start:], Qt.TextElideMode.ElideRight, self.width())
        return self._words[:start] + rest

    def _last_line_start(self) -> int | None:
        """Return where the last line that may be shown begins, or None when there are no more than that."""
        layout = QTextLayout(self._words, self.font())
        option = QTextOption()
        option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        layout.setTextOption(option)
        layout.beginLayout()
        starts: list[int] = []
        while len(starts) <= self._lines and (line := layout.createLine()).isValid():
            line.setLineWidth(self.width())
            starts.append(line.textStart())
        layout.endLayout()
        return starts[self._lines - 1] if len(starts) > self._lines else None
