"""Real buttons on the visible cards, so that mouse, keyboard and screen readers all find them."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QObject, QRect, Signal
from PySide6.QtWidgets import QPushButton, QWidget

from seedream_desktop.domain.task import TaskId


def _escaped(text: str) -> str:
    return text.replace("&", "&&")


class CardButtons(QObject):
    """A pool of buttons over the viewport."""

    pressed = Signal(str)

    def __init__(self, viewport: QWidget) -> None:
        super().__init__(viewport)
        self._viewport = viewport
        self._pool: list[QPushButton] = []
        self._tasks: dict[QPushButton, TaskId] = {}
        self._ruler = self._button()
        self._widths_px: dict[str, int] = {}

    def width_px(self, text: str) -> int:
        """Return how wide a button with this text is."""
        if text not in self._widths_px:
            self._ruler.setText(_escaped(text))
            self._widths_px[text] = self._ruler.sizeHint().width()
            self._ruler.setText("")
        return self._widths_px[text]

    def refresh(self) -> None:
        """Measure anew, after the theme changed."""
        self._widths_px.clear()

    def show(self, cards: Sequence[tuple[TaskId, QRect, str]]) -> None:
        """Let there be exactly these buttons: task, place in the viewport, text."""
        while len(self._pool) < len(cards):
            self._pool.append(self._button())
        for button, (task_id, rect, text) in zip(self._pool, cards, strict=False):
            self._tasks[button] = task_id
            button.setText(_escaped(text))
            button.setGeometry(rect)
            button.show()
        for button in self._pool[len(cards) :]:
            button.hide()
            button.setText("")

    def _button(self) -> QPushButton:
        button = QPushButton(self._viewport)
        button.hide()
        button.clicked.connect(lambda: self.pressed.emit(self._tasks[button]))
        return button
