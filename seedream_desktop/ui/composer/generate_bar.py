"""The foot of the composer: Generate with its estimate, and what stands in the way of it."""

from __future__ import annotations

from decimal import Decimal
from typing import Final

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget

from seedream_desktop.domain.money import dollars, estimate_usd
from seedream_desktop.ui import theme
from seedream_desktop.ui.controls.message_line import MessageLine
from seedream_desktop.ui.controls.naming import set_name

_REST_AFTER_SEND_MS: Final = 800


class GenerateBar(QWidget):
    """The button; `pressed` comes from it and from Ctrl+Enter anywhere in the window, but not right after a send."""

    pressed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.message = MessageLine()
        self.button = QPushButton()
        self.button.setProperty("look", "primary")
        self.button.setMinimumHeight(42)
        self.button.clicked.connect(self._press)
        self._rest = QTimer(self)
        self._rest.setSingleShot(True)
        self._rest.setInterval(_REST_AFTER_SEND_MS)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(theme.SPACE_4, theme.SPACE_2, theme.SPACE_4 - 1, theme.SPACE_4)
        layout.setSpacing(theme.SPACE_2)
        layout.addWidget(self.message)
        layout.addWidget(self.button)
        for keys in ("Ctrl+Return", "Ctrl+Enter"):
            shortcut = QShortcut(QKeySequence(keys), self)
            shortcut.setContext(Qt.ShortcutContext.WindowShortcut)
            shortcut.setAutoRepeat(False)
            shortcut.activated.connect(self._press)

    def show_estimate(self, count: int, price_usd: Decimal) -> None:
        """Name the button by *count* pictures and what they cost at *price_usd* each."""
        sum_usd = dollars(estimate_usd(count, price_usd))
        text = self.tr("Generate {count} · {sum}").format(count=count, sum=sum_usd)
        self.button.setText(text)
        set_name(self.button, "generate", text)
        self.button.setToolTip(self.tr("Ctrl+Enter. {sum} is an estimate.").format(sum=sum_usd))

    def rest(self) -> None:
        """Take no press for 0.8 s: a second one so soon is a slip, and would be paid for."""
        self._rest.start()

    def _press(self) -> None:
        if not self._rest.isActive():
            self.pressed.emit()
