"""The foot of the composer: Generate with its estimate, and what stands in the way of it."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Final

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget

from seedream_desktop.domain.money import dollars, estimate_usd
from seedream_desktop.ui import theme
from seedream_desktop.ui.composer.preflight import Finding
from seedream_desktop.ui.controls.message_line import MessageLine
from seedream_desktop.ui.controls.naming import set_name

_REST_AFTER_SEND_MS: Final = 800


class GenerateBar(QWidget):
    """The button; `pressed` comes from it and from its keys anywhere in the window, but not right after a send.

    `remedy_chosen` brings the Remedy of the finding shown; `taken_back`: an order that waits shall not be sent;
    `exchanged_back`: what was written before another request took its place is wanted again.
    """

    pressed = Signal()
    remedy_chosen = Signal(object)
    taken_back = Signal()
    exchanged_back = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._notice = ""
        self._reason = ""
        self._sum = ""
        self._is_waiting = False
        self._is_exchanged = False
        self._finding: Finding | None = None
        self._message = MessageLine()
        self._message.repair_requested.connect(self._repair)
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
        layout.addWidget(self._message)
        layout.addWidget(self.button)
        self._shortcut = QShortcut(self)
        self._shortcut.setContext(Qt.ShortcutContext.WindowShortcut)
        self._shortcut.setAutoRepeat(False)
        self._shortcut.activated.connect(self._press)
        self.set_keys(("Ctrl+Return", "Ctrl+Enter"))

    def set_keys(self, keys: Sequence[str]) -> None:
        """Order by these keys, as portable text, anywhere in the window."""
        self._shortcut.setKeys([QKeySequence(key) for key in keys])
        self._show_tip()

    def show_estimate(self, count: int, price_usd: Decimal, *, is_waiting: bool = False) -> None:
        """Name the button by *count* pictures and what they cost at *price_usd* each, and tell an order that waits."""
        sum_usd = dollars(estimate_usd(count, price_usd))
        words = self.tr("Generate {count} · {sum} · preparing…") if is_waiting else self.tr("Generate {count} · {sum}")
        text = words.format(count=count, sum=sum_usd)
        self.button.setText(text)
        set_name(self.button, "generate", text)
        self._sum = sum_usd
        self._show_tip()

    def show_notice(self, text: str) -> None:
        """Show *text* before anything else there is to say; an empty one ends that."""
        self._notice = text
        self._say()

    def show_reason(self, text: str) -> None:
        """Show why nothing can be sent."""
        self._reason = text
        self._say()

    def show_waiting(self, *, is_waiting: bool) -> None:
        """Tell of an order that goes as soon as its references are ready."""
        self._is_waiting = is_waiting
        self._say()

    def show_exchanged(self, *, is_exchanged: bool) -> None:
        """Offer to bring back what was written before, as long as nobody has written in what came."""
        self._is_exchanged = is_exchanged
        self._say()

    def show_finding(self, finding: Finding | None) -> None:
        """Show what speaks against the order as a whole."""
        self._finding = finding
        self._say()

    def rest(self) -> None:
        """Take no press for 0.8 s: a second one so soon is a slip, and would be paid for."""
        self._rest.start()

    def _press(self) -> None:
        if not self._rest.isActive():
            self.pressed.emit()

    def _show_tip(self) -> None:
        keys = self._shortcut.keys()
        # The last one, for "Enter" is what stands on most keyboards.
        key = keys[-1].toString(QKeySequence.SequenceFormat.NativeText) if keys else self.tr("no key")
        self.button.setToolTip(self.tr("{key}. {sum} is an estimate.").format(key=key, sum=self._sum))

    def _say(self) -> None:
        if self._notice:
            self._message.say(self._notice)
        elif self._reason:
            self._message.say(self._reason, "care")
        elif self._is_waiting:
            words = self.tr("Sent as soon as the references are ready. Any change takes it back.")
            self._message.say(words, "muted", self.tr("Take it back"))
        elif self._finding is not None:
            remedy = self._finding.remedy
            self._message.say(self._finding.sentence, self._finding.tone, remedy.name if remedy else "")
        elif self._is_exchanged:
            words = self.tr("What was written here before is kept.")
            self._message.say(words, "muted", self.tr("Bring it back"))
        else:
            self._message.say("")

    def _repair(self) -> None:
        if self._is_waiting:
            self.taken_back.emit()
        elif self._finding is not None:
            if self._finding.remedy is not None:
                self.remedy_chosen.emit(self._finding.remedy)
        elif self._is_exchanged:
            self.exchanged_back.emit()
